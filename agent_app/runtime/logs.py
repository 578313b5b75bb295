"""What the desk writes about itself: a rotating file in the profile, warnings on stderr.

A log travels further than its machine, so no token and no phone number may be in it. The rule is
for those who write log lines; this is the net below them.
"""

from __future__ import annotations

import logging
import logging.handlers
import re
import sys
from pathlib import Path

FILE_BYTES = 1024 * 1024
FILES = 5

_PATTERN = re.compile(
    r"""
    (?P<keep>
        \b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b      # ids of calls
      | \b\d{4}-\d\d-\d\d[T\ ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?                      # times
      | \b0x[0-9a-f]+\b
    )
    | (?P<secret>
        \beyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?                                      # JWT
      | (?<=[Bb]earer\ )\S+
      | (?:(?<=password=)|(?<=password":)|(?<=token=)|(?<=token":)|(?<=secret=))\s*\S+
      | \b(?=[\w-]*[A-Za-z])(?=[\w-]*\d)[\w-]{32,}
    )
    | (?P<number> (?<![\w.]) \+? \(? \d (?:[\ ()./-]{0,2}\d){6,} )
    """,
    re.VERBOSE | re.IGNORECASE,
)


def redact(text: str) -> str:
    """The text without what looks like a token or a phone number (seven digits or more)."""
    return _PATTERN.sub(_replacement, text)


def _replacement(found: re.Match[str]) -> str:
    if found["keep"] is not None:
        return found["keep"]
    return "[secret]" if found["secret"] is not None else "[number]"


class RedactingFormatter(logging.Formatter):
    """Redacts the message, the exception and the stack, but not the time in front of them."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        record.message = redact(record.message)
        return super().formatMessage(record)

    def formatException(self, ei: object) -> str:  # noqa: N802 - logging's name
        return redact(super().formatException(ei))  # type: ignore[arg-type]

    def formatStack(self, stack_info: str) -> str:  # noqa: N802 - logging's name
        return redact(super().formatStack(stack_info))


def start_logging(folder: Path, *, level: int = logging.INFO) -> None:
    """Send everything from ``level`` to ``folder/desk.log`` (5 × 1 MB), warnings to stderr too.

    A disk that fills up later costs log lines, never the call: handlers do not raise.
    """
    logging.raiseExceptions = False
    pattern = RedactingFormatter("%(asctime)s %(levelname)s %(name)s %(message)s")
    file = logging.handlers.RotatingFileHandler(
        folder / "desk.log", maxBytes=FILE_BYTES, backupCount=FILES - 1, encoding="utf-8"
    )
    handlers: list[logging.Handler] = [file]
    if sys.stderr is not None:  # there is none under pythonw
        console = logging.StreamHandler()
        console.setLevel(logging.WARNING)
        handlers.append(console)
    root = logging.getLogger()
    for handler in handlers:
        handler.setFormatter(pattern)
        root.addHandler(handler)
    root.setLevel(level)
