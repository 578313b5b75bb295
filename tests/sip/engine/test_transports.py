"""The sockets of the phone after the machine's address changed."""

from __future__ import annotations

import pytest
from pjsua2 import pjsua2 as pj

from sip.engine.transports import Transports
from sip.messages import Account, Configure, SoundSettings, Transport


class _Endpoint:
    """A library that binds nothing for now."""

    def __init__(self) -> None:
        self.refuses = True
        self.bound = ""

    def transportCreate(self, _kind: int, config: pj.TransportConfig) -> int:
        if self.refuses:
            raise OSError("the address is not there yet")
        self.bound = config.boundAddress
        return 0

    def transportGetInfo(self, _number: int) -> pj.TransportInfo:
        info = pj.TransportInfo()
        info.localAddress = f"{self.bound}:5062"
        return info


def test_an_address_that_could_not_be_bound_is_not_taken_for_ours() -> None:
    endpoint = _Endpoint()
    transports = Transports(
        endpoint,
        Configure(
            incarnation=1,
            account=Account(user="1001"),
            sound=SoundSettings(backend="null"),
            transports=(Transport.UDP,),
        ),
    )
    with pytest.raises(OSError, match="not there yet"):
        transports.open("198.18.0.2")
    assert not transports.address  # else nobody would try to bind it again
    endpoint.refuses = False
    transports.open("198.18.0.2")
    assert (transports.address, transports.ports) == ("198.18.0.2", (("udp", 5062),))
