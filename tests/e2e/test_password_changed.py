"""Another password on the server, no keyring: what lies on the seat is hers with the new one."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from agent_app.domain.ids import InteractionId
from agent_app.domain.link import ServerState
from agent_app.runtime.errors import OldPasswordNeededError
from agent_app.runtime.offline_sign_in import OfflineProblem
from agent_app.runtime.secrets import SecretsFound, SessionSecrets
from agent_app.store.errors import WrongKeyError
from agent_app.wiring.duty import Duty
from agent_app.wiring.seat import RunningSeat
from sync.api import ServerApi
from tests.contract.centre import PASSWORD
from tests.domain.examples import call, draft
from tests.e2e.duty_desk import LOGIN
from tests.e2e.test_duty_offline import Scene, played, refused
from ui.application import DeskApplication

pytestmark = pytest.mark.processes

NEW, NEWER = "a-longer-Password-1", "a-longer-Password-2"
COLLEAGUE = "1004"
TYPED = InteractionId("i-typed")


async def changed(url: str, old: str, new: str) -> None:
    """On the server, from anywhere; her sessions elsewhere end."""
    api = ServerApi(url)
    session = await asyncio.to_thread(api.sign_in, LOGIN, old, "another computer")
    words = {"old": old, "new": new}
    await asyncio.to_thread(api.ask, "password", words, session.access_token)
    api.close()


def duty_of(scene: Scene) -> Duty:
    return scene.duty(SecretsFound(SessionSecrets()))


async def type_words(running: RunningSeat) -> None:
    made = call(interaction_id=TYPED)
    words = draft(interaction_id=TYPED, call=made, customer_id=None, quotes=(), answer="没发出去")
    await running.ground.store.drafts.put(words)


async def words_there(running: RunningSeat) -> bool:
    drafts = await running.ground.store.drafts.open()
    return [(one.interaction_id, one.answer) for one in drafts] == [(TYPED, "没发出去")]


def test_the_password_before_is_asked_for_once_and_nothing_is_lost(
    qapp: DeskApplication, tmp_path: Path
) -> None:
    async def story(scene: Scene) -> None:
        duty = duty_of(scene)
        running = await duty.sign_in(LOGIN, PASSWORD)
        await type_words(running)
        await duty.close()
        await changed(duty.url, PASSWORD, NEW)

        duty = duty_of(scene)
        with pytest.raises(OldPasswordNeededError) as asked:
            await duty.sign_in(LOGIN, NEW)
        assert not asked.value.wrong
        with pytest.raises(OldPasswordNeededError) as asked:
            await duty.sign_in(LOGIN, "neither")
        assert asked.value.wrong
        running = await duty.sign_in(LOGIN, PASSWORD)
        assert await words_there(running)
        await scene.reaches(running, ServerState.ONLINE)

        # Again, while the desk is open: it has the data and asks for nothing but the new one.
        await changed(duty.url, NEW, NEWER)
        running.replication.wake()
        await scene.reaches(running, ServerState.SIGNED_OUT)
        await duty.sign_in_again(LOGIN, NEWER)
        await duty.close()

        with pytest.raises(WrongKeyError):  # a colleague: the data are not hers
            await duty_of(scene).sign_in(COLLEAGUE, PASSWORD)
        await scene.server.stop()
        duty = duty_of(scene)
        assert await refused(duty, password=NEW) is OfflineProblem.WRONG_PASSWORD
        running = await duty.sign_in(LOGIN, NEWER)
        assert await words_there(running)
        await duty.close()

    played(qapp, tmp_path, story)
