"""Guessing is slow: at one login, and from one address over many logins."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from server.database import Database
from server.errors import ApiError
from server.lockout import count_attempt, forget_failures, wait_after
from server.settings import Settings
from tests.server.conftest import ON_BOTH
from tests.server.running import Centre, running, settings_for
from tests.server.signing_in import sign_in


def attempt(database: Database, settings: Settings, login: str, address: str, now: float) -> int:
    """Seconds to wait, 0 when the attempt may be made."""
    try:
        database.run(
            lambda transaction: count_attempt(
                transaction.connection, login=login, address=address, now=now, settings=settings
            )
        )
    except ApiError as error:
        return int(error.headers["Retry-After"])
    return 0


def succeed(database: Database, login: str, address: str) -> None:
    with database.write() as transaction:
        forget_failures(transaction.connection, login=login, address=address)


def few(tmp_path: Path) -> Settings:
    return replace(settings_for(tmp_path), free_address_failures=6, lock_out_address_max_s=8)


@pytest.mark.parametrize(
    ("failures", "wait_s"),
    [(0, 0), (4, 0), (5, 1), (6, 2), (9, 16), (13, 256), (14, 300), (9**9, 300)],
)
def test_waiting_doubles_up_to_five_minutes(failures: int, wait_s: int) -> None:
    assert wait_after(failures, free=4, longest_s=300) == wait_s


def test_guessing_locks_the_login_for_longer_each_time(centre: Centre) -> None:
    for _ in range(5):
        assert sign_in(centre, password="wrong")["status"] == 401
    locked = sign_in(centre)
    assert (locked["status"], locked["headers"]["Retry-After"]) == (429, "1")
    centre.clock.now += 1
    assert sign_in(centre, password="wrong")["status"] == 401
    assert sign_in(centre)["headers"]["Retry-After"] == "2"
    assert sign_in(centre, "1002")["status"] == 200
    centre.clock.now += 2
    assert sign_in(centre)["status"] == 200
    assert sign_in(centre, password="wrong")["status"] == 401
    assert sign_in(centre)["status"] == 200


def test_an_unknown_login_is_locked_like_a_known_one(centre: Centre) -> None:
    answers = [sign_in(centre, "nobody")["status"] for _ in range(6)]
    assert answers == [401] * 5 + [429]


def test_guesses_at_the_same_moment_all_count(centre: Centre) -> None:
    with ThreadPoolExecutor(12) as pool:
        jobs = [pool.submit(sign_in, centre, "1001", "wrong") for _ in range(12)]
        answers = sorted(str(job.result()["status"]) for job in jobs)
    assert answers == ["401"] * 5 + ["429"] * 7


@pytest.mark.parametrize("settings", ON_BOTH, indirect=True)
def test_one_password_on_many_logins_slows_the_address_down(
    database: Database, tmp_path: Path
) -> None:
    settings = few(tmp_path)
    waits = [attempt(database, settings, f"l{n}", "10.0.0.9", 1_000.0) for n in range(8)]
    assert waits == [0] * 7 + [1]
    assert attempt(database, settings, "l8", "10.0.0.8", 1_000.0) == 0
    assert attempt(database, settings, "l9", "10.0.0.9", 1_001.0) == 0
    assert attempt(database, settings, "l9", "10.0.0.9", 1_001.0) == 2


def test_an_address_never_waits_long_and_is_forgiven_by_the_minute(
    database: Database, tmp_path: Path
) -> None:
    settings, now = few(tmp_path), 1_000.0
    for n in range(20):
        now += attempt(database, settings, f"l{n}", "10.0.0.9", now)
        assert attempt(database, settings, f"m{n}", "10.0.0.9", now) <= 8
    assert attempt(database, settings, "x", "10.0.0.9", now) > 0
    later = now + 40 * 60
    waits = [attempt(database, settings, f"n{n}", "10.0.0.9", later) for n in range(8)]
    assert waits == [0] * 7 + [1]


def test_those_who_know_their_password_do_not_use_up_their_offices_failures(
    database: Database, tmp_path: Path
) -> None:
    settings = few(tmp_path)
    for n in range(50):
        assert attempt(database, settings, f"l{n}", "10.0.0.9", 1_000.0) == 0
        succeed(database, f"l{n}", "10.0.0.9")


def test_ones_own_account_does_not_pay_for_guessing_at_others(
    database: Database, tmp_path: Path
) -> None:
    settings, now = few(tmp_path), 1_000.0
    for n in range(7):
        assert attempt(database, settings, f"l{n}", "10.0.0.9", now) == 0
    now += 1
    assert attempt(database, settings, "mine", "10.0.0.9", now) == 0
    succeed(database, "mine", "10.0.0.9")
    assert attempt(database, settings, "l8", "10.0.0.9", now) == 0
    assert attempt(database, settings, "l9", "10.0.0.9", now) == 2


def test_failures_are_forgiven_also_while_others_sign_in(
    database: Database, tmp_path: Path
) -> None:
    settings = few(tmp_path)
    for n in range(6):
        assert attempt(database, settings, f"l{n}", "10.0.0.9", 1_000.0) == 0
    for n in range(40):  # ten minutes, each attempt within the same minute as the one before
        assert attempt(database, settings, f"m{n}", "10.0.0.9", 1_000.0 + 15 * n) == 0
        succeed(database, f"m{n}", "10.0.0.9")
    waits = [attempt(database, settings, f"n{n}", "10.0.0.9", 1_600.0) for n in range(7)]
    assert waits == [0] * 7


def test_the_address_counts_in_the_running_server_too(
    settings: Settings, database: Database
) -> None:
    with running(replace(settings, free_address_failures=2), database) as centre:
        answers = [sign_in(centre, f"nobody{n}")["status"] for n in range(4)]
        assert answers == [401] * 3 + [429]
        assert sign_in(centre)["status"] == 429
        centre.clock.now += 1
        assert sign_in(centre)["status"] == 200
