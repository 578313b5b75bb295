"""An exchange at the near end of a wire; the desks' engines run at the far end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from sip.messages import Transport
from tests.exchange.asterisk import Exchange
from tests.exchange.asterisk import exchange as running_exchange
from tests.network.wire import Wire, wire
from tests.sip.seat import Seat, recording


@dataclass(frozen=True, slots=True)
class Line:
    """The wire and who is at its near end."""

    wire: Wire
    exchange: Exchange

    def desk(self, folder: Path, transport: Transport = Transport.UDP) -> tuple[Seat, Path]:
        """A desk at the far end, and the file with what its speaker plays."""
        agent = self.exchange.agent(encrypted=transport is Transport.TLS)
        heard = folder / f"{agent.user}-heard.wav"
        seat = Seat(
            agent.user,
            account=self.exchange.account(agent, transport),
            transports=(transport,),
            bind_address="",
            command=self.wire.engine,
            sound=recording(heard),
        )
        return seat, heard


@pytest.fixture
def line() -> Iterator[Line]:
    with (
        wire() as laid,
        running_exchange(lambda plan: replace(plan, address=laid.near)) as exchange,
    ):
        yield Line(laid, exchange)
