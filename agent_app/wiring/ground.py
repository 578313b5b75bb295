"""What a seat stands on, made before it and ended after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from agent_app.desk.door import Door
from agent_app.desk.faults import Faults
from agent_app.domain.ids import CategoryId
from agent_app.runtime.clock import Clock
from agent_app.runtime.identity import Identity
from agent_app.runtime.profile import Profile
from agent_app.runtime.secrets import SecretStore, SessionSecrets
from agent_app.runtime.tasks import Tasks
from agent_app.settings import Settings
from agent_app.store.store import Store
from sip import messages as m
from sync.api import ServerApi
from sync.auth import Auth
from sync.remote import Remote
from sync.replication import Intervals


@dataclass(frozen=True, slots=True)
class Ground:
    """Everything ``build_seat`` needs, open and ready.

    ``sound`` is the settings' sound, with a recording of the speaker where a demo or a test wants
    one. ``asker`` is for small questions to the server, whoever has them. ``menus`` says which
    categories a menu path of the exchange leads to. ``secrets`` keep the account's password,
    ``door`` is where the outside knocks.
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
    asker: Remote
    intervals: Intervals
    sound: m.SoundSettings
    menus: Mapping[str, Sequence[CategoryId]]
    secrets: SecretStore = field(default_factory=SessionSecrets)
    door: Door = field(default_factory=Door)


def sound_settings(settings: Settings, speaker_record: str = "") -> m.SoundSettings:
    """The sound section as the engine takes it."""
    sound = settings.sound
    return m.SoundSettings(
        backend=sound.backend,
        microphones=sound.microphones,
        speakers=sound.speakers,
        rings=sound.rings,
        ring_volume=sound.ring_volume if settings.call.ring else 0,
        period_ms=sound.period_ms,
        speaker_record=speaker_record,
    )
