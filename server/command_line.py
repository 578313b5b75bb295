"""What can be typed after ``zuoxi-server`` (step ⑨).

Apart from the commands themselves, which are loaded only when they run: ``--help`` must not wait
for a web framework.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeAlias

from server import __version__

DEFAULT_SAMPLE = 2_000

COMMANDS = {
    "init": "server.commands.init",
    "agent": "server.commands.agent",
    "serve": "server.commands.serve",
    "backup": "server.commands.backup",
    "restore": "server.commands.restore",
    "check": "server.commands.check",
    "prune": "server.commands.prune",
    "rotate": "server.commands.rotate",
    "exchange-token": "server.commands.exchange_token",
    "settings": "server.commands.settings",
    "sample": "server.commands.sample",
}
"""The module of each command."""

_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # no public name
_Add = Callable[..., argparse.ArgumentParser]


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="zuoxi-server",
        description="The central server of Zuoxi: accounts, customers, interactions, knowledge.",
        epilog="Each command explains itself: zuoxi-server serve --help",
    )
    parser.add_argument("--version", action="version", version=f"zuoxi-server {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    add = _adder(commands)
    _add_init(add)
    agent = "add, list, import, change accounts"
    _add_agent(commands.add_parser("agent", help=agent, description=f"{agent.capitalize()}."))
    _add_serve(add)
    _add_sample(add)
    add(
        "check", "look whether the database is sound",
        "Look whether the database is sound, and say what is in it. May run beside a server.",
    )  # fmt: skip
    _add_upkeep(add)
    add(
        "settings", "print the settings that hold",
        "Print the settings that hold, and where each was found. Passwords are left out.",
    )  # fmt: skip
    return parser


def _adder(commands: _Commands) -> _Add:
    """Makes commands that all know where the data are."""

    def add(name: str, help_: str, description: str = "") -> argparse.ArgumentParser:
        made = commands.add_parser(
            name, help=help_, description=description or f"{help_[0].upper()}{help_[1:]}."
        )
        _add_storage(made)
        return made

    return add


def _add_storage(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--config", type=Path, metavar="FILE",
        help="settings file (default: server.toml in the data directory)",
    )  # fmt: skip
    parser.add_argument("--data", type=Path, metavar="DIR", help="directory of database and keys")
    parser.add_argument(
        "--database", metavar="URL",
        help="postgresql://… instead of the SQLite file in the data directory; better in the "
        "settings file or in ZUOXI_SERVER_DATABASE_URL, which no list of processes shows",
    )  # fmt: skip
    parser.add_argument(
        "--no-settings", action="store_true",
        help="take nothing from a settings file or the environment",
    )  # fmt: skip


def _add_serve(add: _Add) -> None:
    serve = add("serve", "run the server")
    serve.add_argument(
        "--bind", metavar="ADDRESS",
        help="address to listen on; any but loopback needs TLS (default: 127.0.0.1)",
    )  # fmt: skip
    serve.add_argument("--port", type=_port, help="port, 0 for a free one (default: 8440)")
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


def _add_init(add: _Add) -> None:
    init = add(
        "init", "make a centre with its first administrator",
        "Make a centre in an empty database: its tables, its settings and an administrator, whose "
        "password is asked for, or read from standard input.",
    )  # fmt: skip
    init.add_argument("--login", default="admin", help="of the administrator (default: admin)")
    init.add_argument("--name", default="", help="of the administrator (default: the login)")
    _add_generate(init)


def _add_agent(agent: argparse.ArgumentParser) -> None:
    add = _adder(agent.add_subparsers(dest="act", required=True, metavar="ACT"))
    new = add("add", "add an account; its password as for init")
    new.add_argument("login", metavar="LOGIN")
    new.add_argument("--name", default="", help="shown to colleagues (default: the login)")
    new.add_argument("--extension", default="", help="digits, at the exchange")
    new.add_argument("--role", default="agent", help="default: agent")
    new.add_argument("--skills", type=_list, default=[], metavar="A,B", help="best first")
    _add_generate(new)
    add("list", "list all accounts, columns separated by tabs")
    many = add(
        "import", "add the accounts of a CSV file",
        "Add the accounts of a CSV file with the columns login, name, extension, role and skills: "
        "all, or none when a row is bad.",
    )  # fmt: skip
    many.add_argument("file", type=Path, metavar="FILE")
    many.add_argument(
        "--passwords", type=Path, metavar="FILE", help="a new file for the generated passwords"
    )
    many.add_argument("--dry-run", action="store_true", help="only say what is wrong with the file")
    again = add("password", "give an account a new password, as for init")
    again.add_argument("login", metavar="LOGIN")
    _add_generate(again)
    for act, does in (("disable", "end an account's sessions, let it sign in no more"),
                      ("enable", "let an account sign in again")):  # fmt: skip
        add(act, does).add_argument("login", metavar="LOGIN")


def _add_generate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--generate", action="store_true", help="generate the password and show it once"
    )


def _add_upkeep(add: _Add) -> None:
    backup = add(
        "backup", "copy the whole centre into one file",
        "Copy the whole centre into one file, open the copy and compare every row. May run beside "
        "a server. The file holds everything, whole ID numbers too: keep it like the database.",
    )  # fmt: skip
    backup.add_argument("file", type=Path, metavar="FILE", help="a file that is not there yet")
    restore = add(
        "restore", "bring a backup back",
        "Bring a backup back, into SQLite or PostgreSQL, whichever it was made from. The servers "
        "must be stopped.",
    )  # fmt: skip
    restore.add_argument("file", type=Path, metavar="FILE", help="what backup has made")
    restore.add_argument(
        "--replace", action="store_true",
        help="also where there is a centre already, which is kept aside",
    )  # fmt: skip
    rotate = add(
        "rotate", "exchange the secret that signs access tokens",
        "Exchange the secret that signs access tokens. May run beside a server; nobody has to "
        "sign in again.",
    )  # fmt: skip
    rotate.add_argument(
        "--forget-old", action="store_true",
        help="refuse tokens of the old secret at once, because others may know it",
    )  # fmt: skip
    token = add(
        "exchange-token", "make the token with which the exchange tells callers' grades",
        "Make the token with which the exchange tells what callers pressed after their calls; the "
        "one before is void. It goes to standard output alone.",
    )  # fmt: skip
    token.add_argument("--revoke", action="store_true", help="only make the one before void")
    prune = add(
        "prune", "take out of the change log what no seat needs",
        "Take out of the change log what was superseded, and deletions that are older than all "
        "seats' absences. May run beside a server.",
    )  # fmt: skip
    prune.add_argument(
        "--keep-days", type=_days, default=90, metavar="N",
        help="a seat that was away for longer starts over (default: %(default)s)",
    )  # fmt: skip


def _add_sample(add: _Add) -> None:
    sample = add(
        "sample", "fill an empty database with the sample centre",
        "Fill an empty database with the sample centre: an invented tax line with "
        "customers, two years of calls and sample articles. Its agents 1001 to 1010 all sign in "
        "with the password 'practice'.",
    )  # fmt: skip
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


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65_535:
        raise argparse.ArgumentTypeError("a port is between 0 and 65535")
    return port


def _list(text: str) -> list[str]:
    return [each.strip() for each in text.split(",") if each.strip()]


def _days(text: str) -> int:
    days = int(text)
    if not 1 <= days <= 10_000:
        raise argparse.ArgumentTypeError("between 1 and 10000 days")
    return days
