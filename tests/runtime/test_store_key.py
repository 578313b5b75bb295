from __future__ import annotations

import os
from pathlib import Path

import pytest

from agent_app.runtime.errors import PasswordNeededError, SecretsError, StoreKeyError
from agent_app.runtime.secrets import SessionSecrets
from agent_app.runtime.store_key import KEY_NAME, Cost, KeptIn, StoreKey, change_password, store_key
from tests.runtime.keyring_session import AVAILABLE, in_session

CHEAP = Cost(n=2**10)


class Lasting(SessionSecrets):
    """A keyring for these stories: lasting, and able to fail or to forget."""

    lasting = True

    def __init__(self) -> None:
        super().__init__()
        self.forgets = self.away = False

    def get(self, name: str) -> str | None:
        if self.away:
            raise SecretsError("the keyring is locked")
        return super().get(name)

    def put(self, name: str, secret: str) -> None:
        if not self.forgets:
            super().put(name, secret)


def key_of(
    tmp_path: Path, store: SessionSecrets, *, password: str | None = None, data: bool = False
) -> StoreKey:
    return store_key(
        store,
        salt_file=tmp_path / "store.salt",
        data_exist=data,
        password=password,
        cost=CHEAP,
    )


def test_with_a_keyring_the_key_is_random_and_nothing_is_on_the_disk(tmp_path: Path) -> None:
    keyring = Lasting()
    first = key_of(tmp_path, keyring)
    assert (len(first.key), first.kept_in) == (32, KeptIn.KEYRING)
    assert key_of(tmp_path, keyring, data=True) == first
    assert key_of(tmp_path, Lasting()).key != first.key
    assert list(tmp_path.iterdir()) == []
    assert first.key.hex() not in repr(first)


def test_without_a_keyring_the_password_gives_the_same_key_again(tmp_path: Path) -> None:
    first = key_of(tmp_path, SessionSecrets(), password="practice")
    assert (len(first.key), first.kept_in) == (32, KeptIn.PASSWORD)
    assert key_of(tmp_path, SessionSecrets(), password="practice", data=True) == first
    assert key_of(tmp_path, SessionSecrets(), password="other", data=True).key != first.key
    on_disk = (tmp_path / "store.salt").read_text()
    assert first.key.hex() not in on_disk
    assert "practice" not in on_disk
    assert [file.name for file in tmp_path.iterdir()] == ["store.salt"]


def test_another_password_opens_what_the_one_before_did(tmp_path: Path) -> None:
    file, keyring = tmp_path / "store.salt", SessionSecrets()
    first = key_of(tmp_path, keyring, password="practice")
    for before, password in (("practice", "changed"), ("changed", "again"), ("again", "again")):
        change_password(file, first.key, password)
        assert key_of(tmp_path, keyring, password=password, data=True) == first
        if before != password:
            assert key_of(tmp_path, keyring, password=before, data=True).key != first.key
        on_disk = file.read_text()
        assert first.key.hex() not in on_disk
        assert password not in on_disk
    assert [one.name for one in tmp_path.iterdir()] == ["store.salt"]


def test_a_disk_that_refuses_another_password_leaves_the_one_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = key_of(tmp_path, SessionSecrets(), password="practice")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", full)
        with pytest.raises(StoreKeyError, match="No space left"):
            change_password(tmp_path / "store.salt", first.key, "changed")
    assert key_of(tmp_path, SessionSecrets(), password="practice", data=True) == first


def test_two_profiles_with_one_password_have_different_keys(tmp_path: Path) -> None:
    keys = set()
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        keys.add(key_of(tmp_path / name, SessionSecrets(), password="practice").key)
    assert len(keys) == 2


@pytest.mark.parametrize("password", [None, ""])
def test_the_password_is_asked_for_before_and_after_the_first_time(
    tmp_path: Path, password: str | None
) -> None:
    with pytest.raises(PasswordNeededError):
        key_of(tmp_path, SessionSecrets(), password=password)
    key_of(tmp_path, SessionSecrets(), password="practice")
    with pytest.raises(PasswordNeededError):
        key_of(tmp_path, SessionSecrets(), password=password, data=True)


def test_a_keyring_that_appears_later_does_not_make_the_data_unreadable(tmp_path: Path) -> None:
    first = key_of(tmp_path, SessionSecrets(), password="practice")
    assert key_of(tmp_path, Lasting(), password="practice", data=True) == first


def test_a_keyring_that_is_away_later_is_said_instead_of_making_a_new_key(tmp_path: Path) -> None:
    with pytest.raises(StoreKeyError, match="Unlock the keyring"):
        key_of(tmp_path, SessionSecrets(), password="practice", data=True)
    assert list(tmp_path.iterdir()) == []


def test_a_key_that_was_lost_is_said_instead_of_replaced(tmp_path: Path) -> None:
    keyring = Lasting()
    with pytest.raises(StoreKeyError, match="no longer in the system's keyring"):
        key_of(tmp_path, keyring, data=True)
    assert keyring.get(KEY_NAME) is None


def test_a_keyring_that_forgets_is_found_out_before_anything_is_encrypted(tmp_path: Path) -> None:
    keyring = Lasting()
    keyring.forgets = True
    with pytest.raises(StoreKeyError, match="does not keep"):
        key_of(tmp_path, keyring)


def test_a_keyring_that_fails_is_said_in_words(tmp_path: Path) -> None:
    keyring = Lasting()
    keyring.away = True
    with pytest.raises(StoreKeyError, match="the keyring is locked"):
        key_of(tmp_path, keyring)


@pytest.mark.parametrize("kept", ["not hex", "abcd"])
def test_something_else_under_our_name_is_no_key(tmp_path: Path, kept: str) -> None:
    keyring = Lasting()
    keyring.put(KEY_NAME, kept)
    with pytest.raises(StoreKeyError, match="is not the key"):
        key_of(tmp_path, keyring, data=True)


@pytest.mark.parametrize(
    "text",
    [
        "", "salt", 'salt = "zz"\nn = 1024\nr = 8\np = 1', 'salt = "00"\nn = 1024\nr = 8\np = 1',
        f'salt = "{"00" * 16}"\nn = {2**30}\nr = 8\np = 1',
        f'salt = "{"00" * 16}"\nn = 1025\nr = 8\np = 1',
        f'salt = "{"00" * 16}"\nn = "1024"\nr = 8\np = 1',
        f'salt = "{"00" * 16}"\nn = 1024\nr = 8\np = 99',
        f'salt = "{"00" * 16}"\nn = 1024\nr = 0\np = 1',
        f'salt = "{"00" * 16}"\nn = 1024\nr = 8',
        f'salt = "{"00" * 16}"\nn = 1024\nr = 8\np = 1\ndifference = "00"',
        f'salt = "{"00" * 16}"\nn = 1024\nr = 8\np = 1\ndifference = 5',
    ],
)  # fmt: skip
def test_a_salt_file_that_was_touched_is_said_and_costs_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / "store.salt").write_text(text)
    with pytest.raises(StoreKeyError, match="bring it back"):
        key_of(tmp_path, SessionSecrets(), password="practice", data=True)


def test_a_disk_that_refuses_the_salt_gives_no_key(tmp_path: Path) -> None:
    with pytest.raises(StoreKeyError, match="cannot be written: No such file"):
        key_of(tmp_path / "gone", SessionSecrets(), password="practice")


def test_the_usual_cost_is_within_what_is_read_back(tmp_path: Path) -> None:
    made = store_key(
        SessionSecrets(), salt_file=tmp_path / "s", data_exist=False, password=os.urandom(8).hex()
    )
    assert len(made.key) == 32


@pytest.mark.processes
@pytest.mark.skipif(not AVAILABLE, reason="no gnome-keyring or dbus-run-session here")
def test_a_real_keyring_gives_the_same_key_at_the_next_start(tmp_path: Path) -> None:
    script = """
from pathlib import Path
from agent_app.runtime.secrets import open_secrets
from agent_app.runtime.store_key import store_key
store = open_secrets(profile="profile-a").store
print(store_key(store, salt_file=Path("/nowhere/salt"), data_exist=False).key.hex())
"""
    first = in_session(script, tmp_path)
    assert len(first) == 65
    assert in_session(script, tmp_path) == first
