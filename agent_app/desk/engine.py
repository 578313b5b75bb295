"""The seat's one engine, whichever account it runs with (steps ① and ②)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from agent_app.settings import AccountSettings
from sip import messages as m
from sip.client import EngineClient


class SeatEngine:
    """Starts, ends and replaces the engine's client. Belongs to the event loop."""

    def __init__(self, make: Callable[[AccountSettings, str], EngineClient]) -> None:
        """``make`` builds a client for an account and its password; it is not started yet."""
        self._make = make
        self._client: EngineClient | None = None

    @property
    def engine(self) -> m.EngineReady | None:
        """What the running engine said of itself, None while there is none."""
        return None if self._client is None else self._client.engine

    @property
    def ready(self) -> bool:
        return self.engine is not None

    @property
    def incarnation(self) -> int:
        """The number of the engine that runs or is being started; 0 before the first."""
        return 0 if self._client is None else self._client.incarnation

    @property
    def local_uri(self) -> str:
        """Where this engine can be called directly, "" without one."""
        return "" if self._client is None else self._client.local_uri

    def send(self, command: m.Command) -> None:
        """Hand ``command`` to the engine; never waits. Before ``start`` nobody hears it."""
        if self._client is not None:
            self._client.send(command)

    def new_line(self) -> m.LineId:
        assert self._client is not None, "the phone is ready"
        return self._client.new_line()

    async def start(self, account: AccountSettings, password: str) -> None:
        """Run with this account; an engine that runs is ended first, and every call with it."""
        await self.stop()
        self._client = self._make(account, password)
        await self._client.start()

    async def stop(self) -> None:
        if self._client is not None:
            await self._client.stop()


def sip_account(account: AccountSettings, *, password: str, extension: str, name: str) -> m.Account:
    """The account as the engine takes it; extension and name are the signed-in agent's."""
    return replace(
        m.Account(user=account.user or extension, password=password),
        display_name=account.display_name or name,
        domain=account.domain or "127.0.0.1",
        registrar=account.registrar,
        auth_user=account.auth_user,
        expires_s=account.expires_s,
        ca_file=account.ca_file,
    )
