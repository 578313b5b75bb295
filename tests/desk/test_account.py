"""The account is changed while the desk runs; its password is in the keyring or nowhere."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from agent_app.desk.account import AccountRefusal, AccountStatus
from agent_app.desk.phone import Phone
from agent_app.runtime.errors import SecretsError
from agent_app.runtime.secrets import SecretStore, SessionSecrets
from agent_app.runtime.tasks import Tasks
from agent_app.settings import AccountSettings, Settings
from tests.desk.fakes import FakeEngine, HandClock, incoming
from tests.desk.fakes_phone import PhoneParts, phone_parts
from tests.desk.rigs import run_with_tasks

PBX = AccountSettings(user="801", domain="pbx.example", registrar="pbx.example")


class Locked(SessionSecrets):
    """A keyring that does not answer."""

    lasting = True

    def get(self, name: str) -> str | None:
        raise SecretsError("the keyring is locked")

    def put(self, name: str, secret: str) -> None:
        raise SecretsError("the keyring is locked")


class Rig:
    def __init__(self, tasks: Tasks, secrets: SecretStore, account: AccountSettings) -> None:
        self.phone = Phone(extension="801", dial_domain="", normalise=str, clock=HandClock())
        self.parts: PhoneParts = phone_parts(
            self.phone, FakeEngine(), HandClock(), tasks, secrets=secrets,
            settings=Settings(account=account))  # fmt: skip
        self.account = self.parts.account
        self.said: list[AccountStatus] = []
        self.account.changed.connect(self.said.append)

    async def idle(self) -> AccountStatus:
        """Once the last change is through."""
        async with asyncio.timeout(10):
            while True:
                if not self.account.status.busy:
                    return self.account.status
                await asyncio.sleep(0.001)


def play(
    story: Callable[[Rig], Awaitable[None]],
    secrets: SecretStore | None = None,
    account: AccountSettings = PBX,
) -> None:
    async def with_tasks(tasks: Tasks) -> None:
        await story(Rig(tasks, secrets or SessionSecrets(), account))

    run_with_tasks(with_tasks)


def test_the_engine_starts_with_the_password_that_is_kept() -> None:
    secrets = SessionSecrets()
    secrets.put("sip-password", "geheim")

    async def story(rig: Rig) -> None:
        await rig.account.begin()
        assert rig.parts.started == [(PBX, "geheim")]
        assert rig.account.status.has_password
        assert not rig.account.status.password_wanted

    play(story, secrets)


def test_without_a_password_it_is_asked_for() -> None:
    async def story(rig: Rig) -> None:
        await rig.account.begin()
        assert rig.parts.started == [(PBX, "")]
        assert rig.account.status.password_wanted
        assert not rig.account.status.lasting
        rig.account.save(PBX, "geheim")
        assert not (await rig.idle()).password_wanted
        assert rig.parts.started[-1] == (PBX, "geheim")

    play(story)


def test_where_nothing_is_registered_nobody_is_asked() -> None:
    async def story(rig: Rig) -> None:
        await rig.account.begin()
        assert not rig.account.status.password_wanted

    play(story, account=AccountSettings())


def test_another_account_is_in_force_and_on_disk() -> None:
    secrets = SessionSecrets()

    async def story(rig: Rig) -> None:
        await rig.account.begin()
        wish = replace(PBX, user="802")
        rig.account.save(wish, "neu")
        assert rig.account.status.busy
        rig.account.save(PBX)
        assert rig.account.status.refusal is AccountRefusal.BUSY
        status = await rig.idle()
        assert (status.settings, status.refusal) == (wish, AccountRefusal.BUSY)
        assert rig.parts.preferences.settings.account == wish
        assert rig.parts.started[-1] == (wish, "neu")
        assert secrets.get("sip-password") == "neu"
        rig.account.save(wish)  # the password stays as it is
        assert (await rig.idle()).refusal is None
        assert rig.parts.started[-1] == (wish, "neu")
        rig.account.save(wish, "")
        assert not (await rig.idle()).has_password
        assert secrets.get("sip-password") is None

    play(story, secrets)


def test_no_call_is_ended_by_a_change_of_the_account() -> None:
    async def story(rig: Rig) -> None:
        rig.phone.handle(incoming())
        rig.account.save(PBX, "neu")
        assert rig.account.status.refusal is AccountRefusal.IN_CALL
        assert rig.parts.started == []

    play(story)


def test_a_keyring_that_does_not_answer_is_said_and_the_phone_works() -> None:
    async def story(rig: Rig) -> None:
        await rig.account.begin()
        assert rig.account.status.detail == "the keyring is locked"
        assert rig.parts.started == [(PBX, "")]
        rig.account.save(PBX, "neu")
        status = await rig.idle()
        assert (status.refusal, status.has_password) == (AccountRefusal.NOT_KEPT, True)
        assert rig.parts.started[-1] == (PBX, "neu")

    play(story, Locked())


def test_no_password_is_in_what_the_screen_is_told() -> None:
    async def story(rig: Rig) -> None:
        rig.account.save(PBX, "geheim")
        await rig.idle()
        assert "geheim" not in repr(rig.said)
        assert "geheim" not in repr(rig.parts.saved)

    play(story)


@pytest.mark.parametrize("times", [1, 3])
def test_a_status_is_told_when_it_changed_only(times: int) -> None:
    async def story(rig: Rig) -> None:
        rig.phone.handle(incoming())
        for _ in range(times):
            rig.account.save(PBX)
        assert len(rig.said) == 1

    play(story)
