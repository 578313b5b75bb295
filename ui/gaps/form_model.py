"""The form of a gap report: what is known is there already, she types what is missing (step ⑥)."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject

from agent_app.desk.gap_form import GapDesk, GapTyping
from agent_app.desk.seat import Seat
from agent_app.domain.gaps import GapArticle, GapForm, may_report
from agent_app.domain.ids import ReportId, uuid7
from agent_app.domain.knowledge import Article
from ui.form_model import FormModel
from ui.formatting import joined
from ui.gaps.words import article_line, problem_words
from ui.record_words import category_name


@dataclass(frozen=True, slots=True)
class Searched:
    """What the knowledge panel shows: the words that were searched, the article that is open."""

    words: str = ""
    article: Article | None = None


class GapFormModel(FormModel[GapDesk]):
    """View-model of the form."""

    def __init__(self, seat: Seat, parent: QObject | None = None) -> None:
        super().__init__(seat.gap_form, parent)
        self._seat = seat

    @property
    def allowed(self) -> bool:
        return may_report(self._seat.agent.role)

    @property
    def typing(self) -> GapTyping | None:
        return self._desk.typing

    @property
    def asked(self) -> str:
        return "" if self.typing is None else self.typing.form.asked

    @property
    def missing(self) -> str:
        return "" if self.typing is None else self.typing.form.missing

    @property
    def title(self) -> str:
        if self.typing is not None and self.typing.form.article is not None:
            return self.tr("This answer is wrong or not complete")
        return self.tr("An answer is missing")

    @property
    def about(self) -> str:
        """What goes along: article and version, category, call."""
        if self.typing is None:
            return ""
        form = self.typing.form
        names = {one.category_id: category_name(one) for one in self._seat.knowledge.categories}
        category = "" if form.category_id is None else names.get(form.category_id, "")
        parts = (
            "" if form.article is None else article_line(form.article),
            category,
            self.tr("with this call") if form.interaction_id else "",
        )
        return joined(*parts)

    @property
    def remark(self) -> str:
        """What is wrong with what she typed."""
        problem = None if self.typing is None else self.typing.problem
        return "" if problem is None else problem_words(problem)

    def toggle(self, searched: Searched) -> None:
        """The key: begin a report about what is on the screen, or leave the one that is open."""
        if self.typing is not None:
            self._desk.close()
        elif self.allowed:
            self._desk.open(self._blank(searched))

    def type(self, *, asked: str, missing: str) -> None:
        self._desk.change(asked=asked, missing=missing)

    def send(self) -> None:
        self._desk.send()

    def _blank(self, searched: Searched) -> GapForm:
        selected, article = self._seat.focus.selected, searched.article
        draft = None if selected is None else self._seat.summaries.draft(selected)
        question = "" if draft is None else draft.question.strip()
        words = " ".join(searched.words.split())
        if article is not None and words.isascii():
            words = ""  # initials and pinyin found the article; nobody asked in them
        asked = "\n".join(dict.fromkeys(text for text in (question, words) if text))
        category = None if draft is None else draft.category_id
        if category is None and article is not None:
            category = article.category_id
        about = None
        if article is not None:
            about = GapArticle(article.article_id, article.version, article.title)
        return GapForm(
            ReportId(uuid7()), asked, article=about, category_id=category,
            interaction_id="" if draft is None else draft.interaction_id,
        )  # fmt: skip
