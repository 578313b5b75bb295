"""The words for a report and what becomes of it, the same in form, list and line (step ⑤)."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from agent_app.domain.gaps import GapArticle, GapProblem, GapReport, GapState
from agent_app.domain.ids import AgentId

TITLE_LIMIT = 24
LINK_LIMIT = 40
"""Characters of an article's title in a sentence, and on a button."""


def state_word(state: GapState) -> str:
    words = {
        GapState.OPEN: QCoreApplication.translate("Gaps", "open"),
        GapState.TAKEN: QCoreApplication.translate("Gaps", "taken"),
        GapState.ANSWERED: QCoreApplication.translate("Gaps", "answered"),
        GapState.DECLINED: QCoreApplication.translate("Gaps", "declined"),
    }
    return words[state]


def state_look(state: GapState) -> tuple[str, str]:
    """Shape and tone of a row; the word stands beside it."""
    looks = {
        GapState.OPEN: ("info", "attention"),
        GapState.TAKEN: ("person", "talking"),
        GapState.ANSWERED: ("check", "ready"),
        GapState.DECLINED: ("close", "neutral"),
    }
    return looks[state]


def problem_words(problem: GapProblem) -> str:
    words = {
        GapProblem.EMPTY: QCoreApplication.translate("Gaps", "say what is missing or wrong"),
        GapProblem.TOO_LONG: QCoreApplication.translate("Gaps", "too long"),
        GapProblem.NO_REASON: QCoreApplication.translate("Gaps", "a reason in words is needed"),
        GapProblem.NO_ANSWER: QCoreApplication.translate("Gaps", "words or an article are needed"),
    }
    return words[problem]


def article_line(article: GapArticle, *, limit: int = 1_000) -> str:
    """An article in its version; one that this seat does not have is named by its id."""
    return QCoreApplication.translate("Gaps", "{title} · version {version}").format(
        title=short(article.title or article.article_id, limit), version=article.version
    )


def age(report: GapReport, now: datetime) -> str:
    """How long it has waited, in the largest unit that fits."""
    minutes = max(0, int((now - report.reported_at).total_seconds() // 60))
    if minutes < 60:
        pattern, number = QCoreApplication.translate("Gaps", "{number} min"), minutes
    elif minutes < 48 * 60:
        pattern, number = QCoreApplication.translate("Gaps", "{number} h"), minutes // 60
    else:
        pattern, number = QCoreApplication.translate("Gaps", "{number} days"), minutes // 1440
    return pattern.format(number=number)


def short(text: str, limit: int) -> str:
    """One line of at most ``limit`` characters."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def owner_words(report: GapReport, me: AgentId) -> str:
    """Whose turn it is."""
    if report.owner_id == me:
        return QCoreApplication.translate("Gaps", "for you to answer")
    if not report.owner_id:
        return QCoreApplication.translate("Gaps", "for the knowledge editors to answer")
    return QCoreApplication.translate("Gaps", "for {name} to answer").format(name=report.owner_name)


def outcome_sentence(report: GapReport) -> str:
    """What became of it, for the one who reported it, in one line."""
    if report.state is GapState.DECLINED:
        pattern = QCoreApplication.translate(
            "Gaps", "Your report of “{title}” was declined: {outcome}"
        )
    elif report.outcome:
        pattern = QCoreApplication.translate(
            "Gaps", "Your report of “{title}” was answered: {outcome}"
        )
    else:
        pattern = QCoreApplication.translate(
            "Gaps", "Your report of “{title}” was answered by an article."
        )
    title = short(report.title, TITLE_LIMIT)
    return pattern.format(title=title, outcome=" ".join(report.outcome.split()))
