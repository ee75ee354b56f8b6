"""The stage of the attacks: the cast with things of their own, and a browser for each of them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.again import scene_again
from tests.attack.acts import Doer, Stage, browsers, stage_of


@pytest.fixture
def stage(cast: Any) -> Stage:
    return scene_again(stage_of, cast)


@pytest.fixture
def by(stage: Stage, visit: Any) -> Doer:
    return browsers(stage, visit)
