"""Spanish that says tú: a catalogue of the sentences that differ, beside the whole one that says usted.

A practice chooses it for its clients, so it holds what clients read. All else comes from the whole catalogue.
"""

import re

from babel.messages.catalog import Catalog, Message

_READ_BY_CLIENTS = re.compile(
    r"/templates/(client|public|email|account|mfa)/|/templates/clinician/messaging/repair\.txt"
    r"|/ui/templates/ui/(?!_rail_clinician|_rail_office|clinician|office)|/views/client|/core/packs/presets/"
    r"|/agreements/templatetags/|/messaging/purposes\.py|/outbox/kinds\.py|/(notice|calendar)_pages?\.py|/(place|notice)_forms\.py|/(agenda|checkins)/forms\.py"
)
_ONLY_STAFF = re.compile(r"^interlude/demo/|/email/(cover|back|unseen)\.txt")
_STEMS = (
    "abra|añada|anote|apunte|busque|cambie|comparta|confirme|copie|corrija|cuente|deje|describa|diga|elija"
    "|empiece|envíe|entre|escriba|espere|guarde|hable|haga|imprima|indique|lea|llame|marque|mire|pida"
    "|piense|ponga|pregunte|presione|pruebe|pulse|quite|relea|responda|revise|salga|tenga|tome|traiga|use|vaya"
)
_FORMAL = re.compile(
    r"\b(usted|su|sus|suy[oa]s?|le|consigo)\b"
    rf"|(?:^|[.:;!?»]\s+|\b(?:o|y|por favor),?\s)(?:{_STEMS})(?:l[aeo]s?|se)?\b"
    r"|\bno se siente a salvo\b|\bno puede esperar\b|\bno hace falta que escriba\b|\bTendrá respuesta\b",
    re.IGNORECASE,
)


def read_by_clients(message: Message) -> bool:
    """Whether a client meets this sentence, as far as the file it stands in tells."""
    files = [file for file, _ in message.locations if not _ONLY_STAFF.search(file)]
    return any(_READ_BY_CLIENTS.search(file) for file in files)


def is_formal(words: str | tuple[str, ...] | list[str]) -> bool:
    """Whether it says usted, or may: "su" can be somebody else's too."""
    said = words if isinstance(words, str) else "\n".join(words)
    return bool(_FORMAL.search(said))


def waiting(whole: Catalog, variant: Catalog) -> list[Message]:
    """What clients read that says usted, or may, and has no word in the variant: another one, or the same."""
    here = {(one.context, one.id) for one in variant if one.id and any(one.string)}
    asked = [one for one in whole if one.id and read_by_clients(one) and is_formal(one.string)]
    return [one for one in asked if (one.context, one.id) not in here]
