"""``zuoxi-server serve``: the server until it is told to stop (step ⑨)."""

from __future__ import annotations

import argparse
import importlib
import logging
from datetime import UTC, datetime

from sqlalchemy.exc import DBAPIError

from server.app import create_app
from server.commands.storage import configuration_from, make_directory, opened
from server.database import Database, explain
from server.errors import DatabaseError
from server.serve import Listen, check_listen, serve, watch_stdin

_log = logging.getLogger(__name__)


def run(options: argparse.Namespace) -> int:
    stop = watch_stdin() if options.exit_with_stdin else None
    settings = configuration_from(options).settings
    listen = Listen(settings.bind, settings.port, settings.tls_cert, settings.tls_key)
    check_listen(listen)
    make_directory(settings)
    with opened(settings) as database:
        if options.sample is not None:
            fill_sample(database, options.sample)
        app = create_app(settings, database=database)
        serve(app, listen, stop=stop, before_stop=app.state.services.hub.close)
    return 0


def fill_sample(database: Database, customers: int) -> None:
    """Make the sample centre, or give an older one what is new. Raises StartError,
    DatabaseError."""
    # Loaded only here: the sample centre brings a dictionary of pronunciations with it.
    sample, newer = map(importlib.import_module, ("server.sample.fill", "server.sample.top_up"))
    size = sample.SampleSize(today=datetime.now(UTC).astimezone().date(), customers=customers)
    try:
        rows = sample.fill_if_empty(database, size)
        newer.top_up(database, size)
    except DBAPIError as error:
        raise DatabaseError(explain(error)) from error
    if rows:
        _log.info("sample centre ready: agents 1001 to 1010, password '%s'", sample.PASSWORD)
