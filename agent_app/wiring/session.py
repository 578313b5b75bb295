"""One run of the desk from start to end: profile, logs, crash files, application, loop."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from agent_app import __version__
from agent_app.runtime.clock import SystemClock
from agent_app.runtime.crash import Crash, CrashHandler
from agent_app.runtime.errors import RuntimeFault
from agent_app.runtime.logs import start_logging
from agent_app.runtime.loop import run_desk
from agent_app.runtime.profile import APPLICATION, Profile
from agent_app.runtime.tasks import Tasks
from agent_app.settings import Settings, SettingsError, load_settings
from agent_app.wiring.practice import Occasion
from ui.application import DeskApplication, create_application
from ui.language import Language
from ui.theme import ThemeChoice

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Options:
    """The command line.

    Empty texts mean: as the settings say. ``profile`` None: the usual one. ``out`` is for the demo.
    """

    profile: Path | None = None
    language: str = ""
    theme: str = ""
    out: Path = Path("build/demo")
    speaker_record: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """What a run of the desk works with; ``stop`` is set when it shall end."""

    application: DeskApplication
    occasion: Occasion
    stop: asyncio.Event


Work = Callable[[Session], Coroutine[object, object, int]]


def usual_profile(name: str) -> Path:
    """Where ``name`` ("practice", "duty") keeps its things unless told otherwise."""
    return Path(platformdirs.user_data_dir(APPLICATION, appauthor=False)) / name


def run_session(name: str, options: Options, work: Work) -> int:
    """Run ``work`` under Qt and return the exit code; a fault of the machine is one sentence."""
    try:
        with Profile(options.profile or usual_profile(name)) as profile:
            return _run(profile, load_settings(profile.settings_file), options, work)
    except (RuntimeFault, SettingsError) as error:
        sys.stderr.write(f"zuoxi: {error}\n")
        return 1


def _run(profile: Profile, settings: Settings, options: Options, work: Work) -> int:
    start_logging(profile.logs)
    clock = SystemClock()
    crashes = CrashHandler(profile.crashes, version=__version__, clock=clock, on_crash=_tell)
    crashes.install()
    application = create_application(
        _qt_arguments(),
        Language(options.language or settings.ui.language.value),
        ThemeChoice(options.theme or settings.ui.theme.value),
    )

    async def main(stop: asyncio.Event) -> int:
        tasks = Tasks()
        occasion = Occasion(profile, settings, clock, tasks, options.speaker_record)
        return await work(Session(application, occasion, stop))

    return run_desk(application, main, on_error=crashes.handle_loop)


def _tell(crash: Crash) -> None:
    where = crash.file or "nowhere: the disk refused it"
    sys.stderr.write(f"zuoxi: a fault ({crash.kind}) was written down in {where}\n")


def _qt_arguments() -> Sequence[str]:
    """Our own options are read by argparse; Qt gets the program's name only."""
    return sys.argv[:1]
