"""What is wrong with the phone itself: the engine, the registration, the sound devices (step ⑤)."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from agent_app.desk.phone import EngineState, PhoneStatus
from sip.messages import RegistrationCause, SoundState
from ui import words
from ui.formatting import clock_time
from ui.window.trouble import Remedy, Severity, Trouble, TroubleKind

_ACCOUNT_CAUSES = (
    RegistrationCause.WRONG_PASSWORD,
    RegistrationCause.UNKNOWN_EXTENSION,
    RegistrationCause.CERTIFICATE,
)
"""What only other settings mend."""


def engine(status: PhoneStatus, now: datetime) -> Trouble | None:
    match status.engine:
        case EngineState.READY:
            return None
        case EngineState.STARTING:
            text = QCoreApplication.translate(
                "Troubles", "The phone is starting. Calls can come in a moment.")  # fmt: skip
            return Trouble(TroubleKind.ENGINE, Severity.NEUTRAL, text)
        case EngineState.LOST:
            text = QCoreApplication.translate(
                "Troubles",
                "The phone stopped at {time} and is being started again. "
                "Please wait; what you typed is kept.",
            ).format(time=clock_time(status.lost_at or now, now))
            return Trouble(TroubleKind.ENGINE, Severity.FAULT, text, explanation=status.detail)


def registration(status: PhoneStatus) -> Trouble | None:
    """The cause in words, and what mends it."""
    if status.engine is not EngineState.READY or status.registered in (True, None):
        return None
    if status.cause is RegistrationCause.TRYING:
        text = QCoreApplication.translate("Troubles", "Extension {number} is being registered.")
        text = text.format(number=status.extension)
        return Trouble(TroubleKind.REGISTRATION, Severity.NEUTRAL, text)
    text = (
        QCoreApplication.translate(
            "Troubles", "No call can reach you: extension {number} is not registered. {why}"
        )
        .format(number=status.extension, why=words.registration_cause(status.cause))
        .strip()
    )
    remedy = Remedy.REGISTER
    remedy_text = QCoreApplication.translate("Troubles", "Register again")
    if status.cause in _ACCOUNT_CAUSES:
        remedy = Remedy.PHONE_SETTINGS
        remedy_text = QCoreApplication.translate("Troubles", "Open the phone settings")
    return Trouble(TroubleKind.REGISTRATION, Severity.FAULT, text, remedy, remedy_text,
                   explanation=status.registration_detail)  # fmt: skip


def sound(status: PhoneStatus) -> Trouble | None:
    """During a call what is missing; before it, what will be missing."""
    severity = Severity.WARNING
    match status.sound:
        case SoundState.OPEN:
            return None
        case SoundState.CLOSED:
            return _missing(status)
        case SoundState.NO_MICROPHONE:
            text = QCoreApplication.translate(
                "Troubles", "No microphone: silence is sent. Plug in a headset.")  # fmt: skip
        case SoundState.NO_DEVICE:
            text = QCoreApplication.translate(
                "Troubles",
                "No sound device: you hear nothing and silence is sent. Plug in a headset.",
            )
        case SoundState.FAILED:
            text = QCoreApplication.translate(
                "Troubles",
                "The sound device could not be opened: you hear nothing and silence is sent. "
                "Unplug the headset and plug it in again.",
            )
            severity = Severity.FAULT
    return Trouble(TroubleKind.SOUND, severity, text, *_open_sound(), status.detail)


def _missing(status: PhoneStatus) -> Trouble | None:
    if status.engine is not EngineState.READY or (status.next_speaker and status.next_microphone):
        return None
    if status.next_speaker:
        text = QCoreApplication.translate(
            "Troubles", "No microphone is plugged in: the next caller would not hear you."
        )
    elif status.next_microphone:
        text = QCoreApplication.translate(
            "Troubles", "No loudspeaker or headset is plugged in: you would hear nothing."
        )
    else:
        text = QCoreApplication.translate(
            "Troubles", "No sound device is plugged in: plug in a headset before the next call."
        )
    return Trouble(TroubleKind.SOUND, Severity.WARNING, text, *_open_sound())  # fmt: skip


def device_changed(before: str, status: PhoneStatus) -> Trouble | None:
    """In a call, the sound moved from the device ``before`` to another one."""
    if not before or status.sound is SoundState.CLOSED or before == status.speaker:
        return None
    if not status.speaker:
        return None
    if before in status.speakers:
        text = QCoreApplication.translate("Troubles", "The sound is on “{now}” now.")
    else:
        text = QCoreApplication.translate(
            "Troubles", "“{before}” was unplugged: the sound is on “{now}” now."
        )
    return Trouble(
        TroubleKind.DEVICE,
        Severity.WARNING,
        text.format(before=before, now=status.speaker),
        Remedy.DISMISS,
        QCoreApplication.translate("Troubles", "Understood"),
    )


def _open_sound() -> tuple[Remedy, str]:
    return Remedy.SOUND_SETTINGS, QCoreApplication.translate("Troubles", "Open the sound settings")
