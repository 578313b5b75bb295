"""RFC 4475 played to the phone: the tortuous but valid is understood, the invalid harms nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path

import pytest

from sip.messages import EngineLost, IncomingCall
from tests.sip.malformed.exchange import Stage, staged
from tests.sip.malformed.torture import ALL, INVALID, RESPONSES, VALID_INVITES, VALID_REQUESTS

pytestmark = pytest.mark.processes

MESSAGES = 49
OF_OLD = "inv2543"
"""RFC 2543 had no tags; the library refuses such a caller, and no exchange of today is one."""
CALLERS = {
    "wsinv": ('J Rosenberg \\"', "jdrosen"),
    "esc01": ("", "I have spaces"),
    "unksm2": ("", ""),
    "zeromf": ("", "caller"),
    "baddate": ("", "caller"),
    "badbranch": ("", "caller"),
    "sdp01": ("", "caller"),
}
STATUSES = {
    "lwsdisp": 200,
    "semiuri": 200,
    "transports": 200,
    "mpart01": 200,
    OF_OLD: 400,
    "invut": 415,
}
FORGIVEN = {"clerr", "lwsstart", "escruri", "multi01"}
"""Invalid, but the library knows what was meant: these may ring, and do no harm."""


def test_the_set_is_whole() -> None:
    assert len(ALL) == MESSAGES


def test_valid_calls_ring_and_name_their_caller(tmp_path: Path) -> None:
    async def play() -> None:
        async with staged() as stage:
            rang = await _torture(stage, VALID_INVITES, tmp_path)
            assert set(rang) == set(VALID_INVITES) - {OF_OLD}
            for name, caller in CALLERS.items():
                assert (rang[name].name, rang[name].number) == caller, name
            _expect_statuses(stage, VALID_INVITES)

    asyncio.run(play())


def test_other_valid_messages_are_answered_and_do_not_ring(tmp_path: Path) -> None:
    async def play() -> None:
        async with staged() as stage:
            assert not await _torture(stage, VALID_REQUESTS | RESPONSES, tmp_path)
            _expect_statuses(stage, VALID_REQUESTS)

    asyncio.run(play())


def test_invalid_messages_harm_nothing(tmp_path: Path) -> None:
    async def play() -> None:
        async with staged() as stage:
            assert set(await _torture(stage, INVALID, tmp_path)) <= FORGIVEN
            _expect_statuses(stage, INVALID)

    asyncio.run(play())


async def _torture(
    stage: Stage, messages: Mapping[str, bytes], folder: Path
) -> dict[str, IncomingCall]:
    """Send ``messages`` one after the other; return what rang, by the name in its Call-ID."""
    stage.desk.refuses_all = True
    here = b"127.0.0.1:%d" % stage.exchange.port
    for name, message in messages.items():
        stage.exchange.send(message.replace(b"@@", here))
        assert await stage.survives(), name
        if name in VALID_INVITES and name != OF_OLD:
            await stage.desk.has_rung(name)
        await stage.desk.idle()
    await stage.works(folder)
    assert not stage.desk.seen(EngineLost)
    return {call.call_id.partition(".")[0]: call for call in stage.desk.rang}


def _expect_statuses(stage: Stage, messages: Mapping[str, bytes]) -> None:
    told = {call.partition(b".")[0].decode(): s for call, s in stage.exchange.statuses.items()}
    expected = {name: status for name, status in STATUSES.items() if name in messages}
    assert {name: told.get(name) for name in expected} == expected
