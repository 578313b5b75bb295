"""``zuoxi-server settings``: which settings hold, and where each was found (step ⑨)."""

from __future__ import annotations

import argparse
import sys

import orjson
from sqlalchemy.engine.url import make_url
from sqlalchemy.exc import ArgumentError

from server.commands.storage import configuration_from
from server.configuration import KEYS, has_password

HIDDEN = "***"


def run(options: argparse.Namespace) -> int:
    """Write the settings as lines that ``server.toml`` may hold."""
    configuration = configuration_from(options)
    for name in KEYS:
        value = getattr(configuration.settings, name)
        if name == "database_url":
            value = without_password(value)
        text = value if isinstance(value, int | float) else str(value or "")
        line = f"{name} = {orjson.dumps(text).decode()}"
        sys.stdout.write(f"{line:<50} # {configuration.sources[name]}\n")
    return 0


def without_password(url: str) -> str:
    """Fit to be shown; all of it hidden where a password may stand in an odd place."""
    try:
        shown = make_url(url).render_as_string(hide_password=True) if url else ""
    except (ArgumentError, ValueError):
        return HIDDEN
    return HIDDEN if has_password(shown.replace(f":{HIDDEN}@", "@")) else shown
