"""The sections of the settings: frozen values, each with a default and its limits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class LanguageSetting(StrEnum):
    CHINESE = "zh"
    ENGLISH = "en"


class ThemeSetting(StrEnum):
    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class TransportSetting(StrEnum):
    UDP = "udp"
    TCP = "tcp"
    TLS = "tls"


_DIALLED = re.compile(r"[0-9*#+]{0,31}")
_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,63}")
_ROOMS = re.compile(r"[1-9]\d{0,8}-[1-9]\d{0,8}", re.ASCII)


def _between(section: object, key: str, least: float, most: float) -> None:
    if not least <= getattr(section, key) <= most:
        raise ValueError(f"{key}: must be between {least} and {most}")


def _dialled(section: object, key: str) -> None:
    if not _DIALLED.fullmatch(getattr(section, key)):
        raise ValueError(f"{key}: must hold 0-9, *, # and + only")


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """The central server. An empty ``url`` is a seat that is not set up yet.

    Where more than ``whole_copy_from`` changes are missing, and more than are here, the copy is
    fetched as a whole in the background. For ``offline_days`` after the server last confirmed her,
    an agent may sign in while it is away.
    """

    url: str = ""
    connect_s: float = 5.0
    read_s: float = 20.0
    retry_max_s: float = 30.0
    poll_s: float = 10.0
    whole_copy_from: int = 50_000
    offline_days: int = 7

    def __post_init__(self) -> None:
        if self.url and not self.url.startswith(("https://", "http://")):
            raise ValueError("url: must begin with https:// (or http:// on this machine)")
        for key in ("connect_s", "read_s", "retry_max_s", "poll_s"):
            _between(self, key, 0.1, 3600)
        _between(self, "whole_copy_from", 0, 1_000_000_000)
        _between(self, "offline_days", 0, 365)


@dataclass(frozen=True, slots=True)
class AccountSettings:
    """The seat's SIP account. The password is not here but in the keyring.

    ``ca_file``: a PEM file with who may vouch for the exchange over TLS. ``exchange``: the hosts
    that may ring, when they are others than the registrar.
    """

    user: str = ""
    display_name: str = ""
    domain: str = ""
    registrar: str = ""
    auth_user: str = ""
    expires_s: int = 90
    transport: TransportSetting = TransportSetting.UDP
    bind_address: str = ""
    ca_file: str = ""
    exchange: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _between(self, "expires_s", 60, 3600)


@dataclass(frozen=True, slots=True)
class SoundSettings:
    """Devices by name, the first one that is there is used; none for the system's default.

    ``rings`` sound all at once, at ``ring_volume`` per cent.
    """

    backend: str = "auto"
    microphones: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    rings: tuple[str, ...] = ()
    ring_volume: int = 80
    period_ms: int = 20

    def __post_init__(self) -> None:
        _between(self, "ring_volume", 0, 100)
        _between(self, "period_ms", 5, 100)


@dataclass(frozen=True, slots=True)
class NumberSettings:
    """How local spellings of numbers are understood.

    ``area_code`` completes local numbers, with or without its leading 0. ``short_codes`` are the
    site's own, next to the national ones.
    """

    country: str = "CN"
    area_code: str = ""
    short_codes: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if len(self.country) != 2 or not (self.country.isascii() and self.country.isupper()):
            raise ValueError('country: must be two capital letters like "CN"')
        for key, values in (("area_code", (self.area_code,)), ("short_codes", self.short_codes)):
            if any(value and not (value.isascii() and value.isdigit()) for value in values):
                raise ValueError(f"{key}: must hold digits only")


@dataclass(frozen=True, slots=True)
class CallSettings:
    """``wrap_up_s`` after each call until the centre's own is known; ``ring``: does anything ring.

    The exchange's own numbers: ``echo_number`` sends back what it hears, ``pick_up_prefix`` before
    an extension takes the call that rings there, ``conference_rooms`` ("800-899", empty for none)
    is where more than two others meet when the agent leaves.
    """

    wrap_up_s: int = 60
    ring: bool = True
    echo_number: str = "*43"
    pick_up_prefix: str = "*8"
    conference_rooms: str = "800-899"

    def __post_init__(self) -> None:
        _between(self, "wrap_up_s", 0, 3600)
        for key in ("echo_number", "pick_up_prefix"):
            _dialled(self, key)
        if self.conference_rooms and not _ROOMS.fullmatch(self.conference_rooms):
            raise ValueError('conference_rooms: must be two numbers like "800-899"')

    @property
    def rooms(self) -> range:
        """Every room's number."""
        first, _, last = self.conference_rooms.partition("-")
        return range(int(first), int(last) + 1) if last else range(0)


@dataclass(frozen=True, slots=True)
class DialRuleSettings:
    """One ``[[dialling.rules]]``; see ``agent_app.domain.dialling.DialRule``."""

    starts_with: str = ""
    min_digits: int = 1
    max_digits: int = 32
    inside: str = ""
    outside: str = ""
    strip: int = 0
    prefix: str = ""

    def __post_init__(self) -> None:
        for key in ("min_digits", "max_digits", "strip"):
            _between(self, key, 0, 32)
        for key in ("starts_with", "prefix"):
            _dialled(self, key)


@dataclass(frozen=True, slots=True)
class DiallingSettings:
    """What is done to a number before it is dialled; the first rule that fits does it."""

    rules: tuple[DialRuleSettings, ...] = ()


@dataclass(frozen=True, slots=True)
class HeaderSettings:
    """Other names for the SIP headers in which the exchange says what it knows of a call.

    Empty means the usual one, which is named in ``sip.values.HeaderNames`` and nowhere else.
    """

    call_id: str = ""
    queue: str = ""
    menu_path: str = ""
    waited_s: str = ""
    dialled: str = ""
    returned: str = ""
    transferred_by: str = ""

    def __post_init__(self) -> None:
        names = [getattr(self, key) for key in self.__dataclass_fields__]
        for key, name in zip(self.__dataclass_fields__, names, strict=True):
            if not name:
                continue
            if not _HEADER.fullmatch(name):
                raise ValueError(f"{key}: must be a header's name like X-Queue")
            if [other.lower() for other in names].count(name.lower()) > 1:
                raise ValueError(f"{key}: another header has this name")


@dataclass(frozen=True, slots=True)
class UiSettings:
    language: LanguageSetting = LanguageSetting.CHINESE
    theme: ThemeSetting = ThemeSetting.SYSTEM


@dataclass(frozen=True, slots=True)
class PracticeSettings:
    """The practice centre: a server, a trainee and callers of this machine alone.

    ``login`` and ``password`` are those of the sample centre's trainee and open nothing else.
    """

    login: str = "1001"
    password: str = field(default="practice", repr=False)
    customers: int = 2000

    def __post_init__(self) -> None:
        _between(self, "customers", 1, 1_000_000)


@dataclass(frozen=True, slots=True)
class Settings:
    """One section of the file each; ``keys`` maps an action of ``ui.keys`` to its key."""

    server: ServerSettings = ServerSettings()
    account: AccountSettings = AccountSettings()
    sound: SoundSettings = SoundSettings()
    numbers: NumberSettings = NumberSettings()
    call: CallSettings = CallSettings()
    dialling: DiallingSettings = DiallingSettings()
    headers: HeaderSettings = HeaderSettings()
    ui: UiSettings = UiSettings()
    practice: PracticeSettings = PracticeSettings()
    keys: Mapping[str, str] = field(default_factory=dict)
