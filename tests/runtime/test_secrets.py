from __future__ import annotations

from pathlib import Path

import pytest

from agent_app.runtime.errors import SecretsError
from agent_app.runtime.keyring_process import KeyringProcess
from agent_app.runtime.secrets import (
    KeyringSecrets,
    NamedSecret,
    SecretsFound,
    SessionSecrets,
    open_secrets,
)
from tests.runtime.keyring_session import AVAILABLE, ROOT, in_session, without_session
from tests.runtime.memory_keyring import program

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


def found_with(failure: str = "", *, limit_s: float = 10) -> SecretsFound:
    return open_secrets(profile="p", limit_s=limit_s, command=program(failure))


def test_secrets_of_a_session_are_gone_with_it() -> None:
    store = SessionSecrets()
    store.put("token", "one")
    assert (store.get("token"), store.lasting) == ("one", False)
    store.delete("token")
    store.delete("token")
    assert store.get("token") is None
    assert SessionSecrets().get("token") is None


@pytest.mark.processes
def test_a_keyring_that_answers_is_used_and_profiles_are_kept_apart() -> None:
    process = KeyringProcess(program())
    mine, others = KeyringSecrets(process, profile="p"), KeyringSecrets(process, profile="other")
    mine.put("token", "一 \n{}")
    assert (mine.get("token"), others.get("token"), mine.lasting) == ("一 \n{}", None, True)
    named = NamedSecret(mine, "token")
    named.put("two")
    assert (named.get(), mine.get("token")) == ("two", "two")
    named.delete()
    named.delete()
    assert mine.get("token") is None
    process.close()


@pytest.mark.processes
def test_a_keyring_that_hangs_is_given_up() -> None:
    found = found_with("silent", limit_s=0.5)
    assert not found.store.lasting
    assert found.reason == "the keyring did not answer within 0.5 s"


@pytest.mark.processes
@pytest.mark.parametrize(
    ("failure", "words"),
    [("locked", "the keyring is locked"), ("odd", "the keyring failed (RuntimeError)")],
)
def test_a_keyring_that_fails_is_said_in_words(failure: str, words: str) -> None:
    found = found_with(failure)
    assert (found.store.lasting, found.reason) == (False, words)


@pytest.mark.processes
def test_a_keyring_that_goes_away_later_is_an_error_of_the_machine() -> None:
    found = found_with("later")
    assert (found.store.lasting, found.reason) == (True, "")
    with pytest.raises(SecretsError, match="failed"):
        found.store.get("token")
    with pytest.raises(OSError, match="failed"):
        found.store.delete("token")


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
