"""``zuoxi-server`` and ``python -m server``: reads the command line and runs one command (step ⑨).

Each command is a module loaded only when it is asked for: ``--version`` must not wait for a web
framework, and serving must not wait for the sample centre's dictionary.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import logging
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from types import ModuleType

from server import __version__
from server.errors import StartError

COMMANDS = {
    "serve": "server.commands.serve",
    "sample": "server.commands.sample",
    "check": "server.commands.check",
}
DEFAULT_SAMPLE = 2_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code, 1 after one sentence on stderr."""
    options = _parser().parse_args(arguments)
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
    gc.disable()
    try:
        return importlib.import_module(name)
    finally:
        gc.enable()
        gc.freeze()


def _default_data() -> Path:
    """Where a server keeps its data when nobody says: the user's data directory (XDG)."""
    if sys.platform == "win32":
        root = Path(os.environ.get("LOCALAPPDATA", "~/AppData/Local"))
    else:
        root = Path(os.environ.get("XDG_DATA_HOME") or "~/.local/share")
    return (root / "zuoxi" / "server").expanduser()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="zuoxi-server",
        description="The central server of Zuoxi: accounts, customers, interactions, knowledge.",
        epilog="Each command explains itself: zuoxi-server serve --help",
    )
    parser.add_argument("--version", action="version", version=f"zuoxi-server {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    serve = commands.add_parser("serve", help="run the server", description="Run the server.")
    _add_storage(serve)
    serve.add_argument(
        "--bind", default="127.0.0.1", metavar="ADDRESS",
        help="address to listen on; any but loopback needs TLS (default: %(default)s)",
    )  # fmt: skip
    serve.add_argument(
        "--port", type=_port, default=8440, help="port, 0 for a free one (default: %(default)s)"
    )
    serve.add_argument("--tls-cert", type=Path, metavar="FILE", help="certificate chain, PEM")
    serve.add_argument("--tls-key", type=Path, metavar="FILE", help="private key, PEM")
    serve.add_argument(
        "--sample", nargs="?", type=int, const=DEFAULT_SAMPLE, metavar="CUSTOMERS",
        help=f"fill an empty database with the sample centre first (default: {DEFAULT_SAMPLE})",
    )  # fmt: skip
    serve.add_argument(
        "--exit-with-stdin", action="store_true",
        help="stop when standard input closes, so that the server dies with its parent",
    )  # fmt: skip

    sample = commands.add_parser(
        "sample", help="fill an empty database with the sample centre",
        description="Fill an empty database with the sample centre: an invented tax line with "
        "customers, two years of calls and sample articles. Its agents 1001 to 1010 all sign in "
        "with the password 'practice'.",
    )  # fmt: skip
    _add_storage(sample)
    sample.add_argument(
        "--customers", type=int, default=DEFAULT_SAMPLE, metavar="N",
        help="how many, up to 1000000 (default: %(default)s)",
    )  # fmt: skip
    sample.add_argument(
        "--interactions-per-customer", type=int, default=10, metavar="N",
        help="past calls for each on average (default: %(default)s)",
    )  # fmt: skip
    sample.add_argument(
        "--seed", type=int, default=12366, metavar="N",
        help="the same seed makes the same centre (default: %(default)s)",
    )  # fmt: skip
    sample.add_argument(
        "--today", type=date.fromisoformat, metavar="YYYY-MM-DD",
        help="calls end the day before (default: today)",
    )  # fmt: skip

    check = commands.add_parser(
        "check", help="look whether the database is sound",
        description="Look whether the database is sound, and say what is in it.",
    )  # fmt: skip
    _add_storage(check)
    return parser


def _add_storage(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data", type=Path, default=_default_data(), metavar="DIR",
        help="directory of database and keys (default: %(default)s)",
    )  # fmt: skip
    parser.add_argument(
        "--database", default="", metavar="URL",
        help="postgresql://… instead of the SQLite file in the data directory",
    )  # fmt: skip


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65_535:
        raise argparse.ArgumentTypeError("a port is between 0 and 65535")
    return port


if __name__ == "__main__":
    sys.exit(main())
