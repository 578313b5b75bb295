"""Why she is not signed in, and the words for it (before step ①)."""

from __future__ import annotations

from enum import StrEnum
from typing import assert_never

from PySide6.QtCore import QCoreApplication


class SignInProblem(StrEnum):
    """The first four are answers to an attempt; the next two are why she is asked at all."""

    WRONG_CREDENTIALS = "wrong-credentials"
    LOCKED = "locked"  # too many failures
    UNREACHABLE = "unreachable"
    NOT_A_SERVER = "not-a-server"  # something answered in other words
    PASSWORD_NEEDED = "password-needed"  # it is the key to this seat's data
    SESSION_ENDED = "session-ended"  # by the server, while she worked
    OFFLINE_EXPIRED = "offline-expired"  # the server is away, and was for too long
    OLD_PASSWORD = "old-password"  # the data are locked with the one she had before
    OLD_PASSWORD_WRONG = "old-password-wrong"
    SERVER_BACK = "server-back"  # she signed in while it was away
    OTHER = "other"


class Severity(StrEnum):
    """How a message looks; the style sheet's words."""

    NEUTRAL = "neutral"
    WARNING = "warning"
    FAULT = "fault"


def severity(problem: SignInProblem) -> Severity:
    """Faults are what waiting does not mend."""
    match problem:
        case SignInProblem.PASSWORD_NEEDED | SignInProblem.SERVER_BACK:
            return Severity.NEUTRAL
        case (
            SignInProblem.LOCKED
            | SignInProblem.UNREACHABLE
            | SignInProblem.SESSION_ENDED
            | SignInProblem.OFFLINE_EXPIRED
            | SignInProblem.OLD_PASSWORD
        ):
            return Severity.WARNING
        case (
            SignInProblem.WRONG_CREDENTIALS
            | SignInProblem.NOT_A_SERVER
            | SignInProblem.OLD_PASSWORD_WRONG
            | SignInProblem.OTHER
        ):
            return Severity.FAULT
        case _ as never:
            assert_never(never)


def words(problem: SignInProblem) -> str:
    """One or two whole sentences."""
    texts = {
        SignInProblem.WRONG_CREDENTIALS: QCoreApplication.translate(
            "SignIn", "The login or the password is wrong."
        ),
        SignInProblem.LOCKED: QCoreApplication.translate("SignIn", "Too many failed attempts."),
        SignInProblem.UNREACHABLE: QCoreApplication.translate(
            "SignIn", "The server does not answer. Check the network connection, then try again."
        ),
        SignInProblem.NOT_A_SERVER: QCoreApplication.translate(
            "SignIn",
            "What answers at this address is not a Zuoxi server. Ask your administrator for the"
            " right address.",
        ),
        SignInProblem.PASSWORD_NEEDED: QCoreApplication.translate(
            "SignIn",
            "Enter your password to open the data on this seat. This computer has no keyring, so"
            " the password is their key.",
        ),
        SignInProblem.SESSION_ENDED: QCoreApplication.translate(
            "SignIn",
            "The server has ended your session. Sign in again; what you saved is kept on this"
            " seat.",
        ),
        SignInProblem.OFFLINE_EXPIRED: QCoreApplication.translate(
            "SignIn",
            "The server does not answer, and it has not confirmed you for too long. Sign in when"
            " it is back; what you saved is kept on this seat.",
        ),
        SignInProblem.OLD_PASSWORD: QCoreApplication.translate(
            "SignIn",
            "Your password is a new one; the data on this seat are locked with the one before."
            " Enter that one once, and from then on the new one opens them.",
        ),
        SignInProblem.OLD_PASSWORD_WRONG: QCoreApplication.translate(
            "SignIn",
            "This is not the password before, either. Nothing is deleted; if you do not know it"
            " any more, ask your administrator.",
        ),
        SignInProblem.SERVER_BACK: QCoreApplication.translate(
            "SignIn",
            "The server is back. Sign in, and what waits on this seat goes out.",
        ),
        SignInProblem.OTHER: QCoreApplication.translate("SignIn", "You could not be signed in."),
    }
    return texts[problem]
