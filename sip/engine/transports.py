"""The sockets that SIP runs over, on the one address that leads to the exchange (step ①)."""

from __future__ import annotations

import contextlib
import importlib
import logging
import socket
from pathlib import Path

from pjsua2 import pjsua2 as pj

from sip.messages import Configure, Transport

_TYPES = {
    Transport.UDP: pj.PJSIP_TRANSPORT_UDP,
    Transport.TCP: pj.PJSIP_TRANSPORT_TCP,
    Transport.TLS: pj.PJSIP_TRANSPORT_TLS,
}
GIVE_UP_MS = 3_000
"""A connection whose bytes nobody confirms for so long is given up, also while it is made."""

_log = logging.getLogger(__name__)


class ConfigurationError(Exception):
    """What Configure asks for cannot be had (a port in use, an address that is not ours)."""


class Transports:
    """What Configure wants, bound to one address. The engine's thread only."""

    def __init__(self, endpoint: pj.Endpoint, wish: Configure) -> None:
        self._endpoint = endpoint
        self._wish = wish
        self._open: dict[Transport, int] = {}
        self.address = ""
        self.ports: tuple[tuple[str, int], ...] = ()

    @property
    def secure(self) -> bool:
        """Whether nothing can leave this engine but through TLS."""
        return set(self._wish.transports) == {Transport.TLS}

    def open(self, address: str) -> None:
        """Bind all of them to ``address``, with the ports they had. Raises pj.Error, OSError,
        ConfigurationError; there is no ``address`` then."""
        ports = dict(self.ports)
        self.close()
        self.address = ""
        self.ports = tuple(
            (wanted.value, self._bind(wanted, address, ports.get(wanted, self._wish.port)))
            for wanted in self._wish.transports
        )
        self.address = address

    def close(self) -> None:
        for number in self._open.values():
            with contextlib.suppress(pj.Error):
                self._endpoint.transportClose(number)
        self._open.clear()

    def drop_connections(self) -> None:
        """Give up every TCP and TLS connection: the next request opens a new one.

        Over a dead one the system would send again after a pause that has grown to many seconds.
        """
        if set(self._wish.transports) == {Transport.UDP}:
            return
        change = pj.IpChangeParam()
        change.restartListener, change.shutdownTransport = False, True
        with contextlib.suppress(pj.Error):
            self._endpoint.handleIpChange(change)

    def _bind(self, wanted: Transport, address: str, port: int) -> int:
        config = pj.TransportConfig()
        config.boundAddress, config.port = address, port
        if wanted is Transport.TCP:
            config.sockOptParams = _give_up_soon()
        elif wanted is Transport.TLS:
            _secure(config.tlsConfig, self._wish.account.ca_file)
        number = self._endpoint.transportCreate(_TYPES[wanted], config)
        self._open[wanted] = number
        info = self._endpoint.transportGetInfo(number)
        return int(info.localAddress.rpartition(":")[2])


def _give_up_soon() -> pj.SockOptParams:
    options = pj.SockOptParams()
    if hasattr(socket, "TCP_USER_TIMEOUT"):  # Linux
        option = pj.SockOpt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, GIVE_UP_MS)
        options.sockOpts.append(option)
    return options


def _secure(tls: pj.TlsConfig, ca_file: str) -> None:
    """Let only an exchange in that an authority vouches for, by TLS 1.2 or later."""
    tls.proto = pj.PJ_SSL_SOCK_PROTO_TLS1_2 | pj.PJ_SSL_SOCK_PROTO_TLS1_3
    tls.verifyServer = True
    tls.enableRenegotiation = False
    tls.msecTimeout = GIVE_UP_MS
    tls.sockOptParams = _give_up_soon()
    if ca_file:
        if not Path(ca_file).is_file():
            raise ConfigurationError(f"there is no file {ca_file} with certificate authorities")
        tls.CaListFile = ca_file
    else:
        importlib.import_module("sip.engine.authorities").trust_the_systems(tls)
