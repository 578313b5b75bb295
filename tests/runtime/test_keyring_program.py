"""What the program that asks the keyring answers, without a process around it."""

from __future__ import annotations

import json

import pytest

from agent_app.runtime.keyring_program import Answer, KeyringProgram
from tests.runtime.memory_keyring import MemoryKeyring


def asked(program: KeyringProgram, **question: str) -> Answer:
    return program.answer(json.dumps(question).encode())


def test_a_secret_is_kept_changed_and_deleted() -> None:
    program = KeyringProgram((MemoryKeyring,))
    assert asked(program, do="find") == {"found": True}
    assert asked(program, do="get", key="p/a") == {"secret": None}
    assert asked(program, do="put", key="p/a", secret="一") == {}
    assert asked(program, do="put", key="p/a", secret="二") == {}
    assert asked(program, do="get", key="p/a") == {"secret": "二"}
    assert asked(program, do="get", key="q/a") == {"secret": None}
    assert [asked(program, do="delete", key="p/a") for _ in range(2)] == [{}, {}]
    assert asked(program, do="get", key="p/a") == {"secret": None}


@pytest.mark.parametrize(
    ("failure", "words"),
    [("locked", "the keyring is locked"), ("odd", "the keyring failed (RuntimeError)")],
)
def test_what_fails_is_said_in_words(
    monkeypatch: pytest.MonkeyPatch, failure: str, words: str
) -> None:
    monkeypatch.setattr(MemoryKeyring, "failure", failure)
    program = KeyringProgram((MemoryKeyring,))
    assert asked(program, do="get", key="p/a") == {"fault": words}


def test_no_keyring_is_said() -> None:
    assert asked(KeyringProgram(()), do="find") == {"found": False}


@pytest.mark.parametrize("do", ["get", "put", "delete"])
def test_a_keyring_that_is_gone_keeps_nothing_silently(do: str) -> None:
    gone = {"fault": "the keyring failed (it is gone)"}
    assert asked(KeyringProgram(()), do=do, key="p/a", secret="one") == gone


def test_the_first_that_can_be_used_is(monkeypatch: pytest.MonkeyPatch) -> None:
    class Unusable(MemoryKeyring):
        viable = False

    program = KeyringProgram((Unusable, MemoryKeyring))
    assert asked(program, do="find") == {"found": True}
    assert type(program._backend) is MemoryKeyring
