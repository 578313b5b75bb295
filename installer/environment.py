"""Make `.venv` what the lock says, and do nothing when it is.

`python3 -m installer.environment run` (or `dev`) installs `requirements/run.lock` (or `dev.lock`)
with hashes checked, and then this checkout in editable form, which needs no network. A stamp in
the environment remembers what was installed; it is written last, so that an interrupted
installation starts again. A second call with the same locks takes a few hundredths of a second.
"""

from __future__ import annotations

import argparse
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PIP_ENVIRONMENT = {"PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
LOCK_NAMES = {"run": ("run", "dev"), "dev": ("dev",)}
"""Which locks satisfy a wish: dev.lock holds everything of run.lock in the same versions."""


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def fingerprint(lock: str) -> str:
    """Changes with everything that what is installed depends on, the checkout's place included."""
    digest = hashlib.sha256()
    for path in (ROOT / "requirements" / f"{lock}.lock", ROOT / "pyproject.toml", Path(__file__)):
        digest.update(path.read_bytes())
    digest.update(str(ROOT).encode())
    return digest.hexdigest()


def is_current(wish: str) -> bool:
    return _works() and any(_stamp_matches(lock) for lock in LOCK_NAMES[wish])


def _stamp_matches(lock: str) -> bool:
    stamp = VENV / f"{lock}.stamp"
    return stamp.is_file() and stamp.read_text(encoding="ascii") == fingerprint(lock)


def _works() -> bool:
    """Whether the environment's Python starts and is of a version the program runs with.

    It does not after the system's Python was replaced, or the folder was moved. PYTHON names one
    on purpose: then the environment must be of that version.
    """
    versions = [sys.version_info[:2]] if os.environ.get("PYTHON") else [(3, 11), (3, 12)]
    probe = f"import sys, pip; print(sys.prefix); sys.exit(sys.version_info[:2] not in {versions})"
    try:
        answer = subprocess.run(
            [VENV / "bin" / "python", "-c", probe], capture_output=True, text=True, check=False
        )
    except OSError:
        return False
    return answer.returncode == 0 and Path(answer.stdout.strip()) == VENV


def bring_up_to_date(lock: str) -> None:
    """Raises CalledProcessError when pip fails; pip has said why by then."""
    if not _works():
        if VENV.exists():
            say("The environment in .venv does not work any more; making it anew.")
            shutil.rmtree(VENV)
        subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
    path = ROOT / "requirements" / f"{lock}.lock"
    count = sum("==" in line for line in path.read_text(encoding="utf-8").splitlines())
    say(f"Installing up to {count} Python packages into .venv (once; some 100 MB to fetch) …")
    _pip("--no-deps", "--require-hashes", "--only-binary=:all:", "-r", str(path))
    _pip("--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    (VENV / f"{lock}.stamp").write_text(fingerprint(lock), encoding="ascii")


def _pip(*arguments: str) -> None:
    quiet = () if sys.stderr.isatty() else ("--progress-bar=off",)
    subprocess.run(
        [VENV / "bin" / "python", "-m", "pip", "install", "--quiet", *quiet, *arguments],
        stdin=subprocess.DEVNULL,
        check=True,
        cwd=ROOT,
        env={**os.environ, **PIP_ENVIRONMENT},
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wish", choices=sorted(LOCK_NAMES))
    wish = parser.parse_args().wish
    if is_current(wish):
        return 0
    with (ROOT / "requirements" / "run.lock").open("rb") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)  # two `make` at once: the second finds it done
        if is_current(wish):
            return 0
        began = time.monotonic()
        try:
            bring_up_to_date(wish)
        except subprocess.CalledProcessError:
            say("The Python packages could not be installed; the lines above say why.")
            return 1
        say(f"Done in {time.monotonic() - began:.0f} s.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
