"""What a site may choose about the server, with safe defaults (step ⑨).

``server.configuration`` reads it from a file, the environment and the command line; docs/server.md
says what each is for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """``database_url`` empty means the embedded SQLite file ``centre.db`` in ``data_dir``.

    ``data_dir`` also holds ``token.key``, the secret that signs access tokens; several server
    processes of one centre must be given the same one.
    """

    data_dir: Path
    database_url: str = field(default="", repr=False)  # may hold a password
    bind: str = "127.0.0.1"
    port: int = 8440
    tls_cert: Path | None = None
    tls_key: Path | None = None
    access_lifetime_s: int = 600
    refresh_lifetime_s: int = 30 * 86_400
    free_sign_in_failures: int = 4
    refresh_grace_s: int = 120
    lock_out_max_s: int = 300
    free_address_failures: int = 30
    lock_out_address_max_s: int = 30
    body_max_bytes: int = 8 * 1024 * 1024
    import_max_bytes: int = 256 * 1024 * 1024
    exports_kept_s: int = 86_400
    page_rows_max: int = 5_000
    operations_max: int = 100
    events_interval_s: float = 0.1
    events_comment_s: float = 15.0
    event_clients_max: int = 5_000
    busy_timeout_s: float = 5.0
