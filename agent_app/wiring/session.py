"""One run of the desk from start to end: profile, logs, crash files, application, loop."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import time
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSettings

from agent_app import __version__
from agent_app.desk.door import Door
from agent_app.desk.faults import FaultKind, Faults
from agent_app.runtime.clock import SystemClock
from agent_app.runtime.crash import Crash, CrashHandler
from agent_app.runtime.errors import NoScreenError, ProfileInUseError, RuntimeFault
from agent_app.runtime.garbage import leave_alone
from agent_app.runtime.instance import Instance, tell_running
from agent_app.runtime.logs import start_logging
from agent_app.runtime.loop import run_desk
from agent_app.runtime.profile import Profile, usual_profile
from agent_app.runtime.tasks import Tasks
from agent_app.settings import Settings, SettingsError, load_settings
from agent_app.wiring.practice import Occasion
from ui.application import DeskApplication, create_application
from ui.language import Language
from ui.theme import ThemeChoice
from ui.window.memory import remembered_language, remembered_theme

_log = logging.getLogger(__name__)

START_LIMIT_S = 3.0
"""How long a second start waits for the first one to listen."""

SCREENS = frozenset({"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
"""One of these tells Qt on Linux where to put a window."""


@dataclass(frozen=True, slots=True)
class Options:
    """The command line.

    Empty texts mean: as the settings say. ``profile`` None: the usual one. ``out`` is for the demo.
    ``dial`` is a number or link for the dial field.
    """

    profile: Path | None = None
    language: str = ""
    theme: str = ""
    out: Path = Path("build/demo")
    speaker_record: str = ""
    dial: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """What a run of the desk works with; ``stop`` is set when it shall end."""

    application: DeskApplication
    occasion: Occasion
    stop: asyncio.Event


Work = Callable[[Session], Coroutine[object, object, int]]


def run_session(name: str, options: Options, work: Work) -> int:
    """Run ``work`` under Qt and return the exit code; a fault of the machine is one sentence.

    Where a desk runs already with this profile, its window comes up instead.
    """
    root = options.profile or usual_profile(name)
    try:
        with Profile(root) as profile:
            return _run(profile, load_settings(profile.settings_file), options, work)
    except ProfileInUseError as error:
        if _tell_first(root, options.dial):
            return 0
        sys.stderr.write(f"zuoxi: {error}\n")
        return 1
    except (RuntimeFault, SettingsError) as error:
        sys.stderr.write(f"zuoxi: {error}\n")
        return 1


def _run(profile: Profile, settings: Settings, options: Options, work: Work) -> int:
    start_logging(profile.logs)
    clock = SystemClock()
    faults = Faults(clock=clock)

    def on_crash(crash: Crash) -> None:
        where = str(crash.file or "nowhere: the disk refused it")
        sys.stderr.write(f"zuoxi: a fault ({crash.kind}) was written down in {where}\n")
        faults.reported.emit(FaultKind.PROGRAM, where)

    crashes = CrashHandler(profile.crashes, version=__version__, clock=clock, on_crash=on_crash)
    crashes.install()
    application = _application(profile, settings, options)
    leave_alone()  # all that was imported

    async def main(stop: asyncio.Event) -> int:
        occasion = Occasion(
            profile=profile,
            settings=settings,
            clock=clock,
            tasks=Tasks(),
            faults=faults,
            door=Door(),
            speaker_record=options.speaker_record,
        )
        instance = Instance(profile.root, occasion.door.knock)
        if problem := instance.listen():
            _log.warning("a second start cannot reach this desk: %s", problem)
        if options.dial:
            occasion.door.knock(options.dial)
        try:
            return await work(Session(application, occasion, stop))
        finally:
            instance.close()

    return run_desk(application, main, on_error=crashes.handle_loop)


def _tell_first(root: Path, dial: str) -> bool:
    """The first desk may be starting still."""
    deadline_s = time.monotonic() + START_LIMIT_S
    while not tell_running(root, dial):
        if time.monotonic() > deadline_s:
            return False
        time.sleep(0.1)
    return True


def _application(profile: Profile, settings: Settings, options: Options) -> DeskApplication:
    """In the language and look of the command line, else of the menu's last choice, else as set.

    Raises NoScreenError.
    """
    if sys.platform == "linux" and not SCREENS & os.environ.keys():
        raise NoScreenError(
            "There is no screen here: neither DISPLAY nor WAYLAND_DISPLAY is set. On a machine"
            " without one, `make run` serves the window over VNC."
        )
    memory = QSettings(str(profile.window_file), QSettings.Format.IniFormat)
    language = options.language or remembered_language(memory) or settings.ui.language.value
    theme = options.theme or remembered_theme(memory) or settings.ui.theme.value
    return create_application(_qt_arguments(), Language(language), ThemeChoice(theme))


def _qt_arguments() -> Sequence[str]:
    """Our own options are read by argparse; Qt gets the program's name only."""
    return sys.argv[:1]
