"""Being told on a phone: switched on, tried, told with the mail, taken off; and nothing of anybody in it."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from interlude.outbox.actions import leave_notice, send_due_notices
from interlude.outbox.contact import hold
from interlude.outbox.device import Device
from interlude.outbox.devices import send_due_pushes
from interlude.outbox.models import Notice
from interlude.outbox.push_hosts import address_of, is_push_service
from tests.cast import NOW, Cast
from tests.outbox.push_service import Phone, Service, push_service

PAGE = "/my/account/devices/"
TELLING = re.compile(r"therap|psych|session|crisis|clinic|message|alder|ada|noor", re.IGNORECASE)


@pytest.fixture
def service(settings: Any) -> Iterator[Service]:
    settings.EMAIL_BACKEND = "interlude.outbox.spool.SpoolBackend"
    settings.PUSH_LOOPBACK = True
    with push_service() as found:
        yield found


def asked(phone: Phone, endpoint: str, **more: str) -> dict[str, str]:
    given = phone.subscription(endpoint)
    return {"kind": "phone", "endpoint": endpoint, "p256dh": given.p256dh, "auth": given.auth} | more


@pytest.fixture
def phone(cast: Cast, visit: Any, service: Service) -> Phone:
    """Noor's, switched on."""
    mine = Phone()
    Notice.objects.all().delete()  # those of the agreements
    assert visit(cast.noor).post(PAGE, asked(mine, service.endpoint())).status_code == 302
    return mine


def notice(cast: Cast, once: str = "one", kind: str = "answer") -> Notice | None:
    more = {"practice_id": cast.alder.id, "link": "/my/conversation/", "send_at": NOW}
    return leave_notice(kind, to=cast.noor.user, once=once, **more)  # type: ignore[arg-type]


@pytest.mark.contract("D29")
def test_each_kind_of_notice_is_one_neutral_push_of_one_length(
    cast: Cast, phone: Phone, service: Service
) -> None:
    for kind in Notice.Kind.values:
        notice(cast, once=kind, kind=kind)
        assert send_due_notices(now=NOW) == 1
        assert send_due_pushes(now=NOW) == 1
    told = service.told(phone)
    assert len(told) == len(Notice.Kind.values) and all(one == told[0] for one in told)
    assert told[0]["web_push"] == 8030
    said = told[0]["notification"]
    assert said["title"] == "Something is there for you" and said["navigate"] == "http://localhost:8000/"
    assert not TELLING.search(str(told[0]))
    assert len({len(body) for _, _, body in service.arrived}) == 1
    headers = service.arrived[0][1]
    assert headers["content-encoding"] == "aes128gcm" and headers["topic"] == "something"
    assert headers["authorization"].startswith("vapid t=") and int(headers["ttl"]) > 0
    assert not TELLING.search(str({name: headers[name] for name in headers if name != "authorization"}))
    assert not TELLING.search(claims_of(headers["authorization"]))


def claims_of(authorization: str) -> str:
    """What our signature says in clear; the signature itself is chance, and may spell anything."""
    said = authorization.removeprefix("vapid t=").split(".")[1]
    return base64.urlsafe_b64decode(said + "=" * (-len(said) % 4)).decode()


def test_ten_notices_at_once_are_one_push_and_a_guardian_without_a_device_is_told_by_mail_alone(
    cast: Cast, phone: Phone, service: Service
) -> None:
    for one in range(10):
        notice(cast, once=f"n{one}")
    assert send_due_notices(now=NOW) == 10
    assert send_due_pushes(now=NOW) == 1 and send_due_pushes(now=NOW) == 0
    assert len(service.arrived) == 1


def test_safe_hours_and_a_hold_keep_a_push_back_too(
    cast: Cast, phone: Phone, service: Service, visit: Any
) -> None:
    device, night = Device.objects.get(), NOW.replace(hour=22)
    hours = {"email-when": "hours", "email-opens": "09:00", "email-closes": "12:00", "phone-when": "any"}
    visit(cast.noor).post("/my/account/contact/", hours)
    visit(cast.noor).post(f"{PAGE}{device.pk}/trial/")
    assert send_due_pushes(now=night) == 0
    device.refresh_from_db()
    morning = device.push_at
    assert morning is not None and morning > night and send_due_pushes(now=morning) == 1
    hold(cast.noor.user, practice_id=cast.alder.id, now=NOW)
    visit(cast.noor).post(f"{PAGE}{device.pk}/trial/")
    assert send_due_pushes(now=morning) == 0
    device.refresh_from_db()
    assert device.push_at is None and len(service.arrived) == 1


@pytest.mark.parametrize("status", [404, 410])
def test_an_endpoint_that_is_gone_takes_its_device_along(
    status: int, cast: Cast, phone: Phone, service: Service
) -> None:
    service.status = status
    notice(cast)
    send_due_notices(now=NOW)
    assert send_due_pushes(now=NOW) == 0 and not Device.objects.exists()


@pytest.mark.parametrize(("status", "waits"), [(429, 600), (500, 0), (503, 600)])
def test_a_busy_service_is_asked_again_later_and_not_for_ever(
    status: int, waits: int, cast: Cast, phone: Phone, service: Service
) -> None:
    service.status, service.headers = status, {"Retry-After": str(waits)} if waits else {}
    notice(cast)
    send_due_notices(now=NOW)
    assert send_due_pushes(now=NOW) == 0
    at = Device.objects.get().push_at
    assert at is not None and at >= NOW + timedelta(seconds=max(waits, 30))
    assert send_due_pushes(now=at - timedelta(seconds=1)) == 0 and len(service.arrived) == 1
    while (at := Device.objects.get().push_at) is not None:
        send_due_pushes(now=at)
    assert len(service.arrived) == 8
    service.status = 201
    notice(cast, once="two")
    send_due_notices(now=NOW)
    assert send_due_pushes(now=NOW) == 1


@pytest.mark.parametrize("status", [301, 400, 403, 413])
def test_another_answer_gives_up_and_no_redirect_is_followed(
    status: int, cast: Cast, phone: Phone, service: Service
) -> None:
    service.status, service.headers = status, {"Location": service.endpoint("elsewhere")}
    notice(cast)
    send_due_notices(now=NOW)
    assert send_due_pushes(now=NOW) == 0
    assert Device.objects.get().push_at is None and [path for path, _, _ in service.arrived] == ["/push/one"]


def test_a_service_that_says_nothing_holds_up_no_mail_and_is_asked_again(
    cast: Cast, phone: Phone, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("interlude.outbox.posting.PATIENCE", 0.2)
    device = Device.objects.get()
    device.seal(phone.subscription("http://127.0.0.1:9/nobody"))
    device.save()
    notice(cast)
    assert send_due_notices(now=NOW) == 1 and send_due_pushes(now=NOW) == 0
    assert Device.objects.get().push_at is not None


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://169.254.169.254/latest", "https://127.0.0.1/x", "https://localhost/x", "file:///etc/passwd", "",
        "http://fcm.googleapis.com/x", "https://fcm.googleapis.com.evil.example/x", "https://[::1]/x",
        "https://fcm.googleapis.com@10.0.0.1/x", "https://fcm.googleapis.com:8443/x", "https://push.apple.com/x",
        "https://evilnotify.windows.com/x", "https://fcm.googleapis.com/x\r\nHost: a", "//fcm.googleapis.com/x",
        "http://127.0.0.1:80/x", "https://fcm.googleapis.com:port/x", "https://fcm.googleapis.com/" + "x" * 1000,
    ],
)  # fmt: skip
def test_an_address_of_no_known_push_service_is_refused(endpoint: str, cast: Cast, visit: Any) -> None:
    assert not is_push_service(endpoint)
    assert visit(cast.noor).post(PAGE, asked(Phone(), endpoint)).status_code == 422
    assert not Device.objects.exists()


@pytest.mark.parametrize(
    "host", ["fcm.googleapis.com", "web.push.apple.com", "api.push.apple.com", "wns2-db5p.notify.windows.com"]
)
def test_the_known_push_services_are_let_in(host: str) -> None:
    assert is_push_service(f"https://{host}/a/b?c=d")


@pytest.mark.parametrize(
    "inner", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "192.168.0.1", "::1", "fd00::1"]
)
def test_a_name_that_leads_to_an_inner_address_is_not_called(
    inner: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [(0, 0, 0, "", ("142.250.1.1", 443)), (0, 0, 0, "", (inner, 443))]
    monkeypatch.setattr("socket.getaddrinfo", lambda *asked, **how: found)
    with pytest.raises(OSError, match="open internet"):
        address_of("fcm.googleapis.com", 443)
    monkeypatch.setattr("socket.getaddrinfo", lambda *asked, **how: found[:1])
    assert address_of("fcm.googleapis.com", 443) == ("142.250.1.1", 443)


def test_one_browser_is_one_device_of_whoever_added_it_last(
    cast: Cast, phone: Phone, service: Service, visit: Any
) -> None:
    visit(cast.noor).post(PAGE, asked(phone, service.endpoint(), kind="tablet"))
    assert Device.objects.get().kind == "tablet" and Device.objects.get().user_id == cast.noor.user_id
    visit(cast.kai).post(PAGE, asked(Phone(), service.endpoint()))
    assert Device.objects.get().user_id == cast.kai.user_id


@pytest.mark.parametrize("way", ["/sign-out/", "/leave/"])
def test_signing_out_or_leaving_takes_this_device_off_and_no_other(
    way: str, cast: Cast, service: Service, visit: Any
) -> None:
    noor = visit(cast.noor)
    visit(cast.noor).post(PAGE, asked(Phone(), service.endpoint("home")))
    noor.post(PAGE, asked(Phone(), service.endpoint("here")))
    assert Device.objects.count() == 2
    assert "this one" in noor.get(PAGE).content.decode()
    noor.post(way)
    left = Device.objects.get().subscription()
    assert left.endpoint == service.endpoint("home")


def test_nobody_elses_device_is_seen_tried_or_taken_off(cast: Cast, phone: Phone, visit: Any) -> None:
    device = Device.objects.get()
    kai = visit(cast.kai)
    assert str(device.pk) not in kai.get(PAGE).content.decode()
    for act in ("removal", "trial"):
        assert kai.post(f"{PAGE}{device.pk}/{act}/").status_code == 404
        assert kai.post(f"{PAGE}{uuid4()}/{act}/").status_code == 404
    assert Device.objects.get().push_at is None
    noor = visit(cast.noor)
    assert noor.post(f"{PAGE}{device.pk}/removal/").status_code == 302 and not Device.objects.exists()


def test_where_a_device_is_told_stands_in_clear_in_no_row(phone: Phone, service: Service) -> None:
    row = Device.objects.values().get()
    assert "127.0.0.1" not in str(row) and phone.subscription("").p256dh not in str(row)


def test_what_no_key_opens_any_more_stops_nobody_else(
    cast: Cast, phone: Phone, service: Service, visit: Any
) -> None:
    Device.objects.update(sealed="AAAA")
    other = Phone()
    visit(cast.noor).post(PAGE, asked(other, service.endpoint("two")))
    notice(cast)
    send_due_notices(now=NOW)
    assert send_due_pushes(now=NOW) == 1 and len(service.told(other)) == 1


def test_the_eleventh_device_takes_the_place_of_the_oldest(
    cast: Cast, service: Service, visit: Any, clock: Any
) -> None:
    for number in range(11):
        clock.set(NOW + timedelta(seconds=number))
        visit(cast.noor).post(PAGE, asked(Phone(), service.endpoint(f"n{number}")))
    kept = {each.subscription().endpoint for each in Device.objects.all()}
    assert len(kept) == 10 and service.endpoint("n0") not in kept


def test_without_a_key_nothing_is_offered_and_nothing_leaves(
    cast: Cast, phone: Phone, service: Service, visit: Any, settings: Any
) -> None:
    settings.PUSH_KEY = ""
    assert "has not switched this on" in visit(cast.noor).get(PAGE).content.decode()
    assert visit(cast.noor).post(PAGE, asked(Phone(), service.endpoint("two"))).status_code == 422
    notice(cast)
    assert send_due_notices(now=NOW) == 1 and send_due_pushes(now=NOW) == 0 and not service.arrived
