"""What a site and an agent may choose, read from one TOML file.

Every choice has a default, so an empty file is a working seat. A wrong key or value is one sentence
that names the file and the key: nobody should have to guess why a desk does not start.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, is_dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar, get_origin, get_type_hints

S = TypeVar("S")


class SettingsError(Exception):
    """One sentence to show, with file and key."""


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


def _between(section: object, key: str, least: float, most: float) -> None:
    if not least <= getattr(section, key) <= most:
        raise ValueError(f"{key}: must be between {least} and {most}")


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """The central server. An empty ``url`` is a seat that is not set up yet."""

    url: str = ""
    connect_s: float = 5.0
    read_s: float = 20.0
    retry_max_s: float = 30.0
    poll_s: float = 10.0

    def __post_init__(self) -> None:
        if self.url and not self.url.startswith(("https://", "http://")):
            raise ValueError("url: must begin with https:// (or http:// on this machine)")
        for key in ("connect_s", "read_s", "retry_max_s", "poll_s"):
            _between(self, key, 0.1, 3600)


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
    period_ms: int = 10

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
    """``wrap_up_s`` after each call; ``ring`` is whether the speaker rings."""

    wrap_up_s: int = 60
    ring: bool = True

    def __post_init__(self) -> None:
        _between(self, "wrap_up_s", 0, 3600)


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
    ui: UiSettings = UiSettings()
    practice: PracticeSettings = PracticeSettings()
    keys: Mapping[str, str] = field(default_factory=dict)


def load_settings(file: Path) -> Settings:
    """The settings of a file, all defaults if there is none. Raises SettingsError."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        words = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise SettingsError(f"{file} cannot be read: {words}.") from error
    try:
        return _section(Settings, tomllib.loads(text), "")
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{file} is not valid TOML: {error}.") from error
    except ValueError as error:
        raise SettingsError(f"{file}: {error}.") from error


def _section(kind: type[S], content: Mapping[str, Any], path: str) -> S:
    """An instance of ``kind`` with the values of ``content``. Raises ValueError("key: reason")."""
    hints = get_type_hints(kind)
    values: dict[str, Any] = {}
    for key, value in content.items():
        if key not in hints:
            known = ", ".join(sorted(hints))
            raise ValueError(f"{path}{key}: there is no such setting, only {known}")
        wanted = hints[key]
        if is_dataclass(wanted) and isinstance(wanted, type):
            if not isinstance(value, Mapping):
                raise ValueError(f"{path}{key}: must be a section, [{path}{key}]")
            values[key] = _section(wanted, value, f"{path}{key}.")
        else:
            values[key] = _value(wanted, value, f"{path}{key}")
    try:
        return kind(**values)
    except ValueError as error:
        raise ValueError(f"{path}{error}") from error


def _value(wanted: object, value: object, key: str) -> object:
    if get_origin(wanted) is Mapping:
        if isinstance(value, Mapping) and all(isinstance(one, str) for one in value.values()):
            return dict(value)
        raise ValueError(f'{key}: must be a section of keys like hold = "Ctrl+H"')
    if get_origin(wanted) in (frozenset, tuple):
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return frozenset(value) if get_origin(wanted) is frozenset else tuple(value)
        raise ValueError(f'{key}: must be a list of texts like ["12366"]')
    if isinstance(wanted, type) and issubclass(wanted, StrEnum):
        choices = [member.value for member in wanted]
        if value in choices:
            return wanted(value)
        raise ValueError(f"{key}: must be one of {', '.join(choices)}, not {value!r}")
    if wanted is float and type(value) is int:
        return float(value)
    if type(value) is not wanted:
        raise ValueError(f"{key}: must be {_WORDS[wanted]}, not {value!r}")
    return value


_WORDS: Mapping[object, str] = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    str: "a text in quotes",
}
