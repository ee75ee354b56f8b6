"""Words at rest: no byte of them is in the database's files, and moving a sealed text opens nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from interlude.messaging.models import Approval, Message, Reply, Split
from interlude.sealing.vault import Sealer, Unopenable
from tests.attack.planted import CANARY, PLANTED, of, plant
from tests.messaging.post import may, send

ROOT = Path(__file__).resolve().parents[2]


def test_no_column_of_any_table_holds_a_sealed_word_in_clear(cast: Any) -> None:
    plant(cast)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # names from the database itself
            for row in cursor.fetchall():
                raw = b" ".join(
                    bytes(one) if isinstance(one, (bytes, memoryview)) else str(one).encode() for one in row
                )
                assert CANARY.encode() not in raw, table


def test_the_files_of_the_database_hold_no_word_in_clear(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "DATABASE_URL": "",
        "INTERLUDE_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "interlude.site.settings",
        "PYTHONPATH": str(ROOT),
    }
    run = subprocess.run(
        [sys.executable, "-m", "tests.attack.planted"],
        env=environment, cwd=ROOT, capture_output=True, text=True, check=True, timeout=300,
    )  # fmt: skip
    said = json.loads(run.stdout.splitlines()[-1])
    assert said["hits"] == {}
    assert said["known"], said["files"]
    assert any(name.endswith(("-wal", ".sqlite3")) for name in said["files"])


def test_every_planted_word_opens_with_its_key(cast: Any) -> None:
    """The search above looked for what is there."""
    plant(cast)
    sealer, everything = Sealer(cast.alder.id), []
    for message in Message.unscoped.all():
        everything.append(message.text(sealer))
        everything += [
            sealer.open(message.client_id, one.place, one.sealed) for one in message.revisions.all()
        ]
        for reply in message.replies.all():
            everything += [reply.text(sealer, message.client_id), reply.note(sealer, message.client_id)]
        for split in Split.objects.filter(message=message):
            everything.append(split.kept(sealer, message.client_id))
    client_id = cast.noor.client_id
    everything += [one.note(sealer, client_id) for one in Approval.unscoped.all()]
    everything += [row.words(sealer) for row in cast.noor.client.lines.all()]
    everything += [row.words(sealer) for row in cast.noor.client.list_items.all()]
    everything += [row.words(sealer) + row.answer(sealer) for row in cast.noor.questions.all()]
    everything += [row.words(sealer) + row.answer(sealer) for row in cast.noor.move_requests.all()]
    everything += [row.words(sealer) for row in cast.noor.journal.all()]
    everything += [row.data(sealer).decode() for row in cast.noor.enclosures.all()]
    everything += [row.text(sealer) for row in cast.noor.drafts.all()]
    everything += [one.purpose(sealer) for one in cast.noor.client.extra_support.all()]
    for row in cast.noor.client.suitability.all():
        everything += [*row.said(sealer).values(), *(view.words(sealer) for view in row.views.all())]
    everything += [word for one in cast.noor.client.closings.all() for word in one.said(sealer).values()]
    everything += [row.answers(sealer).words for row in cast.noor.client.check_ins.all()]
    everything += [row.text(sealer) for row in cast.noor.client.welcomes.all()]
    everything += [part.text for row in cast.noor.plan.versions.all() for part in row.words(sealer).parts]
    everything += [*cast.noor.whom_to_call.said(sealer).values()]
    everything += [row.words(sealer) for row in cast.noor.client.consult_notes.all()]
    for share in cast.noor.client.shares.all():
        everything += [share.line(sealer), share.version.data(sealer).decode()]
    everything += [answer for row in cast.noor.filled.all() for answer in row.answers(sealer)]
    everything += [row.said(sealer)["helps"] for row in cast.noor.client.break_plans.all()]
    everything += [cast.ada.professional_will.words()]
    for fitted in cast.noor.client.phrase_variants.all():
        everything += [row.words(sealer).text for row in fitted.versions.all()]
    everything += [row.note(sealer) for row in cast.noor.client.phrase_landings.all()]
    text = " ".join(everything)
    assert [field for field in PLANTED if of(field) not in text] == ["seed"]


def test_a_sealed_text_in_another_row_or_with_one_bit_turned_does_not_open(cast: Any) -> None:
    one, two = send(cast.noor, "One.", at=may(13, 10)), send(cast.kai, "Two.", at=may(13, 10))
    sealer = Sealer(cast.alder.id)
    two.sealed = one.sealed
    with pytest.raises(Unopenable):
        two.text(sealer)
    raw = bytes(one.sealed)
    for place in range(1, len(raw)):
        one.sealed = raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :]
        with pytest.raises(Unopenable) as wrong:
            one.text(sealer)
        assert "One." not in str(wrong.value)
    assert not Reply.unscoped.exists()
