"""Keeps the ``import`` of Python when PySide6 comes (step ⑤, at the start)."""

from __future__ import annotations

import builtins
import importlib


def keep_imports_plain() -> None:
    """Load shiboken6, and put back the ``__import__`` that it exchanges.

    Its own one serves ``from __feature__ import …``, which nobody here writes, and for that reads
    the source of every module that is imported afterwards; ``linecache`` keeps all of it: 26 MiB
    and a tenth of a second of each start. Where shiboken6 was there before, nothing changes.
    """
    plain = builtins.__import__
    importlib.import_module("shiboken6")
    builtins.__import__ = plain
