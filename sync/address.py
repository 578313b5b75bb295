"""Where the server is: an address that was checked once, before anything is sent to it."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit


def server_address(url: str) -> str:
    """The address without a trailing slash.

    Raises ValueError, with a sentence to show, unless it is ``https://host[:port][/path]`` and
    carries no user, query or fragment (those would travel with every request, or be lost).
    ``http`` is for this machine only: passwords and citizens' data would go in the clear.
    """
    words = f"the server's address must look like https://host or https://host:port, not {url!r}"
    parts = urlsplit(url)
    try:
        port_is_fine = parts.port != 0
    except ValueError:
        port_is_fine = False
    wrong = (
        parts.scheme not in ("http", "https")
        or not parts.hostname
        or not port_is_fine
        or "@" in parts.netloc
        or parts.query
        or parts.fragment
        or any(character.isspace() for character in url)
    )
    if wrong:
        raise ValueError(words)
    if parts.scheme == "http" and not is_loopback(url):
        raise ValueError(f"the server's address must begin with https://, not {url!r}")
    return url.rstrip("/")


def is_loopback(url: str) -> bool:
    """Whether the address never leaves this machine; such traffic must not go to a proxy."""
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
