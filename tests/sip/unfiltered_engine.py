"""The engine as on a system that cannot filter what reaches a socket."""

from __future__ import annotations

import os

from sip.engine import __main__ as engine
from sip.engine.socket_filter import SocketFilter


def _attach(*_arguments: object) -> None:
    """Guard nothing."""


if __name__ == "__main__":
    SocketFilter.attach = _attach  # type: ignore[method-assign,assignment]
    os._exit(engine.main())
