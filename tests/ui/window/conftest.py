"""The window on the screen, over a seat without a loop."""

from __future__ import annotations

import pytest

from tests.ui.fakes import Rig
from tests.ui.window.hands import Open
from ui.window.desk_window import DeskWindow


@pytest.fixture
def desk(open_desk: Open, rig: Rig) -> DeskWindow:
    return open_desk(rig)
