"""The secrets that sign access tokens: a file of several, the newest signs (step ⑨).

Exchanging a secret must not sign everybody out, so an old one goes on verifying until the last
token that it signed has expired. Server processes notice a changed file by themselves.
"""

from __future__ import annotations

import base64
import logging
import os
import secrets
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import orjson

from server.errors import StartError

KEY_BYTES = 32
LOOK_EVERY_S = 1.0
KEPT = 8
_FIRST = "first"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Key:
    """``retired_at`` (Unix seconds) is when a newer one took its place, None for the newest."""

    kid: str
    made_at: int
    secret: bytes = field(repr=False)
    retired_at: int | None = None


class KeyFile:
    """The keys of a centre, made on first use. Thread-safe. Raises StartError when it is made.

    Later a file that cannot be read is logged, and the keys that were known stay in use.
    """

    def __init__(
        self,
        path: Path,
        *,
        clock: Callable[[], float],
        monotonic_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._path = path
        self._monotonic_s = monotonic_s
        self._lock = threading.Lock()
        if not path.exists():
            _create(path, int(clock()))
        self._seen = _stamp(path)
        self._keys = read_keys(path)
        self._look_at_s = monotonic_s() + LOOK_EVERY_S

    def newest(self) -> Key:
        return self._current()[0]

    def find(self, kid: str) -> Key | None:
        return next((key for key in self._current() if key.kid == kid), None)

    def _current(self) -> tuple[Key, ...]:
        with self._lock:
            if self._monotonic_s() >= self._look_at_s:
                self._look_at_s = self._monotonic_s() + LOOK_EVERY_S
                self._look()
            return self._keys

    def _look(self) -> None:
        try:
            stamp = _stamp(self._path)
            if stamp != self._seen:
                self._keys, self._seen = read_keys(self._path), stamp
                _log.info("the keys for access tokens were exchanged")
        except StartError as error:
            _log.error("%s", error)


def rotate(path: Path, *, now: int, lifetime_s: int, forget_old: bool = False) -> int:
    """Make a new key sign from now on and return how many old ones still verify.

    ``lifetime_s`` is that of an access token. ``forget_old``: none of them does, because one may
    be known to others; then every seat renews its access token at its next request. Raises
    StartError; the file is replaced as a whole.
    """
    known = read_keys(path) if path.exists() else ()
    newer = Key(secrets.token_hex(8), now, secrets.token_bytes(KEY_BYTES))
    kept = [
        key
        for key in known
        if not forget_old and (key.retired_at is None or key.retired_at + lifetime_s > now)
    ]
    keys = (newer, *kept)[:KEPT]
    _put(_write_beside(path, keys), path)
    return len(keys) - 1


def read_keys(path: Path) -> tuple[Key, ...]:
    """All keys, the newest first. Raises StartError."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise _cannot(path, "read", error) from error
    if len(content) == KEY_BYTES:  # written before there were several
        return (Key(_FIRST, 0, content),)
    try:
        rows = [
            (str(row["kid"]), int(row["made_at"]), base64.b64decode(row["secret"], validate=True))
            for row in orjson.loads(content)["keys"]
        ]
    except (ValueError, KeyError, TypeError):
        rows = []
    if not rows or any(len(secret) != KEY_BYTES for _kid, _made_at, secret in rows):
        raise StartError(f"The token key {path} is damaged: remove it, and all sign in again.")
    retired = [None, *(made_at for _kid, made_at, _secret in rows)]
    return tuple(
        Key(kid, made_at, secret, gone)
        for (kid, made_at, secret), gone in zip(rows, retired, strict=False)
    )


def _create(path: Path, now: int) -> None:
    """Of several processes that start at once, all get the file of the first."""
    scratch = _write_beside(path, [Key(secrets.token_hex(8), now, secrets.token_bytes(KEY_BYTES))])
    try:
        os.link(scratch, path)
    except FileExistsError:
        pass
    except OSError:  # a file system without hard links
        _put(scratch, path)
    finally:
        scratch.unlink(missing_ok=True)


def _write_beside(path: Path, keys: Sequence[Key]) -> Path:
    """A complete new file beside ``path``, readable by its owner only."""
    rows = [
        {"kid": k.kid, "made_at": k.made_at, "secret": base64.b64encode(k.secret).decode()}
        for k in keys
    ]
    scratch = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
    try:
        handle = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(orjson.dumps({"keys": rows}))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        scratch.unlink(missing_ok=True)
        raise _cannot(path, "written", error) from error
    return scratch


def _put(scratch: Path, path: Path) -> None:
    try:
        scratch.replace(path)
    except OSError as error:
        scratch.unlink(missing_ok=True)
        raise _cannot(path, "written", error) from error


def _stamp(path: Path) -> tuple[int, int, int]:
    try:
        found = path.stat()
    except OSError as error:
        raise _cannot(path, "read", error) from error
    return found.st_ino, found.st_size, found.st_mtime_ns


def _cannot(path: Path, act: str, error: OSError) -> StartError:
    return StartError(f"The token key {path} cannot be {act} ({error.strerror}).")
