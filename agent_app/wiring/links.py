"""``zuoxi links``: says who opens telephone links, before anything heavy is loaded."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from agent_app.runtime.link_entry import Folders, install, remove


def run(act: str, profile: Path | None) -> int:
    """``install`` or ``remove``; the exit code: 0 done, 1 files cannot be written, 2 not here."""
    if not sys.platform.startswith("linux"):
        sys.stderr.write("zuoxi: links can be set from here only on a Linux desktop.\n")
        return 2
    folders = Folders.of_user()
    try:
        if act == "install":
            install(folders, (*_program(), *_profile(profile)))
        else:
            remove(folders)
    except OSError as error:
        sys.stderr.write(f"zuoxi: the links stay as they are: {error}\n")
        return 1
    whose = "open in the desk" if act == "install" else "no longer open in the desk"
    sys.stdout.write(f"tel:, sip:, sips: and callto: links {whose} ({folders.entry}).\n")
    return 0


def _program() -> tuple[str, ...]:
    """How this very program is started, wherever it is called from."""
    script = shutil.which(sys.argv[0]) if Path(sys.argv[0]).stem == "zuoxi" else None
    if script is not None:
        return (str(Path(script).absolute()),)
    frozen = getattr(sys, "frozen", False)
    return (sys.executable,) if frozen else (sys.executable, "-P", "-m", "agent_app")


def _profile(profile: Path | None) -> tuple[str, ...]:
    return () if profile is None else ("--profile", str(profile.absolute()))
