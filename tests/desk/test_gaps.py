"""Reports at the desk: typed and sent, taken and answered, heard of (M31)."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from agent_app.desk.gap_form import GapDesk, GapTyping
from agent_app.desk.gaps import GapReports
from agent_app.domain.gaps import (
    TEXT_LIMIT,
    GapAnswer,
    GapForm,
    GapLists,
    GapProblem,
    GapReport,
    GapState,
    may_report,
    wrong_answer,
    wrong_form,
)
from agent_app.domain.ids import AgentId, ReportId
from agent_app.runtime.tasks import Tasks
from tests.desk.fakes_gaps import AN_ARTICLE, FakeGaps, a_report, my_answered
from tests.desk.rigs import run_with_tasks, settle
from tests.ui.fakes import InstantTasks

ME = AgentId("a1")
G1 = ReportId("g1")
FORM = GapForm(G1, "几岁开始？", article=AN_ARTICLE, interaction_id="i1")


class Form:
    def __init__(self) -> None:
        self.keeper = FakeGaps()
        self.heard: list[str] = []
        self.faults: list[str] = []
        self.desk = GapDesk(keeper=self.keeper, agent_id=ME, tasks=InstantTasks())
        self.desk.opened.connect(self._on_opened)
        self.desk.closed.connect(self._on_closed)
        self.desk.fault.connect(self.faults.append)

    def _on_opened(self, _typing: GapTyping) -> None:
        self.heard.append("opened")

    def _on_closed(self) -> None:
        self.heard.append("closed")

    @property
    def typing(self) -> GapTyping:
        assert self.desk.typing is not None
        return self.desk.typing


class Reports:
    def __init__(self, *to_do: GapReport, role: str = "", mine: tuple[GapReport, ...] = ()) -> None:
        self.keeper = FakeGaps()
        self.keeper.found = GapLists(mine, to_do, mine)
        self.faults: list[str] = []
        self.decided: list[GapAnswer] = []
        self.gaps = GapReports(
            keeper=self.keeper, find=self.keeper.find, agent_id=ME, role=role, tasks=InstantTasks()
        )
        self.gaps.fault.connect(self.faults.append)
        self.gaps.decided.connect(self.decided.append)
        self.gaps.refresh()


def test_every_word_of_a_report_is_kept_and_it_is_sent_once(qapp: QApplication) -> None:
    form = Form()
    form.desk.send()
    form.desk.change(asked="x", missing="y")  # nothing is open yet
    form.desk.open(FORM)
    form.desk.change(asked="几岁开始？", missing="没有写\ud83d几岁")
    assert form.keeper.forms["k1"].missing == "没有写?几岁"
    form.desk.send()
    form.desk.send()
    assert [one.missing for one in form.keeper.sent] == ["没有写?几岁"]
    assert (form.heard, form.desk.typing) == (["opened", "closed"], None)


def test_who_comes_back_finds_what_she_typed_and_who_discards_does_not(qapp: QApplication) -> None:
    form = Form()
    form.desk.open(FORM)
    assert not form.typing.restored
    form.desk.change(asked="几岁开始？", missing="没有写")
    form.desk.close()
    form.desk.close()
    form.desk.open(replace(FORM, report_id=ReportId("g2")))
    assert (form.typing.restored, form.typing.form.report_id) == (True, "g1")
    form.desk.discard()
    form.desk.discard()
    assert not form.keeper.forms


def test_an_empty_report_is_not_sent(qapp: QApplication) -> None:
    form = Form()
    form.desk.open(replace(FORM, asked=" "))
    form.desk.send()
    assert (form.typing.problem, form.keeper.sent) == (GapProblem.EMPTY, [])
    form.desk.change(asked="问", missing="")
    assert form.typing.problem is None
    form.desk.change(asked="问" * (TEXT_LIMIT + 1), missing="")
    form.desk.send()
    assert form.typing.problem is GapProblem.TOO_LONG


def test_a_disk_that_refuses_is_said_and_nothing_typed_is_gone(qapp: QApplication) -> None:
    form = Form()
    form.keeper.fault = "disk full"
    form.desk.open(FORM)
    assert form.faults == ["disk full"]
    form.desk.change(asked="问", missing="缺")
    assert form.typing.fault == "disk full"
    form.desk.send()
    assert (form.typing.fault, form.typing.form.missing) == ("disk full", "缺")
    form.desk.discard()
    assert form.faults == ["disk full"] * 2
    form.keeper.fault = ""
    form.desk.open(FORM)
    form.desk.change(asked="问", missing="缺")
    form.desk.send()
    assert len(form.keeper.sent) == 1


def test_what_she_types_while_the_disk_works_is_written_after_it(qapp: QApplication) -> None:
    async def story(tasks: Tasks) -> None:
        keeper = FakeGaps()
        desk = GapDesk(keeper=keeper, agent_id=ME, tasks=tasks)
        desk.open(FORM)
        await settle()
        desk.change(asked="一", missing="")
        desk.change(asked="一二", missing="")
        await settle()
        assert keeper.forms["k1"].asked == "一二"
        keeper.gate = asyncio.Event()
        desk.change(asked="一二三", missing="")
        await settle()
        desk.change(asked="一二三四", missing="")
        desk.close()
        keeper.gate.set()
        await settle()
        assert keeper.forms["k1"].asked == "一二三四"

    run_with_tasks(story)


def test_an_editor_takes_answers_and_gives_back(qapp: QApplication) -> None:
    box = Reports(a_report(), role="knowledge-editor")
    box.gaps.take(G1)
    box.gaps.give_back(G1)
    assert box.gaps.answer(G1, "", None) is GapProblem.NO_ANSWER
    assert box.gaps.decline(G1, " ") is GapProblem.NO_REASON
    assert box.gaps.answer(G1, "是", AN_ARTICLE) is None
    assert box.gaps.decline(ReportId("nobody"), "x") is None
    assert [one.state.value for one in box.keeper.decided] == ["taken", "open", "answered"]
    assert box.decided == box.keeper.decided
    assert (box.decided[-1].version, box.decided[-1].article) == (1, AN_ARTICLE)


def test_who_may_not_answer_does_not(qapp: QApplication) -> None:
    box = Reports(a_report(), role="agent")
    box.gaps.take(G1)
    assert box.gaps.answer(G1, "是", None) is None
    assert not box.keeper.decided
    assert not box.gaps.for_me


def test_what_waits_for_her_is_her_articles_and_nobodys(qapp: QApplication) -> None:
    hers, nobodys = a_report("g1", owner_id=ME), a_report("g2")
    others = a_report("g3", owner_id=AgentId("a5"))
    editor = Reports(hers, nobodys, others, role="supervisor")
    assert [one.report_id for one in editor.gaps.for_me] == ["g1", "g2"]
    assert editor.gaps.may_answer(others)
    owner = Reports(hers, nobodys, others, role="specialist")
    assert [one.report_id for one in owner.gaps.for_me] == ["g1"]


def test_an_outcome_is_news_until_she_saw_it(qapp: QApplication) -> None:
    box = Reports(mine=(my_answered(),))
    assert [one.report_id for one in box.gaps.lists.news] == ["g1"]
    box.gaps.mark_seen([])
    box.gaps.mark_seen([G1])
    assert not box.gaps.lists.news
    assert box.gaps.report("g1") is not None


def test_words_of_an_answer_are_kept_until_it_is_sent(qapp: QApplication) -> None:
    box = Reports(a_report(), role="supervisor")
    found: list[tuple[str, str]] = []
    box.gaps.answer_found.connect(lambda report, words: found.append((report, words)))
    box.gaps.keep_answer(G1, "满三")
    box.gaps.keep_answer(G1, "满三周岁")
    box.gaps.find_answer(G1)
    assert found == [("g1", "满三周岁")]
    box.gaps.answer(G1, "满三周岁", None)
    assert not box.keeper.answers


def test_words_of_an_answer_survive_a_disk_that_refuses(qapp: QApplication) -> None:
    box = Reports(a_report(), role="supervisor")
    found: list[str] = []
    box.gaps.answer_found.connect(lambda _report, words: found.append(words))
    box.keeper.fault = "disk full"
    box.gaps.keep_answer(G1, "满三")
    box.gaps.find_answer(G1)
    assert found == ["满三"]
    box.gaps.answer(G1, "满三周岁", None)
    box.keeper.fault = ""
    box.gaps.find_answer(G1)
    assert (found[-1], box.keeper.answers) == ("满三周岁", {"g1": "满三周岁"})
    box.gaps.answer(G1, "满三周岁", None)
    assert (len(box.decided), box.keeper.answers) == (1, {})


def test_articles_to_answer_with_are_found_as_she_types(qapp: QApplication) -> None:
    box = Reports(a_report(), role="supervisor")
    found: list[list[str]] = []
    box.gaps.hits_found.connect(lambda hits: found.append([one.title for one in hits]))
    box.gaps.search("周岁")
    box.gaps.search(" ")
    assert found == [["周岁"], []]
    assert box.gaps.answers_all


def test_a_fault_of_the_disk_is_told(qapp: QApplication) -> None:
    box = Reports(a_report(), role="supervisor")
    box.keeper.fault = "disk full"
    box.gaps.take(G1)
    box.gaps.keep_answer(G1, "x")
    box.gaps.find_answer(G1)
    assert box.faults == ["disk full"] * 3
    box.gaps.mark_seen([G1])  # neither marked nor read anew
    assert box.faults == ["disk full"] * 5


def test_an_older_answer_of_the_store_does_not_replace_a_newer_one(qapp: QApplication) -> None:
    async def story(tasks: Tasks) -> None:
        box = FakeGaps()
        gaps = GapReports(keeper=box, find=box.find, agent_id=ME, role="", tasks=tasks)
        gaps.refresh()
        gaps.refresh()
        await settle()
        assert gaps.lists == GapLists()
        box.found = GapLists(to_do=(a_report(),))
        gaps.refresh()
        await settle()
        assert len(gaps.lists.to_do) == 1

    run_with_tasks(story)


@pytest.mark.parametrize(
    ("role", "owner", "state", "may"),
    [
        ("agent", "", GapState.OPEN, False),
        ("agent", "a1", GapState.OPEN, True),
        ("agent", "a1", GapState.ANSWERED, False),
        ("knowledge-editor", "a5", GapState.TAKEN, True),
        ("supervisor", "", GapState.DECLINED, False),
    ],
)
def test_who_may_answer(
    qapp: QApplication, role: str, owner: str, state: GapState, may: bool
) -> None:
    box = Reports(role=role)
    assert box.gaps.may_answer(a_report(owner_id=AgentId(owner), state=state)) is may


def test_in_practice_she_answers_what_she_reports(qapp: QApplication) -> None:
    keeper = FakeGaps()
    gaps = GapReports(keeper=keeper, find=keeper.find, agent_id=ME, role="agent", practice=True,
                      tasks=InstantTasks())  # fmt: skip
    assert gaps.answers_all
    assert gaps.may_answer(a_report(reporter_id=ME))


def test_who_may_report() -> None:
    assert [may_report(role) for role in ("", "agent", "trainee", "administrator")] == [
        True, True, True, False,
    ]  # fmt: skip


def test_what_is_wrong_with_an_answer() -> None:
    long = GapAnswer(G1, 1, GapState.ANSWERED, "字" * (TEXT_LIMIT + 1))
    assert wrong_answer(long) is GapProblem.TOO_LONG
    assert wrong_answer(GapAnswer(G1, 1, GapState.TAKEN)) is None
    assert wrong_answer(GapAnswer(G1, 1, GapState.ANSWERED, article=AN_ARTICLE)) is None
    assert wrong_answer(GapAnswer(G1, 1, GapState.DECLINED, "对")) is None
    assert wrong_form(GapForm(G1, missing="缺")) is None


def test_a_report_is_named_by_its_article_else_by_its_words() -> None:
    assert a_report().title == AN_ARTICLE.title
    assert a_report(article=None).title == "几岁开始扣？"
    assert a_report(article=None, asked="", missing="一\n二").title == "一 二"
    assert (FORM.about, replace(FORM, article=None).about) == ("k1", "i1")


def test_only_the_newest_search_is_answered(qapp: QApplication) -> None:
    async def story(tasks: Tasks) -> None:
        box = FakeGaps()
        gaps = GapReports(keeper=box, find=box.find, agent_id=ME, role="", tasks=tasks)
        found: list[str] = []
        gaps.hits_found.connect(lambda hits: found.append(hits[0].title))
        gaps.search("一")
        gaps.search("一二")
        await settle()
        assert found == ["一二"]

    run_with_tasks(story)


def test_an_outcome_without_an_article_opens_none(qapp: QApplication) -> None:
    box = Reports(mine=(my_answered(outcome_article=None),))
    opened: list[str] = []
    box.gaps.article_wanted.connect(opened.append)
    box.gaps.heed()
    box.gaps.heed()
    assert (box.keeper.seen, opened) == (["g1"], [])


def test_a_form_that_was_left_before_the_disk_refused_stays_left(qapp: QApplication) -> None:
    async def story(tasks: Tasks) -> None:
        keeper = FakeGaps()
        desk = GapDesk(keeper=keeper, agent_id=ME, tasks=tasks)
        desk.open(FORM)
        await settle()
        desk.change(asked=FORM.asked, missing="")  # nothing new
        assert not keeper.forms
        keeper.gate = asyncio.Event()
        desk.change(asked="一", missing="")
        await settle()
        desk.close()
        keeper.fault = "disk full"
        keeper.gate.set()
        await settle()
        assert desk.typing is None

    run_with_tasks(story)
