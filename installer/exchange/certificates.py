"""A small certificate authority for one exchange, and the exchange's own certificate.

A site with an authority of its own puts its files in place of these three: ``ca.pem`` (what the
desks trust), ``exchange.pem`` and ``exchange.key``.
"""

from __future__ import annotations

import ipaddress
import subprocess
from collections.abc import Sequence
from pathlib import Path

YEARS = 5
_KEY = ("-newkey", "rsa:2048", "-nodes")


def make_certificates(folder: Path, names: Sequence[str]) -> None:
    """Write the three files unless they are there. ``names``: host names and addresses."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "ca.pem").exists():
        _openssl(
            "req", "-x509", *_KEY, "-days", str(YEARS * 366), "-subj", "/CN=Zuoxi exchange CA",
            "-addext", "keyUsage=critical,keyCertSign,cRLSign",
            "-keyout", folder / "ca.key", "-out", folder / "ca.pem",
        )  # fmt: skip
    if not (folder / "exchange.pem").exists():
        make_server_certificate(folder, "exchange", names)


def make_server_certificate(
    folder: Path, stem: str, names: Sequence[str], *, days: int = YEARS * 366
) -> None:
    """Sign a server certificate for ``names`` by the authority in ``folder``."""
    request, extensions = folder / f"{stem}.csr", folder / f"{stem}.ext"
    extensions.write_text(
        "basicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\nsubjectAltName="
        + ",".join(_alternative(name) for name in names),
        encoding="ascii",
    )
    _openssl(
        "req", "-new", *_KEY, "-subj", f"/CN={names[0]}",
        "-keyout", folder / f"{stem}.key", "-out", request,
    )  # fmt: skip
    _openssl(
        "x509", "-req", "-in", request, "-CA", folder / "ca.pem", "-CAkey", folder / "ca.key",
        "-CAcreateserial", "-days", str(days), "-extfile", extensions,
        "-out", folder / f"{stem}.pem",
    )  # fmt: skip
    request.unlink()
    extensions.unlink()


def _alternative(name: str) -> str:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return f"DNS:{name}"
    return f"IP:{name}"


def _openssl(*words: str | Path) -> None:
    subprocess.run(
        ["openssl", *words], check=True, capture_output=True, stdin=subprocess.DEVNULL, umask=0o077
    )
