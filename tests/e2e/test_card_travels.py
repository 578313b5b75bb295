"""Two desks with stores of their own, one real server: the card is there before the answer.

The exchange is played (its events are what the engine would say); everything behind it is real.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest

from agent_app.desk.seat import Seat
from agent_app.domain.agent_state import AgentState
from agent_app.domain.calls import CallState
from agent_app.domain.customers import CardState
from agent_app.domain.directory import TargetKind
from agent_app.domain.handover import HandoverCard
from agent_app.domain.ids import ArticleId, CategoryId, CustomerId, InteractionId
from agent_app.domain.link import ServerState
from agent_app.domain.summary import SummaryField
from agent_app.runtime.loop import run_desk
from agent_app.runtime.processes import EmbeddedServer
from agent_app.runtime.profile import Profile
from agent_app.runtime.secrets import SecretsFound, SessionSecrets
from agent_app.runtime.tasks import Tasks
from agent_app.settings import AccountSettings, ServerSettings, Settings
from agent_app.wiring.duty import Duty
from sip import messages as m
from tests.contract.centre import PASSWORD, port_of, serving
from tests.desk.fakes import FakeEngine, incoming
from tests.e2e.stage import an_occasion
from tests.sync.waiting import until
from ui.application import DeskApplication

pytestmark = pytest.mark.processes

LIMIT_S = 120
COMPANY, OTHER_COMPANY = (f"01900000-0000-7000-8000-00000000000{n}" for n in (2, 3))
SHARED_NUMBER = "+8657155512000"


class Desk:
    """One seat on duty; ``rings`` and so on are what its exchange says."""

    def __init__(self, seat: Seat) -> None:
        self.seat = seat
        self.engine = FakeEngine()
        seat.phone.attach(self.engine)
        seat.phone.handle(m.EngineReady(1, 1, "127.0.0.1", (("udp", 5060),), "played"))
        self.arrived: list[HandoverCard] = []
        seat.handover.arrived.connect(self.arrived.append)

    def rings(self, call_id: str, *, line: str = "1-1", number: str = "") -> InteractionId:
        self.seat.phone.handle(incoming(line, call_id=call_id, number=number, anonymous=not number))
        return self.seat.phone.calls[-1].interaction_id

    def answers(self, line: str = "1-1") -> None:
        self.seat.phone.handle(m.CallAnswered(m.LineId(line), "PCMA"))

    def ends(self, line: str = "1-1") -> None:
        self.seat.phone.handle(m.CallEnded(m.LineId(line), 200, "OK", m.EndedBy.CALLER))

    def types(self, call: InteractionId, question: str) -> None:
        self.seat.summaries.set_text(call, SummaryField.QUESTION, question)

    def question(self, call: InteractionId) -> str:
        draft = self.seat.summaries.draft(call)
        return "" if draft is None else draft.question

    def state(self, call: InteractionId) -> CallState:
        found = self.seat.phone.call(call)
        assert found is not None
        return found.state

    def customer(self, call: InteractionId) -> str | None:
        card = self.seat.cards.card(call)
        known = card is not None and card.state is CardState.KNOWN
        return card.customer.customer_id if known and card and card.customer else None

    async def online(self) -> None:
        await until(lambda: self.seat.link.status.server is ServerState.ONLINE)


Story = Callable[[Desk, Desk, EmbeddedServer, str], Awaitable[None]]


@asynccontextmanager
async def desk(folder: Path, url: str, login: str) -> AsyncIterator[Desk]:
    settings = Settings(
        server=ServerSettings(url=url, retry_max_s=1), account=AccountSettings(domain="pbx")
    )
    tasks = Tasks()
    with Profile(folder / login) as profile:
        duty = Duty(an_occasion(profile, settings, tasks), SecretsFound(SessionSecrets(), ""))
        running = await duty.sign_in(login, PASSWORD)
        for draft in await running.seat.summaries.restore():
            running.seat.cards.restore(draft)
        opened = Desk(running.seat)
        await opened.online()
        await running.seat.knowledge.reload()
        try:
            yield opened
        finally:
            await duty.close()
            await tasks.cancel_all()


def play(qapp: DeskApplication, folder: Path, story: Story) -> None:
    async def main(stop: asyncio.Event) -> int:
        (folder / "server").mkdir()
        server = serving(folder / "server")
        url = await server.start()
        try:
            async with asyncio.timeout(LIMIT_S), AsyncExitStack() as stack:
                first, second = [
                    await stack.enter_async_context(desk(folder, url, login))
                    for login in ("1002", "1003")
                ]
                await story(first, second, server, url)
        finally:
            await server.stop()
            server.close()
        return 0

    faults: list[object] = []
    assert run_desk(qapp, main, on_error=lambda _loop, context: faults.append(context)) == 0
    assert not faults


def test_what_the_first_desk_typed_is_on_the_second_before_it_answers(
    qapp: DeskApplication, tmp_path: Path
) -> None:
    async def story(first: Desk, second: Desk, server: EmbeddedServer, url: str) -> None:
        call = first.rings("call-1", number="+8613800138000")
        first.answers()
        summaries = first.seat.summaries
        summaries.quote(call, ArticleId("K0006"))
        await until(lambda: "K0006" in {q.article_id for q in summaries.draft(call).quotes})  # type: ignore[union-attr]
        first.types(call, "租房怎么扣")
        summaries.set_category(call, CategoryId("01.01"))
        first.seat.cards.choose(call, CustomerId(COMPANY))
        await until(lambda: first.customer(call) == COMPANY)
        assert await first.seat.handover.flush(call)

        passed = second.rings("call-1", number="+8613800138000")
        await until(lambda: second.question(passed) == "租房怎么扣")
        await until(lambda: second.customer(passed) == COMPANY)
        assert second.state(passed) is CallState.RINGING
        mine, theirs = first.seat.summaries.draft(call), second.seat.summaries.draft(passed)
        assert mine is not None
        assert theirs is not None
        assert (theirs.answer, theirs.quotes) == (mine.answer, mine.quotes)
        assert (theirs.category_id, theirs.customer_id) == ("01.01", COMPANY)
        assert (second.arrived[-1].from_extension, second.arrived[-1].final) == ("1002", False)

        second.answers()
        first.types(call, "租房怎么扣，合租呢")  # told by itself, found by itself
        await until(lambda: second.question(passed) == "租房怎么扣，合租呢")
        first.ends()
        await until(lambda: second.arrived[-1].final)
        second.ends()

    play(qapp, tmp_path, story)


def test_with_the_server_killed_in_between_nothing_is_lost_and_the_card_comes_later(
    qapp: DeskApplication, tmp_path: Path
) -> None:
    async def story(first: Desk, second: Desk, server: EmbeddedServer, url: str) -> None:
        call = first.rings("call-1")
        first.answers()
        assert await first.seat.handover.flush(call)
        server.kill()
        await server.wait()
        first.types(call, "服务器不在时写的")
        assert not await first.seat.handover.flush(call)
        assert not first.seat.handover.travel.possible
        assert first.seat.handover.travel.detail
        passed = second.rings("call-1")
        second.answers()
        second.seat.summaries.set_text(passed, SummaryField.ANSWER, "我写的答复")
        await until(lambda: not second.seat.handover.travel.possible)
        assert (first.question(call), second.question(passed)) == ("服务器不在时写的", "")

        again = serving(tmp_path / "server", port=port_of(url))
        await again.start()
        try:
            await until(lambda: second.question(passed) == "服务器不在时写的", limit_s=40)
            draft = second.seat.summaries.draft(passed)
            assert draft is not None
            assert draft.answer == "我写的答复"
            assert first.seat.handover.travel.possible
            first.ends()
            second.ends()
        finally:
            await again.stop()
            again.close()

    play(qapp, tmp_path, story)


def test_a_picked_up_call_brings_what_the_colleague_chose_while_it_rang(
    qapp: DeskApplication, tmp_path: Path
) -> None:
    async def story(first: Desk, second: Desk, server: EmbeddedServer, url: str) -> None:
        call = first.rings("call-1", number=SHARED_NUMBER)
        await until(lambda: first.seat.cards.card(call).state is CardState.SEVERAL)  # type: ignore[union-attr]
        first.seat.cards.choose(call, CustomerId(OTHER_COMPANY))
        first.types(call, "已经问过的")
        second.seat.directory.watch_ringing(True)
        await until(lambda: bool(second.seat.directory.ringing))
        [ringing] = second.seat.directory.ringing
        assert (ringing.call_id, ringing.extension) == ("call-1", "1002")
        second.seat.directory.watch_ringing(False)

        second.seat.phone.pick_up(ringing)
        taken = second.seat.phone.calls[-1].interaction_id
        first.ends()
        await until(lambda: second.customer(taken) == OTHER_COMPANY)
        await until(lambda: second.question(taken) == "已经问过的")
        second.answers()
        second.ends()

    play(qapp, tmp_path, story)


def test_colleagues_see_each_other_and_what_they_are_doing(
    qapp: DeskApplication, tmp_path: Path
) -> None:
    async def story(first: Desk, second: Desk, server: EmbeddedServer, url: str) -> None:
        directory = second.seat.directory

        def colleague() -> AgentState | None:
            [found] = [t for t in directory.search("1002") if t.kind is TargetKind.COLLEAGUE]
            return found.state

        directory.watch(True)
        await until(lambda: bool(directory.search("1002")[0].name))
        await until(lambda: colleague() is AgentState.READY)
        first.rings("call-1")
        first.answers()
        await until(lambda: colleague() is AgentState.TALKING)
        assert [target.number for target in directory.search("咨询")] == ["7001"]
        assert all(target.number != "1003" for target in directory.search(""))
        first.ends()
        await until(lambda: colleague() is AgentState.WRAP_UP)
        directory.watch(False)

    play(qapp, tmp_path, story)
