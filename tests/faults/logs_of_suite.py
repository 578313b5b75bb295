"""What the whole suite's desks, engines and servers wrote about themselves, looked through once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tests.faults.clear_text import Find

LOGS = ("desk.log*", "server.log*", "engine.log*", "crash-*.txt", "fault.txt", "core", "core.*")
TOO_LARGE = 64 * 1024 * 1024

SIGNS = {
    "token": re.compile(rb"\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}"),
    "password": re.compile(rb"a long enough password"),  # the one that the tests sign in with
    "mobile number": re.compile(rb"(?<![\w.-])(?:\+?86)?1[3-9]\d{9}(?![\w.-])"),
    "ID number": re.compile(
        rb"(?<![\w.-])\d{6}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx](?![\w.-])"
    ),
}


def finds_in_logs(place: Path) -> Iterator[Find]:
    """Signs of what a log must not hold, in every log and crash file under ``place``."""
    for pattern in LOGS:
        for path in place.rglob(pattern):
            if path.is_file() and path.stat().st_size <= TOO_LARGE:
                content = path.read_bytes()
                for what, sign in SIGNS.items():
                    if sign.search(content):
                        yield Find(path, what, "plain")
