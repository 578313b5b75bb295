"""Who was signed in on this seat last: no secret, but needed before the server can be asked.

The desk opens from its cache in the time it takes to paint a window; whose desk it is must be known
by then, also when the server is away.
"""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass, fields
from pathlib import Path

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Identity:
    """The agent as the server named her at her last sign-in."""

    agent_id: str
    login: str
    name: str
    extension: str
    role: str = ""


def load_identity(file: Path) -> Identity | None:
    """The identity in ``file``; None where there is none or it is not one."""
    try:
        data = json.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        _log.warning("who was signed in last cannot be read: %s", type(error).__name__)
        return None
    names = {item.name for item in fields(Identity)}
    if not isinstance(data, dict) or not names - {"role"} <= set(data) <= names:
        return None
    if not all(isinstance(value, str) for value in data.values()):
        return None
    return Identity(**data)


def save_identity(file: Path, identity: Identity) -> None:
    """Keep it for the next start; a disk that refuses costs only that."""
    fresh = file.with_suffix(".new")
    try:
        fresh.write_text(json.dumps(asdict(identity), ensure_ascii=False), "utf-8")
        fresh.replace(file)
    except OSError as error:
        _log.warning("who is signed in cannot be kept: %s", error.strerror)
