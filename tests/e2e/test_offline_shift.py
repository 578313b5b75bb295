"""A shift without the server: calls, edits, a new customer, kill -9, and all of it delivered once.

The server is killed before the desk opens. She signs in with her password alone and works; her
desk is killed; meanwhile a colleague changes the same field; the server comes back and asks for
her password; what waited goes out in order, and the one conflict is decided by one key.
"""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from agent_app.demo.driver import Driver
from agent_app.domain.customers import Customer
from agent_app.domain.ids import CustomerId, InteractionId, uuid7
from agent_app.domain.link import ServerState
from agent_app.runtime.loop import run_desk
from agent_app.runtime.processes import EmbeddedServer
from agent_app.runtime.profile import Profile
from agent_app.runtime.tasks import Tasks
from sip import messages as m
from sync.api import ServerApi
from sync.wire import ChangePage, Json, Operation, OperationKind, Outcome
from tests.contract.centre import PASSWORD, port_of, serving
from tests.e2e.duty_desk import (
    HALF,
    KNOWN,
    LIMIT_S,
    MINE,
    NEW_NAME,
    THIRD,
    UNKNOWN,
    OpenDesk,
    occasion_of,
    open_desk,
)
from tests.e2e.test_desk_killed import Caller, read_line
from tests.e2e.test_duty import appearing
from ui.application import DeskApplication

pytestmark = pytest.mark.processes

ROOT = Path(__file__).resolve().parents[2]
THEIRS = "上午回电"


async def call(address: object, number: str) -> Caller:
    """Somebody dials; the desk answers."""
    caller = Caller()
    await caller.engine.start()
    uri = f"sip:1002@{address}"
    caller.engine.send(m.MakeCall(caller.engine.new_line(), uri, (), "", number))
    await caller.hears(m.CallAnswered, LIMIT_S)
    return caller


def a_desk(folder: Path, url: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.e2e.duty_desk", str(folder), url]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


async def work_and_die(folder: Path, url: str) -> dict[str, str]:
    """The desk of the shift, in a process of its own, until it is killed in the third call."""
    with a_desk(folder, url) as desk:
        try:
            facts = await asyncio.to_thread(read_line, desk)
            left = datetime.fromisoformat(str(facts["until"])) - datetime.now(UTC)
            assert timedelta(days=6) < left < timedelta(days=7)
            did: dict[str, str] = {}
            for name, number in (("first", KNOWN), ("second", UNKNOWN), ("third", THIRD)):
                caller = await call(facts["address"], number)
                said = await asyncio.to_thread(read_line, desk)
                did[name] = str(said["interaction"])
                if name == "third":
                    os.kill(desk.pid, signal.SIGKILL)
                await caller.engine.stop()
        finally:
            desk.kill()
    return did


def centre(url: str) -> tuple[ServerApi, str]:
    api = ServerApi(url)
    return api, api.sign_in("1003", PASSWORD, "another seat").access_token


def everything(url: str) -> dict[str, dict[str, list[Json]]]:
    """All rows of the centre, by table and id, as a seat with nothing would get them."""
    api, token = centre(url)
    rows: dict[str, dict[str, list[Json]]] = {}
    after, page = 0, ChangePage({}, {}, 0, 0, more=True)
    while page.more:
        page = api.changes(after, 5000, token)
        after = page.next_cursor
        for table, changed in page.rows.items():
            rows.setdefault(table, {}).update({str(row[0]): row for row in changed})
    return rows


def a_colleague_edits(url: str, customer_id: str, version: int) -> None:
    api = ServerApi(url)
    session = api.sign_in("1003", PASSWORD, "another seat")
    edit = Operation(
        id=uuid7(), kind=OperationKind.SAVE_CUSTOMER, record=customer_id,
        author=session.agent_id, made_at=f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        payload={"notes": THEIRS}, base={"notes": version},
    )  # fmt: skip
    [answer] = api.operations([edit], session.access_token)
    assert answer.outcome is Outcome.APPLIED, answer.reason


async def first_day(qapp: DeskApplication, folder: Path, url: str) -> tuple[str, int]:
    """With the server: her seat gets the centre's data, and the server's word who she is."""
    tasks = Tasks()
    with Profile(folder) as profile:
        desk = await open_desk(qapp, occasion_of(profile, url, tasks))
        link = desk.seat.link
        await desk.until("online", lambda: link.status.server is ServerState.ONLINE)
        match = await desk.running.ground.store.callers.find_by_number(KNOWN)
        assert match.customer is not None
        form = await desk.running.ground.store.customers.form(match.customer.customer_id)
        assert form is not None
        await desk.close()
        await tasks.cancel_all()
    return match.customer.customer_id, form.base["notes"]


async def sign_in_when_asked() -> None:
    hands = await appearing("sign-in-window")
    assert "server is back" in hands.read("sign-in-message")
    hands.window.activateWindow()
    await hands.until("it has the keyboard", hands.window.isActiveWindow, LIMIT_S)
    hands.click("sign-in-password")
    hands.type(PASSWORD)
    hands.click("sign-in-button")


async def decide(desk: OpenDesk) -> None:
    """Both values are there; one key keeps hers."""
    desk.window.activateWindow()
    await desk.until("it has the keyboard", desk.window.isActiveWindow)
    desk.driver.press("Ctrl+I")
    inbox = await appearing("inbox-window")
    await inbox.until("both values", lambda: inbox.shown("inbox-theirs-notes"), LIMIT_S)
    assert inbox.read("inbox-mine-notes") == MINE
    assert inbox.read("inbox-theirs-notes") == THEIRS
    inbox.window.activateWindow()
    await inbox.until("it has the keyboard", inbox.window.isActiveWindow, LIMIT_S)
    Driver(inbox.window).press("Alt+M")


async def settled(desk: OpenDesk, customer_id: CustomerId) -> Customer:
    """The card as soon as nothing of it is only on this seat."""
    async with asyncio.timeout(LIMIT_S):
        while True:
            card = await desk.running.ground.store.callers.load(customer_id)
            if card is not None and not card.provisional:
                return card
            await asyncio.sleep(0.05)


async def last_day(
    qapp: DeskApplication,
    profile: Profile,
    server: EmbeddedServer,
    url: str,
    shift: tuple[dict[str, str], tuple[str, int]],
) -> None:
    """The desk again, still without the server; then it is back."""
    did, customer = shift
    tasks = Tasks()
    desk = await open_desk(qapp, occasion_of(profile, url, tasks))
    seat, driver = desk.seat, desk.driver
    third = InteractionId(did["third"])
    await desk.until("the half sentence", lambda: third in seat.focus.tabs)
    seat.focus.select(third)
    assert driver.read("question-field") == HALF
    await desk.until("all of it waits", lambda: seat.link.status.waiting == 4)

    await server.start()
    await asyncio.to_thread(a_colleague_edits, url, *customer)
    await sign_in_when_asked()
    await desk.until("one is to decide", lambda: seat.link.status.set_aside == 1)
    await desk.until("the rest went out", lambda: seat.link.status.waiting == 0)
    await decide(desk)
    await desk.until("nothing is left", lambda: seat.link.items == ())
    card = await settled(desk, CustomerId(customer[0]))
    assert card.notes == MINE
    assert all(past.delivered for past in card.history)
    await desk.close()
    await tasks.cancel_all()


def test_a_shift_without_the_server_is_delivered_exactly_once(
    qapp: DeskApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
    folder, data = tmp_path / "profile", tmp_path / "server"
    data.mkdir()

    async def main(stop: asyncio.Event) -> int:
        first = serving(data)
        url = await first.start()
        customer = await first_day(qapp, folder, url)
        before = await asyncio.to_thread(everything, url)
        first.kill()
        await first.wait()
        first.close()
        did = await work_and_die(folder, url)
        second = serving(data, port=port_of(url))
        try:
            with Profile(folder) as profile:
                await last_day(qapp, profile, second, url, (did, customer))
            after = await asyncio.to_thread(everything, url)
        finally:
            await second.stop()
            second.close()
        fresh = {table: rows.keys() - before[table].keys() for table, rows in after.items()}
        assert fresh["interactions"] == {did["first"], did["second"]}
        [made] = fresh["customers"]
        assert NEW_NAME in after["customers"][made]
        assert made in after["interactions"][did["second"]]
        assert customer[0] in after["interactions"][did["first"]]
        assert MINE in after["customers"][customer[0]]
        assert len(fresh["phones"]) == 1
        return 0

    faults: list[object] = []
    assert run_desk(qapp, main, on_error=lambda _loop, context: faults.append(context)) == 0
    assert not faults
    assert not [w for w in QApplication.topLevelWidgets() if w.isVisible()]
