"""Makes this program the one that tel:, sip:, sips: and callto: links open, for one user.

By the rules of freedesktop.org: a desktop entry and its icon in the user's data folder, and the
entry's name first among the default applications of each scheme. What stood there before stays
behind it, so that removing ours gives the links back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import platformdirs

NAME = "zuoxi.desktop"
_SECTION = "[Default Applications]"
_SPECIAL = re.compile(r'(["`$\\])')


@dataclass(frozen=True, slots=True)
class Folders:
    """The user's data and configuration folders (XDG_DATA_HOME, XDG_CONFIG_HOME)."""

    data: Path
    configuration: Path

    @classmethod
    def of_user(cls) -> Folders:
        return cls(platformdirs.user_data_path(), platformdirs.user_config_path())

    @property
    def entry(self) -> Path:
        return self.data / "applications" / NAME

    @property
    def icon(self) -> Path:
        return self.data / "icons" / "hicolor" / "scalable" / "apps" / "zuoxi.svg"

    @property
    def defaults(self) -> Path:
        return self.configuration / "mimeapps.list"


def install(folders: Folders, program: Sequence[str]) -> None:
    """Let links run ``program``; again changes nothing. Raises OSError."""
    resources = files("resources")
    template = resources.joinpath("desktop", NAME).read_text("utf-8")
    run = " ".join(quoted(word) for word in program)
    # What replaces is no pattern: a path may hold backslashes.
    entry = re.sub(r"(?m)^Exec=zuoxi", lambda _found: f"Exec={run}", template)
    _write(folders.icon, resources.joinpath("icons", "app.svg").read_bytes())
    _write(folders.entry, entry.encode())
    kinds = re.findall(r"x-scheme-handler/\w+", template)
    lines = list(_without_ours(_read(folders.defaults)))
    _put(folders.defaults, _with_ours(lines, kinds))


def remove(folders: Folders) -> None:
    """Give the links back to whoever had them. Raises OSError."""
    if folders.defaults.exists():
        _put(folders.defaults, list(_without_ours(_read(folders.defaults))))
    folders.entry.unlink(missing_ok=True)
    folders.icon.unlink(missing_ok=True)


def quoted(word: str) -> str:
    """One argument of an Exec line (Desktop Entry Specification 1.5, "The Exec key")."""
    inner = _SPECIAL.sub(r"\\\1", word.replace("%", "%%"))
    return f'"{inner}"'.replace("\\", "\\\\")


def _read(file: Path) -> list[str]:
    try:
        return file.read_text("utf-8", "surrogateescape").splitlines()
    except FileNotFoundError:
        return []


def _put(file: Path, lines: list[str]) -> None:
    text = "".join(f"{line}\n" for line in lines)
    _write(file, text.encode("utf-8", "surrogateescape"))


def _write(file: Path, content: bytes) -> None:
    """Whole or not at all: the user's other defaults stand in such a file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f".{file.name}.zuoxi")
    fresh.write_bytes(content)
    fresh.replace(file)


def _without_ours(lines: list[str]) -> Iterator[str]:
    for line in lines:
        kind, is_value, names = line.partition("=")
        if not is_value or NAME not in names.split(";"):
            yield line
        elif others := [name for name in names.split(";") if name not in ("", NAME)]:
            yield f"{kind}={_listed(others)}"


def _with_ours(lines: list[str], kinds: list[str]) -> list[str]:
    """Ours is named first for each of ``kinds``; what is named there stays behind it."""
    if _SECTION not in lines:
        lines = [*lines, *([""] if lines else []), _SECTION]
    begin = lines.index(_SECTION) + 1
    rest = lines[begin:]
    end = next((n for n, line in enumerate(rest) if line.startswith("[")), len(rest))
    before = dict(line.split("=", 1) for line in rest[:end] if "=" in line)
    ours = [f"{kind}={_listed([NAME, *before.get(kind, '').split(';')])}" for kind in kinds]
    kept = [line for line in rest[:end] if line.partition("=")[0] not in kinds]
    return [*lines[:begin], *ours, *kept, *rest[end:]]


def _listed(names: list[str]) -> str:
    return "".join(f"{name};" for name in names if name)
