"""A package of the distribution and all it needs, unpacked into a folder of the user's cache.

apt does the work, with lists and a cache of its own: it trusts the keys and uses the mirror (and
the proxy) that this machine is set up with, and needs no right of root, because nothing is
installed. Where the machine's own release lacks the package, the same mirror's "sid" is asked.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

KEYRINGS = ("debian-archive-keyring.gpg", "ubuntu-archive-keyring.gpg")
LIMIT_S = 600


class UnavailableError(Exception):
    """The package cannot be had; the text is a sentence to show."""


def cache_folder() -> Path:
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "zuoxi" / "exchange"


def unpacked(package: str) -> Path:
    """The folder with the package and its dependencies; made when it is not there yet.

    Two callers at once are served one after the other, and a folder is there only when complete.
    """
    cache = cache_folder()
    folder = cache / package
    if folder.is_dir():
        return folder
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / f"{package}.lock").open("w", encoding="ascii") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not folder.is_dir():
            _say(f"Fetching {package} and what it needs into {folder} (once; some 80 MB) …")
            began = time.monotonic()
            with tempfile.TemporaryDirectory(dir=cache) as work:
                _download(package, Path(work)).rename(folder)
            _say(f"Done in {time.monotonic() - began:.0f} s.")
    return folder


def _download(package: str, work: Path) -> Path:
    if shutil.which("apt-get") is None or shutil.which("dpkg-deb") is None:
        raise UnavailableError(
            f"{package} is not installed, and without apt it cannot be fetched: install it"
            " (version 20 or newer) with this system's package manager."
        )
    apt = _private_apt(work)
    for source in _sources():
        (work / "sources.list").write_text(source + "\n", encoding="utf-8")
        if _run(apt, "apt-get", "update") and _has(apt, package):
            break
    else:
        raise UnavailableError(
            f"None of this machine's apt sources offers {package}: either it has no network now,"
            f" or its mirror has no such package. Install {package} (version 20 or newer)."
        )
    if not _run(apt, "apt-get", "-y", "--download-only", "install", package):
        raise UnavailableError(f"{package} could not be fetched; the lines above say why.")
    root = work / "root"
    for archive in sorted((work / "cache/archives").glob("*.deb")):
        subprocess.run(["dpkg-deb", "-x", archive, root], check=True)
    return root


def _private_apt(work: Path) -> tuple[str, ...]:
    for folder in ("state/lists/partial", "cache/archives/partial"):
        (work / folder).mkdir(parents=True)
    (work / "status").touch()  # nothing is installed: every dependency is fetched
    options = {
        "Dir::State": work / "state",
        "Dir::State::status": work / "status",
        "Dir::Cache": work / "cache",
        "Dir::Etc::sourcelist": work / "sources.list",
        "Dir::Etc::sourceparts": "/dev/null",
        "APT::Sandbox::User": "",
        "APT::Install-Recommends": "false",
        "Acquire::Languages": "none",
        "Acquire::Retries": "2",
        # A mirror may be a snapshot of some weeks ago; what it signed is checked all the same.
        "Acquire::Check-Valid-Until": "false",
    }
    return tuple(part for name, value in options.items() for part in ("-o", f"{name}={value}"))


def _sources() -> list[str]:
    """A sources.list for each attempt: the machine's own release, then Debian's newest."""
    listing = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(REPO_URI) $(RELEASE) $(COMPONENT)",
         "Created-By: Packages"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    targets = [line.split() for line in listing.stdout.splitlines() if line.count(" ") == 2]
    keys = next(
        (key for name in KEYRINGS if (key := Path("/usr/share/keyrings", name)).exists()), ""
    )
    signed = f"[signed-by={keys}] " if keys else ""
    own = [f"deb {signed}{uri} {release} {component}" for uri, release, component in targets]
    archives = [
        uri
        for uri, release, component in targets
        if component == "main" and uri.rstrip("/").endswith("/debian")
    ]
    newest = [f"deb {signed}{uri} sid main" for uri in dict.fromkeys(archives)]
    return (["\n".join(dict.fromkeys(own))] if own else []) + newest


def _has(apt: tuple[str, ...], package: str) -> bool:
    said = subprocess.run(
        ["apt-cache", *apt, "policy", package], capture_output=True, text=True, check=False,
        env={**os.environ, "LC_ALL": "C"},
    ).stdout  # fmt: skip
    return "Candidate: " in said and "Candidate: (none)" not in said


def _run(apt: tuple[str, ...], program: str, *words: str) -> bool:
    result = subprocess.run(
        [program, "-q", *apt, *words],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        errors="replace", check=False, timeout=LIMIT_S,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
    )  # fmt: skip
    if result.returncode:
        _say(f"{program} {' '.join(words)} failed:\n{result.stdout[-2000:]}")
    return result.returncode == 0


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
