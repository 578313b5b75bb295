from __future__ import annotations

import threading
from pathlib import Path

import keyring.backend
import keyring.errors
import pytest

from agent_app.runtime import secrets
from agent_app.runtime.errors import SecretsError
from agent_app.runtime.secrets import (
    KeyringSecrets,
    NamedSecret,
    SessionSecrets,
    open_secrets,
    within,
)
from tests.runtime.keyring_session import AVAILABLE, ROOT, in_session, without_session

real_keyring = pytest.mark.skipif(not AVAILABLE, reason="no gnome-keyring or dbus-run-session here")

OPEN = """
from agent_app.runtime.secrets import open_secrets
found = open_secrets(profile="profile-a")
print(type(found.store).__name__, found.store.lasting, found.reason)
"""


PLAINTEXT = """
import keyring.backend
class Keyring(keyring.backend.KeyringBackend):
    priority = 99
    kept = {}
    def get_password(self, service, username): return self.kept.get(username)
    def set_password(self, service, username, password): self.kept[username] = password
    def delete_password(self, service, username): self.kept.pop(username)
"""


class MemoryKeyring(keyring.backend.KeyringBackend):
    """A keyring as the library has them, in memory; ``failure`` makes it fail, ``hang`` hang."""

    viable = True

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}
        self.failure: Exception | None = None
        self.hang: threading.Event | None = None

    def get_password(self, service: str, username: str) -> str | None:
        if self.hang is not None:
            self.hang.wait(30)
        if self.failure is not None:
            raise self.failure
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.kept:
            raise keyring.errors.PasswordDeleteError("no such password")
        del self.kept[service, username]


def found_with(monkeypatch: pytest.MonkeyPatch, backend: MemoryKeyring) -> secrets.SecretsFound:
    monkeypatch.setattr(secrets, "_first_viable", lambda: backend)
    return open_secrets(profile="p", limit_s=0.2)


def test_secrets_of_a_session_are_gone_with_it() -> None:
    store = SessionSecrets()
    store.put("token", "one")
    assert (store.get("token"), store.lasting) == ("one", False)
    store.delete("token")
    store.delete("token")
    assert store.get("token") is None
    assert SessionSecrets().get("token") is None


def test_a_keyring_that_answers_is_used_and_profiles_are_kept_apart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    backend = MemoryKeyring()
    found = found_with(monkeypatch, backend)
    assert (found.store.lasting, found.reason) == (True, "")
    found.store.put("token", "one")
    assert KeyringSecrets(backend, profile="other").get("token") is None
    assert KeyringSecrets(backend, profile="p").get("token") == "one"
    named = NamedSecret(found.store, "token")
    assert named.get() == "one"
    named.put("two")
    assert found.store.get("token") == "two"
    named.delete()
    named.delete()
    assert backend.kept == {}


def test_a_keyring_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    backend = MemoryKeyring()
    backend.hang = threading.Event()
    found = found_with(monkeypatch, backend)
    backend.hang.set()
    assert not found.store.lasting
    assert found.reason == "the keyring did not answer within 0.2 s"


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        (keyring.errors.KeyringLocked("dismissed"), "the keyring is locked"),
        (RuntimeError("odd"), "the keyring failed (RuntimeError)"),
    ],
)
def test_a_keyring_that_fails_is_said_in_words(
    monkeypatch: pytest.MonkeyPatch, failure: Exception, words: str
) -> None:
    backend = MemoryKeyring()
    backend.failure = failure
    found = found_with(monkeypatch, backend)
    assert (found.store.lasting, found.reason) == (False, words)


def test_no_keyring_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secrets, "_ENCRYPTING", ())
    found = open_secrets(profile="p")
    assert (found.store.lasting, found.reason) == (False, "there is no keyring on this system")


def test_a_keyring_that_goes_away_later_is_an_error_of_the_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    backend = MemoryKeyring()
    store = found_with(monkeypatch, backend).store
    backend.failure = RuntimeError("the daemon was stopped")
    with pytest.raises(SecretsError, match="failed"):
        store.get("token")
    with pytest.raises(OSError, match="failed"):
        store.delete("token")


def test_what_a_call_returns_comes_back_even_if_it_is_nothing() -> None:
    assert within(5, lambda: None) is None


@pytest.mark.processes
def test_without_a_bus_there_is_no_keyring_and_nothing_hangs(tmp_path: Path) -> None:
    said = without_session(OPEN, tmp_path)
    assert said == "SessionSecrets False there is no keyring on this system\n"


@pytest.mark.processes
def test_a_bus_that_is_not_there_any_more_is_no_keyring(tmp_path: Path) -> None:
    said = without_session(OPEN, tmp_path, DBUS_SESSION_BUS_ADDRESS=f"unix:path={tmp_path}/none")
    assert said == "SessionSecrets False there is no keyring on this system\n"


@pytest.mark.processes
def test_a_configured_plaintext_keyring_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "plaintext.py").write_text(PLAINTEXT)
    chosen = {"PYTHON_KEYRING_BACKEND": "plaintext.Keyring", "PYTHONPATH": f"{tmp_path}:{ROOT}"}
    asked = "import keyring; print(type(keyring.get_keyring()).__module__)"
    assert without_session(asked, tmp_path, **chosen) == "plaintext\n", "the trap is set"
    assert without_session(OPEN, tmp_path, **chosen).startswith("SessionSecrets False")


@pytest.mark.processes
@real_keyring
def test_a_real_keyring_keeps_a_secret_for_the_next_start(tmp_path: Path) -> None:
    put = OPEN + 'found.store.put("session", "s3cret")'
    assert in_session(put, tmp_path) == "KeyringSecrets True \n"
    get = OPEN + 'print(found.store.get("session")); found.store.delete("session")'
    get += '\nfound.store.delete("session"); print(found.store.get("session"))'
    assert in_session(get, tmp_path) == "KeyringSecrets True \ns3cret\nNone\n"
    kept = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert kept
    assert b"s3cret" not in kept


@pytest.mark.processes
@real_keyring
def test_a_locked_keyring_with_nobody_to_unlock_it_does_not_hang_the_desk(tmp_path: Path) -> None:
    in_session(OPEN + 'found.store.put("session", "s3cret")', tmp_path)
    said = in_session(OPEN.replace('a")', 'a", limit_s=2)'), tmp_path, locked=True)
    assert said.startswith("SessionSecrets False the keyring ")
