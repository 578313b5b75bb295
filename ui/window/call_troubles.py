"""What is wrong with a call: lost, muted while she speaks, nothing heard, not passed on (⑤)."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from agent_app.desk.transfers import TransferStatus
from agent_app.domain.calls import Call
from agent_app.domain.ids import InteractionId
from agent_app.domain.quality import MediaSilence
from ui.formatting import clock_time, phone_number
from ui.transfer.words import failure_sentence
from ui.window.trouble import Remedy, Severity, Trouble, TroubleKind


def who(call: Call | None) -> str:
    """The other side in one name."""
    name = "" if call is None else call.name or phone_number(call.number)
    return name or QCoreApplication.translate("Troubles", "a withheld number")


def lost(call: Call, now: datetime) -> Trouble:
    text = QCoreApplication.translate(
        "Troubles", "The call with {who} was lost at {time}. Its summary is kept."
    ).format(who=who(call), time=clock_time(call.ended_at or now, now))
    remedy, word = Remedy.DISMISS, QCoreApplication.translate("Troubles", "Understood")
    if call.number:
        remedy = Remedy.FILL_NUMBER
        word = QCoreApplication.translate("Troubles", "Put the number in the dial field")
    return Trouble(TroubleKind.CALL_LOST, Severity.FAULT, text, remedy, word)


def muted_speech(interaction_id: InteractionId | None, mute_key: str) -> Trouble | None:
    if interaction_id is None:
        return None
    text = QCoreApplication.translate(
        "Troubles", "You are speaking, but you are muted: nobody hears you."
    )
    word = QCoreApplication.translate("Troubles", "Unmute  {key}").format(key=mute_key)
    return Trouble(TroubleKind.MUTED_SPEECH, Severity.FAULT, text, Remedy.UNMUTE, word,
                   about=interaction_id)  # fmt: skip


def no_media(call: Call, silence: MediaSilence, hang_up_key: str) -> Trouble:
    """``hang_up_key`` acts on the call on the page, which need not be this one: so the button."""
    name = who(call)
    if silence is MediaSilence.OFFER_HANG_UP:
        text = QCoreApplication.translate(
            "Troubles",
            "No sound has arrived from {who} for 20 s: the connection is probably gone.",
        )
        word = QCoreApplication.translate("Troubles", "Hang up  {key}").format(key=hang_up_key)
        return Trouble(
            TroubleKind.NO_MEDIA,
            Severity.FAULT,
            text.format(who=name),
            Remedy.HANG_UP,
            word,
            about=call.interaction_id,
        )
    text = QCoreApplication.translate(
        "Troubles", "No sound arrives from {who}. The call is still up: please wait."
    )
    return Trouble(
        TroubleKind.NO_MEDIA,
        Severity.WARNING,
        text.format(who=name),
        about=call.interaction_id,
    )


def dead_microphone(name: str) -> Trouble | None:
    if not name:
        return None
    text = QCoreApplication.translate(
        "Troubles",
        "“{name}” gives only silence: the caller does not hear you. Is its own switch off?",
    ).format(name=name)
    word = QCoreApplication.translate("Troubles", "Open the sound settings")
    return Trouble(TroubleKind.DEAD_MICROPHONE, Severity.FAULT, text, Remedy.SOUND_SETTINGS, word)


def not_passed_on(status: TransferStatus | None, call: Call | None) -> Trouble | None:
    if status is None:
        return None
    return Trouble(
        TroubleKind.TRANSFER,
        Severity.FAULT,
        failure_sentence(status, who(call)),
        Remedy.DISMISS,
        QCoreApplication.translate("Troubles", "Understood"),
        status.detail,
        status.interaction_id,
    )
