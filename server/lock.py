"""Keeps two servers from working in one data directory (step ⑨).

The lock belongs to the process: the system drops it when the process ends, however it ends, so a
lock file that is left behind means nothing.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from server.errors import StartError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

FILE_NAME = "server.lock"


class DirectoryLock:
    """A context manager; entering raises StartError while another process has the directory."""

    def __init__(self, directory: Path) -> None:
        self._path = directory / FILE_NAME
        self._handle = -1

    def __enter__(self) -> Self:
        try:
            self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise StartError(f"{self._path} cannot be written ({error.strerror}).") from error
        try:
            if sys.platform == "win32":
                msvcrt.locking(self._handle, msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(self._handle)
            raise StartError(
                f"Another zuoxi-server already works in {self._path.parent}."
            ) from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.close(self._handle)
