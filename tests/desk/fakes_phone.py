"""Stand-ins for what works with the phone: a call log in memory, transfers that flush at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from agent_app.desk.account import PhoneAccount
from agent_app.desk.call_quality import CallQualities
from agent_app.desk.conference import Conference
from agent_app.desk.door import Door
from agent_app.desk.history import CallHistory
from agent_app.desk.phone import Phone
from agent_app.desk.preferences import Preferences
from agent_app.desk.self_test import SelfTest
from agent_app.desk.sound import SoundDesk
from agent_app.desk.sound_watch import SoundWatch
from agent_app.desk.transfers import Transfers
from agent_app.domain.call_log import CallEntry
from agent_app.domain.calls import Direction, EndReason
from agent_app.domain.ids import InteractionId
from agent_app.runtime.clock import Clock
from agent_app.runtime.secrets import NamedSecret, SecretStore, SessionSecrets
from agent_app.runtime.tasks import Tasks
from agent_app.settings import AccountSettings, Settings
from agent_app.store.errors import StoreError
from sip import messages as m
from tests.desk.fakes import FakeEngine


class FakeCallLog:
    """Call entries by id; ``fault`` makes every question fail."""

    def __init__(self, *entries: CallEntry) -> None:
        self.entries = {entry.entry_id: entry for entry in entries}
        self.fault = ""

    async def put(self, entry: CallEntry) -> None:
        self._fail()
        self.entries[entry.entry_id] = entry

    async def page(self, *, before: str = "", limit: int = 50) -> tuple[CallEntry, ...]:
        self._fail()
        newest = sorted(self.entries.values(), key=lambda one: one.entry_id, reverse=True)
        return tuple(one for one in newest if not before or one.entry_id < before)[:limit]

    async def last_dialled(self) -> str:
        self._fail()
        out = (one for one in await self.page() if one.direction is Direction.OUTGOING)
        return next((one.number for one in out), "")

    async def close_open(self) -> None:
        self._fail()
        for entry in tuple(self.entries.values()):
            if entry.end_reason is None:
                await self.put(replace(entry, end_reason=EndReason.LOST))

    async def unseen(self) -> int:
        self._fail()
        return sum(entry.missed and not entry.seen for entry in self.entries.values())

    async def mark_seen(self) -> None:
        self._fail()
        for entry in tuple(self.entries.values()):
            self.entries[entry.entry_id] = replace(entry, seen=entry.missed or entry.seen)

    def _fail(self) -> None:
        if self.fault:
            raise StoreError(self.fault)


async def flushed(_interaction_id: InteractionId) -> bool:
    """The server has everything."""
    return True


@dataclass
class PhoneParts:
    """All of it over one fake engine. ``started`` are the accounts the engine was started with."""

    transfers: Transfers
    conference: Conference
    history: CallHistory
    log: FakeCallLog
    quality: CallQualities
    sound: SoundDesk
    sound_watch: SoundWatch
    self_test: SelfTest
    preferences: Preferences
    account: PhoneAccount
    door: Door
    saved: list[tuple[str, object]]
    started: list[tuple[AccountSettings, str]]


def phone_parts(
    phone: Phone,
    engine: FakeEngine,
    clock: Clock,
    tasks: Tasks,
    *,
    later: Tasks | None = None,
    secrets: SecretStore | None = None,
    settings: Settings | None = None,
) -> PhoneParts:
    """``later`` runs what really waits (a disk, an engine's start); ``tasks`` unless given."""
    later = tasks if later is None else later  # tasks without work are false
    settings, secrets, log = settings or Settings(), secrets or SessionSecrets(), FakeCallLog()
    saved: list[tuple[str, object]] = []
    started: list[tuple[AccountSettings, str]] = []

    def save(name: str, section: object) -> None:
        saved.append((name, section))

    async def restart(account: AccountSettings, password: str) -> None:
        started.append((account, password))

    preferences = Preferences(settings=settings, save=save, tasks=later)
    sound = SoundDesk(phone=phone, engine=engine, settings=m.SoundSettings(backend="null"))
    parts = PhoneParts(
        transfers=Transfers(phone=phone, flush=flushed, tasks=tasks),
        conference=Conference(phone=phone, flush=flushed, tasks=tasks, rooms=_rooms(preferences)),
        history=CallHistory(log=log, tasks=tasks),
        log=log,
        quality=CallQualities(),
        sound=sound,
        sound_watch=SoundWatch(phone=phone, clock=clock),
        self_test=SelfTest(phone=phone, engine=engine, sound=sound, tasks=later,
                           echo_uri=lambda: "sip:*43@pbx", voice=Path("voice.wav")),
        preferences=preferences,
        account=PhoneAccount(phone=phone, preferences=preferences, lasting=secrets.lasting,
                             password=NamedSecret(secrets, "sip-password"), restart=restart,
                             tasks=later),
        door=Door(),
        saved=saved,
        started=started,
    )  # fmt: skip
    phone.call_changed.connect(parts.history.on_call)
    phone.statistics_changed.connect(parts.quality.on_statistics)
    phone.call_changed.connect(parts.quality.on_call)
    parts.transfers.changed.connect(parts.history.on_transfer)
    return parts


def _rooms(preferences: Preferences) -> Callable[[], range]:
    return lambda: preferences.settings.call.rooms
