"""Every test of this folder may use the exchange."""

from __future__ import annotations

from tests.exchange.fixtures import exchange

__all__ = ["exchange"]
