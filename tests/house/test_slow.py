"""The list of slow tests names what there is."""

from __future__ import annotations

import pytest

from tests.house.tree import ROOT
from tests.slow import MODULES


@pytest.mark.parametrize("module", sorted(MODULES))
def test_a_slow_module_is_still_there(module: str) -> None:
    assert (ROOT / "tests" / module).is_file()
