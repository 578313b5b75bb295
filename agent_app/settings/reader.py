"""Reads the TOML file; a wrong key or value is one sentence that names the file and the key."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import is_dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from agent_app.settings.sections import Settings

S = TypeVar("S")


class SettingsError(Exception):
    """One sentence to show, with file and key."""


def load_settings(file: Path) -> Settings:
    """The settings of a file, all defaults if there is none. Raises SettingsError."""
    return read_settings(file, read_text(file))


def read_text(file: Path) -> str:
    """What the file holds, "" if there is none. Raises SettingsError."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        words = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise SettingsError(f"{file} cannot be read: {words}.") from error


def read_settings(file: Path, text: str) -> Settings:
    """The settings that ``text`` says; ``file`` is for the sentence. Raises SettingsError."""
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


def _sections(kind: type[S], value: object, key: str) -> tuple[S, ...]:
    if isinstance(value, list) and all(isinstance(one, Mapping) for one in value):
        return tuple(
            _section(kind, one, f"{key}.{place}.") for place, one in enumerate(value, start=1)
        )
    raise ValueError(f"{key}: must be sections, [[{key}]]")


def _value(wanted: object, value: object, key: str) -> object:
    if get_origin(wanted) is Mapping:
        if isinstance(value, Mapping) and all(isinstance(one, str) for one in value.values()):
            return dict(value)
        raise ValueError(f'{key}: must be a section of keys like hold = "Ctrl+H"')
    if get_origin(wanted) is tuple and is_dataclass(get_args(wanted)[0]):
        return _sections(get_args(wanted)[0], value, key)
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
