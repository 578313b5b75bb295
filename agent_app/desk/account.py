"""The seat's SIP account: shown and changed from the settings page, in force without a restart.

The password is in the system's keyring and nowhere else. Without a keyring it lives as long as the
desk does, and is asked for at every start.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from agent_app.desk.phone import Phone
from agent_app.desk.preferences import Preferences
from agent_app.runtime.errors import SecretsError
from agent_app.runtime.tasks import Tasks
from agent_app.settings import AccountSettings

log = logging.getLogger(__name__)


class PasswordKeeper(Protocol):
    """``agent_app.runtime.secrets.NamedSecret``: blocks, raises SecretsError."""

    def get(self) -> str | None: ...

    def put(self, secret: str) -> None: ...

    def delete(self) -> None: ...


class AccountRefusal(StrEnum):
    IN_CALL = "in-call"  # changing the account would end the call
    BUSY = "busy"  # the last change is still under way
    NOT_KEPT = "not-kept"  # in force, but the keyring did not take the password: see ``detail``


@dataclass(frozen=True, slots=True)
class AccountStatus:
    """``settings`` are in force. ``lasting``: a password given now is known at the next start.

    ``password_wanted``: there is an exchange to register with, and no password is known.
    ``refusal`` is about the last act.
    """

    settings: AccountSettings
    has_password: bool = False
    lasting: bool = True
    password_wanted: bool = False
    busy: bool = False
    refusal: AccountRefusal | None = None
    detail: str = ""


class PhoneAccount(QObject):
    """GUI thread, inside the event loop.

    Signals:
        changed: AccountStatus.
    """

    changed = Signal(object)

    def __init__(
        self,
        *,
        phone: Phone,
        preferences: Preferences,
        password: PasswordKeeper,
        lasting: bool,
        restart: Callable[[AccountSettings, str], Awaitable[None]],
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        """``restart`` ends the engine, if one runs, and starts it with an account."""
        super().__init__(parent)
        self._phone = phone
        self._preferences = preferences
        self._keeper = password
        self._restart = restart
        self._tasks = tasks
        self._password = ""
        self._status = AccountStatus(preferences.settings.account, lasting=lasting)

    @property
    def status(self) -> AccountStatus:
        return self._status

    async def begin(self) -> None:
        """At the start: fetch the password and start the engine."""
        try:
            kept: str | None = await asyncio.to_thread(self._keeper.get)
            self._password = kept or ""
        except SecretsError as error:
            self._put(detail=str(error))
        await self._start(self._status.settings)

    def save(self, settings: AccountSettings, password: str | None = None) -> None:
        """Use another account from now on; a ``password`` of None stays as it is.

        Refused while a call is up. ``changed`` tells what became of it.
        """
        if self._status.busy:
            self._put(refusal=AccountRefusal.BUSY, detail="")
        elif self._phone.calls:
            self._put(refusal=AccountRefusal.IN_CALL, detail="")
        else:
            self._put(busy=True, refusal=None, detail="")
            self._tasks.spawn(self._save(settings, password))

    async def _save(self, settings: AccountSettings, password: str | None) -> None:
        try:
            if password is not None and password != self._password:
                self._password = password
                await self._keep(password)
            self._preferences.put(settings)
            await self._start(settings)
        finally:
            self._put(busy=False)

    async def _keep(self, password: str) -> None:
        work = (lambda: self._keeper.put(password)) if password else self._keeper.delete
        try:
            await asyncio.to_thread(work)
        except SecretsError as error:
            log.warning("the password of the account was not kept: %s", error)
            self._put(refusal=AccountRefusal.NOT_KEPT, detail=str(error))

    async def _start(self, settings: AccountSettings) -> None:
        has_password = bool(self._password)
        self._put(
            settings=settings,
            has_password=has_password,
            password_wanted=bool(settings.registrar) and not has_password,
        )
        await self._restart(settings, self._password)

    def _put(self, **changes: object) -> None:
        status = replace(self._status, **changes)  # type: ignore[arg-type]
        if status != self._status:
            self._status = status
            self.changed.emit(status)
