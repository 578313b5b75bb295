"""Words of the page of customers that several of its parts need (step ⑥)."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from agent_app.domain.customer_search import FoundBy
from agent_app.domain.duplicates import DuplicateReason


def found_by(why: FoundBy) -> str:
    """Why a row is there, where the row itself does not show it."""
    words = {
        FoundBy.ID_NUMBER: QCoreApplication.translate("Customers", "by the ID number"),
        FoundBy.SOUND: QCoreApplication.translate("Customers", "sounds like it"),
        FoundBy.PART_OF_NAME: QCoreApplication.translate("Customers", "part of the name"),
    }
    return words.get(why, "")


def duplicate_reason(reason: DuplicateReason) -> str:
    words = {
        DuplicateReason.SAME_NUMBER: QCoreApplication.translate("Customers", "same number"),
        DuplicateReason.SAME_ID: QCoreApplication.translate("Customers", "same ID number"),
        DuplicateReason.SAME_NAME: QCoreApplication.translate("Customers", "same name and region"),
        DuplicateReason.CHOSEN: QCoreApplication.translate("Customers", "chosen by you"),
    }
    return words[reason]


def waits() -> str:
    return QCoreApplication.translate("Customers", "not sent yet")
