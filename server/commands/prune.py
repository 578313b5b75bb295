"""``zuoxi-server prune``: forget what no seat needs to hear any more (step ⑨)."""

from __future__ import annotations

import argparse
import sys
import time

from server.commands.storage import configuration_from, opened_beside
from server.pruning import prune


def run(options: argparse.Namespace) -> int:
    with opened_beside(configuration_from(options).settings) as database:
        done = prune(database, time.time(), keep_days=options.keep_days)
    sys.stdout.write(
        f"{done.superseded} superseded entries and {done.tombstones} old deletions were "
        "taken out of the change log.\n"
    )
    return 0
