"""``zuoxi-server sample``: makes a sample centre (step ⑨)."""

from __future__ import annotations

import argparse
import sys
import time
from datetime import UTC, datetime

from sqlalchemy.exc import DBAPIError

from server.commands.storage import opened, settings_from
from server.database import explain
from server.errors import DatabaseError, StartError
from server.sample.fill import PASSWORD, fill_if_empty
from server.sample.parts import SampleSize


def run(options: argparse.Namespace) -> int:
    size = SampleSize(
        today=options.today or datetime.now(UTC).astimezone().date(),
        customers=options.customers,
        interactions_per_customer=options.interactions_per_customer,
        seed=options.seed,
    )
    started = time.perf_counter()
    with opened(settings_from(options)) as database:
        try:
            rows = fill_if_empty(database, size)
        except DBAPIError as error:
            raise DatabaseError(explain(error)) from error
    if not rows:
        raise StartError("This database is not empty; the sample centre needs one that is.")
    took_s = time.perf_counter() - started
    sys.stdout.write(
        f"{rows} rows in {took_s:.1f} s ({rows / took_s:.0f} a second). "
        f"Agents 1001 to 1010 sign in with the password '{PASSWORD}'.\n"
    )
    return 0
