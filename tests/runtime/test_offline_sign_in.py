"""Without the server she gets in with her password, for some days, and a thief does not."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from agent_app.runtime.errors import SecretsError
from agent_app.runtime.identity import Identity
from agent_app.runtime.offline_sign_in import (
    FIRST_WAIT_S,
    FREE_FAILURES,
    LONGEST_WAIT_S,
    OfflineProblem,
    OfflineRefusedError,
    OfflineSignIn,
    SealedFile,
)
from agent_app.runtime.secrets import SecretStore, SessionSecrets
from agent_app.runtime.store_key import Cost

WHO = Identity("a-1", "1001", "陈静", "1001", "agent")
PASSWORD = "long and secret"
QUICK = Cost(n=2**10)
MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)


class Seat:
    """The sign-in of one seat, with a clock to be turned."""

    def __init__(self, kept: SecretStore | None = None, days: int = 7) -> None:
        self.now = MONDAY
        self.kept = kept or SessionSecrets()
        self.sign_in = OfflineSignIn(kept=self.kept, days=days, now=lambda: self.now, cost=QUICK)
        self.sign_in.remember(WHO, PASSWORD)

    def problem(self, login: str = "1001", password: str = PASSWORD) -> OfflineProblem | None:
        try:
            assert self.sign_in.check(login, password) == WHO
        except OfflineRefusedError as refused:
            return refused.problem
        return None


def test_the_password_lets_her_in_and_another_does_not() -> None:
    seat = Seat()
    assert seat.problem() is None
    assert seat.problem(password="wrong") is OfflineProblem.WRONG_PASSWORD
    assert seat.problem(password="") is OfflineProblem.WRONG_PASSWORD
    assert seat.problem(login="1002") is OfflineProblem.NOT_KNOWN


def test_after_the_days_only_the_server_lets_her_in(  # and its word begins them anew
) -> None:
    seat = Seat()
    assert seat.sign_in.until("1001") == MONDAY + timedelta(days=7)
    seat.now = MONDAY + timedelta(days=7)
    assert seat.problem() is None
    seat.sign_in.confirm("1001")
    seat.now += timedelta(days=7)
    assert seat.problem() is None
    seat.now += timedelta(seconds=1)
    assert seat.problem() is OfflineProblem.EXPIRED
    assert seat.sign_in.until("nobody") is None


def test_no_days_mean_never() -> None:
    seat = Seat(days=0)
    seat.now += timedelta(seconds=1)
    assert seat.problem() is OfflineProblem.EXPIRED


def test_a_clock_that_is_set_back_gains_nothing() -> None:
    seat = Seat()
    seat.now = MONDAY + timedelta(days=6)
    assert seat.problem() is None
    seat.now = MONDAY - timedelta(days=300)
    assert seat.problem() is None  # as at the latest time that was seen
    assert seat.sign_in.until("1001") == seat.now + timedelta(days=1)


def test_wrong_passwords_make_her_wait_longer_and_longer() -> None:
    seat = Seat()
    for _ in range(FREE_FAILURES):
        assert seat.problem(password="wrong") is OfflineProblem.WRONG_PASSWORD
    with pytest.raises(OfflineRefusedError) as refused:
        seat.sign_in.check("1001", PASSWORD)
    assert refused.value.problem is OfflineProblem.WAIT
    assert refused.value.retry_after_s == FIRST_WAIT_S
    for _ in range(9):
        seat.now += timedelta(seconds=LONGEST_WAIT_S)
        assert seat.problem(password="wrong") is OfflineProblem.WRONG_PASSWORD
    seat.now += timedelta(seconds=LONGEST_WAIT_S - 1)
    assert seat.problem() is OfflineProblem.WAIT
    seat.now += timedelta(seconds=1)
    assert seat.problem() is None
    assert seat.problem(password="wrong") is OfflineProblem.WRONG_PASSWORD  # counted anew
    assert seat.problem() is None


def test_an_ended_session_lets_nobody_in() -> None:
    seat = Seat()
    seat.sign_in.forget("1001")
    assert seat.problem() is OfflineProblem.NOT_KNOWN
    seat.sign_in.confirm("1001")
    assert seat.problem() is OfflineProblem.NOT_KNOWN


def test_neither_password_nor_login_is_kept() -> None:
    seat = Seat()
    kept = seat.kept
    assert isinstance(kept, SessionSecrets)
    [(name, text)] = kept._secrets.items()
    assert "1001" not in name
    assert PASSWORD not in text


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"identity": 1, "wait_until": ""}'])
def test_what_cannot_be_read_lets_nobody_in(text: str) -> None:
    seat = Seat()
    kept = seat.kept
    assert isinstance(kept, SessionSecrets)
    [name] = kept._secrets
    kept.put(name, text)
    assert seat.problem() is OfflineProblem.NOT_KNOWN


class Broken:
    lasting = True

    def get(self, name: str) -> str | None:
        raise SecretsError("the keyring is locked")

    def put(self, name: str, secret: str) -> None:
        raise SecretsError("the keyring is locked")

    def delete(self, name: str) -> None:
        raise SecretsError("the keyring is locked")


def test_a_keyring_that_fails_costs_only_this(caplog: pytest.LogCaptureFixture) -> None:
    seat = Seat(Broken())
    assert seat.problem() is OfflineProblem.NOT_KNOWN
    seat.sign_in.forget("1001")
    assert len(caplog.records) == 3


def test_a_sealed_file_is_believed_with_its_key_only(tmp_path: Path) -> None:
    file = tmp_path / "offline.json"
    seat = Seat(SealedFile(file, b"k" * 32))
    seat.sign_in.remember(WHO, "")  # the store's key has proved the password
    assert Seat.problem(seat, password="whatever") is None
    assert SealedFile(file, b"x" * 32).get(next(iter(json.loads(file.read_text())))) is None
    changed = file.read_text("utf-8").replace("2026-11-23", "2027-11-23")
    file.write_text(changed, "utf-8")
    assert seat.problem() is OfflineProblem.NOT_KNOWN
    file.write_text("not json", "utf-8")
    assert seat.problem() is OfflineProblem.NOT_KNOWN
    seat.sign_in.remember(WHO, "")
    seat.sign_in.forget("1001")
    seat.sign_in.forget("1001")
    assert seat.problem() is OfflineProblem.NOT_KNOWN


def test_a_folder_that_cannot_be_written_costs_only_this(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    seat = Seat(SealedFile(tmp_path / "gone" / "offline.json", b"k" * 32))
    assert seat.problem() is OfflineProblem.NOT_KNOWN
    assert "cannot be written" in caplog.text
