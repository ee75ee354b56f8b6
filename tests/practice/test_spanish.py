"""A practice chooses whether Spanish says usted or tú to its clients; nobody else is spoken to otherwise."""

from __future__ import annotations

import json
from typing import Any

import pytest

from interlude.accounts.models import User
from interlude.agreements.models import Acceptance, Agreement
from interlude.audit.models import Entry
from interlude.outbox.actions import mail_for
from interlude.outbox.device import Device
from interlude.outbox.devices import payload_for
from interlude.outbox.models import Notice
from interlude.practice.models import Practice
from tests.agreements.reading import main_text
from tests.cast import Cast, agree_anew
from tests.crisis.test_discretion import CHOSEN, PAGE
