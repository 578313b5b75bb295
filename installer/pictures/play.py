"""One play before the camera: ``python -m installer.pictures.play --out … --language …``."""

from __future__ import annotations

import argparse
import sys
from functools import partial
from pathlib import Path

from agent_app.demo.driver import Driver
from agent_app.demo.report import StepFailedError
from agent_app.wiring.practice_session import close_practice, open_practice
from agent_app.wiring.session import Options, Session, run_session
from installer.pictures.camera import Camera
from installer.pictures.pages import SCENES
from installer.pictures.scenes import Set


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--language", required=True)
    parser.add_argument("--profile", type=Path, required=True)
    parser.add_argument("--scene", action="append", help="only these (of their names)")
    chosen = parser.parse_args()
    options = Options(
        profile=chosen.profile,
        language=chosen.language,
        theme="light",
        speaker_record=str(chosen.profile / "speaker.wav"),
    )
    perform = partial(_perform, out=chosen.out, language=chosen.language, only=chosen.scene)
    return run_session("pictures", options, perform)


async def _perform(session: Session, *, out: Path, language: str, only: list[str] | None) -> int:
    practice = await open_practice(session)
    if practice is None:
        return 1
    practice.window.showFullScreen()
    camera = Camera(out, language, session.application.theme)
    stage = Set(practice, Driver(practice.window), camera)
    failed = 0
    try:
        for name, play in SCENES.items():
            if only and name not in only:
                continue
            try:
                await play(stage)
            except StepFailedError as error:
                failed = 1
                print(f"{name}: {error}", file=sys.stderr)
    finally:
        await close_practice(practice)
    return failed


if __name__ == "__main__":
    sys.exit(main())
