"""The process in which the keyring is asked: started for a question, ended when it is of no use."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from agent_app.runtime.errors import SecretsError
from agent_app.runtime.keyring_process import KeyringProcess
from tests.process_state import wait_until_gone
from tests.runtime.memory_keyring import program
from tests.sip.watching import until

pytestmark = pytest.mark.processes
PUT = {"do": "put", "key": "p/a", "secret": "one"}
GET = {"do": "get", "key": "p/a"}
LIMIT_S = 10.0


@contextlib.contextmanager
def process(
    command: tuple[str, ...] | None = None, *, idle_s: float = 60
) -> Iterator[KeyringProcess]:
    found = KeyringProcess(command or program(), idle_s=idle_s)
    try:
        yield found
    finally:
        found.close()


def script(text: str) -> tuple[str, ...]:
    return (sys.executable, "-c", text)


def pid_of(one: KeyringProcess) -> int:
    assert one._child is not None
    return one._child.pid


def test_one_process_answers_question_after_question() -> None:
    with process() as keyring:
        assert keyring.ask(PUT, LIMIT_S) == {}
        first = pid_of(keyring)
        assert keyring.ask(GET, LIMIT_S) == {"secret": "one"}
        assert pid_of(keyring) == first


def test_a_folder_whose_name_is_no_text_has_its_secrets_all_the_same() -> None:
    odd = "/home/\udcff/profile/token"  # as Python has a name that is not UTF-8
    with process() as keyring:
        keyring.ask({"do": "put", "key": odd, "secret": "one"}, LIMIT_S)
        assert keyring.ask({"do": "get", "key": odd}, LIMIT_S) == {"secret": "one"}


def test_it_is_ended_when_it_is_idle_and_comes_back_for_a_question() -> None:
    with process(idle_s=0.1) as keyring:
        keyring.ask(GET, LIMIT_S)
        until(lambda: keyring._child is None, "it is idle and still there")
        assert keyring.ask(GET, LIMIT_S) == {"secret": None}


def test_one_that_was_killed_is_started_again() -> None:
    with process() as keyring:
        keyring.ask(PUT, LIMIT_S)
        child = keyring._child
        assert child is not None
        child.kill()
        child.wait()
        assert keyring.ask(GET, LIMIT_S) == {"secret": None}


def test_a_silent_one_is_ended_and_another_is_asked_next_time() -> None:
    with process(program("silent")) as keyring:
        for _ in range(2):
            with pytest.raises(SecretsError, match=r"did not answer within 0\.3 s"):
                keyring.ask(GET, 0.3)
            assert keyring._child is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "it has ended"),
        ("print('{}', flush=True); input()", "it has ended"),
        ("print('{}', flush=True)", "it has ended"),
        ("print('{}\\n?', flush=True); input()", "it has ended"),
    ],
)
def test_one_that_ends_or_talks_nonsense_is_said(text: str, words: str) -> None:
    with process(script(text)) as keyring, pytest.raises(SecretsError, match=words):
        keyring.ask(GET, LIMIT_S)


def test_a_program_that_is_not_there_is_said(tmp_path: Path) -> None:
    missing = process((str(tmp_path / "none"),))
    with missing as keyring, pytest.raises(SecretsError, match="No such file"):
        keyring.ask(GET, LIMIT_S)


def test_questions_from_several_threads_get_their_own_answers() -> None:
    with process() as keyring, ThreadPoolExecutor(8) as threads:
        keys = [f"p/{n}" for n in range(40)]
        puts = [{"do": "put", "key": key, "secret": key} for key in keys]
        assert list(threads.map(lambda one: keyring.ask(one, LIMIT_S), puts)) == [{}] * len(keys)
        gets = [{"do": "get", "key": key} for key in keys]
        found = threads.map(lambda one: keyring.ask(one, LIMIT_S)["secret"], gets)
        assert list(found) == keys


def test_it_ends_with_the_desk(tmp_path: Path) -> None:
    told = tmp_path / "pid"
    desk = (
        "import os; from pathlib import Path\n"
        "from agent_app.runtime.keyring_process import KeyringProcess\n"
        f"one = KeyringProcess({program()!r}); one.ask({GET!r}, 10)\n"
        f"Path({str(told)!r}).write_text(str(one._child.pid)); os.kill(os.getpid(), 9)"
    )
    os.spawnv(os.P_WAIT, sys.executable, script(desk))
    pid = int(told.read_text("ascii"))
    wait_until_gone(pid)
