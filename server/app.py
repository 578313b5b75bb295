"""Puts the server together: one ASGI application over one database (step ⑨)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from anyio import to_thread
from fastapi import FastAPI
from starlette.routing import Route

from server import __version__
from server.accounts import Accounts
from server.database import Database, connect
from server.digest import Digests
from server.events import EventStream
from server.failures import answer_errors
from server.gate import Gate
from server.hearing import Hearing
from server.housekeeping import keep_house, keep_in_force
from server.hub import EventHub
from server.job_runner import JobRunner
from server.keys import KeyFile
from server.passwords import Passwords
from server.pushing import PagesToPush
from server.revocation import EndedSessions
from server.routes import (
    agents,
    audit,
    customers,
    days,
    editing,
    exports,
    grades,
    health,
    imports,
    knowledge,
    live,
    openapi,
    records,
    replication,
    sessions,
)
from server.schema import prepare
from server.services import Services
from server.settings import Settings
from server.tokens import TokenSigner

PREFIX = "/api/v1"
KEY_FILE = "token.key"


def create_app(
    settings: Settings,
    *,
    database: Database | None = None,
    clock: Callable[[], float] = time.time,
) -> FastAPI:
    """The whole server as an ASGI application; ``clock`` gives Unix seconds.

    Without ``database`` the configured one is opened, brought up to date and closed at the end of
    the application's life. Raises StartError.
    """
    services = _build(settings, database or open_database(settings), clock)
    app = FastAPI(
        title="Zuoxi server",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        telemetry={"tracing": False, "metrics": False, "logs": False},
        lifespan=_lifespan,
    )
    app.state.services = services
    for part in (
        agents, audit, customers, days, editing, exports, grades, health, imports, knowledge, live,
        openapi, records, replication, sessions,
    ):  # fmt: skip
        app.include_router(part.router, prefix=PREFIX)
    stream = EventStream(
        hub=services.hub,
        gate=services.gate,
        pages=PagesToPush(services.database),
        clock=clock,
        interval_s=settings.events_interval_s,
        comment_s=settings.events_comment_s,
    )
    app.router.routes.append(Route(f"{PREFIX}/events", stream))
    answer_errors(app)
    return app


def open_database(settings: Settings) -> Database:
    """The configured database with this version's tables. Raises StartError."""
    database = connect(settings)
    try:
        prepare(database)
    except BaseException:
        database.close()
        raise
    return database


def _build(settings: Settings, database: Database, clock: Callable[[], float]) -> Services:
    signer = TokenSigner(
        keys=KeyFile(settings.data_dir / KEY_FILE, clock=clock),
        lifetime_s=settings.access_lifetime_s,
        clock=clock,
    )
    passwords = Passwords()
    ended = EndedSessions(lifetime_s=settings.access_lifetime_s, clock=clock)
    hub = EventHub(clients_max=settings.event_clients_max)
    return Services(
        settings=settings,
        database=database,
        signer=signer,
        gate=Gate(signer=signer, ended=ended),
        passwords=passwords,
        accounts=Accounts(
            database=database, passwords=passwords, signer=signer, settings=settings, clock=clock
        ),
        hub=hub,
        hearing=Hearing(database=database, hub=hub, ended=ended),
        digests=Digests(database),
        jobs=JobRunner(database=database, clock=clock, folders=_job_folders(settings)),
        clock=clock,
    )


def _job_folders(settings: Settings) -> dict[Path, float]:
    """Where files lie that jobs are about, and for how many seconds."""
    return {
        settings.data_dir / imports.FOLDER: imports.LEFT_OVER_S,
        settings.data_dir / exports.FOLDER: settings.exports_kept_s,
    }


KEEPERS_END_S = 5.0
"""Who prunes a large database is not waited for: the transaction under way comes to nothing."""


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    services: Services = app.state.services
    services.hub.bind(asyncio.get_running_loop())
    await to_thread.run_sync(services.hearing.start)
    await to_thread.run_sync(services.jobs.start)
    keeping = [
        asyncio.create_task(keeper)
        for keeper in (
            keep_house(services.database, services.clock),
            keep_in_force(services.database, services.clock),
            services.hearing.keep_looking(),
            services.jobs.keep_tidy(),
        )
    ]
    yield
    for task in keeping:
        task.cancel()
    await asyncio.wait(keeping, timeout=KEEPERS_END_S)  # their threads give the database back
    services.hub.close()
    await to_thread.run_sync(services.jobs.stop)
    await to_thread.run_sync(services.hearing.stop)
    services.database.close()
