"""The engine's side towards the network: sockets, registration, who may ring (step ①)."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable

from pjsua2 import pjsua2 as pj

from sip.engine.account import AccountNote, ConnectionMade, SipAccount
from sip.engine.callbacks import Invited
from sip.engine.endpoint import account_config, registrar_uri
from sip.engine.knock import Knocker
from sip.engine.registration import Registration
from sip.engine.strangers import Strangers
from sip.engine.transports import Transports
from sip.engine.waker import Waker
from sip.engine.way import Way, WayFinder
from sip.messages import Configure, Event, Transport

LOOK_S = 0.5
CONNECT_S = 1.0
"""How long a connection that the contact names may take before the seat registers without."""

_log = logging.getLogger(__name__)


class Outside:
    """Finds the way to the exchange and follows it when the machine's address changes.

    The engine's thread only. Raises ConfigurationError, OSError or pj.Error when nothing can be
    opened.
    """

    def __init__(
        self,
        *,
        endpoint: pj.Endpoint,
        wish: Configure,
        waker: Waker,
        send: Callable[[Event], None],
    ) -> None:
        self._wish = wish
        self._waker = waker
        self._send = send
        self._account: SipAccount | None = None
        self._registration: Registration | None = None
        self._moved = False
        self._looked_at = 0.0
        self._place = _new_place()
        self._connection = ""  # our end of the TLS connection to the exchange
        self._finder = WayFinder(wish)
        self._way: Way | None = Way(self._finder.start, "")
        self._config(self._way)  # unfit names end it here, before there is anything to undo
        self._knocker = Knocker()
        self._strangers = Strangers(send)
        self._strangers.let_in(self._finder.may_ring())
        self._transports = Transports(endpoint, wish)
        self._open(self._way.own)

    def join(self, account: SipAccount, *, on_moved: Callable[[], None]) -> None:
        """Begin with ``account``: it is created, and registered as soon as there is a way.

        ``on_moved`` is called when calls must be told where this machine is now.
        """
        self._account, self._on_moved = account, on_moved
        account.create(self._config(self._way or Way(self.address, "")))
        if self._wish.account.registrar:
            self._registration = Registration(
                account=account,
                target=registrar_uri(self._wish),
                send=self._send,
                on_registered=self._registered,
                on_silent=self._silent,
                move=self._move_in,
            )
            self._registration.find_way(self._connecting_s)

    @property
    def address(self) -> str:
        return self._transports.address

    @property
    def ports(self) -> tuple[tuple[str, int], ...]:
        return self._transports.ports

    @property
    def addresses(self) -> Callable[[str], tuple[str, ...]]:
        """What is known of the exchange's names, without waiting."""
        return self._finder.addresses

    @property
    def exchange_answers(self) -> bool:
        """Where nothing is registered nobody is asked, and it counts as answering."""
        return self._registration is None or self._registration.exchange_answers

    def admits(self, invitation: Invited) -> bool:
        """Whether this call may ring; else it is refused here."""
        return self._strangers.admits(invitation)

    def follow(self, note: AccountNote) -> None:
        """Work off what the library noted about the account."""
        if isinstance(note, ConnectionMade):
            self._connection = note.own
        if self._registration is not None:
            self._registration.follow(note)

    def register_now(self) -> None:
        self._finder.look_again()
        if self._registration is not None:
            self._registration.register_now()

    def look(self) -> None:
        """Do what is due; call it at every turn of the loop."""
        now = time.monotonic()
        if now - self._looked_at >= LOOK_S:
            self._looked_at = now
            self._strangers.let_in(self._finder.may_ring())
            self._look_for_way()
        self._strangers.look()
        if self._registration is not None:
            if self._knocker.nobody_there(now):
                self._registration.miss()
            self._registration.look()

    def leave(self) -> None:
        """Take the extension out of the exchange; ``gone`` says when that is done."""
        if self._registration is not None:
            self._registration.end()

    @property
    def gone(self) -> bool:
        return self._registration is None or not self._registration.registered

    def close(self) -> None:
        """Let go of everything that the library wants to close itself."""
        self._finder.stop()
        self._knocker.close()
        self._strangers.close()

    # --- the way ---------------------------------------------------------------------------------

    def _look_for_way(self) -> None:
        way = self._finder.find()
        if way == self._way:
            return
        self._way = way
        self._aim(way)
        if way is None:
            self._finder.look_again()
            if self._registration is not None:
                self._registration.lose_way()
            return
        if way.own != self._transports.address:
            try:
                self._move(way)
            except (pj.Error, OSError) as problem:  # gone again: the next look tries again
                _log.warning("the new address cannot be used: %s", problem)
                self._way = None
                return
        else:
            self._modify(way)
        if self._registration is not None:
            self._registration.find_way(self._connecting_s)

    @property
    def _connecting_s(self) -> float:
        """How long to wait for a connection before registering, in seconds."""
        named = self._wish.transports[0] is Transport.TLS
        return CONNECT_S if named and not self._connection else 0.0

    def _aim(self, way: Way | None) -> None:
        if self._wish.transports[0] is Transport.UDP:
            own, exchange = ("", "") if way is None else (way.own, way.exchange)
            self._knocker.aim(own, exchange, self._finder.port)

    def _move(self, way: Way) -> None:
        _log.warning("the address of this machine has changed")
        self._transports.drop_connections()
        self._open(way.own)
        self._modify(way)
        self._moved = True

    def _open(self, address: str) -> None:
        self._strangers.release()
        self._connection = ""
        self._transports.open(address)
        own = None
        for transport, port in self._transports.ports:
            if transport == Transport.UDP:
                own = self._waker.aim(address, port)
        self._strangers.guard(address, self._transports.ports, own)

    def _config(self, way: Way) -> pj.AccountConfig:
        return account_config(
            self._wish,
            bind_address=way.own,
            exchange=way.exchange,
            place=self._place,
            connection=self._connection,
        )

    def _modify(self, way: Way) -> None:
        if self._account is not None:
            self._account.modify(self._config(way))

    def _move_in(self) -> None:
        """Register with another contact; the library forgets the old one by itself."""
        self._place = _new_place()
        config = self._config(self._way or Way(self.address, ""))
        config.regConfig.disableRegOnModify = False
        assert self._account is not None
        self._account.modify(config)

    def _registered(self) -> None:
        if self._moved:
            self._moved = False
            self._on_moved()

    def _silent(self) -> None:
        self._finder.look_again()
        self._transports.drop_connections()


def _new_place() -> str:
    """Another one each time, also of an engine that takes over the port of one that died."""
    return os.urandom(4).hex()
