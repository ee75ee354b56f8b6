"""What a form can send about the phones and computers on which somebody is told."""

from __future__ import annotations

from typing import Any

from tests.attack.act import Act
from tests.outbox.push_service import Phone


def device_acts(stage: Any) -> dict[str, Act]:
    """What a client does with their devices."""
    given = Phone().subscription("https://fcm.googleapis.com/another")
    phone = {"kind": "phone", "endpoint": given.endpoint, "p256dh": given.p256dh, "auth": given.auth}
    mine = f"/my/account/devices/{stage.noor.ids['device']}/"
    return {
        "device": Act("noor", "/my/account/devices/", phone, tuple(phone)),
        "device tried": Act("noor", f"{mine}trial/"),
        "device off": Act("noor", f"{mine}removal/"),
    }
