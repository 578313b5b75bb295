"""Stories with two desks need the exchange."""

from __future__ import annotations

from tests.exchange.fixtures import exchange

__all__ = ["exchange"]
