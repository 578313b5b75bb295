"""``zuoxi-server exchange-token``: with what the exchange tells of grades (M16, step ⑨)."""

from __future__ import annotations

import argparse
import sys
import time

from server.commands.storage import configuration_from, opened_beside
from server.service_tokens import EXCHANGE, drop_token, make_token


def run(options: argparse.Namespace) -> int:
    """The token alone on standard output, so that it can go into a file; words on the other."""
    settings = configuration_from(options).settings
    with opened_beside(settings) as database, database.write() as transaction:
        if options.revoke:
            there = drop_token(transaction, EXCHANGE)
        else:
            token = make_token(transaction, EXCHANGE, now=int(time.time()))
    if options.revoke:
        said = "The exchange's token is void." if there else "The exchange had no token."
        sys.stdout.write(f"{said}\n")
        return 0
    sys.stderr.write("The exchange's token, shown this once; the one before is void.\n")
    sys.stdout.write(f"{token}\n")
    return 0
