from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from agent_app.runtime.errors import ServerStartError
from agent_app.runtime.processes import EmbeddedServer
from tests.process_state import running
from tests.sync.waiting import until

pytestmark = pytest.mark.processes

GOOD = """
import json, sys
print(json.dumps({"listening": "http://127.0.0.1:1", "pid": 1}), flush=True)
for _ in range(3000):
    print("x" * 100)
sys.stdout.flush()
sys.stderr.write("served\\n")
sys.stdin.read()
"""


def server(tmp_path: Path, script: str, *, limit_s: float = 30.0) -> EmbeddedServer:
    return EmbeddedServer(
        [sys.executable, "-c", script],
        log_file=tmp_path / "server.log",
        environment={"ZUOXI_TEST": "yes"},
        ready_limit_s=limit_s,
    )


def run(made: EmbeddedServer, story: Callable[[EmbeddedServer], Awaitable[None]]) -> None:
    async def work() -> None:
        try:
            await story(made)
        finally:
            await made.stop()
            made.close()

    asyncio.run(work())


def test_it_says_where_it_listens_and_ends_by_itself_when_asked(tmp_path: Path) -> None:
    async def story(made: EmbeddedServer) -> None:
        assert await made.stop() is None
        assert await made.start() == "http://127.0.0.1:1"
        assert made.pid is not None
        assert await made.stop() == 0
        assert made.pid is None
        assert await made.start() == "http://127.0.0.1:1", "it can be started again"

    run(server(tmp_path, GOOD), story)
    assert (tmp_path / "server.log").read_text() == "served\n" * 2


def test_its_environment_is_ours_and_what_was_added(tmp_path: Path) -> None:
    script = (
        "import json, os; print(json.dumps({'listening': os.environ['ZUOXI_TEST'] +"
        " str('PATH' in os.environ)}), flush=True); input()"
    )

    async def story(made: EmbeddedServer) -> None:
        assert await made.start() == "yesTrue"

    run(server(tmp_path, script), story)


def test_one_that_will_not_end_is_killed(tmp_path: Path) -> None:
    script = GOOD.replace("sys.stdin.read()", "import time; time.sleep(600)")

    async def story(made: EmbeddedServer) -> None:
        await made.start()
        assert await made.stop(limit_s=0.1) == -signal.SIGKILL

    run(server(tmp_path, script), story)


def test_its_death_is_seen(tmp_path: Path) -> None:
    async def story(made: EmbeddedServer) -> None:
        await made.start()
        made.kill()
        assert await made.wait() == -signal.SIGKILL
        assert made.pid is None

    run(server(tmp_path, GOOD), story)


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("import sys; sys.exit('the port is taken')", "ended with code 1: the port is taken"),
        ("import sys; sys.exit(3)", "ended with code 3: its log is empty"),
        ("print('hello', flush=True); input()", "did not say where it listens"),
        ("print('{}', flush=True); input()", "did not say where it listens"),
        ("print('[1]', flush=True); input()", "did not say where it listens"),
        ("print('{\"listening\": 1}', flush=True); input()", "did not say where it listens"),
        ("print('x' * 10**6, flush=True); input()", "did not say where it listens"),
    ],
)
def test_one_that_does_not_come_up_is_told_in_words(
    tmp_path: Path, script: str, words: str
) -> None:
    async def story(made: EmbeddedServer) -> None:
        with pytest.raises(ServerStartError, match=words):
            await made.start()
        assert made.pid is None

    run(server(tmp_path, script), story)


def test_one_that_says_nothing_is_given_up(tmp_path: Path) -> None:
    async def story(made: EmbeddedServer) -> None:
        with pytest.raises(ServerStartError, match=r"said nothing within 0\.2 s"):
            await made.start()
        assert made.pid is None

    run(server(tmp_path, "import time; time.sleep(600)", limit_s=0.2), story)


def test_a_log_that_is_gone_is_no_second_fault(tmp_path: Path) -> None:
    script = f"import os, sys; os.remove({str(tmp_path / 'server.log')!r}); sys.exit(4)"

    async def story(made: EmbeddedServer) -> None:
        with pytest.raises(ServerStartError, match="ended with code 4: its log is empty"):
            await made.start()

    run(server(tmp_path, script), story)


def test_a_program_that_is_not_there_is_told_in_words(tmp_path: Path) -> None:
    async def story(made: EmbeddedServer) -> None:
        with pytest.raises(ServerStartError, match="cannot be started: No such file"):
            await made.start()

    run(EmbeddedServer(["/no/such/program"], log_file=tmp_path / "server.log"), story)


def test_a_start_that_is_given_up_leaves_no_process(tmp_path: Path) -> None:
    script = "import time; time.sleep(600)"

    async def story(made: EmbeddedServer) -> None:
        starting = asyncio.create_task(made.start())
        await until(lambda: made.pid is not None)
        starting.cancel()
        await asyncio.gather(starting, return_exceptions=True)
        assert await made.wait() == -signal.SIGKILL

    run(server(tmp_path, script), story)


def test_it_does_not_outlive_a_desk_that_was_killed(tmp_path: Path) -> None:
    script = f"""
import asyncio, sys
from pathlib import Path
from agent_app.runtime.processes import EmbeddedServer
async def main():
    made = EmbeddedServer([sys.executable, "-c", {GOOD!r}], log_file=Path(sys.argv[1]))
    await made.start()
    print(made.pid, flush=True)
    await asyncio.Event().wait()
asyncio.run(main())
"""
    with subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path / "server.log")],
        stdout=subprocess.PIPE,
        text=True,
    ) as desk:
        assert desk.stdout is not None
        child = int(desk.stdout.readline())
        os.kill(child, 0)
        desk.kill()

    async def gone() -> None:
        await until(lambda: not running(child))

    asyncio.run(gone())
