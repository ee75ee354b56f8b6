"""No installation starts with a known secret, an open demo, or a database that will break."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from interlude.accounts.models import User
from interlude.site import checks

OWN = "qP7Xk2mV9sLw4Zt8RbN1cYd6Hf3Jg5Aa0Ee"
KEY = base64.urlsafe_b64encode(bytes(range(32))).decode()


def ids(found: Any) -> list[str]:
    return [id for id, _what, _remedy in found]


@pytest.mark.parametrize(
    "secret",
    [
        "",
        "kurz",
        "x" * 64,
        "changeme" * 8,
        "change-me-please-change-me-please-now",
        "secret-" + OWN,
        "password" + OWN,
        "django-insecure",
        "insecure" + OWN,
        "example-" + OWN,
    ],
)
@pytest.mark.parametrize("name", ["SECRET_KEY", "AUDIT_KEY"])
def test_a_secret_that_others_may_know_is_refused(
    name: str, secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = {"SECRET_KEY": OWN, "AUDIT_KEY": OWN[::-1]} | {name: secret}
    monkeypatch.setattr(checks, "settings", SimpleNamespace(**given))
    found = list(checks.secrets_are_own())
    assert ids(found) == ["E001"]
    assert f"INTERLUDE_{name}" in found[0][1] and "random characters" in found[0][2]
    assert not secret or secret not in str(found), "the value itself is never printed"


def test_good_secrets_pass_and_one_for_two_purposes_does_not(settings: Any) -> None:
    settings.SECRET_KEY, settings.AUDIT_KEY = OWN, OWN[::-1]
    assert ids(checks.secrets_are_own()) == []
    settings.AUDIT_KEY = OWN
    assert ids(checks.secrets_are_own()) == ["E002"]


@pytest.mark.parametrize(
    "key",
    [
        "",
        KEY,
        "1:",
        "1:short",
        "1:" + KEY[:-4],
        "1:not base64 at all, really not, no",
        "one:" + KEY,
        "0:" + KEY,
        f"1:{KEY},1:{KEY}",
        f"1:{KEY},",
        "1:" + base64.urlsafe_b64encode(bytes(32)).decode(),
    ],
)
def test_a_broken_sealing_key_is_refused_and_not_printed(key: str, settings: Any) -> None:
    settings.SEAL_KEY = key
    found = list(checks.seal_key_is_whole())
    assert set(ids(found)) == {"E003"}
    assert KEY not in str(found)


def test_sealing_keys_old_and_new_pass(settings: Any) -> None:
    settings.SEAL_KEY = f"2:{KEY},1:{KEY}"
    assert ids(checks.seal_key_is_whole()) == []


@pytest.mark.parametrize(
    ("base", "hosts"),
    [
        ("https://portal.place.org", ["localhost"]),
        ("http://localhost:8000", ["portal.place.org"]),
        ("http://localhost:8000", ["0.0.0.0"]),
        ("http://localhost:8000", ["192.168.1.4"]),
        ("http://localhost:8000", [".localhost.evil.org"]),
        ("http://localhost:8000", ["*"]),
    ],
)
def test_the_demo_is_reachable_from_this_machine_alone(base: str, hosts: list[str], settings: Any) -> None:
    settings.DEMO, settings.BASE_URL, settings.ALLOWED_HOSTS = True, base, hosts
    assert "E007" in ids(checks.demo_stays_at_home())
    settings.DEMO = False
    assert ids(checks.demo_stays_at_home()) == []


@pytest.mark.parametrize("hosts", [["localhost"], ["127.0.0.1", "[::1]"], ["demo.localhost"]])
def test_the_demo_at_home_is_welcome(hosts: list[str], settings: Any) -> None:
    settings.DEMO, settings.BASE_URL, settings.ALLOWED_HOSTS = True, "http://localhost:8000", hosts
    assert ids(checks.demo_stays_at_home()) == []


@pytest.mark.django_db
def test_the_demo_does_not_open_a_database_of_real_people(settings: Any) -> None:
    settings.DEMO = True
    User.objects.create_user("noor@example.org", None)
    assert ids(checks.demo_holds_nobody_real()) == []
    User.objects.create_user("somebody@place.org", None)
    found = list(checks.demo_holds_nobody_real())
    assert ids(found) == ["E010"] and "1 people" in found[0][1]
    assert "somebody@place.org" not in str(found)


def test_hosts_and_cookies_are_looked_at(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    assert ids(checks.hosts_are_named()) == ["E004"]
    settings.ALLOWED_HOSTS, settings.BASE_URL, settings.HTTPS = (
        ["portal.place.org"],
        "https://portal.place.org",
        False,
    )
    assert ids(checks.hosts_are_named()) == ["E005"]
    settings.HTTPS, settings.DEBUG = True, True
    assert "E006" in ids(checks.hosts_are_named())


MOUNTS = """\
22 28 0:21 / / rw,relatime - ext4 /dev/sda1 rw
36 22 0:31 / /srv rw - nfs4 server:/export rw
37 36 0:32 / /srv/local rw - xfs /dev/sdb1 rw
38 22 0:33 / /srv2 rw - ext4 /dev/sdc1 rw
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/srv/data/db", "nfs4"), ("/srv/local/db", "xfs"), ("/srv2/db", "ext4"), ("/var/db", "ext4")],
)
def test_a_database_on_a_network_share_is_refused(
    path: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks.Path, "read_text", lambda self, **_: MOUNTS)
    assert checks.file_system_of(Path(path)) == kind
    for engine in ("interlude.site.sqlite", "django.db.backends.postgresql"):
        given = {"default": {"ENGINE": engine, "NAME": path}}
        monkeypatch.setattr(checks, "settings", SimpleNamespace(DATABASES=given))
        wanted = ["E009"] if kind == "nfs4" and "sqlite" in engine else []
        assert ids(checks.database_is_on_this_machine()) == wanted


def test_missing_zone_data_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(name: str) -> Any:
        raise checks.BadHours(name)

    monkeypatch.setattr(checks, "zone", nothing)
    assert ids(checks.zones_are_known()) == ["E008"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"INTERLUDE_SECRET_KEY": "changeme"}, "INTERLUDE_SECRET_KEY has 8 characters"),
        ({"INTERLUDE_SECRET_KEY": ""}, "It is empty."),
        ({"INTERLUDE_SEAL_KEY": "nonsense"}, "INTERLUDE_SEAL_KEY"),
        (
            {"INTERLUDE_DEMO": "1", "INTERLUDE_ALLOWED_HOSTS": "portal.place.org"},
            "anybody signs in as anybody",
        ),
    ],
)
@pytest.mark.parametrize("way", ["wsgi", "serve"])
def test_every_way_of_starting_refuses(way: str, change: dict[str, str], said: str, tmp_path: Path) -> None:
    code = {
        "wsgi": [sys.executable, "-c", "import interlude.site.wsgi"],
        "serve": [sys.executable, "-m", "interlude.site.manage", "serve", "--port", "1"],
    }[way]
    good = {
        "INTERLUDE_SECRET_KEY": OWN,
        "INTERLUDE_AUDIT_KEY": OWN[::-1],
        "INTERLUDE_SEAL_KEY": f"1:{KEY}",
        "INTERLUDE_DATA": str(tmp_path),
        "PATH": os.environ["PATH"],
    }
    done = subprocess.run(code, env=good | change, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode != 0
    assert said in done.stderr
    assert KEY not in done.stderr and OWN not in done.stderr
