"""``zuoxi-server`` and ``python -m server``: reads the command line and runs one command (step ⑨).

Each command is a module loaded only when it is asked for: ``--version`` must not wait for a web
framework, and serving must not wait for the sample centre's dictionary.
"""

from __future__ import annotations

import gc
import importlib
import logging
import os
import sys
from collections.abc import Sequence
from types import ModuleType

from server.command_line import COMMANDS, build_parser
from server.errors import StartError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code, 1 after one sentence on stderr."""
    options = build_parser().parse_args(arguments)
    logging.basicConfig(
        level=logging.INFO, stream=sys.stderr, format="%(asctime)s %(levelname)s %(message)s"
    )
    for chatty in ("alembic", "uvicorn"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    os.umask(0o077)  # whatever is written here is about people
    try:
        code: int = _load(COMMANDS[options.command]).run(options)
    except StartError as error:
        sys.stderr.write(f"zuoxi-server: {error}\n")
        return 1
    except KeyboardInterrupt:
        return 130
    return code


def _load(name: str) -> ModuleType:
    """Import a command. Looking for garbage meanwhile finds none and costs a tenth of the start."""
    automatic = gc.isenabled()
    gc.disable()
    try:
        return importlib.import_module(name)
    finally:
        gc.freeze()
        if automatic:
            gc.enable()


if __name__ == "__main__":
    sys.exit(main())
