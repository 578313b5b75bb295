"""What was acknowledged is there after kill -9, at whatever moment it came."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, select

from agent_app.domain.ids import InteractionId
from agent_app.store.tables import customers
from tests.store.rigs import in_loop, opened
from tests.store.saver import BASIS


@in_loop
async def check(folder: Path, told: list[str]) -> None:
    acts: dict[str, set[str]] = {
        act: set() for act in ("draft", "edited", "article", "parked", "saved")
    }
    typed: dict[str, int] = {}
    for line in told:
        act, name, *count = line.split(" ")
        if act == "typed":
            typed[name] = int(count[0])
        else:
            acts[act].add(name)
    async with opened(folder) as store:
        assert store.notices == ()
        drafts = {one.interaction_id: one for one in await store.drafts.open()}
        items = await store.outbox.items()
        waiting = {item.record for item in items}
        assert len(items) == len(waiting), "nothing twice"
        assert acts["saved"] <= waiting
        assert acts["draft"] <= set(drafts) | waiting
        assert not set(drafts) & waiting, "saved and open at once"
        for name in acts["edited"] - waiting:
            assert drafts[InteractionId(name)].answer == f"答{int(name[2:])}"
        for name, keys in typed.items():
            kept = drafts.get(InteractionId(name))
            if kept is not None:  # not saved
                assert kept.basis in (BASIS[:keys], BASIS[: keys + 1])
        for name in acts["article"]:
            form = await store.article_drafts.typed_form(name)
            assert form is not None
            assert form.words.answer == f"官方答复{name[2:]}"
        assert acts["parked"] <= {name for name, one in drafts.items() if one.parked}

        def rows(connection: Connection) -> int:
            return connection.execute(select(func.count()).select_from(customers)).scalar_one()

        assert await store.replica.cursor() == await store.replica._cache.write(rows)


@pytest.mark.processes
@pytest.mark.parametrize("lines", [1, 2, 5, 23, 104, 251])
def test_nothing_acknowledged_is_lost_when_the_process_is_killed(
    tmp_path: Path, lines: int
) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.store.saver", str(tmp_path)],
        stdout=subprocess.PIPE, text=True, cwd=Path.cwd(),
    ) as seat:  # fmt: skip
        assert seat.stdout is not None
        told = [seat.stdout.readline().strip() for _ in range(lines)]
        seat.send_signal(signal.SIGKILL)
        rest = seat.stdout.read().split("\n")
        told += [line for line in rest[:-1] if line]
        seat.wait(10)
    assert seat.returncode == -signal.SIGKILL
    check(tmp_path, told)
