"""Reports in words: hers with what became of them, and those that wait for her (steps ⑤ and ⑥)."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from agent_app.desk.seat import Seat
from agent_app.domain.gaps import GapArticle, GapProblem, GapReport, GapState
from agent_app.domain.ids import ReportId
from agent_app.domain.knowledge import SearchHit
from ui.formatting import joined, moment
from ui.gaps import words
from ui.keys import KeyAction, KeyMap
from ui.record_words import category_name
from ui.rows.row import Row


class Shown(StrEnum):
    MINE = "mine"
    TO_DO = "to-do"


class GapsModel(QObject):
    """View-model of the page.

    Signals:
        changed: something shown changed; read the properties again.
        answer_found: str, words she typed before and did not send.
    """

    changed = Signal()
    answer_found = Signal(str)

    def __init__(self, seat: Seat, keys: KeyMap, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._keys = keys
        self._shown = Shown.TO_DO if self.answers else Shown.MINE
        self._selected = ""
        self._looking = False
        self._article: GapArticle | None = None
        self._problem: GapProblem | None = None
        self._hits: tuple[SearchHit, ...] = ()
        seat.gaps.changed.connect(self._on_lists)
        seat.gaps.answer_found.connect(self._on_answer_found)
        seat.gaps.hits_found.connect(self._on_hits)
        self._on_lists(seat.gaps.lists)

    # --- what is shown ---------------------------------------------------------------------------

    @property
    def answers(self) -> bool:
        """Whether there is, or may be, something for her to answer."""
        gaps = self._seat.gaps
        return any(gaps.may_answer(one) for one in gaps.lists.to_do) or gaps.answers_all

    @property
    def shown(self) -> Shown:
        return self._shown

    @property
    def reports(self) -> tuple[GapReport, ...]:
        gaps = self._seat.gaps
        if self._shown is Shown.MINE:
            return gaps.lists.mine
        return tuple(one for one in gaps.lists.to_do if gaps.may_answer(one))

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(self._row(one) for one in self.reports)

    @property
    def empty_text(self) -> str:
        if self._shown is Shown.MINE:
            return self.tr(
                "You have reported nothing yet. {key} beside an article, or beside a search that "
                "found nothing, reports what is missing."
            ).format(key=self._keys.text(KeyAction.GAP_REPORT))
        return self.tr("Nothing waits for an answer.")

    @property
    def selected(self) -> str:
        return self._selected

    @property
    def report(self) -> GapReport | None:
        return next((one for one in self.reports if one.report_id == self._selected), None)

    @property
    def can_answer(self) -> bool:
        report = self.report
        return report is not None and self._seat.gaps.may_answer(report)

    @property
    def is_hers(self) -> bool:
        """She has taken it."""
        report = self.report
        return (
            report is not None
            and report.state is GapState.TAKEN
            and report.owner_id == self._seat.agent.agent_id
        )

    @property
    def heading(self) -> str:
        report = self.report
        return "" if report is None else " ".join(report.title.split())

    @property
    def facts(self) -> str:
        """Who reported it when, whose turn it is, in one line."""
        report = self.report
        if report is None:
            return ""
        now = self._seat.clock.now()
        who = report.reporter_name
        if report.reporter_id == self._seat.agent.agent_id:
            who = self.tr("you")
        names = {one.category_id: category_name(one) for one in self._seat.knowledge.categories}
        parts = (
            words.state_word(report.state),
            self.tr("reported by {who}, {when}").format(
                who=who, when=moment(report.reported_at, now)
            ),
            words.owner_words(report, self._seat.agent.agent_id),
            "" if report.category_id is None else names.get(report.category_id, ""),
            self.tr("not sent yet") if report.provisional else "",
        )
        return joined(*parts)

    @property
    def about(self) -> str:
        """The article that is wrong, in the version that was read."""
        report = self.report
        if report is None or report.article is None:
            return ""
        return words.article_line(report.article, limit=words.LINK_LIMIT)

    @property
    def outcome(self) -> str:
        report = self.report
        return "" if report is None else report.outcome

    @property
    def outcome_article(self) -> str:
        report = self.report
        if report is None or report.outcome_article is None:
            return ""
        return words.article_line(report.outcome_article, limit=words.LINK_LIMIT)

    @property
    def linked(self) -> str:
        """The article that goes along with the answer she types."""
        return "" if self._article is None else words.article_line(self._article)

    @property
    def hits(self) -> tuple[Row, ...]:
        return tuple(Row(hit.article_id, hit.title, marks=hit.marks) for hit in self._hits)

    @property
    def remark(self) -> str:
        return "" if self._problem is None else words.problem_words(self._problem)

    # --- what she does ---------------------------------------------------------------------------

    def show_list(self, shown: Shown) -> None:
        if shown is not self._shown:
            self._shown = shown
            self._selected = ""
            self._on_lists(self._seat.gaps.lists)

    def select(self, key: str) -> None:
        """Look at one; an outcome that is looked at is no news any more."""
        if key == self._selected:
            return
        self._selected = key
        self._article = self._problem = None
        self._hits = ()
        self.mark_seen()
        self.changed.emit()
        if self.can_answer:
            self._seat.gaps.find_answer(ReportId(key))

    def look(self, *, on: bool) -> None:
        """The page is on the screen, or not any more."""
        self._looking = on
        self.mark_seen()

    def mark_seen(self) -> None:
        """What is looked at is no news any more."""
        news = {one.report_id for one in self._seat.gaps.lists.news}
        if self._looking and self._selected in news:
            self._seat.gaps.mark_seen([ReportId(self._selected)])

    def take_or_give_back(self) -> None:
        if not self.can_answer:
            return
        act = self._seat.gaps.give_back if self.is_hers else self._seat.gaps.take
        act(ReportId(self._selected))

    def type(self, outcome: str) -> None:
        self._problem = None
        if self.can_answer:
            self._seat.gaps.keep_answer(ReportId(self._selected), outcome)

    def search(self, text: str) -> None:
        """Articles to answer with, as she types."""
        self._seat.gaps.search(text)

    def link(self, article_id: str) -> None:
        """This article is the answer; ``""`` takes it away again."""
        hit = next((one for one in self._hits if one.article_id == article_id), None)
        self._article = None if hit is None else GapArticle(hit.article_id, hit.version, hit.title)
        self._problem = None
        self._hits = ()
        self.changed.emit()

    @property
    def can_write(self) -> bool:
        """Whether articles are hers to write."""
        return self.can_answer and self._seat.gaps.answers_all

    def write(self) -> None:
        """A draft of the article that is wrong, or of the one that is missing."""
        report = self.report
        if report is None or not self.can_write:
            return
        if report.article is not None:
            self._seat.editing.change_article(report.article.article_id)
        else:
            title = words.short(report.title, words.LINK_LIMIT)
            self._seat.editing.write_answer(title, report.asked, report.category_id)

    def answer(self, outcome: str) -> None:
        if self.can_answer:
            article = self._article
            self._end(self._seat.gaps.answer(ReportId(self._selected), outcome, article))

    def decline(self, reason: str) -> None:
        if self.can_answer:
            self._end(self._seat.gaps.decline(ReportId(self._selected), reason))

    # --- inside ----------------------------------------------------------------------------------

    def _end(self, problem: GapProblem | None) -> None:
        self._problem = problem
        if problem is None:
            self._article = None
        self.changed.emit()

    def _on_lists(self, _lists: object) -> None:
        """Stay at the report; where it is gone, go to the first."""
        keys = [one.report_id for one in self.reports]
        if self._selected not in keys:
            self._selected = ""
            self.select(keys[0] if keys else "")
        self.changed.emit()

    def _on_answer_found(self, report_id: str, text: str) -> None:
        if report_id == self._selected:
            self.answer_found.emit(text)

    def _on_hits(self, hits: tuple[SearchHit, ...]) -> None:
        self._hits = hits
        self.changed.emit()

    def _when(self, report: GapReport) -> str:
        """Of what is to be done how long it waits, of hers when it was."""
        now = self._seat.clock.now()
        if self._shown is Shown.TO_DO:
            return words.age(report, now)
        return moment(report.reported_at, now)

    def _row(self, report: GapReport) -> Row:
        shape, tone = words.state_look(report.state)
        news = {one.report_id for one in self._seat.gaps.lists.news}
        detail = " ".join((report.missing or report.asked).split())
        mine = report.reporter_id == self._seat.agent.agent_id
        who = self.tr("you") if mine else report.reporter_name
        parts = (words.state_word(report.state), "" if self._shown is Shown.MINE else who, detail)
        return Row(
            key=report.report_id,
            title=report.title,
            lines=(joined(*parts),),
            trail=self._when(report),
            badge=self.tr("new") if report.report_id in news else "",
            muted=report.state is GapState.DECLINED,
            shape=shape,
            tone=tone,
        )
