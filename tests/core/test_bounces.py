"""Reports about our mails: what counts as gone for good, whose mail it was, and what is passed over."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interlude.core.bounces import Bounce, read_bounce

OURS = UUID("0d9b1c6e-5d0a-4f7c-9d39-1f2f6a4c8b11")


def report(action: str = "failed", status: str = "5.1.1", *, head: str = "text/rfc822-headers") -> bytes:
    """A report as mail servers send it."""
    return f"""From: MAILER-DAEMON@mx.example.org
To: notices@example.org
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain

It was not delivered.

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; noor@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 no such user

--B
Content-Type: {head}

From: notices@example.org
Message-ID: <{OURS}@example.org>
Subject: Something is there for you

--B--
""".encode()


@pytest.mark.parametrize("head", ["text/rfc822-headers", "message/rfc822"])
def test_a_failure_for_good_is_told_with_the_mail_it_is_about(head: str) -> None:
    assert read_bounce(report(head=head)) == Bounce(OURS, is_final=True, status="5.1.1")


@pytest.mark.parametrize(
    ("action", "status"),
    [("delayed", "4.4.1"), ("failed", "4.4.4"), ("delivered", "2.0.0"), ("relayed", "2.1.5")],
)
def test_what_is_late_or_arrived_changes_nothing(action: str, status: str) -> None:
    assert not read_bounce(report(action, status)).is_final


def test_a_status_with_words_behind_it_is_read() -> None:
    assert read_bounce(report(status="5.2.2 (mailbox full)")).is_final


def test_a_complaint_counts_as_gone() -> None:
    told = report().replace(b"delivery-status; boundary", b"feedback-report; boundary")
    assert read_bounce(told) == Bounce(OURS, is_final=True, status="complaint")


def test_that_somebody_read_it_is_no_business_of_ours() -> None:
    told = report().replace(b"report-type=delivery-status", b"report-type=disposition-notification")
    assert read_bounce(told) == Bounce(None, is_final=False, status="")


def test_a_mail_that_quotes_ours_is_no_report() -> None:
    words = (
        f"From: a@b.c\nContent-Type: text/plain\n\nAction: failed\nStatus: 5.1.1\nMessage-ID: <{OURS}@x>\n"
    )
    assert read_bounce(words.encode()) == Bounce(None, is_final=False, status="")


def test_of_several_recipients_all_must_have_failed() -> None:
    two = report().replace(
        b"Diagnostic-Code: smtp; 550 no such user",
        b"\nFinal-Recipient: rfc822; other@example.org\nAction: delivered\nStatus: 2.0.0",
    )
    assert not read_bounce(two).is_final


def test_a_message_id_that_is_none_of_ours_names_no_notice() -> None:
    assert read_bounce(report().replace(str(OURS).encode(), b"abc.def")).notice is None


@given(st.binary(max_size=400), st.integers(0, 900))
def test_nothing_that_arrives_makes_it_fail(noise: bytes, at: int) -> None:
    whole = report()
    read_bounce(noise)
    read_bounce(whole[:at] + noise + whole[at:])
