"""What a first start of the practice centre is doing, in words."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QCoreApplication


class Step(StrEnum):
    SERVER = "server"
    SIGN_IN = "sign-in"
    STORE = "store"


def step_words(step: Step) -> str:
    match step:
        case Step.SERVER:
            return QCoreApplication.translate("StartingStep", "Filling the sample centre …")
        case Step.SIGN_IN:
            return QCoreApplication.translate("StartingStep", "Signing the trainee in …")
        case Step.STORE:
            return QCoreApplication.translate("StartingStep", "Opening this seat's data …")
