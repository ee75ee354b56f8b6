"""The doctor says how an installation is, and how bad."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection

from interlude.outbox.models import Notice
from interlude.site.doctor import examine
from tests.cast import NOW, Cast

pytestmark = pytest.mark.usefixtures("db", "quick_and_apart")


def states(now: Any = NOW) -> dict[str, str]:
    return {finding.name: finding.state for finding in examine(now)}


def run(*words: str) -> str:
    out = StringIO()
    call_command("doctor", *words, stdout=out)
    return out.getvalue()


def test_a_good_installation_has_nothing_broken(cast: Cast) -> None:
    found = states()
    assert "broken" not in found.values()
    assert found["record"] == "fine" and found["tables"] == "fine"


def test_it_names_what_promises_rest_on() -> None:
    said = run()
    for name in ("time zones", "public holidays", "help lines", "database", "tables", "worker", "mail"):
        assert name in said
    assert connection.vendor in said.lower()


def test_it_speaks_to_programs_too() -> None:
    found = json.loads(run("--json"))
    assert {"name", "said", "state"} == set(found[0])


def test_a_record_that_does_not_hold_is_broken_and_so_is_the_exit_code(cast: Cast, settings: Any) -> None:
    settings.AUDIT_KEY = "another key, which makes every event look changed"
    with pytest.raises(SystemExit) as ended:
        run()
    assert ended.value.code == 1
    assert states()["record"] == "broken"


def test_notices_that_wait_tell_that_no_worker_runs() -> None:
    Notice.objects.create(
        practice_id=uuid4(), address="a@place.org", kind="invitation", link="/", once="1", send_at=NOW
    )
    assert states(NOW + timedelta(minutes=4))["worker"] == "fine"
    assert states(NOW + timedelta(minutes=6))["worker"] == "look"


def test_it_names_nobody(cast: Cast) -> None:
    said = run()
    for name in ("Noor", "Ada", "Alder", "example.org"):
        assert name not in said
