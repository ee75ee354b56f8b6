"""The headings of a plan for hard moments, in the languages in which one may be written and printed.

Ours, in the first person; none names a method, and none is of another form (clinical notes 3.2).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

LANGUAGES: Mapping[str, str] = {"en": "English", "es": "Español", "hi": "हिन्दी"}


@dataclass(frozen=True, slots=True)
class PlanWords:
    """Everything that a plan says beside its owner's words.

    Args:
        headings: by the kind of a part.
        levels: from a little to a lot.
        danger: the last line of every plan; it leads to people who are there now.
    """

    title: str
    headings: Mapping[str, str]
    levels_heading: str
    levels: tuple[str, str, str]
    steps_heading: str
    when: str
    then: str
    danger: str
    of: str


WORDS: Mapping[str, PlanWords] = {
    "en": PlanWords(
        title="My plan for hard moments",
        headings={
            "signs": "How I notice it starts",
            "alone": "What I can do by myself",
            "company": "Where I can go, who is good company",
            "people": "Whom I can ask for help",
            "services": "Professionals and help lines",
            "safer": "Making my place safer",
            "live_for": "What I live for",
        },
        levels_heading="How hard it is, and what I do then",
        levels=("A little (1 to 3)", "More (4 to 6)", "A lot (7 to 10)"),
        steps_heading="If this happens, I do that",
        when="If",
        then="then",
        danger="If I might hurt myself or someone, or if I do not feel safe: I call the local emergency number, "
        "I go to the nearest hospital, or I stay with a person I trust.",
        of="Written on",
    ),
    "es": PlanWords(
        title="Mi plan para momentos difíciles",
        headings={
            "signs": "Cómo noto que empieza",
            "alone": "Lo que puedo hacer por mi cuenta",
            "company": "Adónde puedo ir, quién es buena compañía",
            "people": "A quién puedo pedir ayuda",
            "services": "Profesionales y líneas de ayuda",
            "safer": "Hacer mi lugar más seguro",
            "live_for": "Por lo que vivo",
        },
        levels_heading="Cuánto me cuesta, y qué hago entonces",
        levels=("Un poco (1 a 3)", "Más (4 a 6)", "Mucho (7 a 10)"),
        steps_heading="Si pasa esto, hago aquello",
        when="Si",
        then="entonces",
        danger="Si pudiera hacerme daño o hacer daño a alguien, o si no me siento a salvo: llamo al número de "
        "emergencias del lugar, voy al hospital más cercano o me quedo con una persona de confianza.",
        of="Escrito el",
    ),
    "hi": PlanWords(
        title="कठिन पलों के लिए मेरी योजना",
        headings={
            "signs": "मुझे कैसे पता चलता है कि यह शुरू हो रहा है",
            "alone": "जो मेरे अपने हाथ में है",
            "company": "कहाँ जाना अच्छा है, किसका साथ अच्छा है",
            "people": "मदद किससे माँगी जा सकती है",
            "services": "पेशेवर लोग और हेल्पलाइन",
            "safer": "अपनी जगह को ज़्यादा सुरक्षित बनाना",
            "live_for": "मेरे जीने की वजहें",
        },
        levels_heading="कितना कठिन है, और तब क्या करना है",
        levels=("थोड़ा (1 से 3)", "ज़्यादा (4 से 6)", "बहुत (7 से 10)"),
        steps_heading="अगर ऐसा हो, तो यह करना है",
        when="अगर",
        then="तो",
        danger="अगर मुझसे खुद को या किसी को चोट पहुँच सकती है, या मुझे सुरक्षित महसूस न हो: वहाँ के आपातकालीन नंबर पर "
        "फ़ोन करना, पास के अस्पताल जाना, या किसी भरोसे के इंसान के साथ रहना।",
        of="लिखने की तारीख",
    ),
}


def words_in(language: str) -> PlanWords:
    """The headings in *language*, or in English where we have none."""
    return WORDS.get(language, WORDS["en"])
