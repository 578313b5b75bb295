"""Certificates that are right, and every way in which they can be wrong."""

from __future__ import annotations

from pathlib import Path

from installer.exchange.certificates import make_certificates, make_server_certificate

WRONG = ("other", "old", "foreign/exchange")
"""Of another name, expired, and from an authority that nobody here trusts."""


def make_all_certificates(folder: Path) -> Path:
    """``ca.pem`` is trusted, ``exchange.*`` right for 127.0.0.1; beside them those of ``WRONG``."""
    make_certificates(folder, ["127.0.0.1"])
    make_server_certificate(folder, "other", ["other.example"])
    make_server_certificate(folder, "old", ["127.0.0.1"], days=-1)
    make_certificates(folder / "foreign", ["127.0.0.1"])
    return folder
