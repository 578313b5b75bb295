"""One engine a seat; another account replaces it, and the real one hears of it."""

from __future__ import annotations

import asyncio

import pytest

from agent_app.desk.engine import SeatEngine, sip_account
from agent_app.settings import AccountSettings
from sip import messages as m
from sip.client import EngineClient
from sip.messages import Account

LIMIT_S = 30


def test_the_account_is_the_agents_unless_it_is_set() -> None:
    account = sip_account(AccountSettings(), password="", extension="1001", name="李娜")
    assert account == Account("1001", "李娜")
    wish = AccountSettings(user="801", display_name="窗口", domain="pbx", registrar="reg",
                           auth_user="a", expires_s=120, ca_file="/ca.pem")  # fmt: skip
    assert sip_account(wish, password="p", extension="1001", name="李娜") == Account(
        "801", "窗口", "pbx", "reg", "a", "p", 120, "/ca.pem"
    )


def test_before_it_starts_nobody_hears() -> None:
    def make(account: AccountSettings, password: str) -> EngineClient:
        raise AssertionError("nothing was started")

    engine = SeatEngine(make)
    engine.send(m.Register())
    assert (engine.engine, engine.local_uri, engine.incarnation) == (None, "", 0)
    assert not engine.ready
    asyncio.run(engine.stop())


@pytest.mark.processes
def test_another_account_is_another_engine() -> None:
    events: list[m.Event] = []

    def make(account: AccountSettings, password: str) -> EngineClient:
        return EngineClient(
            account=sip_account(account, password=password, extension="1001", name=""),
            sound=m.SoundSettings(backend="null"),
            on_event=events.append,
        )

    async def story() -> None:
        engine = SeatEngine(make)
        await engine.start(AccountSettings(user="801"), "p")
        assert engine.local_uri.startswith("sip:801@")
        assert (engine.ready, engine.incarnation) == (True, 1)
        first = engine.engine
        await engine.start(AccountSettings(user="802"), "p")
        assert engine.local_uri.startswith("sip:802@")
        assert engine.engine != first
        assert engine.new_line() == "1-o1"
        engine.send(m.Hold(m.LineId("1-o1")))
        async with asyncio.timeout(LIMIT_S):
            while True:
                if any(isinstance(event, m.CommandRefused) for event in events):
                    break
                await asyncio.sleep(0.01)
        await engine.stop()
        assert isinstance(events[-1], m.EngineLost)

    asyncio.run(story())
    assert [type(event) for event in events].count(m.EngineReady) == 2
