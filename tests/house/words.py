"""Words that stay out, and what to say instead. The words that are in: docs/glossary.md."""

import re

from tests.house.tree import without_comments

#: In code, texts and pages alike: a product follows its vocabulary.
ANYWHERE = {
    r"\btriage": "software does not judge how ill somebody is",
    r"risk[_ -]?score": "software does not judge how ill somebody is",
    r"risk[_ -]?flag": "a later issue may add one that a person sets; nothing else",
    r"\bdisposition": "say what happens to the message",
    r"\bSLAs?\b": "a response promise is made to a person",
    r"\btickets?\b": "a message, or a question to the front desk",
    r"\bcustomers?\b": "a client",
    r"\btenants?\b": "a practice",
    r"\bescalat": "a crisis pathway, or cover",
    r"\bpenalt": "a fee",
    r"\bproductivity\b": "load",
    r"\bnon-?complian": "nobody complies with a letterbox",
    r"\bmanipulativ": "no labels on people",
    r"\bbusiness hours\b": "office hours",
}

#: Words that a program may need, but no page and no mail.
ON_SCREEN = {
    r"!(?!=)": "calm sentences end with a full stop",
    r"\bunfortunately\b": "say what will happen",
    r"\bas per our policy\b": "it is the therapist's rhythm, not the client's fault",
    r"\bdo not reply\b": "say where an answer is read",
    r"\bemergency\b(?! (services|number|department|room|care))": "say who helps",
    r"\bletters?\b": "the word is message",
    r"\bchats?\b": "the word is message",
    r"\bthreads?\b": "the word is conversation",
    r"\busers?\b": "say client, clinician, person",
    r"\bproviders?\b": "say therapist",
    r"\bdeadlines?\b": "say by when",
    r"\balarms?\b": "the software does not watch",
    r"\bmonitor(s|ed|ing)?\b(?! in real time)": "the software does not watch",
    r"\bpolicy\b(?! version)": "say agreement, or how we use messages",
    r"\bspam\b": "no labels on what people write",
    r"\bhomework\b": "a practice task",
    r"\b(seen|delivered) (at|on|by)\b|\bread receipt": "there are no receipts",
    r"\btyping\b": "there are no receipts",
    r"\bterms\b": "an agreement",
    r"\bopt[- ]?in\b": "say what they choose",
    r"[\U0001F300-\U0001FAFF]": "no emoji in the product's own words",
}

#: (word, file): why it may stay there.
ALLOWED = {
    (r"\bdisposition", "src/interlude/ui/files.py"): "a header of HTTP has this name",
    (r"\bdisposition", "src/interlude/agreements/views/client_copy.py"): "a header of HTTP has this name",
    (r"\bbusiness hours\b", "src/interlude/core/packs/presets/warm_two_business_days.toml"): (
        "quotes the usual phrase in order to say what it means here"
    ),
}


def visible(template: str) -> str:
    """What a person can read of a template: no tags, no template code but its quoted words."""
    source = without_comments(template)
    source = re.sub(r"<(script|style)\b.*?</\1>", _lines_of, source, flags=re.DOTALL)
    source = re.sub(r'\{% (?:translate|trans) (["\'])(.*?)\1.*?%\}', r"\2", source, flags=re.DOTALL)
    source = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", _lines_of, source, flags=re.DOTALL)
    spoken = re.compile(r'\b(?:aria-label|alt|title|placeholder|content)="([^"]*)"')

    def words_of(tag: re.Match[str]) -> str:
        return " ".join(spoken.findall(tag[0])) + _lines_of(tag)

    return re.sub(r"<[^>]*>", words_of, source, flags=re.DOTALL)


def _lines_of(match: re.Match[str]) -> str:
    return "\n" * match[0].count("\n")
