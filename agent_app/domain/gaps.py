"""Reports of answers that are missing or wrong: what may be said, by whom, and when (step ⑥).

The agent reports, the article's owner or a knowledge editor answers, and the agent hears of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from agent_app.domain.ids import AgentId, ArticleId, CategoryId, ReportId
from agent_app.domain.roles import may

REPORTING_ROLES = frozenset({"agent", "specialist", "supervisor", "trainee"})
ANSWERING_ROLES = frozenset({"knowledge-editor", "supervisor"})
"""Who may; the server has the last word."""

TEXT_LIMIT = 20_000
NEWS_DAYS = 30
"""An outcome that is older is no news, whether she saw it or not."""


class GapState(StrEnum):
    OPEN = "open"
    TAKEN = "taken"
    ANSWERED = "answered"
    DECLINED = "declined"

    @property
    def closed(self) -> bool:
        """Nothing becomes of it any more."""
        return self in (GapState.ANSWERED, GapState.DECLINED)


@dataclass(frozen=True, slots=True)
class GapArticle:
    """An article in the version that is meant."""

    article_id: ArticleId
    version: int
    title: str


@dataclass(frozen=True, slots=True)
class GapReport:
    """``version`` is the server's, 0 for one that it does not have yet; ``provisional``: something
    of it is on this seat only. An owner's id of "" is nobody's: the knowledge editors'."""

    report_id: ReportId
    version: int
    state: GapState
    asked: str
    missing: str
    reporter_id: AgentId
    reporter_name: str
    owner_id: AgentId
    owner_name: str
    reported_at: datetime
    changed_at: datetime
    article: GapArticle | None = None
    category_id: CategoryId | None = None
    interaction_id: str = ""
    outcome: str = ""
    outcome_article: GapArticle | None = None
    provisional: bool = False

    @property
    def title(self) -> str:
        """What it is about, in one line."""
        words = self.asked or self.missing
        return self.article.title if self.article is not None else " ".join(words.split())


@dataclass(frozen=True, slots=True)
class GapForm:
    """A report while it is typed; ``report_id`` is made with it, so that it is sent once."""

    report_id: ReportId
    asked: str = ""
    missing: str = ""
    article: GapArticle | None = None
    category_id: CategoryId | None = None
    interaction_id: str = ""

    @property
    def about(self) -> str:
        """What makes it the same form when she comes back: the article, else the call."""
        return self.article.article_id if self.article is not None else self.interaction_id


@dataclass(frozen=True, slots=True)
class GapAnswer:
    """What becomes of a report; ``version`` is the one that was seen."""

    report_id: ReportId
    version: int
    state: GapState
    outcome: str = ""
    article: GapArticle | None = None


@dataclass(frozen=True, slots=True)
class GapLists:
    """``mine`` newest first; ``to_do`` what is not answered yet, hers first, then the oldest;
    ``news`` are those of ``mine`` whose outcome she has not seen."""

    mine: tuple[GapReport, ...] = ()
    to_do: tuple[GapReport, ...] = ()
    news: tuple[GapReport, ...] = ()


class GapProblem(StrEnum):
    EMPTY = "empty"
    TOO_LONG = "too-long"
    NO_REASON = "no-reason"
    NO_ANSWER = "no-answer"


def may_report(role: str) -> bool:
    return may(role, REPORTING_ROLES)


def may_answer(report: GapReport, agent_id: AgentId, *, all_of_them: bool) -> bool:
    """The owner, or who answers all of them, until it is closed."""
    return not report.state.closed and (report.owner_id == agent_id or all_of_them)


def wrong_form(form: GapForm) -> GapProblem | None:
    if not form.missing.strip() and not form.asked.strip():
        return GapProblem.EMPTY
    return GapProblem.TOO_LONG if max(len(form.asked), len(form.missing)) > TEXT_LIMIT else None


def wrong_answer(answer: GapAnswer) -> GapProblem | None:
    """Declining needs words, an answer needs words or an article."""
    said = bool(answer.outcome.strip())
    if len(answer.outcome) > TEXT_LIMIT:
        return GapProblem.TOO_LONG
    if answer.state is GapState.DECLINED and not said:
        return GapProblem.NO_REASON
    if answer.state is GapState.ANSWERED and not said and answer.article is None:
        return GapProblem.NO_ANSWER
    return None


def whole_text(text: str) -> str:
    """Fit to be kept: half a character, as a widget may hand over, and NUL go into no file."""
    return text.encode("utf-8", "replace").decode().replace("\0", " ")
