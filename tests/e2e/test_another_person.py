"""A call given to another person with the server away: draft, saved record and card go along.

The real window by keyboard, over a real store; nothing else of the seat runs.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from agent_app.demo.driver import Driver
from agent_app.domain.ids import CategoryId, CustomerId, InteractionId
from agent_app.domain.link import ServerState
from agent_app.domain.summary import DraftState, SummaryDraft, SummaryField
from agent_app.runtime.loop import run_desk
from agent_app.wiring.screen import open_window
from agent_app.wiring.seat import RunningSeat
from sip import messages as m
from tests.desk.fakes import incoming
from tests.store.rigs import centre_page, page, row
from tests.wiring.seats import built_seat
from ui.application import DeskApplication
from ui.keys import KeyMap

ZHANG, LI = CustomerId("c-1"), CustomerId("c-2")
LINE = m.LineId("1-9")
LIMIT_S = 60


class Offline:
    """Her window, and what is written on her computer."""

    def __init__(self, running: RunningSeat, driver: Driver) -> None:
        self.running = running
        self.driver = driver
        self.call = InteractionId("")

    async def until_said(self, sentence: str) -> None:
        driver = self.driver
        await driver.until(
            sentence, lambda: driver.shown("caller-moved")
            and driver.read("caller-moved-text") == sentence, LIMIT_S,
        )  # fmt: skip

    async def answer(self) -> None:
        """张伟 calls, and she picks up."""
        phone = self.running.seat.phone
        phone.handle(incoming())
        phone.handle(m.CallAnswered(LINE, "PCMA"))
        self.call = phone.calls[-1].interaction_id
        await self.until_card("张伟")

    async def until_card(self, name: str) -> None:
        """The person is found, not only the name that the exchange told."""
        driver = self.driver

        def known() -> bool:
            return driver.shown("caller-other-button") and driver.read("caller-name") == name

        await driver.until(f"the card of {name}", known, LIMIT_S)

    async def give_to(self, name: str) -> None:
        """Alt+P, the name, Enter."""
        driver = self.driver
        driver.press("Alt+P")
        driver.type(name)

        def found() -> bool:
            return driver.shown("person-list") and driver.rows("person-list")[0].startswith(name)

        await driver.until(f"{name} is found", found, LIMIT_S)
        driver.press("Return")

    async def save(self) -> None:
        """The call ends; she finishes what is written of it by the key."""
        seat = self.running.seat
        seat.summaries.set_category(self.call, CategoryId("01.01"))
        seat.summaries.set_text(self.call, SummaryField.QUESTION, "子女教育怎么扣")
        seat.summaries.set_text(self.call, SummaryField.ANSWER, "每月2000元。")
        seat.phone.handle(m.CallEnded(LINE, 200, "OK", m.EndedBy.CALLER))
        self.driver.press("F11")
        link = seat.link
        await self.driver.until("it waits", lambda: link.status.waiting == 1, LIMIT_S)
        assert self.draft.state is DraftState.SAVED

    @property
    def draft(self) -> SummaryDraft:
        draft = self.running.seat.summaries.draft(self.call)
        assert draft is not None
        return draft

    async def records_of(self, who: CustomerId) -> list[str]:
        """The conversations of one person, as the card and the history page show them."""
        person = await self.running.ground.store.callers.load(who)
        assert person is not None
        return [past.interaction_id for past in person.history]

    async def going_out_for(self) -> list[object]:
        """Whose the call will be at the server."""
        due = await self.running.ground.store.outbox.due(10)
        return [one.payload["customer_id"] for one in due if one.record == self.call]


def test_a_call_is_given_to_another_person_and_back_with_the_server_away(
    qapp: DeskApplication, tmp_path: Path
) -> None:
    errors: list[Mapping[str, Any]] = []

    async def story(desk: Offline) -> None:
        assert desk.running.seat.link.status.server is not ServerState.ONLINE
        await desk.answer()
        await desk.give_to("李娜")
        await desk.until_said("This call is now: 李娜 (was: 张伟). The summary goes along.")
        await desk.until_card("李娜")
        assert (desk.draft.customer_id, desk.draft.customer_name) == (LI, "李娜")
        desk.driver.press("Alt+Z")
        await desk.until_said("This call is now: 张伟 (was: 李娜). The summary goes along.")
        assert desk.draft.customer_id == ZHANG

        await desk.save()
        assert await desk.records_of(ZHANG) == [desk.call, "i-1"]
        await desk.give_to("李娜")
        moved = "This call is now: 李娜 (was: 张伟). The saved summary moved along."
        await desk.until_said(moved)
        assert (await desk.records_of(LI), await desk.records_of(ZHANG)) == ([desk.call], ["i-1"])
        desk.driver.press("Alt+Z")
        await desk.until_said("This call is now: 张伟 (was: 李娜). The saved summary moved along.")
        assert (await desk.records_of(LI), await desk.records_of(ZHANG)) == ([], [desk.call, "i-1"])
        assert await desk.going_out_for() == [ZHANG]

    async def main(_stop: asyncio.Event) -> int:
        async with built_seat(tmp_path) as running:
            store = running.ground.store
            await store.replica.apply(centre_page())
            li = row("customers", id=LI, name="李娜", pinyin="li na", initials="ln")
            await store.replica.apply(page(2, customers=[li]))
            window = open_window(qapp, running.seat, running.ground.profile, KeyMap())
            window.resize(1366, 728)
            window.show()
            window.activateWindow()
            driver = Driver(window)
            await driver.until("the keyboard", window.isActiveWindow, LIMIT_S)
            await asyncio.wait_for(story(Offline(running, driver)), LIMIT_S)
            window.hide()
        window.deleteLater()
        return 0

    def on_error(_loop: object, context: Mapping[str, Any]) -> None:
        errors.append(context)

    assert run_desk(qapp, main, on_error=on_error) == 0
    assert errors == []
