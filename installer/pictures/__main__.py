"""Pictures of every page, in both languages, both looks and both sizes: ``make screenshots``.

Each language and size is a play of its own: a practice centre with a profile that is thrown away,
on a private screen of that size, with a headset of a private sound server. ``--docs`` puts the
chosen ones into ``docs/pictures``, too.
"""

from __future__ import annotations

import argparse
import array
import os
import random
import shutil
import subprocess
import sys
import tempfile
import wave
from pathlib import Path

from PySide6.QtGui import QImage

from installer.pictures.chosen import CHOSEN, FOLDER
from installer.pictures.slim import save, slim
from tests.sip.sound_server import sound_server

ROOT = Path(__file__).resolve().parents[2]
RATE_HZ, LOUDEST, LONGEST_PLAY_S = 8_000, 60, 900
LANGUAGES = ("zh", "en")
SIZES = ("1366x768", "1920x1080")
SCREEN = ("-m", "installer.screen", "--private", "--no-vnc", "--with-parent", "--")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m installer.pictures", description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "screenshots")
    parser.add_argument("--language", choices=LANGUAGES, action="append")
    parser.add_argument("--size", choices=SIZES, action="append")
    parser.add_argument("--docs", action="store_true", help="renew docs/pictures")
    options = parser.parse_args()
    out: Path = options.out.resolve()
    failed = 0
    for language in options.language or LANGUAGES:
        for size in options.size or SIZES:
            print(f"{language} {size}", flush=True)
            failed |= play(out, language, size)
    if options.docs and not failed:
        renew_docs(out)
    print(f"pictures in {out}")
    return failed


def play(out: Path, language: str, size: str) -> int:
    """1 when a scene could not be played; what could be is there."""
    with (
        tempfile.TemporaryDirectory(prefix="zuoxi-sound-") as folder,
        tempfile.TemporaryDirectory(prefix="zuoxi-pictures-") as profile,
        sound_server(Path(folder)) as sound,
        sound.speaking(quiet_room(Path(folder) / "room.wav")),
    ):
        command = [sys.executable, *SCREEN, sys.executable, "-m", "installer.pictures.play",
                   "--out", str(out), "--language", language, "--profile", profile]  # fmt: skip
        environment = os.environ | {"ZUOXI_SCREEN": size, "PULSE_SERVER": sound.server}
        return int(subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode != 0)


def quiet_room(path: Path) -> Path:
    """What the headset hears: nobody speaks; one without any noise would be called dead."""
    noise = array.array("h", (random.randint(-LOUDEST, LOUDEST) for _ in range(RATE_HZ)))
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(noise.itemsize)
        file.setframerate(RATE_HZ)
        for _ in range(LONGEST_PLAY_S):
            file.writeframesraw(noise.tobytes())
    return path


def renew_docs(out: Path) -> None:
    """Copy what the documents show. Raises FileNotFoundError: it was not taken."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    for name, scene in CHOSEN.items():
        picture = QImage(str(out / scene))
        if picture.isNull():
            raise FileNotFoundError(out / scene)
        save(slim(picture), FOLDER / name)


if __name__ == "__main__":
    sys.exit(main())
