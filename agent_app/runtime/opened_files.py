"""Files that another program is to open, kept as long as the desk runs (step ⑥)."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path

_UNFIT = re.compile(r'[\x00-\x1f<>:"/\\|?*\x7f]')
_LONGEST = 100
"""Code points of a name: file systems count bytes, and stop at 255."""


class OpenedFiles:
    """A folder that only this user can read; made at the first file, gone with ``close``.

    ``keep`` may be called from any thread, one at a time.
    """

    def __init__(self, within: Path | None = None) -> None:
        self._within = within
        self._folder: Path | None = None

    def keep(self, name: str, content: bytes) -> Path:
        """Write a file under its own name, as far as a file may be called so. Raises OSError."""
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="zuoxi-", dir=self._within))
        place = Path(tempfile.mkdtemp(dir=self._folder)) / fit_name(name)
        place.write_bytes(content)
        place.chmod(0o400)
        return place

    def close(self) -> None:
        """What another program holds open stays where the system cannot delete it."""
        folder, self._folder = self._folder, None
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)


def fit_name(name: str) -> str:
    """A name without a path, that every file system takes; its ending stays."""
    fit = _UNFIT.sub("_", name).strip(" .") or "file"
    ending = Path(fit).suffix[:16]
    return fit[: _LONGEST - len(ending)].removesuffix(ending).rstrip(" .") + ending
