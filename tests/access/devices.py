"""A device that somebody is told at."""

from __future__ import annotations

from interlude.outbox.device import Device
from interlude.outbox.devices import add_device
from interlude.practice.models import Participant
from tests.cast import NOW
from tests.outbox.push_service import Phone


def device_of(writer: Participant) -> Device:
    """A browser in which the writer is told that something is there."""
    given = Phone().subscription(f"https://fcm.googleapis.com/{writer.pk}")
    device = add_device(writer.user, given, kind="phone", now=NOW)
    assert device is not None
    return device
