"""Reads the settings from ``server.toml``, the environment and the command line (step ⑨).

The command line wins over the environment, that over the file. Whatever is not a setting is
refused in one sentence, so that a slip of the pen never means "the default".
"""

from __future__ import annotations

import math
import os
import re
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from urllib.parse import urlsplit

from server.errors import StartError
from server.settings import Settings

PREFIX = "ZUOXI_SERVER_"
FILE_VARIABLE = f"{PREFIX}CONFIG"
FILE_NAME = "server.toml"
DEFAULT = "default"

_PATHS = frozenset({"data_dir", "tls_cert", "tls_key"})
_MAY_BE_ZERO = frozenset({"port", "free_sign_in_failures"})
_MOST = {"port": 65_535}
_NUMBER_MOST = 2**31 - 1

KEYS: Mapping[str, object] = {
    each.name: None if each.default is MISSING else each.default for each in fields(Settings)
}
"""Every setting with its default."""

Value = str | int | float | Path | None


@dataclass(frozen=True, slots=True)
class Configuration:
    """``sources`` says, for each key, where its value was found."""

    settings: Settings
    sources: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Found:
    value: Value
    source: str


def default_data() -> Path:
    """Where a server keeps its data when nobody says: the user's data directory (XDG)."""
    if sys.platform == "win32":
        root = Path(os.environ.get("LOCALAPPDATA", "~/AppData/Local"))
    else:
        root = Path(os.environ.get("XDG_DATA_HOME") or "~/.local/share")
    return (root / "zuoxi" / "server").expanduser()


def configure(
    options: Mapping[str, object],
    environment: Mapping[str, str],
    config: Path | None = None,
    *,
    file: bool = True,
) -> Configuration:
    """The settings that hold; ``options`` by key, None for what the command line did not say.

    The file is ``config``, else the one named in the environment, else ``server.toml`` in the data
    directory, if there is one; none without ``file``. Raises StartError.
    """
    found = _from_environment(environment)
    for name, value in options.items():
        if value is not None:
            found[name] = _Found(_checked(f"the option for {name}", name, value), "command line")
    named = config or (Path(environment[FILE_VARIABLE]) if environment.get(FILE_VARIABLE) else None)
    data = found.get("data_dir", _Found(default_data(), DEFAULT))
    path = named or Path(str(data.value)) / FILE_NAME
    if file and (named is not None or path.exists()):
        found = _from_file(path) | found
    found.setdefault("data_dir", data)
    values = {name: each.value for name, each in found.items()}
    return Configuration(
        Settings(**values),  # type: ignore[arg-type]  # _checked looked at each
        {name: found[name].source if name in found else DEFAULT for name in KEYS},
    )


def _from_environment(environment: Mapping[str, str]) -> dict[str, _Found]:
    """An empty variable says nothing."""
    found = {}
    for variable, text in environment.items():
        if not variable.startswith(PREFIX) or variable == FILE_VARIABLE or not text:
            continue
        name = variable.removeprefix(PREFIX).lower()
        if name not in KEYS:
            raise StartError(f"{variable} in the environment is not a setting.")
        found[name] = _Found(_checked(variable, name, _read(name, text)), variable)
    return found


def _read(name: str, text: str) -> object:
    """The text of a variable as the kind of value that the setting has, or as it is."""
    kind = type(KEYS[name])
    if kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            return text
    return text


def _from_file(path: Path) -> dict[str, _Found]:
    try:
        text = path.read_bytes().decode()
        values = tomllib.loads(text)
    except OSError as error:
        raise StartError(f"{path} cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise StartError(f"{path} is not UTF-8 text (byte {error.start}).") from error
    except tomllib.TOMLDecodeError as error:
        raise StartError(f"{path} is not TOML: {error}.") from error
    found = {}
    for name, value in values.items():
        where = f"{path}{_line_of(name, text)}"
        if name not in KEYS:
            raise StartError(f"{where}: {name} is not a setting.")
        checked = _checked(f"{where}: {name}", name, value)
        if isinstance(checked, Path):
            checked = path.parent / checked
        found[name] = _Found(checked, where)
    _check_mode(path, found)
    return found


def _line_of(name: str, text: str) -> str:
    for number, line in enumerate(text.splitlines(), start=1):
        if re.match(rf"\s*\[*\s*[\"']?{re.escape(name)}\b", line):
            return f" line {number}"
    return ""


def _check_mode(path: Path, found: Mapping[str, _Found]) -> None:
    url = found.get("database_url")
    if url is None or os.name != "posix" or not has_password(str(url.value)):
        return
    if path.stat().st_mode & 0o007:
        raise StartError(
            f"{path} holds a password and may be read by everybody here: chmod 640 it."
        )


def has_password(url: str) -> bool:
    """Also when it stands behind the question mark; an unreadable URL may well hold one."""
    try:
        return urlsplit(url).password is not None or "password=" in url
    except ValueError:
        return True


def _checked(what: str, name: str, value: object) -> Value:
    """The value if the setting may have it. Raises StartError, whose words begin with ``what``."""
    default = KEYS[name]
    if name in _PATHS:
        return _path(what, value, needed=name == "data_dir")
    if isinstance(default, str):
        if isinstance(value, str) and value.isprintable():
            return value
        raise StartError(f"{what} must be text in quotes.")
    if isinstance(default, float):
        return _seconds(what, value)
    low, most = int(name not in _MAY_BE_ZERO), _MOST.get(name, _NUMBER_MOST)
    if isinstance(value, int) and not isinstance(value, bool) and low <= value <= most:
        return value
    raise StartError(f"{what} must be a whole number from {low} to {most}.")


def _path(what: str, value: object, *, needed: bool) -> Path | None:
    if not isinstance(value, str | Path) or "\0" in str(value) or (needed and not str(value)):
        raise StartError(f"{what} must be a path in quotes.")
    return Path(value).expanduser() if str(value) else None


def _seconds(what: str, value: object) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        seconds = float(value)
        if math.isfinite(seconds) and 0 < seconds <= _NUMBER_MOST:
            return seconds
    raise StartError(f"{what} must be a number of seconds above 0.")
