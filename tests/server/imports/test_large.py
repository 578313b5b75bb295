"""Two hundred thousand rows, with broken and doubled ones among them, are looked through whole."""

from __future__ import annotations

import pytest

from tests.server.conftest import ON_BOTH
from tests.server.imports.sending import counts, faults, imported
from tests.server.running import Centre

ROWS = 200_000
BROKEN, DOUBLED = 1_000, 2_000

pytestmark = pytest.mark.processes  # not that it starts any: it takes its time


def lines() -> list[str]:
    found = [f"客户{n},{13_000_000_000 + n}" for n in range(ROWS)]
    for place in range(0, ROWS, BROKEN):
        found[place] = f"客户{place},不是号码"
    for place in range(1, ROWS, DOUBLED):
        found[place] = found[place + 1]
    return found


@pytest.mark.parametrize("settings", ON_BOTH[:1], indirect=True)
def test_every_row_of_a_large_file_is_judged_and_none_is_taken_by_looking(centre: Centre) -> None:
    seat = centre.seat("a3", "supervisor")
    content = "姓名,手机\n" + "\n".join(lines())
    job = imported(seat, content.encode("gb18030"), dry_run=True)
    created, updated, skipped, bad = counts(job)
    assert (job["state"], job["rows_done"]) == ("done", ROWS)
    assert created + updated + skipped + bad == ROWS
    assert bad == ROWS // BROKEN
    assert created == ROWS - ROWS // BROKEN - ROWS // DOUBLED
    lines_of_faults = faults(seat, job)
    assert len(lines_of_faults) == bad
    assert all("手机" in line for line in lines_of_faults)
