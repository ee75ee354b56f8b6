"""A mail about a mail: whether ours came back for good, read from a delivery report. Rule: R-287.

A report names our mail by its Message-ID, which nobody can guess; without it nothing is believed. A mail that says
that something was read is no business of ours and is passed over (law 4).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.policy import default
from uuid import UUID

_LONGEST = 2_000_000  # bytes of a report that are looked at
_OURS = re.compile(r"<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@", re.IGNORECASE)
_HEADS = ("text/rfc822-headers", "message/rfc822")


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a report says. `notice`: whose mail it is about. `is_final`: trying again is of no use."""

    notice: UUID | None
    is_final: bool
    status: str  # such as 5.1.1; "complaint"; empty where nothing was found


def read_bounce(raw: bytes) -> Bounce:
    """Read a report; anything else than a failure for good, or a complaint, is not final. Never fails."""
    try:
        return _read(message_from_bytes(raw[:_LONGEST], policy=default))
    except (ValueError, LookupError, TypeError, AttributeError):  # headers as strangers write them
        return Bounce(None, is_final=False, status="")


def _read(mail: Message) -> Bounce:
    kind = str(mail.get_param("report-type", "")).lower()
    parts: list[Message] = list(mail.walk())
    if mail.get_content_type() != "multipart/report" or kind not in ("delivery-status", "feedback-report"):
        return Bounce(None, is_final=False, status="")
    ours = _ours(parts)
    if kind == "feedback-report":
        return Bounce(ours, is_final=True, status="complaint")
    status, is_final = _outcome(parts)
    return Bounce(ours, is_final=is_final, status=status)


def _outcome(parts: list[Message]) -> tuple[str, bool]:
    """The status of the recipient, and whether it failed for good. Ours have one recipient; more must all fail."""
    found = [
        (str(block["Action"]).strip().lower(), str(block.get("Status", "")).split(" ")[0].strip())
        for part in parts
        if part.get_content_type() == "message/delivery-status"
        for block in _blocks(part)
        if block.get("Action")
    ]
    if not found:
        return "", False
    return found[0][1], all(action == "failed" and status.startswith("5.") for action, status in found)


def _blocks(part: Message) -> list[Message]:
    inside = part.get_payload()
    return [one for one in inside if isinstance(one, Message)] if isinstance(inside, list) else []


def _ours(parts: list[Message]) -> UUID | None:
    """The id of our notice, from the headers of the mail that came back with the report."""
    for part in parts:
        if part.get_content_type() not in _HEADS:
            continue
        inside = part.get_payload()
        if isinstance(inside, list):
            text = "".join(str(one.get("Message-ID", "")) for one in inside if isinstance(one, Message))
        else:
            text = _line_of(str(inside))
        if found := _OURS.search(text):
            return UUID(found[1])
    return None


def _line_of(head: str) -> str:
    found = re.search(r"^Message-ID:\s*(<[^>\n]*>)", head, re.IGNORECASE | re.MULTILINE)
    return found[1] if found else ""
