"""Server and seat describe the wire each for itself; here the two descriptions meet."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from server import WIRE_VERSION
from server.kinds import KINDS
from server.operations import Outcome as ServerOutcome
from server.settings import Settings
from server.tables import WIRE_COLUMNS
from sync import api
from sync.errors import RequestRefused, SessionEnded, SignInRefused
from sync.replication import SIZES
from sync.wire import TABLES, OperationKind, Outcome
from tests.contract.centre import PASSWORD, Seat, serving, tell

NOT_WRITTEN_YET = {"article_drafts", "gap_reports"}
"""What people make of a centre, and the sample centre's did not yet."""


def test_tables_and_columns_are_the_same_in_the_same_order() -> None:
    assert list(TABLES.items()) == list(WIRE_COLUMNS.items())


def test_kinds_outcomes_limits_and_version_are_the_same(tmp_path: Path) -> None:
    assert {kind.value for kind in OperationKind} == set(KINDS)
    assert {outcome.value for outcome in Outcome} == {outcome.value for outcome in ServerOutcome}
    assert WIRE_VERSION == api.WIRE
    settings = Settings(data_dir=tmp_path)
    assert SIZES.batch <= settings.operations_max
    assert SIZES.page_rows <= settings.page_rows_max


@pytest.mark.processes
def test_signing_in_renewing_and_signing_out(tmp_path: Path) -> None:
    async def story(url: str) -> None:
        seat = Seat(url)
        assert await asyncio.to_thread(seat.api.health)
        with pytest.raises(SignInRefused, match="wrong") as refused:
            await asyncio.to_thread(seat.api.sign_in, "1001", "guess", "desk")
        assert refused.value.code == "wrong-credentials"
        first = await asyncio.to_thread(seat.api.sign_in, "1001", PASSWORD, "desk")
        assert (first.login, first.role != "", first.access_expires_s > 0) == ("1001", True, True)
        second = await asyncio.to_thread(seat.api.refresh, first.refresh_token)
        assert second.agent_id == first.agent_id
        await asyncio.to_thread(seat.api.refresh, second.refresh_token)
        with pytest.raises(SessionEnded):
            await asyncio.to_thread(seat.api.refresh, first.refresh_token)
        with pytest.raises(RequestRefused) as expired:
            await asyncio.to_thread(seat.api.changes, 0, 10, "not a token")
        assert expired.value.status == 401
        third = await asyncio.to_thread(seat.api.sign_in, "1001", PASSWORD, "desk")
        await asyncio.to_thread(seat.api.sign_out, third.refresh_token, third.access_token)
        with pytest.raises(SessionEnded):
            await asyncio.to_thread(seat.api.refresh, third.refresh_token)
        seat.api.close()

    tell(serving(tmp_path), story)


@pytest.mark.processes
def test_repeated_failures_say_how_long_to_wait(tmp_path: Path) -> None:
    async def story(url: str) -> None:
        seat = Seat(url)
        failures: list[SignInRefused] = []
        while not failures or failures[-1].retry_after_s is None:
            with pytest.raises(SignInRefused) as refused:
                await asyncio.to_thread(seat.api.sign_in, "1002", "guess", "desk")
            failures.append(refused.value)
            assert len(failures) < 20
        assert failures[-1].retry_after_s
        seat.api.close()

    tell(serving(tmp_path), story)


@pytest.mark.processes
def test_a_first_synchronisation_brings_the_whole_centre_and_a_second_nothing(
    tmp_path: Path,
) -> None:
    async def story(url: str) -> None:
        seat = Seat(url)
        await seat.sign_in()
        await seat.online()
        tables = seat.replica.tables
        assert set(TABLES) - {name for name, rows in tables.items() if rows} <= NOT_WRITTEN_YET
        assert len(tables["customers"]) == 20
        await rows_are_those_of_the_single_routes(seat)
        pages = seat.replica.pages
        seat.replication.wake()
        await asyncio.to_thread(seat.api.health)
        await seat.online()
        assert seat.replica.pages == pages
        await seat.stop()

    tell(serving(tmp_path), story)


async def rows_are_those_of_the_single_routes(seat: Seat) -> None:
    session = seat.auth.session
    assert session is not None
    for record, row in list(seat.replica.tables["interactions"].items())[:20]:
        found = await asyncio.to_thread(seat.api.get_interaction, record, session.access_token)
        assert found == dict(zip(TABLES["interactions"], row, strict=True))
    assert await asyncio.to_thread(seat.api.get_interaction, "no-1", session.access_token) is None
