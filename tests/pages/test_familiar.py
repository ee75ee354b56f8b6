"""Where a practice chose tú, no page that its clients read in Spanish says usted to them."""

from __future__ import annotations

import re
from typing import Any

from interlude.accounts.models import User
from interlude.core.reading_ease import EASY, perspicuity
from interlude.practice.models import Practice
from tests.agreements.reading import main_text
from tests.pages.test_in_every_language import pages
from tests.pages.test_plain_in_every_language import prose

FORMAL = re.compile(
    r"\busted\b|\b(no )?se siente a salvo|\bTendrá respuesta|\bno puede esperar|\b(que|lo que) escriba\b"
    r"|(?:^|[.:!?] )(?:Escriba|Elija|Llame|Marque|Indique|Pida|Pruebe|Pulse|Guarde|Mire|Use|Lea)\b",
)
"""What only somebody who is called usted is told."""


def test_no_page_of_a_client_says_usted_and_each_reads_as_easily(cast: Any, visit: Any, clock: Any) -> None:
    User.objects.update(language="es")
    Practice.objects.update(spanish="tu")
    opened = pages(cast, visit, clock, "client")
    said = {address: main_text(page) for address, page in opened}
    formal = {address: found[0] for address, text in said.items() if (found := FORMAL.search(text))}
    assert len(opened) > 40 and formal == {}
    ease = {address: perspicuity(text) for address, page in opened if (text := prose(page, "es"))}
    assert (
        len(ease) > 40
        and {address: found for address, found in ease.items() if not found or found < EASY} == {}
    )
