"""What the phone is worth right now: engine, registration, sound (step ③). No Qt, no commands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import assert_never

from agent_app.desk.endings import words_of
from sip import messages as m


class EngineState(StrEnum):
    STARTING = "starting"
    READY = "ready"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class PhoneStatus:
    """``registered`` is None where there is nothing to register with; ``address`` is host:port.

    ``cause`` says why it is not registered, ``registration_detail`` the exchange's own words.
    ``speaker``, ``microphone`` and ``rings`` are in use now, the ``next_…`` ones will be in the
    next call; ``speakers`` and ``microphones`` are plugged in. ``strangers`` counts who was refused
    because he is not the exchange.
    """

    extension: str
    engine: EngineState = EngineState.STARTING
    detail: str = ""
    registered: bool | None = None
    registration_detail: str = ""
    address: str = ""
    sound: m.SoundState = m.SoundState.CLOSED
    speaker: str = ""
    microphone: str = ""
    lost_at: datetime | None = None
    cause: m.RegistrationCause = m.RegistrationCause.NONE
    rings: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    microphones: tuple[str, ...] = ()
    next_speaker: str = ""
    next_microphone: str = ""
    next_rings: tuple[str, ...] = ()
    strangers: int = 0
    strangers_source: str = ""


StatusEvent = (
    m.EngineReady
    | m.EngineLost
    | m.RegistrationChanged
    | m.SoundChanged
    | m.DevicesFound
    | m.StrangersRefused
)


def status_after(status: PhoneStatus, event: StatusEvent, now: datetime) -> PhoneStatus:
    """The status once ``event`` is known."""
    match event:
        case m.EngineReady(address=address, ports=ports):
            return replace(
                status,
                engine=EngineState.READY,
                detail="",
                address=f"{address}:{ports[0][1] if ports else 0}",
                lost_at=None,
            )
        case m.EngineLost(reason=reason):
            nothing_to_register = status.registered is None
            return replace(
                status,
                engine=EngineState.LOST,
                detail=reason,
                lost_at=now,
                registered=None if nothing_to_register else False,
                cause=status.cause if nothing_to_register else m.RegistrationCause.TRYING,
                registration_detail="",
                sound=m.SoundState.CLOSED,
                rings=(),
                speakers=(),
                microphones=(),
                next_speaker="",
                next_microphone="",
                next_rings=(),
            )
        case m.RegistrationChanged(registered=registered, status=code, reason=words, cause=cause):
            detail = "" if registered else words_of(code, words)
            return replace(status, registered=registered, registration_detail=detail, cause=cause)
        case m.SoundChanged(state, speaker, microphone, detail, rings):
            return replace(
                status,
                sound=state,
                speaker=speaker,
                microphone=microphone,
                detail=detail,
                rings=rings,
            )
        case m.DevicesFound(speakers, microphones, speaker, microphone, rings):
            return replace(
                status,
                speakers=speakers,
                microphones=microphones,
                next_speaker=speaker,
                next_microphone=microphone,
                next_rings=rings,
            )
        case m.StrangersRefused(count, source):
            return replace(status, strangers=count, strangers_source=source)
        case _:
            assert_never(event)
