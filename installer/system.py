"""Find which system packages are missing and install them, or say exactly how.

`python -m installer.system run` prints nothing and returns at once when nothing is missing. It
installs through apt only as root or where sudo asks for no password, and only what is missing;
everywhere else it prints one command and goes on, unless something essential is missing: exit 1.
"""

from __future__ import annotations

import argparse
import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from installer.display import reachable
from installer.needs import Kind, Need, needed_for

APT_ENVIRONMENT = ("DEBIAN_FRONTEND=noninteractive", "LC_ALL=C.UTF-8")
APT_INSTALL = ("apt-get", "-q", "-y", "--no-install-recommends", "install")
APT_UPDATE = ("apt-get", "-q", "update")
WAIT_FOR_OTHER_INSTALLER = ("-o", "DPkg::Lock::Timeout=300")
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def is_there(need: Need) -> bool:
    match need.kind:
        case Kind.LIBRARY:
            return _loads(need.name)
        case Kind.PROGRAM:
            return shutil.which(need.name) is not None or _off_path(need.name)
        case Kind.FILE:
            return Path(need.name).exists()
        case Kind.MODULE:
            return importlib.util.find_spec(need.name) is not None
        case Kind.FONT:
            return _covers(need.name)


def _off_path(program: str) -> bool:
    """Debian keeps PostgreSQL's own programs in a folder per version, not on the PATH."""
    return any(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"))


def _loads(soname: str) -> bool:
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def _covers(language: str) -> bool:
    if shutil.which("fc-list"):
        listing = subprocess.run(
            ["fc-list", f":lang={language}", "file"], capture_output=True, check=False
        )
        return bool(listing.stdout.strip())
    folders = (Path(folder).expanduser() for folder in FONT_FOLDERS)
    return any(next(folder.rglob("*CJK*"), None) for folder in folders if folder.is_dir())


def missing(needs: Iterable[Need]) -> list[Need]:
    return [need for need in needs if not is_there(need)]


def offered(names: Iterable[str]) -> set[str]:
    """Which of the package names apt could install now, by its lists as they are."""
    answer = subprocess.run(
        ["apt-cache", "policy", *names],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "LC_ALL": "C"},
    )
    return parse_policy(answer.stdout)


def parse_policy(text: str) -> set[str]:
    """Names with a candidate version in the output of ``apt-cache policy``."""
    names: set[str] = set()
    name = ""
    for line in text.splitlines():
        if line and not line.startswith(" "):
            name = line.rstrip(":")
        elif line.strip().startswith("Candidate:") and not line.endswith("(none)"):
            names.add(name)
    return names


def choose(needs: Iterable[Need], on_offer: set[str]) -> tuple[list[str], list[Need]]:
    """The package for every need, and the needs this release has no package for."""
    packages: list[str] = []
    unknown: list[Need] = []
    for need in needs:
        package = next((name for name in need.packages if name in on_offer), None)
        if package is None:
            unknown.append(need)
        elif package not in packages:
            packages.append(package)
    return packages, unknown


def way_to_root() -> tuple[str, ...] | None:
    """The words before a command that make it run as root; None when a password were asked for."""
    if os.environ.get("ZUOXI_NO_APT"):
        return None
    if os.geteuid() == 0:
        return ()
    if shutil.which("sudo") and _succeeds("sudo", "-n", "true"):
        return ("sudo", "-n")
    return None


def _succeeds(*command: str) -> bool:
    return (
        subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, check=False
        ).returncode
        == 0
    )


def install(needs: list[Need], root: tuple[str, ...]) -> None:
    """Install what the needs take; the caller looks afterwards whether they are there."""
    names = [name for need in needs for name in need.packages]
    packages, unknown = choose(needs, offered(names))
    updated = bool(unknown)
    if updated:  # fresh images come with empty lists
        _apt(root, APT_UPDATE)
        packages, unknown = choose(needs, offered(names))
    if not packages:
        return
    say(f"Installing {len(packages)} system packages: {' '.join(packages)}")
    if not _apt(root, (*APT_INSTALL, *packages)) and not updated:  # old lists name lost files
        _apt(root, APT_UPDATE)
        _apt(root, (*APT_INSTALL, *packages))


def _apt(root: tuple[str, ...], command: tuple[str, ...]) -> bool:
    full = (*root, "env", *APT_ENVIRONMENT, command[0], *WAIT_FOR_OTHER_INSTALLER, *command[1:])
    result = subprocess.run(
        full,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if result.returncode:
        say(f"{' '.join(command[:2])} … failed:\n{result.stdout[-2000:]}")
    return result.returncode == 0


def explain(lacking: list[Need], *, apt: bool) -> None:
    essential = [need for need in lacking if need.essential]
    if essential:
        say("Missing on this system: " + ", ".join(need.name for need in essential))
    for need in lacking:
        if not need.essential:
            say(f"Without {need.name} there is no {need.lacks}.")
    if not apt:
        say("Install them with this system's package manager (in Debian they are called:")
        say("    " + " ".join(dict.fromkeys(need.packages[0] for need in lacking)) + ")")
        return
    packages, unknown = choose(lacking, offered(name for need in lacking for name in need.packages))
    packages += [need.packages[-1] for need in unknown]
    say("This command installs them:")
    say(
        "    sudo apt-get update && sudo apt-get install -y --no-install-recommends "
        + " ".join(packages)
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("purpose", choices=["check", "run", "demo", "test", "bench", "exchange"])
    purpose = parser.parse_args().purpose
    needs = needed_for(purpose, has_display=reachable() is not None)
    lacking = missing(needs)
    if not lacking:
        return 0
    apt = shutil.which("apt-get") is not None
    root = way_to_root() if apt else None
    if root is not None:
        install(lacking, root)
        importlib.invalidate_caches()
        lacking = missing(lacking)
    if not lacking:
        return 0
    explain(lacking, apt=apt)
    return 1 if any(need.essential for need in lacking) else 0


if __name__ == "__main__":
    sys.exit(main())
