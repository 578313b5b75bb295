"""A cookie of its own for a private X server, so that nobody else on the machine gets in."""

from __future__ import annotations

import secrets
import struct
from pathlib import Path

FAMILY_WILD = 0xFFFF
PROTOCOL = b"MIT-MAGIC-COOKIE-1"


def write_cookie(path: Path) -> None:
    """An Xauthority file with one random cookie that fits every display number.

    The format (Xau(3)): family, then address, number, name and data, each a big-endian 16-bit
    length and its bytes.
    """
    fields = (b"", b"", PROTOCOL, secrets.token_bytes(16))
    entry = struct.pack(">H", FAMILY_WILD)
    entry += b"".join(struct.pack(">H", len(value)) + value for value in fields)
    path.touch(mode=0o600)
    path.write_bytes(entry)
