"""What was delivered after a backup is on the seats still: a restored server gets it back."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from agent_app.domain.ids import AgentId, InteractionId
from agent_app.store.store import Store
from sync.api import ServerApi
from sync.auth import Auth
from sync.push import Pushed, push
from sync.remote import Remote
from tests.contract.centre import PASSWORD, ROOT, serving, tell
from tests.domain.examples import call, draft
from tests.store.rigs import KEY
from tests.sync.memory import MemoryTokens

AGENT = AgentId("agent-1001")


def zuoxi_server(*arguments: str) -> None:
    command = [sys.executable, "-m", "server", *arguments]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120)


async def save(store: Store, name: str) -> None:
    made = call(interaction_id=InteractionId(name))
    written = draft(
        interaction_id=InteractionId(name), call=made, customer_id=None, category_id=None,
        quotes=(), question=f"问题 {name}", answer="答复",
    )  # fmt: skip
    await store.summaries.save(written, agent_id=AGENT, agent_name="陈晓岚")


async def deliver(store: Store, url: str) -> Pushed:
    api = ServerApi(url)
    auth = Auth(api=api, tokens=MemoryTokens(), device="desk-under-test")
    remote = Remote(api=api, auth=auth)
    await asyncio.to_thread(auth.sign_in, "1001", PASSWORD)
    try:
        return await push(outbox=store.outbox, remote=remote, author=AGENT)
    finally:
        remote.close()


async def kept_questions(url: str, *names: str) -> list[str]:
    api = ServerApi(url)
    session = await asyncio.to_thread(api.sign_in, "1001", PASSWORD, "looking")
    found = [
        await asyncio.to_thread(api.get_interaction, name, session.access_token) for name in names
    ]
    api.close()
    return ["" if row is None else str(row["question"]) for row in found]


@pytest.mark.processes
def test_summaries_that_were_in_no_backup_reach_the_restored_server(tmp_path: Path) -> None:
    centre, file = tmp_path / "centre", tmp_path / "centre.zip"
    centre.mkdir()

    async def before_backup(url: str) -> None:
        store = await Store.open(tmp_path / "seat", KEY)
        await save(store, "i-before")
        assert await deliver(store, url) == Pushed(delivered=1)
        await store.close()

    async def after_backup(url: str) -> None:
        store = await Store.open(tmp_path / "seat", KEY)
        await save(store, "i-after")
        assert await deliver(store, url) == Pushed(delivered=1)
        await store.close()

    async def after_restore(url: str) -> None:
        assert await kept_questions(url, "i-before", "i-after") == ["问题 i-before", ""]
        store = await Store.open(tmp_path / "seat", KEY)
        assert await deliver(store, url) == Pushed()
        assert await store.outbox.offer_again() == 2
        due = await store.outbox.due(10)
        assert await deliver(store, url) == Pushed(delivered=2)
        assert {one.record for one in due} == {"i-before", "i-after"}
        await store.close()
        asked = await kept_questions(url, "i-before", "i-after")
        assert asked == ["问题 i-before", "问题 i-after"]

    tell(serving(centre), before_backup)
    zuoxi_server("backup", str(file), "--data", str(centre))
    tell(serving(centre), after_backup)
    zuoxi_server("restore", str(file), "--data", str(centre), "--replace")
    tell(serving(centre), after_restore)
