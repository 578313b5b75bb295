"""The words for a ticket's kind and for what is missing in it (step ⑤)."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from agent_app.domain.tickets import Deadline, TicketKind, TicketProblem, TicketUnit
from ui.formatting import joined
from ui.language import in_chinese


def kind_word(kind: TicketKind) -> str:
    words = {
        TicketKind.CONSULT: QCoreApplication.translate("Tickets", "Question"),
        TicketKind.COMPLAINT: QCoreApplication.translate("Tickets", "Complaint"),
        TicketKind.TIP_OFF: QCoreApplication.translate("Tickets", "Tip-off"),
        TicketKind.SUGGESTION: QCoreApplication.translate("Tickets", "Suggestion"),
        TicketKind.HELP: QCoreApplication.translate("Tickets", "Help"),
        TicketKind.FAULT: QCoreApplication.translate("Tickets", "Fault report"),
    }
    return words[kind]


def problem_words(problem: TicketProblem) -> str:
    words = {
        TicketProblem.NO_TITLE: QCoreApplication.translate("Tickets", "say what it is about"),
        TicketProblem.NO_UNIT: QCoreApplication.translate("Tickets", "choose who must answer"),
        TicketProblem.NO_DEADLINE: QCoreApplication.translate("Tickets", "not a time to come"),
    }
    return words[problem]


def unit_name(unit: TicketUnit) -> str:
    """In the language of the screen."""
    return unit.name if in_chinese() else unit.name_en


def reckoning(unit: TicketUnit, proposed: Deadline) -> str:
    """How a proposed deadline came about, so that anybody can check it on a calendar."""
    if unit.days == 1:
        words = QCoreApplication.translate("Tickets", "1 working day")
    else:
        words = QCoreApplication.translate("Tickets", "{number} working days")
    skipped = proposed.skipped
    off = ""
    if skipped:
        off = QCoreApplication.translate("Tickets", "without the holidays {days}")
        first, last = f"{skipped[0]:%m-%d}", f"{skipped[-1]:%m-%d}"
        off = off.format(days=first if first == last else f"{first} … {last}")
    return joined(words.format(number=unit.days), off)
