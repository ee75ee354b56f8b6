"""A guardian's home: exactly what their scope says, and nothing that their child writes, waits for or is asked."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from interlude.agenda.actions import keep_words
from interlude.appointments.models import Session
from interlude.core.guardians import Scope
from interlude.messaging.actions import send_message
from interlude.messaging.drafts import save_draft
from interlude.messaging.models import Message
from tests.agreements.reading import main_text
from tests.cast import NOW, grant

WORDS = "Zaunkoenigin at the window."


def busy(mira: Any) -> None:
    """Mira has something of everything that her own home shows."""
    send_message(WORDS, participant=mira, draft_id=uuid4(), topic="homework", now=NOW)
    save_draft(WORDS, participant=mira, draft_id=uuid4(), topic="homework", now=NOW)
    keep_words(WORDS, client=mira.client, topic="session", by=mira, now=NOW)
    Session.unscoped.filter(client=mira.client).update(join_url="https://video.example.org/mira")


def home(visit: Any, person: Any) -> str:
    answer = visit(person).get("/my/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_childs_own_home_shows_what_the_guardians_does_not(cast: Any, visit: Any) -> None:
    before = home(visit, cast.jonas)
    busy(cast.mira)
    assert main_text(home(visit, cast.jonas)) == main_text(before), "what Mira does changes nothing here"
    hers, his = home(visit, cast.mira), home(visit, cast.jonas)
    message = Message.unscoped.get(client=cast.mira.client)
    for of_hers in (str(message.pk), "by video", "A draft:", "Your messages are next read"):
        assert of_hers in hers
        assert of_hers not in his
    assert "video.example.org" not in his
    assert "Help now" in his


def test_times_are_there_with_that_scope_alone(cast: Any, visit: Any) -> None:
    assert "The next session is on Tuesday at 10:00" in main_text(home(visit, cast.jonas))
    grant(cast.jonas, Scope.TIMES, by=cast.ada, may=False)
    page = home(visit, cast.jonas)
    assert "You can ask the front desk." in main_text(page)
    for of_times in ("10:00", "19 May", "Coming sessions", 'href="/my/times/"', 'href="/my/calendar/"'):
        assert of_times not in page.partition("<main")[2].partition("</main>")[0], of_times


def test_the_agreement_is_named_with_that_scope_alone(cast: Any, visit: Any) -> None:
    assert 'href="/my/agreement/">What was agreed' in home(visit, cast.jonas)
    grant(cast.jonas, Scope.AGREEMENT, by=cast.ada, may=False)
    assert "What was agreed" not in home(visit, cast.jonas)
    assert visit(cast.jonas).get("/my/agreement/").status_code == 404


@pytest.mark.parametrize(
    "page", ["conversation", "our-list", "journal", "plan", "check-in", "things", "ending"]
)
def test_no_page_of_the_childs_own_opens(cast: Any, visit: Any, page: str) -> None:
    busy(cast.mira)
    assert visit(cast.jonas).get(f"/my/{page}/").status_code == 404
