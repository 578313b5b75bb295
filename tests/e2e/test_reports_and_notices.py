"""A gap report and a notice go all the way round between two desks and a real server (M31, M32).

She reports by keyboard while the server is away; the editor gets it once, takes and answers
it with an article; she hears of it and one key opens the article. Then a notice: it stands at her
desk without the focus, one key reads it, and the editor sees who has and who has not.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from agent_app.demo.driver import Driver
from agent_app.desk.notices import Readers
from agent_app.desk.seat import Seat
from agent_app.domain.gaps import GapArticle, GapState
from agent_app.domain.link import ServerState
from agent_app.runtime.loop import run_desk
from agent_app.runtime.processes import EmbeddedServer
from agent_app.runtime.profile import Profile
from agent_app.runtime.secrets import SecretsFound, SessionSecrets
from agent_app.runtime.tasks import Tasks
from agent_app.wiring.duty import Duty
from agent_app.wiring.screen import open_window
from agent_app.wiring.seat import RunningSeat
from sync.notices import NoticeBoard
from tests.contract.centre import PASSWORD, port_of, serving
from tests.e2e.duty_desk import occasion_of
from tests.e2e.two_desks import until
from ui.application import DeskApplication
from ui.keys import KeyMap
from ui.window.desk_window import DeskWindow
from ui.window.trouble import TroubleKind

pytestmark = pytest.mark.processes

AGENT, EDITOR = "1002", "1009"
MISSING = "没有写三岁的孩子从哪个月开始扣"
OUTCOME = "满三周岁的当月起"
TITLE = "周六停电"


@dataclass
class Round:
    """Her desk with its window, the editor's without one, and the server between."""

    window: DeskWindow
    board: NoticeBoard
    hers: Seat
    editors: Seat
    server: EmbeddedServer
    data: Path
    url: str

    @property
    def hands(self) -> Driver:
        return Driver(self.window)


async def open_seat(profile: Profile, login: str, url: str, tasks: Tasks) -> RunningSeat:
    duty = Duty(occasion_of(profile, url, tasks), SecretsFound(SessionSecrets()))
    running = await duty.sign_in(login, PASSWORD)
    await running.begin()
    seat = running.seat
    await until("the server is reached", lambda: seat.link.status.server is ServerState.ONLINE)
    await until("the knowledge base", lambda: seat.knowledge.ready)
    return running


async def report_without_the_server(story: Round) -> None:
    """By keyboard: search, open, report; the server is away until it is sent."""
    hands = story.hands
    story.window.activateWindow()
    await until("it has the keyboard", story.window.isActiveWindow)
    hands.press("F7")
    hands.type("子女教育")
    await until("articles", lambda: bool(hands.rows("results-list")))
    hands.press("Return")
    await until("the article", lambda: hands.shown("article-title"))
    url = story.url
    story.server.kill()
    await story.server.wait()
    story.server.close()
    await until("it is away", lambda: story.hers.link.status.server is ServerState.OFFLINE)
    hands.press("Ctrl+G")
    await until("the form", lambda: hands.shown("gap-missing"))
    assert "子女教育" in hands.read("gap-about")
    hands.type(MISSING)
    hands.press("Alt+Return")
    await until("it waits", lambda: story.hers.link.status.waiting == 1)
    await until("it is hers", lambda: bool(story.hers.gaps.lists.mine))
    assert [one.provisional for one in story.hers.gaps.lists.mine] == [True]
    story.server = serving(story.data, port=port_of(url))
    await story.server.start()
    await until("it went out", lambda: not story.hers.link.items)


async def answer_it(story: Round) -> None:
    gaps = story.editors.gaps
    await until("it is there", lambda: bool(gaps.for_me))
    [report] = gaps.for_me
    assert (report.missing, report.state) == (MISSING, GapState.OPEN)
    assert report.article is not None
    gaps.take(report.report_id)
    await until("it is hers", lambda: _state(story.hers) is GapState.TAKEN)
    article = GapArticle(report.article.article_id, report.article.version, report.article.title)
    assert gaps.answer(report.report_id, OUTCOME, article) is None
    await until("it was heard", lambda: bool(story.hers.gaps.lists.news))
    told = story.window._page.troubles.troubles  # others may be more urgent than this one
    assert [one.kind for one in told if OUTCOME in one.text] == [TroubleKind.GAP_OUTCOME]
    opened: list[str] = []
    story.hers.gaps.article_wanted.connect(opened.append)
    story.hands.press("Alt+G")
    await until("it is no news", lambda: not story.hers.gaps.lists.news)
    assert opened == [article.article_id]


def _state(seat: Seat) -> GapState:
    return seat.gaps.lists.mine[0].state


async def read_one(story: Round) -> None:
    known = story.hers.notices.unread
    story.hands.press("Alt+R")
    await until("it is read", lambda: story.hers.notices.unread != known)


async def read_a_notice(story: Round) -> None:
    editors, hands = story.editors, story.hands
    while story.hers.notices.urgent is not None:  # the sample centre's own
        await read_one(story)
    form = editors.notice_form
    form.write()
    await until("the form", lambda: form.typing is not None)
    assert form.typing is not None
    form.change(replace(form.typing.form, title=TITLE, body="按 16 日答复"))
    form.send()
    await until("it stands there", lambda: hands.shown("notice-card"))
    assert hands.read("notice-card-title") == TITLE
    before = QApplication.focusWidget()
    hands.press("Alt+R")
    await until("it is gone", lambda: not hands.shown("notice-card"))
    assert QApplication.focusWidget() is before
    await until("the server knows", lambda: not story.hers.link.items)
    notice = next(one for one in editors.notices.all if one.title == TITLE)
    assert notice.notice_id in await story.board.own_reads()  # what another seat of hers asks
    found: list[Readers] = []
    editors.notices.readers_found.connect(found.append)
    editors.notices.ask_readers(notice.notice_id)
    await until("the readers", lambda: bool(found))
    read = {str(one.agent_id): one.read_at is not None for one in found[0].readers}
    assert read["agent-1002"]
    assert not read["agent-1009"]


def play(qapp: DeskApplication, folder: Path) -> None:
    faults: list[object] = []

    async def main(stop: asyncio.Event) -> int:
        data = folder / "server"
        data.mkdir()
        server = serving(data)
        url = await server.start()
        tasks = Tasks()
        with Profile(folder / AGENT) as one, Profile(folder / EDITOR) as two:
            hers = await open_seat(one, AGENT, url, tasks)
            editors = await open_seat(two, EDITOR, url, tasks)
            window = open_window(qapp, hers.seat, one, KeyMap())
            window.show()
            told = Round(window, hers.reports.board, hers.seat, editors.seat, server, data, url)
            try:
                await report_without_the_server(told)
                await answer_it(told)
                await read_a_notice(told)
            finally:
                window.hide()
                await hers.close()
                await editors.close()
                window.deleteLater()
                await tasks.cancel_all()
                await told.server.stop()
                told.server.close()
        return 0

    assert run_desk(qapp, main, on_error=lambda _loop, context: faults.append(context)) == 0
    assert faults == []


def test_a_report_and_a_notice_go_all_the_way_round(
    qapp: DeskApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
    play(qapp, tmp_path)
