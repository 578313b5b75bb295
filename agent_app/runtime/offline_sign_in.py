"""Signing in while the server is away: for some days after it last confirmed who she is (M49).

What is kept is a scrypt hash of the password (RFC 7914), who she is and the day of the last
confirmation; never the password. Where a keyring is, it is kept there. Without one the password is
the key to the data on this seat and needs no other proof; the rest is kept beside the data, sealed
with that key. A clock that is set back gains nothing: the latest time ever seen counts.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from agent_app.runtime.errors import RuntimeFault, SecretsError
from agent_app.runtime.identity import Identity
from agent_app.runtime.secrets import SecretStore
from agent_app.runtime.store_key import Cost

_log = logging.getLogger(__name__)

FREE_FAILURES = 3
FIRST_WAIT_S = 30.0
LONGEST_WAIT_S = 900.0
COST = Cost(n=2**15)


class OfflineProblem(StrEnum):
    NOT_KNOWN = "not-known"  # never signed in here, or the server ended it
    WRONG_PASSWORD = "wrong-password"
    WAIT = "wait"  # too many failures
    EXPIRED = "expired"


class OfflineRefusedError(RuntimeFault):
    """She cannot sign in without the server; ``retry_after_s`` is for WAIT."""

    def __init__(self, problem: OfflineProblem, retry_after_s: float = 0.0) -> None:
        super().__init__(f"no signing in without the server: {problem.value}")
        self.problem = problem
        self.retry_after_s = retry_after_s


@dataclass(frozen=True, slots=True)
class _Record:
    identity: Identity
    confirmed_at: datetime
    seen_at: datetime
    salt: str = ""
    hash: str = ""
    failures: int = 0
    wait_until: datetime | None = None


class OfflineSignIn:
    """Every method blocks: call it in a worker thread. A keyring that fails costs only this."""

    def __init__(
        self, *, kept: SecretStore, days: int, now: Callable[[], datetime], cost: Cost = COST
    ) -> None:
        """``days`` 0: never without the server."""
        self._kept = kept
        self._days = timedelta(days=days)
        self._now = now
        self._cost = cost

    def remember(self, identity: Identity, password: str) -> None:
        """The server has just let her in; an empty ``password`` needs no proof (see above)."""
        salt = secrets.token_hex(16) if password else ""
        found = self._hash(password, salt) if password else ""
        now = self._now()
        self._put(_Record(identity, now, now, salt, found))

    def confirm(self, login: str) -> None:
        """The server knows her still."""
        record = self._get(login)
        if record is not None:
            now = self._now()
            self._put(replace(record, confirmed_at=now, seen_at=now))

    def forget(self, login: str) -> None:
        """The server has ended her session."""
        try:
            self._kept.delete(_name(login))
        except SecretsError as error:
            _log.warning("what lets her in without the server is not deleted: %s", error)

    def until(self, login: str) -> datetime | None:
        """The last moment at which she gets in; None for somebody who was never confirmed here."""
        record = self._get(login)
        if record is None:
            return None
        ahead = max(timedelta(), record.seen_at - self._now())
        return record.confirmed_at + self._days - ahead

    def check(self, login: str, password: str) -> Identity:
        """Who she is. Raises OfflineRefusedError, and counts a wrong password."""
        record = self._get(login)
        if record is None:
            raise OfflineRefusedError(OfflineProblem.NOT_KNOWN)
        now = max(self._now(), record.seen_at)
        if record.wait_until is not None and now < record.wait_until:
            left_s = (record.wait_until - now).total_seconds()
            raise OfflineRefusedError(OfflineProblem.WAIT, left_s)
        if record.hash and not hmac.compare_digest(self._hash(password, record.salt), record.hash):
            self._put(_failed(replace(record, seen_at=now)))
            raise OfflineRefusedError(OfflineProblem.WRONG_PASSWORD)
        if now > record.confirmed_at + self._days:
            raise OfflineRefusedError(OfflineProblem.EXPIRED)
        self._put(replace(record, seen_at=now, failures=0, wait_until=None))
        return record.identity

    def _hash(self, password: str, salt: str) -> str:
        cost = self._cost
        return hashlib.scrypt(
            password.encode(), salt=bytes.fromhex(salt), n=cost.n, r=cost.r, p=cost.p,
            maxmem=256 * cost.n * cost.r, dklen=32,
        ).hex()  # fmt: skip

    def _get(self, login: str) -> _Record | None:
        try:
            text = self._kept.get(_name(login))
        except SecretsError as error:
            _log.warning("what lets her in without the server cannot be read: %s", error)
            return None
        return None if text is None else _read(text)

    def _put(self, record: _Record) -> None:
        body = asdict(record) | {
            name: "" if value is None else value.isoformat()
            for name, value in (
                ("confirmed_at", record.confirmed_at),
                ("seen_at", record.seen_at),
                ("wait_until", record.wait_until),
            )
        }
        try:
            self._kept.put(_name(record.identity.login), json.dumps(body, ensure_ascii=False))
        except OSError as error:  # SecretsError is one
            _log.warning("what lets her in without the server is not kept: %s", error)


class SealedFile:
    """Texts by name in a file that nobody without ``key`` can change unnoticed; no secrets."""

    lasting = True

    def __init__(self, file: Path, key: bytes) -> None:
        self._file = file
        self._key = hmac.digest(key, b"zuoxi sealed file", hashlib.sha256)

    def get(self, name: str) -> str | None:
        found = self._read().get(name)
        if not isinstance(found, dict):
            return None
        text, seal = str(found.get("text", "")), str(found.get("seal", ""))
        if not hmac.compare_digest(self._seal(name, text), seal):
            _log.warning("%s was changed from outside; it is not believed", self._file.name)
            return None
        return text

    def put(self, name: str, secret: str) -> None:
        self._write(self._read() | {name: {"text": secret, "seal": self._seal(name, secret)}})

    def delete(self, name: str) -> None:
        rest = self._read()
        if rest.pop(name, None) is not None:
            self._write(rest)

    def _seal(self, name: str, text: str) -> str:
        return hmac.digest(self._key, f"{name}\n{text}".encode(), hashlib.sha256).hex()

    def _read(self) -> dict[str, object]:
        try:
            found = json.loads(self._file.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def _write(self, content: dict[str, object]) -> None:
        fresh = self._file.with_suffix(".new")
        try:
            fresh.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
            fresh.replace(self._file)
        except OSError as error:
            raise SecretsError(f"{self._file.name} cannot be written: {error.strerror}") from error


def _name(login: str) -> str:
    """A keyring shows names to whoever looks: not even the login stands there."""
    return "offline-" + hashlib.sha256(login.encode()).hexdigest()[:16]


def _failed(record: _Record) -> _Record:
    failures = record.failures + 1
    if failures < FREE_FAILURES:
        return replace(record, failures=failures)
    wait_s = min(FIRST_WAIT_S * 2 ** (failures - FREE_FAILURES), LONGEST_WAIT_S)
    return replace(record, failures=failures, wait_until=record.seen_at + timedelta(seconds=wait_s))


def _read(text: str) -> _Record | None:
    """The record in a kept text; None for anything that was not written here."""
    try:
        body = json.loads(text)
        wait_until = body.pop("wait_until")
        return _Record(
            identity=Identity(**body.pop("identity")),
            confirmed_at=datetime.fromisoformat(body.pop("confirmed_at")),
            seen_at=datetime.fromisoformat(body.pop("seen_at")),
            wait_until=datetime.fromisoformat(wait_until) if wait_until else None,
            **body,
        )
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
