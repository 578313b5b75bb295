"""What a pull brings in several pages reaches everybody whom one of them concerns, at its end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from agent_app.desk.cards import Cards
from agent_app.desk.centre_rules import CentreRules
from agent_app.desk.customer_finder import CustomerFinder
from agent_app.desk.editing import KnowledgeEditing
from agent_app.desk.gaps import GapReports
from agent_app.desk.my_day import MyDay
from agent_app.desk.notices import Notices
from agent_app.desk.records import Records
from agent_app.desk.text_modules import TextModules
from agent_app.domain.editing import DraftForm, DraftState, DraftWords
from agent_app.domain.ids import AgentId, NoticeId
from agent_app.domain.notices import Notice
from agent_app.store.replica import AppliedPage
from agent_app.wiring.news import about, at_the_end
from sync.wire import ChangePage
from tests.store.rigs import NOW, in_loop, page, row
from tests.wiring.seats import built_seat
from ui.application import DeskApplication


class Counter:
    def __init__(self) -> None:
        self.times = 0

    def __call__(self, *_given: object) -> None:
        self.times += 1


def touching(table: str, *, more: bool = False) -> AppliedPage:
    return AppliedPage({table: frozenset({"1"})}, more=more)


def test_the_last_page_need_not_be_the_one_that_concerns_somebody() -> None:
    heard = Counter()
    on_page = at_the_end(("customers", "phones"), heard)
    on_page(touching("phones", more=True))
    on_page(touching("customers", more=True))
    on_page(touching("articles", more=True))
    assert not heard.times
    on_page(touching("articles"))
    assert heard.times == 1
    on_page(touching("articles"))
    assert heard.times == 1


def test_deleted_rows_and_another_copy_concern_them_too() -> None:
    heard = Counter()
    on_page = at_the_end(("customers",), heard)
    on_page(AppliedPage({}, {"customers": frozenset({"1"})}))
    on_page(AppliedPage(everything=True))
    assert heard.times == 2


def test_the_outbox_is_heard_of_by_those_whose_entries_changed() -> None:
    heard = Counter()
    on_outbox = about(("gap.save", "notice.save"), heard)
    on_outbox(frozenset({"interaction.save"}))
    assert not heard.times
    on_outbox(frozenset({"interaction.save", "gap.save"}))
    assert heard.times == 1


LISTENING = [
    (Cards, "refresh", "customers"),
    (Cards, "refresh", "interactions"),
    (CustomerFinder, "refresh", "segments"),
    (Records, "on_news", "interactions"),
    (Records, "on_news", "grades"),
    (MyDay, "refresh", "grades"),
    (MyDay, "refresh", "interactions"),
    (KnowledgeEditing, "refresh", "article_drafts"),
    (GapReports, "refresh", "gap_reports"),
    (Notices, "refresh", "notices"),
    (TextModules, "refresh", "settings"),
    (CentreRules, "refresh", "settings"),
]


@pytest.mark.parametrize(("listener", "method", "table"), LISTENING)
@in_loop
async def test_a_long_pull_is_heard_of_once_whatever_its_last_page_brings(
    listener: type, method: str, table: str,
    tmp_path: Path, qapp: DeskApplication, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    heard = Counter()
    monkeypatch.setattr(listener, method, _method(heard))
    async with built_seat(tmp_path, role="knowledge-editor") as running:
        replica = running.ground.store.replica
        await replica.apply(ChangePage({table: [row(table)]}, {}, 1, 2, more=True))
        assert not heard.times
        other = "phones" if table == "notices" else "notices"
        await replica.apply(ChangePage({other: [row(other)]}, {}, 2, 2, more=False))
        assert heard.times == 1


def _method(heard: Counter) -> Callable[..., None]:
    def count(_self: object) -> None:
        heard()

    return count


@pytest.mark.parametrize(("role", "times"), [("agent", 0), ("supervisor", 1)])
@in_loop
async def test_drafts_are_read_for_those_who_have_to_do_with_them(
    role: str, times: int, tmp_path: Path, qapp: DeskApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = Counter()
    monkeypatch.setattr(KnowledgeEditing, "refresh", _method(heard))
    async with built_seat(tmp_path, role=role) as running:
        running.editing.begin()
        assert heard.times == times
        store = running.ground.store
        notice = Notice(NoticeId("n-1"), 1, "征期延长", "", True, "", NOW, None)
        await store.notice_board.read(notice, agent_id=AgentId("u-1"))
        assert heard.times == times
        form = DraftForm("d-1", DraftWords(title="税率"))
        await store.article_drafts.save(form, state=DraftState.WRITING, agent_id=AgentId("u-1"))
        assert heard.times == 2 * times
        await store.replica.apply(page(1, articles=[row("articles")]))
        assert heard.times == 3 * times
