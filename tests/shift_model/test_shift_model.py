"""Nothing is lost and nothing doubled, whatever happens during a shift (steps ⑦ to ⑨ as a whole).

A run is up to 40 random acts and faults; at its end the weather is fine, everything drains, and
the checks of ``checks.py`` are made. The report's head shows the seed, which is another one every
time; ZUOXI_SHIFT_SEED repeats one, ZUOXI_SHIFT_RUNS asks for more runs (``make soak``: 5 000).
"""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from server.app import open_database
from server.database import FILE_NAME
from tests.server.postgresql import Cluster, binaries, cluster
from tests.server.running import settings_for
from tests.shift_model.centre import Centre, Loop, fill
from tests.shift_model.machine import Shift

SEED = int(os.environ["ZUOXI_SHIFT_SEED"])
RUNS = int(os.environ.get("ZUOXI_SHIFT_RUNS", "300"))
PARTS = 10
ON_POSTGRESQL = 1


@pytest.fixture(scope="module")
def loop() -> Iterator[Loop]:
    made = Loop()
    yield made
    made.close()


def play(new_centre: Callable[[Path], Centre], part: int) -> None:
    class Run(Shift):
        pass

    Run.new_centre = staticmethod(new_centre)
    rules = settings(
        max_examples=max(1, RUNS // PARTS),
        stateful_step_count=24,
        deadline=None,
        database=None,
        print_blob=True,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(seed(SEED * 1_000 + part)(Run), settings=rules)


@pytest.mark.processes
@pytest.mark.parametrize("part", range(PARTS - ON_POSTGRESQL))
def test_nothing_is_lost_or_doubled_on_sqlite(tmp_path: Path, loop: Loop, part: int) -> None:
    database = open_database(settings_for(tmp_path))
    fill(database)
    database.close()

    def new_centre(folder: Path) -> Centre:
        shutil.copy(tmp_path / FILE_NAME, folder / FILE_NAME)
        return Centre(settings_for(folder), loop)

    play(new_centre, part)


@pytest.fixture(scope="module")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    programs = binaries()
    if programs is None:
        pytest.skip("PostgreSQL is not installed")
    with cluster(programs) as found:
        place = tmp_path_factory.mktemp("prepared")
        database = open_database(settings_for(place, found.new_database("shift")))
        fill(database)
        database.close()
        yield found


@pytest.mark.processes
@pytest.mark.parametrize("part", range(PARTS - ON_POSTGRESQL, PARTS))
def test_nothing_is_lost_or_doubled_on_postgresql(
    postgresql: Cluster, loop: Loop, part: int
) -> None:
    def new_centre(folder: Path) -> Centre:
        name = f"t{uuid.uuid4().hex}"
        return Centre(settings_for(folder, postgresql.new_database(name, template="shift")), loop)

    play(new_centre, part)
