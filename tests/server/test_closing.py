"""A server that ends leaves no connection behind."""

from __future__ import annotations

import pytest
from sqlalchemy import event, text

from server.database import Database, connect
from server.settings import Settings
from tests.server.conftest import ON_BOTH


@pytest.mark.parametrize("settings", ON_BOTH, indirect=True)
def test_a_connection_that_was_at_work_is_closed_when_it_comes_back(settings: Settings) -> None:
    database, closed = connect(settings), list[object]()
    with database.read() as connection:
        raw = connection.connection.driver_connection
        event.listen(connection.engine, "close", lambda one, _entry: closed.append(one))
        database.close()
        assert connection.execute(text("SELECT 1")).scalar() == 1  # it ends what it began
    assert closed == [raw]


@pytest.mark.parametrize("settings", ON_BOTH, indirect=True)
def test_who_asks_once_more_after_the_end_is_answered(database: Database) -> None:
    database.close()
    for _ in range(2):
        with database.read() as connection:
            assert connection.execute(text("SELECT 1")).scalar() == 1
