"""Writes one section back into the TOML file; comments, order and the other sections stay."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import tomlkit

from agent_app.settings.reader import SettingsError, read_settings, read_text
from agent_app.settings.sections import Settings

_NEW = 0o600


def save_section(file: Path, name: str, section: object) -> Settings:
    """Put ``section`` (a dataclass of ``sections``, or the mapping of keys) under ``[name]``.

    Only values that differ from the file's are written, and no default that it does not name.
    Returns the settings that the file holds now; blocks for a disk's write. Raises SettingsError,
    and then the file is as it was: also when somebody made it unreadable meanwhile.
    """
    text = read_text(file)
    read_settings(file, text)
    try:
        document = tomlkit.parse(text)
        if name not in document:
            document.add(name, tomlkit.table())
        table: Any = document[name]
        _replace(table, section) if isinstance(section, Mapping) else _update(table, section)
        changed = tomlkit.dumps(document)
    except tomlkit.exceptions.TOMLKitError as error:
        raise SettingsError(f"{file} cannot be changed by the program: {error}.") from error
    settings = read_settings(file, changed)
    if changed != text:
        _write(file, changed)
    return settings


def _update(table: Any, section: object) -> None:  # noqa: ANN401 - tomlkit's tables are untyped
    assert is_dataclass(section), "a section"
    for one in fields(section):
        value = _toml(getattr(section, one.name))
        known = one.name in table
        before = table[one.name] if known else _toml(_default(one))
        if before != value:
            table[one.name] = value


def _replace(table: Any, wishes: Mapping[str, str]) -> None:  # noqa: ANN401 - as above
    for key in tuple(table):
        if key not in wishes:
            table.remove(key)
    for key, value in wishes.items():
        if table.get(key) != value:
            table[key] = value


def _default(one: Field[Any]) -> object:
    return one.default_factory() if one.default_factory is not MISSING else one.default


def _toml(value: object) -> object:
    """As TOML holds it."""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, frozenset):
        return sorted(value)
    if not isinstance(value, tuple):
        return value
    if not value or not is_dataclass(value[0]):
        return list(value)
    rules = tomlkit.aot()
    for rule in value:
        table = tomlkit.table()
        _update(table, rule)
        rules.append(table)
    return rules


def _write(file: Path, text: str) -> None:
    """All of it or nothing, whatever happens to the machine meanwhile."""
    new = file.with_name(f"{file.name}.new")
    try:
        mode = file.stat().st_mode & 0o777 if file.exists() else _NEW
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as opened:
            opened.write(text.encode())
            opened.flush()
            os.fsync(opened.fileno())
        new.replace(file)
    except OSError as error:
        words = error.strerror or str(error)
        raise SettingsError(f"{file} cannot be written: {words}.") from error
