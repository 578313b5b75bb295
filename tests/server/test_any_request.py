"""No request that anybody can think of breaks the server, in whatever role (schemathesis)."""

from __future__ import annotations

import os
from collections.abc import Iterator

import orjson
import pytest
from sqlalchemy import insert, select

from server.database import Database
from server.openapi import document
from server.rights import Role
from server.tables import agents, attachment_files, attachments
from tests.server.acting import Agent
from tests.server.any_request import NEVER_ENDS, Player
from tests.server.running import Centre

TIMES = int(os.environ.get("ZUOXI_REQUESTS", "1"))
"""How many times as many requests: 1 in the suite, 50 by `make soak`."""

# A quarter of a minute of requests is too long for `make check`.
pytestmark = pytest.mark.processes

DOCUMENT = orjson.loads(document())
ROUTES = [
    (method.upper(), path, [Role(role) for role in operation.get("x-roles", Role)])
    for path, item in DOCUMENT["paths"].items()
    for method, operation in item.items()
    if path != NEVER_ENDS
]


def put_file(database: Database, content: str = "hello") -> None:
    facts = {"id": "f1", "name": "a.txt", "media_type": "text/plain", "size": 5, "digest": ""}
    with database.write() as transaction:
        transaction.connection.execute(insert(attachments).values(**facts, article_id="k1"))
        transaction.connection.execute(
            insert(attachment_files).values(**facts, content=content.encode())
        )


@pytest.fixture
def peopled(centre: Centre) -> Iterator[Centre]:
    """A centre with one of everything that the routes ask for."""
    Agent(centre.database).apply(
        "interaction.save", "i1",
        {"agent_id": "a1", "direction": "incoming", "started_at": "2026-05-04T03:02:01Z"},
    )  # fmt: skip
    Agent(centre.database, "a3", "supervisor").apply("notice.save", "m1", {"title": "x"})
    Agent(centre.database).apply("gap.save", "g1", {"asked": "几号截止？"})
    editor = Agent(centre.database, role="knowledge-editor")
    editor.apply("draft.save", "d1", {"title": "x", "article_id": "k1", "base_version": 2})
    put_file(centre.database)
    yield centre
    with centre.database.read() as connection:
        assert connection.execute(select(agents.c.id)).first() is not None


PLAYED = [
    *(pytest.param("sqlite", role, id=f"sqlite-{role}") for role in Role),
    *(
        pytest.param("postgresql", role, id=f"postgresql-{role}")
        for role in (Role.SUPERVISOR, Role.ADMINISTRATOR)  # these two reach nearly everything
    ),
]
COSTLY = ("/sign-in", "/password", "/agents/{agent_id}/password")
"""These hash a password each time."""


@pytest.mark.parametrize(("settings", "role"), PLAYED, indirect=["settings"])
def test_nothing_that_is_sent_breaks_the_server(peopled: Centre, role: Role) -> None:
    player = Player(DOCUMENT, peopled.seat("a1", role))
    for place, (method, path, roles) in enumerate(ROUTES):
        # Each route is played long by one of the roles that may, in turn, and shortly by all.
        mine = bool(roles) and roles[place % len(roles)] is role
        good, bad = (3, 2) if path in COSTLY else (10, 5)
        player.play(
            method, path, good=good * TIMES if mine else TIMES, bad=bad * TIMES if mine else 0
        )
    assert player.statuses.get(200)
    assert not [status for status in player.statuses if status >= 500]
