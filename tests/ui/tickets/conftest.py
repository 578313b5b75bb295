"""The window of an agent who takes calls."""

from __future__ import annotations

import pytest

from tests.ui.fakes import Rig, a_rig, known_callers


@pytest.fixture
def agent() -> Rig:
    """A front-line agent."""
    return a_rig(callers=known_callers(), role="agent")
