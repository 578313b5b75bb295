"""Which Asterisk runs: the system's own, or one unpacked from the distribution's packages.

Debian 12 has no asterisk package. What a newer release packs runs from a folder of its own, by its
own dynamic loader, with no right of root and without touching the system: see ``packages``.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from installer.exchange.packages import unpacked

OLDEST = 20


@dataclass(frozen=True, slots=True)
class Program:
    """``command`` begins every command line; the folders go into asterisk.conf."""

    command: tuple[str, ...]
    modules: Path
    data: Path


def find_program() -> Program:
    """The system's Asterisk when it is new enough, else one of our cache, fetched once.

    Raises ``installer.exchange.packages.UnavailableError`` with a sentence to show.
    """
    return _of_the_system() or _of_a_root(unpacked("asterisk"))


def _of_the_system() -> Program | None:
    program = shutil.which("asterisk", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    modules = _modules(Path("/"))
    if program is None or modules is None:
        return None
    said = subprocess.run([program, "-V"], capture_output=True, text=True, check=False).stdout
    version = re.search(r"Asterisk (?:certified/)?(\d+)", said)
    if version is None or int(version[1]) < OLDEST:
        return None
    return Program((program,), modules, _data(Path("/")))


def _of_a_root(root: Path) -> Program:
    loader = next(root.glob("usr/lib*/ld-linux-*.so.*"), None) or next(
        root.glob("usr/lib/*/ld-linux-*.so.*")
    )
    modules = _modules(root)
    if modules is None:
        raise FileNotFoundError(f"{root} holds no Asterisk; remove it, and it is fetched again")
    libraries = f"{modules.parent.parent}:{root / 'usr/lib'}"
    command = (str(loader), "--library-path", libraries, str(root / "usr/sbin/asterisk"))
    return Program(command, modules, _data(root))


def _modules(root: Path) -> Path | None:
    return next(root.glob("usr/lib/*/asterisk/modules"), None) or next(
        root.glob("usr/lib/asterisk/modules"), None
    )


def _data(root: Path) -> Path:
    """Where documentation and sounds are: Debian's folder, else Asterisk's own default."""
    debian = root / "usr/share/asterisk"
    return debian if debian.is_dir() else root / "var/lib/asterisk"
