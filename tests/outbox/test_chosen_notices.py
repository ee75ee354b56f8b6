"""Chosen notices: which, when, in which words, where to; and mail that comes back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command

from interlude.audit.models import Event
from interlude.messaging.models import Message
from interlude.outbox.actions import leave_notice, mail_for, send_due_notices
from interlude.outbox.addresses import code_of
from interlude.outbox.kinds import ALL, kinds_for
from interlude.outbox.models import AddressAsk, MailPoint, Notice, NoticeWish
from tests.agreements.reading import grade, main_text
from tests.cast import DAY, NOW, Cast, words
from tests.core.test_bounces import OURS, report
from tests.pages.roster import IN_THE_WINDOW

PAGE = "/my/account/notices/"
ADDRESS, CODE = f"{PAGE}address/", f"{PAGE}address/code/"
NIGHT = datetime(2026, 10, 24, 22, tzinfo=UTC)  # 23:00 in London; the clock goes back in this night
FORBIDDEN = (
    "therap",
    "session",
    "crisis",
    "clinic",
    "patient",
    "diagnos",
    "treat",
    "counsel",
    "Alder",
    "Ada",
    "Noor",
)
ROOMS = [("noor", "my"), ("jonas", "my"), ("ada", "practice"), ("priya", "office"), ("olu", "office")]


@pytest.fixture(autouse=True)
def mails_are_files(settings: Any) -> None:
    settings.EMAIL_BACKEND = "interlude.outbox.spool.SpoolBackend"


def chosen(**more: Any) -> dict[str, Any]:
    return {"rhythm": "each", "kinds": [k.name for k in kinds_for("client") if not k.must]} | more


def leave(cast: Cast, kind: str = "answer", at: datetime = NOW, to: Any = None) -> Notice:
    found = leave_notice(
        kind,
        to=(to or cast.noor).user,
        practice_id=cast.alder.id,
        once=str(uuid4()),
        link="/my/our-list/",
        send_at=at,
    )
    assert found is not None
    return found


def mails(settings: Any) -> list[Any]:
    files = sorted(Path(settings.SPOOL).glob("*.eml")) if Path(settings.SPOOL).exists() else []
    return [message_from_bytes(path.read_bytes(), policy=default) for path in files]


def quiet(cast: Cast) -> None:
    Notice.objects.all().delete()  # those of the agreements


@pytest.mark.parametrize(("who", "room"), ROOMS)
def test_everybody_who_signs_in_has_the_page(cast: Cast, visit: Any, who: str, room: str) -> None:
    browser = visit(getattr(cast, who))
    page = f"/{room}/account/notices/"
    assert "What a mail says" in browser.get(page).content.decode()
    assert browser.post(page, {"rhythm": "each", "subject": "note"}).status_code == 302
    assert NoticeWish.objects.get().subject == "note"
    assert browser.get(f"{page}address/").status_code == 200
    assert f'href="{page}"' in browser.get(f"/{room}/account/").content.decode()


def test_each_kind_has_one_line_and_words() -> None:
    assert sorted(kind.name for kind in ALL) == sorted(Notice.Kind.values)
    assert not [kind for kind in ALL if not kind.what or (not kind.rooms and not kind.must)]


def test_a_kind_that_is_off_is_not_sent_and_changes_no_promise(cast: Cast, visit: Any, settings: Any) -> None:
    quiet(cast)
    browser = visit(cast.noor)
    browser.post("/my/messages/", words())
    due = Message.unscoped.get().reply_due
    browser.post(PAGE, chosen(kinds=["desk_answer"]))
    off, on, must = leave(cast), leave(cast, "desk_answer"), leave(cast, "agreement")
    assert send_due_notices(now=NOW) == 2
    for each in (off, on, must):
        each.refresh_from_db()
    assert off.kept_back_at == NOW and on.sent_at == must.sent_at == NOW
    assert Message.unscoped.get().reply_due == due


def test_what_must_be_sent_cannot_be_switched_off(cast: Cast, visit: Any) -> None:
    page = visit(cast.noor).get(PAGE).content.decode()
    assert 'value="agreement"' not in page and 'value="answer"' in page
    assert "You have a right to know before it does." in page
    visit(cast.noor).post(PAGE, chosen(kinds=[]))
    assert not {"agreement", "closing", "code"} & set(NoticeWish.objects.get().off)


def test_ten_in_a_night_in_which_the_clock_changes_are_one_mail_in_the_morning(
    cast: Cast, visit: Any, settings: Any
) -> None:
    quiet(cast)
    visit(cast.noor).post(PAGE, chosen(quiet_from="22:00", quiet_until="07:00"))
    for minute in range(10):
        leave(cast, at=NIGHT + timedelta(minutes=minute))
    for hour in range(9):
        assert send_due_notices(now=NIGHT + timedelta(hours=hour)) == 0
    assert send_due_notices(now=datetime(2026, 10, 25, 7, 0, 1, tzinfo=UTC)) == 1
    assert not Notice.objects.filter(sent_at=None).exists()
    (mail,) = mails(settings)
    assert "/my/\n" in mail.get_content() and "our-list" not in mail.get_content()


def test_one_mail_a_day_at_the_hour_that_was_chosen(cast: Cast, visit: Any, settings: Any) -> None:
    quiet(cast)
    visit(cast.noor).post(PAGE, chosen(rhythm="daily", daily_at="18:00"))
    leave(cast), leave(cast, "agreement"), leave(cast, "date_moved")
    assert send_due_notices(now=NOW) == 1  # a moved date does not wait for the hour
    assert send_due_notices(now=datetime(2026, 5, 13, 17, 0, 2, tzinfo=UTC)) == 1
    assert len(mails(settings)) == 2


def test_a_change_holds_for_what_waits(cast: Cast, visit: Any, settings: Any) -> None:
    quiet(cast)
    visit(cast.noor).post(PAGE, chosen(rhythm="daily", daily_at="18:00"))
    leave(cast)
    assert send_due_notices(now=NOW) == 0
    visit(cast.noor).post(PAGE, chosen())
    assert send_due_notices(now=NOW) == 1


def test_the_words_are_those_that_were_chosen(cast: Cast, visit: Any) -> None:
    visit(cast.noor).post(PAGE, chosen(subject="note", sender="Calendar"))
    mail = mail_for(Notice(to=cast.noor.user, practice_id=cast.alder.id, kind="answer", link="/my/"))
    assert (mail.subject, mail.from_email) == ("A note for you", "Calendar <notices@localhost>")
    assert mail.to == ["noor@example.org"]


@pytest.mark.contract("C20", "D29")
@pytest.mark.parametrize("language", ["en", "es", "hi"])
@pytest.mark.parametrize("together", [False, True])
def test_no_mail_of_any_kind_says_what_this_is(cast: Cast, language: str, together: bool) -> None:
    cast.noor.user.language = language  # type: ignore[union-attr]
    for kind in ALL:
        mail = mail_for(Notice(to=cast.noor.user, kind=kind.name, link="/my/"), together=together)
        whole = mail.message().as_string() + mail.body
        assert not [word for word in FORBIDDEN if word in whole], kind.name
        assert "/help/" in mail.body and len(mail.to) == 1


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"rhythm": ""}, "Choose one of the two."),
        ({"rhythm": "daily"}, "Give the hour"),
        ({"quiet_from": "22:00"}, "Give both times"),
        ({"quiet_from": "22:00", "quiet_until": "22:00"}, "Both times are the same"),
        ({"quiet_from": "25:00", "quiet_until": "07:00"}, "This is no time of day"),
        (
            {"rhythm": "daily", "daily_at": "23:00", "quiet_from": "22:00", "quiet_until": "07:00"},
            "This hour is in your quiet hours",
        ),
        ({"rhythm": "daily", "quiet_from": "22:00", "quiet_until": "07:00"}, "Give the hour, such as 18:00."),
        ({"subject": "A word of mine"}, "A word of mine"),
        ({"kinds": ["agreement"]}, "agreement"),
    ],
)
def test_what_makes_no_sense_is_told_and_nothing_is_kept(
    cast: Cast, visit: Any, wrong: dict[str, Any], told: str
) -> None:
    answer = visit(cast.noor).post(PAGE, chosen(**wrong))
    assert answer.status_code == 422 and told in answer.content.decode()
    assert not NoticeWish.objects.exists()


def test_quiet_hours_that_leave_no_safe_hour_are_told(cast: Cast, visit: Any) -> None:
    safe = {"email-when": "hours", "email-opens": "23:00", "email-closes": "01:00", "phone-when": "any"}
    visit(cast.noor).post("/my/account/contact/", safe)
    answer = visit(cast.noor).post(PAGE, chosen(quiet_from="22:00", quiet_until="07:00"))
    assert "Then none could come" in answer.content.decode()


def asked(visit: Any, cast: Cast, address: str = "new@example.net", **more: str) -> AddressAsk:
    answer = visit(cast.noor).post(ADDRESS, {"address": address, "key": str(uuid4())} | more)
    assert answer.status_code == 302, answer.content.decode()
    return AddressAsk.objects.order_by("-pk")[0]


def test_nothing_but_a_code_goes_to_a_new_address_before_it_came_back(
    cast: Cast, visit: Any, settings: Any
) -> None:
    quiet(cast)
    ask = asked(visit, cast)
    leave(cast)
    send_due_notices(now=NOW)
    by_address = {mail["To"]: mail.get_content() for mail in mails(settings)}
    assert set(by_address) == {"noor@example.org", "new@example.net"}
    assert code_of(ask.notice_id) in by_address["new@example.net"]
    assert visit(cast.noor).post(CODE, {"code": code_of(ask.notice_id)}).status_code == 302
    later = NOW + timedelta(minutes=1)
    leave(cast, at=later)
    assert send_due_notices(now=later) == 2  # the old address is told, and what is new goes to the new one
    assert [mail["To"] for mail in mails(settings)].count("new@example.net") == 2
    assert Event.objects.filter(verb="notices.address_confirmed").count() == 1


def test_an_old_address_that_is_unsafe_is_told_nothing(cast: Cast, visit: Any) -> None:
    ask = asked(visit, cast, old_is_unsafe="on")
    visit(cast.noor).post(CODE, {"code": code_of(ask.notice_id)})
    assert not Notice.objects.filter(kind="moved_away").exists()


def test_a_code_ends_after_an_hour_and_after_five_tries(cast: Cast, visit: Any, clock: Any) -> None:
    ask = asked(visit, cast)
    right = code_of(ask.notice_id)
    for _ in range(5):
        assert visit(cast.noor).post(CODE, {"code": "12"}).status_code == 422
    answer = visit(cast.noor).post(CODE, {"code": right})
    assert answer.status_code == 422 and "tried too often" in answer.content.decode()
    again = asked(visit, cast)
    clock.set(NOW + timedelta(hours=1))
    late = visit(cast.noor).post(CODE, {"code": code_of(again.notice_id)})
    assert "No code waits" in late.content.decode()
    assert not MailPoint.objects.exists()


def test_no_mailbox_is_filled_from_here(cast: Cast, visit: Any) -> None:
    for number in range(5):
        asked(visit, cast, f"a{number}@example.net")
    answer = visit(cast.noor).post(ADDRESS, {"address": "a6@example.net"})
    assert (
        "Five codes were sent today" in answer.content.decode()
        and "a6@example.net" in answer.content.decode()
    )
    assert Notice.objects.filter(kind="code").count() == 5


def test_nothing_goes_where_mail_is_never_safe_not_even_a_code(cast: Cast, visit: Any) -> None:
    visit(cast.noor).post("/my/account/contact/", {"email-when": "never", "phone-when": "any"})
    answer = visit(cast.noor).post(ADDRESS, {"address": "new@example.net"})
    assert "mail is never safe for you" in answer.content.decode()
    assert not AddressAsk.objects.exists()


def test_a_child_cannot_use_the_mailbox_of_a_parent(cast: Cast, visit: Any) -> None:
    answer = visit(cast.mira).post(ADDRESS, {"address": cast.jonas.user.email})  # type: ignore[union-attr]
    assert "Give one that is yours alone" in answer.content.decode()


def test_who_has_not_just_shown_who_they_are_is_asked_first(cast: Cast, visit: Any, monkeypatch: Any) -> None:
    browser = visit(cast.noor)
    monkeypatch.undo()
    monkeypatch.setattr("interlude.practice.middleware.needs_second_factor", lambda request: False)
    answer = browser.post(ADDRESS, {"address": "new@example.net"})
    assert answer.status_code == 302 and "reauthenticate" in answer["Location"]
    assert not AddressAsk.objects.exists()


def came_back(cast: Cast, **more: str) -> Notice:
    quiet(cast)
    notice = leave(cast)
    send_due_notices(now=NOW)
    return notice


def hand_in(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "report.eml").write_bytes(raw)
    call_command("bounce", str(tmp_path / "report.eml"))


def test_after_a_refusal_for_good_nothing_goes_there_and_both_see_it(
    cast: Cast, visit: Any, settings: Any, tmp_path: Path
) -> None:
    notice = came_back(cast)
    for _ in range(2):
        hand_in(tmp_path, report().replace(str(OURS).encode(), str(notice.pk).encode()))
    assert Event.objects.filter(verb="mail.came_back").count() == 1
    leave(cast)
    assert send_due_notices(now=NOW + DAY) == 0 and len(mails(settings)) == 1
    assert "Our mail to you comes back" in visit(cast.noor).get("/my/").content.decode()
    assert "our mail to you came back" in visit(cast.noor).get(PAGE).content.decode()
    assert "comes back. Ask for another" in visit(cast.priya).get("/office/people/").content.decode()
    person = visit(cast.priya).get(f"/office/people/persons/{cast.noor.pk}/").content.decode()
    assert "our mail to them comes back" in person
    ask = asked(visit, cast, "noor@example.org")
    visit(cast.noor).post(CODE, {"code": code_of(ask.notice_id)})
    assert MailPoint.objects.get().failed_at is None
    leave(cast)
    assert send_due_notices(now=NOW) == 2  # the code, and what is new
    assert not Notice.objects.filter(kind="moved_away").exists()


@pytest.mark.parametrize(
    ("who", "first", "others"),
    [
        ("ada", ("/practice/", "/practice/?stay=1"), ("ben", "olu", "noor")),
        ("olu", ("/office/",), ("priya", "ada", "noor")),
    ],
)
def test_who_works_here_reads_on_their_first_page_that_mail_to_them_comes_back(
    cast: Cast, visit: Any, tmp_path: Path, who: str, first: tuple[str, ...], others: tuple[str, ...]
) -> None:
    person, starts = getattr(cast, who), {"ben": "/practice/", "ada": "/practice/", "noor": "/my/"}
    for page in first:
        assert "comes back" not in main_text(visit(person).get(page).content.decode())
    notice = leave(cast, "cover" if who == "ada" else "unseen", to=person)
    send_due_notices(now=NOW)
    hand_in(tmp_path, report().replace(str(OURS).encode(), str(notice.pk).encode()))
    for page in first:
        shown = visit(person).get(page).content.decode()
        assert "Our mail to you comes back, so none is sent." in main_text(shown), page
        assert f'href="{first[0]}account/notices/"' in shown
    for other in others:  # nobody else: it is nobody's business
        shown = visit(getattr(cast, other)).get(starts.get(other, "/office/")).content.decode()
        assert "comes back" not in main_text(shown), other
    MailPoint.objects.update(failed_at=None)
    assert "comes back" not in main_text(visit(person).get(first[0]).content.decode())


def test_the_line_stands_above_what_waits_in_the_window_too(
    cast: Cast, visit: Any, clock: Any, tmp_path: Path
) -> None:
    visit(cast.noor).post("/my/messages/", words())
    notice = leave(cast, "cover", to=cast.ada)
    send_due_notices(now=NOW)
    hand_in(tmp_path, report().replace(str(OURS).encode(), str(notice.pk).encode()))
    clock.set(IN_THE_WINDOW)
    page = main_text(visit(cast.ada).get("/practice/").content.decode())
    assert "Begin" in page and "Our mail to you comes back" in page


@pytest.mark.parametrize("raw", [report(), report("delayed", "4.4.1"), b"", b"hello"])
def test_a_report_that_names_no_mail_of_ours_silences_nobody(cast: Cast, tmp_path: Path, raw: bytes) -> None:
    came_back(cast)
    hand_in(tmp_path, raw)
    assert not MailPoint.objects.exists()


def test_a_late_report_about_the_address_before_changes_nothing(
    cast: Cast, visit: Any, clock: Any, tmp_path: Path
) -> None:
    notice = came_back(cast)
    clock.set(NOW + timedelta(minutes=5))
    ask = asked(visit, cast)
    visit(cast.noor).post(CODE, {"code": code_of(ask.notice_id)})
    hand_in(tmp_path, report().replace(str(OURS).encode(), str(notice.pk).encode()))
    assert MailPoint.objects.get().failed_at is None


def test_the_pages_read_easily(cast: Cast, visit: Any) -> None:
    asked(visit, cast)
    for page in (PAGE, ADDRESS):
        assert grade(main_text(visit(cast.noor).get(page).content.decode())) <= 6, page
