"""As many connections as the system allows: a thousand seats are more than its usual 1024 files."""

from __future__ import annotations

import sys

if sys.platform != "win32":
    import resource

WANTED = 65_536


def allow_many() -> None:
    """Raise this process's own limit of open files as far as it may; Windows has none."""
    if sys.platform == "win32":
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = WANTED if hard == resource.RLIM_INFINITY else min(WANTED, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
