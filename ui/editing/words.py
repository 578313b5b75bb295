"""The words for drafts and what is done with them (step ⑤)."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from agent_app.domain.editing import DraftProblem, DraftState


def state_word(state: DraftState) -> str:
    words = {
        DraftState.WRITING: QCoreApplication.translate("Editing", "being written"),
        DraftState.IN_REVIEW: QCoreApplication.translate("Editing", "to review"),
        DraftState.RETURNED: QCoreApplication.translate("Editing", "given back"),
        DraftState.SCHEDULED: QCoreApplication.translate("Editing", "waits for its day"),
        DraftState.PUBLISHED: QCoreApplication.translate("Editing", "published"),
        DraftState.DROPPED: QCoreApplication.translate("Editing", "dropped"),
    }
    return words[state]


def state_look(state: DraftState) -> tuple[str, str]:
    """Shape and tone of a row; the word stands beside it."""
    looks = {
        DraftState.WRITING: ("edit", "neutral"),
        DraftState.IN_REVIEW: ("search", "attention"),
        DraftState.RETURNED: ("retry", "fault"),
        DraftState.SCHEDULED: ("clock", "talking"),
        DraftState.PUBLISHED: ("check", "ready"),
        DraftState.DROPPED: ("close", "neutral"),
    }
    return looks[state]


def problem_words(problem: DraftProblem) -> str:
    words = {
        DraftProblem.NEEDED: QCoreApplication.translate("Editing", "is needed"),
        DraftProblem.NOT_A_DAY: QCoreApplication.translate("Editing", "a day like 2026-05-04"),
        DraftProblem.BEFORE_IT_BEGINS: QCoreApplication.translate(
            "Editing", "ends before it begins"
        ),
        DraftProblem.TOO_LONG: QCoreApplication.translate("Editing", "too long"),
    }
    return words[problem]


def field_name(name: str) -> str:
    words = {
        "title": QCoreApplication.translate("Editing", "Title"),
        "category_id": QCoreApplication.translate("Editing", "Category"),
        "region": QCoreApplication.translate("Editing", "Region"),
        "valid_from": QCoreApplication.translate("Editing", "In force from"),
        "valid_until": QCoreApplication.translate("Editing", "until (empty: open)"),
        "owner_id": QCoreApplication.translate("Editing", "Owner"),
        "keywords": QCoreApplication.translate("Editing", "Keywords and synonyms"),
        "question": QCoreApplication.translate("Editing", "Question"),
        "answer": QCoreApplication.translate("Editing", "Official answer"),
        "basis": QCoreApplication.translate("Editing", "Basis"),
        "note": QCoreApplication.translate("Editing", "Note for the reviewer"),
        "validity": QCoreApplication.translate("Editing", "In force"),
    }
    return words[name]
