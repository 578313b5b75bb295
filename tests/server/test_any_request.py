"""No request that anybody can think of breaks the server, in whatever role (schemathesis)."""

from __future__ import annotations

import os
from collections.abc import Iterator

import orjson
import pytest
from sqlalchemy import select

from server.openapi import document
from server.rights import Role
from server.tables import agents
from tests.server.acting import Agent
from tests.server.any_request import NEVER_ENDS, Player
from tests.server.running import Centre

TIMES = int(os.environ.get("ZUOXI_REQUESTS", "1"))
"""How many times as many requests: 1 in the suite, more when somebody has an hour."""

DOCUMENT = orjson.loads(document())
ROUTES = [
    (method.upper(), path, [Role(role) for role in operation.get("x-roles", Role)])
    for path, item in DOCUMENT["paths"].items()
    for method, operation in item.items()
    if path != NEVER_ENDS
]


@pytest.fixture
def peopled(centre: Centre) -> Iterator[Centre]:
    """A centre with one of everything that the routes ask for."""
    Agent(centre.database).apply(
        "interaction.save", "i1",
        {"agent_id": "a1", "direction": "incoming", "started_at": "2026-05-04T03:02:01Z"},
    )  # fmt: skip
    Agent(centre.database, "a3", "supervisor").apply("notice.save", "m1", {"title": "x"})
    yield centre
    with centre.database.read() as connection:
        assert connection.execute(select(agents.c.id)).first() is not None


@pytest.mark.parametrize("role", Role)
def test_nothing_that_is_sent_breaks_the_server(peopled: Centre, role: Role) -> None:
    player = Player(DOCUMENT, peopled.seat("a1", role))
    for place, (method, path, roles) in enumerate(ROUTES):
        # Each route is played long by one of the roles that may, in turn, and shortly by all.
        mine = roles[place % len(roles)] is role
        good, bad = (10, 5) if mine else (1, 0)
        player.play(method, path, good=good * TIMES, bad=bad * TIMES)
    assert player.statuses.get(200)
    assert not [status for status in player.statuses if status >= 500]
