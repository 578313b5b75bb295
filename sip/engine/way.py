"""Which way leads to the exchange now, and who may ring because of that (step ①)."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

from sip.engine.network import (
    LOOPBACK,
    SIP_PORT,
    SIPS_PORT,
    Names,
    own_address_towards,
    parse_host,
)
from sip.messages import Configure, Transport

Network = ipaddress.IPv4Network
_ANY = "0.0.0.0"
_THIS_MACHINE = ipaddress.IPv4Network("127.0.0.0/8")


@dataclass(frozen=True, slots=True)
class Way:
    """``own``: the address to bind to; ``exchange``: the registrar's, "" when there is none."""

    own: str
    exchange: str


class WayFinder:
    """Asks the system; cheap enough for twice a second. The engine's thread only."""

    def __init__(self, wish: Configure) -> None:
        account = wish.account
        self._bound = wish.bind_address
        self._registrar = parse_host(account.registrar)
        self._exchange = tuple(parse_host(host).name for host in wish.exchange)
        self._domain = parse_host(account.domain).name if account.registrar else ""
        default = SIPS_PORT if wish.transports[0] is Transport.TLS else SIP_PORT
        self.port = self._registrar.port or default
        """The registrar's."""
        self._names = Names((self._registrar.name, self._domain, *self._exchange))

    @property
    def start(self) -> str:
        """Return the address to begin with, known or not."""
        way = self.find()
        return way.own if way is not None else LOOPBACK

    def find(self) -> Way | None:
        """Return the way as it is now, None when the exchange cannot be reached from here."""
        target = self._registrar.name or next(iter(self._exchange), "")
        if not target:
            return Way(self._bound or LOOPBACK, "")
        known = self._names.addresses(target)
        if not known:
            return None
        own = own_address_towards(known[0], self.port)
        if not own:
            return None
        bound = self._bound if self._bound != _ANY else ""
        return Way(bound or own, known[0] if self._registrar.name else "")

    def addresses(self, host: str) -> tuple[str, ...]:
        """Return what is known of ``host`` now; empty while nothing is."""
        return self._names.addresses(host)

    def look_again(self) -> None:
        self._names.look_again()

    def may_ring(self) -> frozenset[Network]:
        """Return whose calls are let in: the configured hosts, else the account's, else this
        machine's own."""
        hosts = self._exchange or (self._registrar.name, self._domain)
        addresses = {a for host in hosts if host for a in self._names.addresses(host)}
        if not any(hosts):
            return frozenset({_THIS_MACHINE})
        return frozenset(ipaddress.IPv4Network(address) for address in addresses)

    def stop(self) -> None:
        self._names.stop()
