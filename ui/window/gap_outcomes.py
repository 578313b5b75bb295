"""What became of her reports, said once and quietly in the line at the foot (step ⑤)."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from agent_app.domain.gaps import GapReport
from ui.gaps.words import outcome_sentence
from ui.window.trouble import Remedy, Severity, Trouble, TroubleKind


def outcome(news: tuple[GapReport, ...], key: str) -> Trouble | None:
    """The newest one that she has not seen, with its article a key away."""
    if not news:
        return None
    report = news[0]
    word = QCoreApplication.translate("Troubles", "Understood  {key}")
    if report.outcome_article is not None:
        word = QCoreApplication.translate("Troubles", "Read the article  {key}")
    return Trouble(
        TroubleKind.GAP_OUTCOME, Severity.NEUTRAL, outcome_sentence(report),
        Remedy.SHOW_OUTCOME, word.format(key=key), report.outcome,
    )  # fmt: skip
