"""A refresh token is good once; a lost answer harms nobody, a copied token ends the session."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from server.tables import audit_log, refresh_tokens, sessions
from tests.server.conftest import ON_BOTH
from tests.server.running import Centre, Seat
from tests.server.signing_in import code_of, refresh, sign_in


def reason_of(centre: Centre, session: int = 0) -> str:
    with centre.database.read() as connection:
        found = connection.execute(
            select(sessions.c.void_reason).order_by(sessions.c.started_at)
        ).scalars()
        return str(list(found)[session])


def live_tokens(centre: Centre) -> int:
    with centre.database.read() as connection:
        count: int = connection.execute(
            select(func.count())
            .select_from(refresh_tokens.join(sessions))
            .where(refresh_tokens.c.used_at.is_(None), sessions.c.voided_at.is_(None))
        ).scalar_one()
        return count


def test_an_old_refresh_token_voids_the_whole_session(centre: Centre) -> None:
    first = sign_in(centre)["refresh_token"]
    other = sign_in(centre)["refresh_token"]
    second = refresh(centre, first)["refresh_token"]
    third = refresh(centre, second)
    assert refresh(centre, first)["error"] == {
        "code": "refresh-invalid", "message": "The session has ended: sign in again.",
    }  # fmt: skip
    assert refresh(centre, third["refresh_token"])["error"]["code"] == "session-ended"
    assert code_of(Seat(centre.url, "a1", third["access_token"]).get("/directory")) == (
        401, "session-ended",
    )  # fmt: skip
    assert refresh(centre, other)["status"] == 200
    with centre.database.read() as connection:
        noted = connection.execute(
            select(audit_log.c.agent_id).where(audit_log.c.action == "refresh-reused")
        ).scalars()
        assert list(noted) == ["a1"]


def test_a_seat_that_lost_the_answer_gets_the_same_successor(centre: Centre) -> None:
    token = sign_in(centre)["refresh_token"]
    lost = refresh(centre, token)
    centre.clock.now += centre.services.settings.refresh_grace_s - 1
    again = refresh(centre, token)
    assert again["status"] == 200
    assert again["refresh_token"] == lost["refresh_token"]
    assert live_tokens(centre) == 1
    assert refresh(centre, again["refresh_token"])["status"] == 200


def test_after_the_grace_a_used_token_voids_the_session(centre: Centre) -> None:
    token = sign_in(centre)["refresh_token"]
    successor = refresh(centre, token)["refresh_token"]
    centre.clock.now += centre.services.settings.refresh_grace_s
    assert refresh(centre, token)["status"] == 401
    assert refresh(centre, successor)["error"]["code"] == "session-ended"
    assert reason_of(centre) == "refresh-token-reused"


def test_a_copy_made_within_the_grace_ends_the_session_at_the_next_renewal(
    centre: Centre,
) -> None:
    """Owner and thief hold the same successor; whoever is second with it is one too many."""
    token = sign_in(centre)["refresh_token"]
    owner, thief = refresh(centre, token), refresh(centre, token)
    centre.clock.now += 540
    assert refresh(centre, thief["refresh_token"])["status"] == 200
    centre.clock.now += 200
    assert refresh(centre, owner["refresh_token"])["status"] == 401
    assert reason_of(centre) == "refresh-token-reused"
    assert live_tokens(centre) == 0


@pytest.mark.parametrize("settings", ON_BOTH, indirect=True)
def test_one_token_in_many_hands_at_once_has_one_successor(centre: Centre) -> None:
    token = sign_in(centre)["refresh_token"]
    with ThreadPoolExecutor(6) as pool:
        jobs = [pool.submit(refresh, centre, token) for _ in range(6)]
        answers = [job.result() for job in jobs]
    assert {answer["status"] for answer in answers} == {200}
    assert len({answer["refresh_token"] for answer in answers}) == 1
    assert live_tokens(centre) == 1


@pytest.mark.parametrize("settings", ON_BOTH, indirect=True)
def test_a_used_and_an_old_token_at_once_leave_nothing_that_is_good(centre: Centre) -> None:
    first = sign_in(centre)["refresh_token"]
    second = refresh(centre, first)["refresh_token"]
    third = refresh(centre, second)["refresh_token"]
    with ThreadPoolExecutor(6) as pool:
        jobs = [pool.submit(refresh, centre, token) for token in (first, third) * 3]
        answers = [job.result()["status"] for job in jobs]
    assert 401 in answers
    assert 500 not in answers
    assert live_tokens(centre) == 0
    assert reason_of(centre) == "refresh-token-reused"


def test_what_is_kept_of_a_successor_does_not_show_it(centre: Centre) -> None:
    token = sign_in(centre)["refresh_token"]
    successor = refresh(centre, token)["refresh_token"]
    with centre.database.read() as connection:
        kept = str(connection.execute(select(refresh_tokens)).all())
    assert successor not in kept
    assert token not in kept


def test_expired_tokens_are_not_kept(centre: Centre) -> None:
    token = sign_in(centre)["refresh_token"]
    token = refresh(centre, token)["refresh_token"]
    centre.clock.now += centre.services.settings.refresh_lifetime_s - 1
    assert refresh(centre, token)["status"] == 200
    centre.clock.now += 2
    sign_in(centre)
    with centre.database.read() as connection:
        kept = connection.execute(select(func.count()).select_from(refresh_tokens)).scalar_one()
    assert kept == 2
