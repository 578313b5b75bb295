"""Builds the phone of a seat and all that works with it: engine, transfers, history, sound."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, replace
from importlib.resources import files
from pathlib import Path

from agent_app.desk.account import PhoneAccount
from agent_app.desk.call_quality import CallQualities
from agent_app.desk.conference import Conference
from agent_app.desk.engine import SeatEngine, sip_account
from agent_app.desk.history import CallHistory
from agent_app.desk.phone import Exchange, Phone
from agent_app.desk.practice import Practice
from agent_app.desk.preferences import Preferences
from agent_app.desk.scenarios import load_scenarios
from agent_app.desk.self_test import SelfTest
from agent_app.desk.sound import SoundDesk
from agent_app.desk.sound_watch import SoundWatch
from agent_app.desk.transfers import Transfers
from agent_app.domain.calls import Call
from agent_app.domain.dialling import DialRule, dial_string
from agent_app.domain.ids import InteractionId
from agent_app.domain.numbers import Number
from agent_app.runtime.secrets import NamedSecret
from agent_app.settings import AccountSettings, HeaderSettings, Settings, save_section
from agent_app.wiring.ground import Ground, sound_settings
from sip import messages as m
from sip.client import EngineClient

PASSWORD = "sip-password"
VOICE = ("practice", "voices", "credit-invoice", "1.wav")
"""What the self-test says to the exchange's echo: some seconds of clear speech."""


@dataclass(frozen=True, slots=True)
class Line:
    """The phone and the engine behind it."""

    phone: Phone
    engine: SeatEngine
    preferences: Preferences
    account: PhoneAccount


@dataclass(frozen=True, slots=True)
class Telephony:
    """What the agent does with calls and sound."""

    transfers: Transfers
    conference: Conference
    history: CallHistory
    quality: CallQualities
    sound: SoundDesk
    sound_watch: SoundWatch
    self_test: SelfTest


def build_line(
    ground: Ground, *, number: Callable[[str], Number], unfinished: Callable[[str], Call | None]
) -> Line:
    """The phone, ready to be begun by its account. Nothing runs yet."""
    identity = ground.identity
    preferences = Preferences(
        settings=ground.settings,
        save=lambda name, section: save_section(ground.profile.settings_file, name, section),
        tasks=ground.tasks,
    )

    def dialled(normal: str) -> str:
        return dial_string(number(normal), dial_rules(preferences.settings))

    phone = Phone(
        extension=ground.settings.account.user or identity.extension,
        dial_domain=ground.settings.account.domain,
        normalise=lambda raw: number(raw).normal,
        clock=ground.clock,
        dial_string=dialled,
        unfinished=unfinished,
    )
    engine = SeatEngine(lambda account, password: _client(ground, phone, preferences.settings,
                                                          account, password))  # fmt: skip
    phone.attach(engine)

    async def restart(account: AccountSettings, password: str) -> None:
        exchange = exchange_of(replace(preferences.settings, account=account))
        phone.use(account.user or identity.extension, exchange)
        await engine.start(account, password)

    account = PhoneAccount(
        phone=phone,
        preferences=preferences,
        password=NamedSecret(ground.secrets, PASSWORD),
        lasting=ground.secrets.lasting,
        restart=restart,
        tasks=ground.tasks,
    )
    return Line(phone, engine, preferences, account)


def build_telephony(
    ground: Ground, line: Line, *, flush: Callable[[InteractionId], Awaitable[bool]]
) -> Telephony:
    """Connected to the phone; ``flush`` is the handover's."""
    phone, preferences, tasks = line.phone, line.preferences, ground.tasks

    def echo_uri() -> str:
        number = preferences.settings.call.echo_number
        return phone.exchange.uri(number) if phone.exchange.domain and number else ""

    sound = SoundDesk(phone=phone, engine=line.engine, settings=ground.sound)
    telephony = Telephony(
        transfers=Transfers(phone=phone, flush=flush, tasks=tasks),
        conference=Conference(
            phone=phone, flush=flush, tasks=tasks, rooms=lambda: preferences.settings.call.rooms
        ),
        history=CallHistory(log=ground.store.calls, tasks=tasks),
        quality=CallQualities(),
        sound=sound,
        sound_watch=SoundWatch(phone=phone, clock=ground.clock),
        self_test=SelfTest(
            phone=phone,
            engine=line.engine,
            sound=sound,
            tasks=tasks,
            echo_uri=echo_uri,
            voice=Path(str(files("resources").joinpath(*VOICE))),
        ),
    )
    phone.statistics_changed.connect(telephony.quality.on_statistics)
    phone.call_changed.connect(telephony.quality.on_call)
    phone.call_changed.connect(telephony.history.on_call)
    telephony.transfers.changed.connect(telephony.history.on_transfer)

    def on_settings(settings: Settings) -> None:
        """In force at once; the account has a way of its own, because calls would end."""
        wished = _sound(ground, settings)
        if wished != sound.settings:
            sound.use(wished)
        current = settings if settings.account == line.account.status.settings else None
        if current is not None:
            phone.use(phone.status.extension, exchange_of(current))

    preferences.changed.connect(on_settings)
    preferences.fault.connect(ground.faults.on_data_fault)
    telephony.history.fault.connect(ground.faults.on_data_fault)
    return telephony


def build_practice(ground: Ground, phone: Phone) -> Practice:
    """The bell of the practice centre; its caller says what an exchange would, in its headers."""
    headers = header_names(ground.settings.headers)

    def caller_engine(hear: Callable[[m.Event], None]) -> EngineClient:
        return EngineClient(
            account=m.Account(user="caller"),
            sound=m.SoundSettings(backend="null"),
            on_event=hear,
            ring_tone=False,
            headers=headers,
        )

    return Practice(
        scenarios=load_scenarios(Path(str(files("resources").joinpath("practice")))),
        phone=phone,
        make_engine=caller_engine,
        headers=headers,
        clock=ground.clock,
        tasks=ground.tasks,
    )


def header_names(headers: HeaderSettings) -> m.HeaderNames:
    """The settings' names and, where they have none, the usual ones."""
    return m.HeaderNames(**{key: name for key, name in asdict(headers).items() if name})


def dial_rules(settings: Settings) -> tuple[DialRule, ...]:
    return tuple(DialRule(**asdict(rule)) for rule in settings.dialling.rules)


def exchange_of(settings: Settings) -> Exchange:
    account = settings.account
    return Exchange(
        domain=account.domain,
        transport=m.Transport(account.transport.value),
        pick_up_prefix=settings.call.pick_up_prefix,
        call_id_header=header_names(settings.headers).call_id,
    )


def _sound(ground: Ground, settings: Settings) -> m.SoundSettings:
    return sound_settings(settings, ground.sound.speaker_record)


def _client(
    ground: Ground, phone: Phone, settings: Settings, account: AccountSettings, password: str
) -> EngineClient:
    identity = ground.identity
    nowhere = not (account.domain or account.registrar)
    return EngineClient(
        account=sip_account(
            account, password=password, extension=identity.extension, name=identity.name
        ),
        sound=_sound(ground, settings),
        on_event=phone.handle,
        bind_address=account.bind_address or ("127.0.0.1" if nowhere else ""),
        exchange=account.exchange,
        transports=(m.Transport(account.transport.value),),
        headers=header_names(settings.headers),
        ring_tone=settings.call.ring,
    )
