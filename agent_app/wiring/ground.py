"""What a seat stands on, made before it and ended after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agent_app.desk.faults import Faults
from agent_app.domain.ids import CategoryId
from agent_app.runtime.clock import Clock
from agent_app.runtime.identity import Identity
from agent_app.runtime.profile import Profile
from agent_app.runtime.tasks import Tasks
from agent_app.settings import Settings
from agent_app.store.store import Store
from sip import messages as m
from sync.api import ServerApi
from sync.auth import Auth
from sync.replication import Intervals


@dataclass(frozen=True, slots=True)
class Ground:
    """Everything ``build_seat`` needs, open and ready.

    ``sound`` is the settings' sound, with a recording of the speaker where a demo or a test wants
    one. ``menus`` says which categories a menu path of the exchange leads to.
    """

    identity: Identity
    practice: bool
    settings: Settings
    profile: Profile
    clock: Clock
    tasks: Tasks
    faults: Faults
    store: Store
    api: ServerApi
    auth: Auth
    intervals: Intervals
    sound: m.SoundSettings
    menus: Mapping[str, Sequence[CategoryId]]


def sound_settings(settings: Settings, speaker_record: str = "") -> m.SoundSettings:
    """The sound section as the engine takes it."""
    sound = settings.sound
    return m.SoundSettings(
        backend=sound.backend,
        microphones=sound.microphones,
        speakers=sound.speakers,
        rings=sound.rings,
        ring_volume=sound.ring_volume,
        period_ms=sound.period_ms,
        speaker_record=speaker_record,
    )
