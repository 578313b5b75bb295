"""One thing that is wrong, in words, with the one thing to do about it (step ⑤)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from agent_app.domain.ids import InteractionId


class TroubleKind(StrEnum):
    """In the order of urgency."""

    CALL_LOST = "call-lost"
    MUTED_SPEECH = "muted-speech"
    NO_MEDIA = "no-media"
    DEAD_MICROPHONE = "dead-microphone"
    TRANSFER = "transfer"
    ENGINE = "engine"
    REGISTRATION = "registration"
    SOUND = "sound"
    DEVICE = "device"
    SET_ASIDE = "set-aside"
    SERVER = "server"
    COPY = "copy"
    SECOND_SIGN_IN = "second-sign-in"
    DATA = "data"
    PROGRAM = "program"
    GAP_OUTCOME = "gap-outcome"


class Severity(StrEnum):
    NEUTRAL = "neutral"
    WARNING = "warning"
    FAULT = "fault"


class Remedy(StrEnum):
    """The one thing to do; NONE where it mends itself or needs hands."""

    NONE = "none"
    RETRY_SERVER = "retry-server"
    FETCH_COPY = "fetch-copy"
    SHOW_INBOX = "show-inbox"
    FILL_NUMBER = "fill-number"
    UNMUTE = "unmute"
    HANG_UP = "hang-up"
    REGISTER = "register"
    PHONE_SETTINGS = "phone-settings"
    SOUND_SETTINGS = "sound-settings"
    SHOW_OUTCOME = "show-outcome"
    DISMISS = "dismiss"


@dataclass(frozen=True, slots=True)
class Trouble:
    """``about`` is the call that the remedy acts on."""

    kind: TroubleKind
    severity: Severity
    text: str
    remedy: Remedy = Remedy.NONE
    remedy_text: str = ""
    explanation: str = ""
    about: InteractionId | None = None
