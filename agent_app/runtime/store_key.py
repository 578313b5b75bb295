"""The key of the data on this seat: from the keyring, or from the agent's password, never on disk.

With a keyring the key is 32 random bytes in it. Without one it is derived from the password
(scrypt, RFC 7914) with a random salt beside the data; a salt is no secret. When the password
changes, the key stays what it was: beside the new salt lies by what it differs from the bytes that
the new password gives, and one exchanged file makes one password or the other open everything.
Which of the two a profile uses is decided once, when it is new, and told by whether the salt file
is there: a keyring that comes or goes later must not make data unreadable without a word.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import tomllib
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from agent_app.runtime.errors import PasswordNeededError, SecretsError, StoreKeyError
from agent_app.runtime.secrets import SecretStore

KEY_BYTES = 32
SALT_BYTES = 16
KEY_NAME = "store-key"


class KeptIn(StrEnum):
    KEYRING = "keyring"
    PASSWORD = "password"


@dataclass(frozen=True, slots=True)
class StoreKey:
    """``key`` is 32 raw bytes."""

    key: bytes = field(repr=False)
    kept_in: KeptIn


@dataclass(frozen=True, slots=True)
class Cost:
    """scrypt's parameters; it takes about 128 · n · r bytes of memory."""

    n: int = 2**16
    r: int = 8
    p: int = 1


DEFAULT_COST = Cost()
_HIGHEST = Cost(n=2**20, r=16, p=16)


def store_key(
    store: SecretStore,
    *,
    salt_file: Path,
    data_exist: bool,
    password: str | None = None,
    cost: Cost = DEFAULT_COST,
) -> StoreKey:
    """The key to this profile's data, made now if there are none yet. Blocks (0.1 to 0.5 s).

    ``data_exist`` tells whether there are files that were encrypted with it. Raises
    PasswordNeededError when the key comes from the password and none was given, StoreKeyError when
    data exist and their key cannot be had.
    """
    if salt_file.exists():
        return _from_password(salt_file, password)
    if not store.lasting:
        if data_exist:
            raise StoreKeyError(
                "The data on this seat were encrypted with a key in the system's keyring, which"
                " is not available now. Unlock the keyring and start again."
            )
        if not password:
            raise PasswordNeededError("Without a keyring the password is the key to this seat.")
        _write_salt(salt_file, secrets.token_bytes(SALT_BYTES), cost)
        return _from_password(salt_file, password)
    return _from_keyring(store, data_exist=data_exist)


def change_password(salt_file: Path, key: bytes, password: str) -> None:
    """From now on ``password`` gives ``key``, and the one before does not. Blocks as above.

    Raises StoreKeyError; then everything is as it was.
    """
    _, cost, _ = _read_salt(salt_file)
    salt = secrets.token_bytes(SALT_BYTES)
    _write_salt(salt_file, salt, cost, _xor(key, _derived(password, salt, cost)))


def _from_keyring(store: SecretStore, *, data_exist: bool) -> StoreKey:
    try:
        kept = store.get(KEY_NAME)
        if kept is None and data_exist:
            raise StoreKeyError(
                "The key to the data on this seat is no longer in the system's keyring. The data"
                " are untouched; begin a new profile, or bring the keyring back."
            )
        if kept is None:
            kept = secrets.token_hex(KEY_BYTES)
            store.put(KEY_NAME, kept)
            if store.get(KEY_NAME) != kept:  # before anything is encrypted with it
                raise StoreKeyError("The system's keyring does not keep what it is given.")
    except SecretsError as error:
        raise StoreKeyError(f"The key to this seat's data cannot be had: {error}.") from error
    try:
        key = bytes.fromhex(kept)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise StoreKeyError("What the system's keyring holds is not the key to this seat's data.")
    return StoreKey(key, KeptIn.KEYRING)


def _from_password(salt_file: Path, password: str | None) -> StoreKey:
    if not password:
        raise PasswordNeededError("The password is the key to the data on this seat.")
    salt, cost, difference = _read_salt(salt_file)
    return StoreKey(_xor(_derived(password, salt, cost), difference), KeptIn.PASSWORD)


def _derived(password: str, salt: bytes, cost: Cost) -> bytes:
    return hashlib.scrypt(
        password.encode(),
        salt=salt,
        n=cost.n,
        r=cost.r,
        p=cost.p,
        maxmem=256 * cost.n * cost.r,
        dklen=KEY_BYTES,
    )


def _xor(one: bytes, other: bytes) -> bytes:
    """Each salt is used once, so that what it gives hides a key as well as any cipher does."""
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


def _write_salt(
    salt_file: Path, salt: bytes, cost: Cost, difference: bytes = bytes(KEY_BYTES)
) -> None:
    text = (
        "# Not a secret. Without this file the data beside it cannot be read any more.\n"
        f'salt = "{salt.hex()}"\nn = {cost.n}\nr = {cost.r}\np = {cost.p}\n'
    )
    if any(difference):
        text += f'difference = "{difference.hex()}"\n'
    fresh = salt_file.with_suffix(".new")
    try:
        with fresh.open("w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(salt_file)
    except OSError as error:
        raise StoreKeyError(f"{salt_file} cannot be written: {error.strerror}.") from error


def _read_salt(salt_file: Path) -> tuple[bytes, Cost, bytes]:
    """Salt, cost and difference, within what a machine can bear whatever the file says."""
    try:
        content = tomllib.loads(salt_file.read_text("ascii"))
        salt = bytes.fromhex(content["salt"])
        cost = Cost(n=content["n"], r=content["r"], p=content["p"])
        difference = bytes.fromhex(content.get("difference", "00" * KEY_BYTES))
        bearable = (
            len(salt) == SALT_BYTES
            and len(difference) == KEY_BYTES
            and 2**10 <= cost.n <= _HIGHEST.n
            and cost.n & (cost.n - 1) == 0
            and 1 <= cost.r <= _HIGHEST.r
            and 1 <= cost.p <= _HIGHEST.p
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreKeyError(f"{salt_file} cannot be read; bring it back.") from error
    if not bearable:
        raise StoreKeyError(f"{salt_file} is not what this program wrote; bring it back.")
    return salt, cost, difference
