"""The exchange that a session's tests share; import it into a conftest."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.exchange.asterisk import Exchange
from tests.exchange.asterisk import exchange as running_exchange


@pytest.fixture(scope="session")
def exchange() -> Iterator[Exchange]:
    with running_exchange() as running:
        yield running
