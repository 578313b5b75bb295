"""Where one seat keeps its things on this machine, and that only one desk has them open.

Two desks on one store would deliver each other's summaries and fight over drafts, so the profile is
locked for as long as the process lives. The kernel gives the lock back however the process ends:
a desk that was killed starts again at once.
"""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from types import TracebackType

import platformdirs

from agent_app.runtime.errors import ProfileError, ProfileInUseError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

APPLICATION = "zuoxi"
_PRIVATE = 0o700
_NUMBER_AT = 1  # Windows lets nobody read the locked byte, which is the first


def usual_profile(name: str) -> Path:
    """Where ``name`` ("practice", "duty") keeps its things unless told otherwise."""
    return Path(platformdirs.user_data_dir(APPLICATION, appauthor=False)) / name


class Profile:
    """One folder; use it as a context manager, which locks it. Raises ProfileError."""

    def __init__(self, root: Path | None = None) -> None:
        """``root`` as given on the command line, else the user's data folder (XDG, AppData)."""
        self.root = root or Path(platformdirs.user_data_dir(APPLICATION, appauthor=False))
        self._lock: int | None = None

    @property
    def settings_file(self) -> Path:
        return self.root / "settings.toml"

    @property
    def store(self) -> Path:
        """The folder of the encrypted files."""
        return self.root / "store"

    @property
    def salt_file(self) -> Path:
        return self.root / "store.salt"

    @property
    def identity_file(self) -> Path:
        """Who was signed in here last."""
        return self.root / "identity.json"

    @property
    def window_file(self) -> Path:
        """Where the window stood."""
        return self.root / "window.ini"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def crashes(self) -> Path:
        return self.root / "crashes"

    @property
    def practice_server(self) -> Path:
        """The embedded server's data in the practice centre."""
        return self.root / "practice-server"

    def __enter__(self) -> Profile:
        try:
            for folder in (self.root, self.store, self.logs, self.crashes):
                folder.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
                if os.name == "posix":
                    folder.chmod(_PRIVATE)  # mkdir leaves a folder that was there as it was
            self._take_lock()
        except OSError as error:
            raise ProfileError(_sentence(error, self.root)) from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _take_lock(self) -> None:
        handle = os.open(self.root / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if sys.platform == "win32":
                msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # A full disk is found here, not when the first summary is saved.
            os.lseek(handle, _NUMBER_AT, os.SEEK_SET)
            os.write(handle, b"%-10d\n" % os.getpid())
            os.fsync(handle)
        except OSError as error:
            owner = _owner(handle)
            os.close(handle)
            if error.errno in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):
                raise ProfileInUseError(
                    f"Zuoxi is open already with this profile ({self.root}{owner})."
                    " Use its window, or start this one with another --profile."
                ) from error
            raise
        self._lock = handle


def _owner(handle: int) -> str:
    """Who holds the lock, as far as the file tells."""
    os.lseek(handle, _NUMBER_AT, os.SEEK_SET)
    number = os.read(handle, 32).strip()
    return f", process {number.decode()}" if number.isdigit() else ""


def _sentence(error: OSError, folder: Path) -> str:
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return f"The disk is full: there is no room for Zuoxi's data in {folder}."
        case errno.EROFS | errno.EACCES | errno.EPERM:
            return f"Zuoxi may not write in {folder}: make the folder writable or use --profile."
        case errno.ENOTDIR | errno.EEXIST:
            return f"{error.filename} is a file where Zuoxi needs a folder: move it away."
        case _:
            return f"Zuoxi cannot use {folder}: {error.strerror or error}."
