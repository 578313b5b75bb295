"""What was delivered after a backup is on the seats still: a restored server gets it back."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import orjson
import pytest

from agent_app.domain.customer_edit import CustomerFields, CustomerForm, Phone
from agent_app.domain.ids import AgentId, CustomerId, InteractionId
from agent_app.store.store import Store
from sync.api import ServerApi
from sync.auth import Auth
from sync.errors import RequestRefused
from sync.pull import pull
from sync.push import Pushed, push
from sync.remote import Remote
from tests.contract.centre import PASSWORD, ROOT, serving, tell
from tests.domain.examples import call, draft
from tests.store.rigs import KEY
from tests.sync.memory import MemoryTokens

AGENT, LEAD = AgentId("agent-1001"), AgentId("agent-1008")


def zuoxi_server(*arguments: str) -> None:
    command = [sys.executable, "-m", "server", *arguments]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120)


async def save(
    store: Store, name: str, *, agent_id: AgentId = AGENT, customer_id: CustomerId | None = None
) -> None:
    made = call(interaction_id=InteractionId(name))
    written = draft(
        interaction_id=InteractionId(name), call=made, customer_id=customer_id, category_id=None,
        quotes=(), question=f"问题 {name}", answer="答复",
    )  # fmt: skip
    await store.summaries.save(written, agent_id=agent_id, agent_name="陈晓岚")


async def deliver(store: Store, url: str, author: AgentId = AGENT) -> Pushed:
    api = ServerApi(url)
    auth = Auth(api=api, tokens=MemoryTokens(), device="desk-under-test")
    remote = Remote(api=api, auth=auth)
    await asyncio.to_thread(auth.sign_in, author.removeprefix("agent-"), PASSWORD)
    try:
        return await push(outbox=store.outbox, remote=remote, author=author)
    finally:
        remote.close()


async def quietly(_progress: object) -> None:
    """Nobody watches."""


async def some_people(url: str) -> list[CustomerId]:
    api = ServerApi(url)
    session = await asyncio.to_thread(api.sign_in, "1001", PASSWORD, "looking")
    page = await asyncio.to_thread(api.changes, 0, 5_000, session.access_token)
    api.close()
    return [CustomerId(str(row[0])) for row in page.rows["customers"]]


async def customers_pulled(store: Store, url: str) -> None:
    """Everything of the centre, as a seat has it."""
    api = ServerApi(url)
    auth = Auth(api=api, tokens=MemoryTokens(), device="desk-under-test")
    remote = Remote(api=api, auth=auth, page_rows=5_000)
    await asyncio.to_thread(auth.sign_in, "1001", PASSWORD)
    try:
        await pull(replica=store.replica, remote=remote, between=quietly)
    finally:
        remote.close()


async def edit(store: Store, customer_id: CustomerId, **changes: str) -> None:
    form = await store.customers.form(customer_id)
    assert form is not None
    form = replace(form, now=replace(form.now, **changes))  # type: ignore[arg-type]
    await store.customers.save(form, agent_id=LEAD)


async def at_the_centre(url: str, *ids: str) -> list[tuple[str, str, str | None]]:
    """Name, notes and into whom they were merged; empty for nobody."""
    api = ServerApi(url)
    session = await asyncio.to_thread(api.sign_in, "1001", PASSWORD, "looking")
    found: list[tuple[str, str, str | None]] = []
    for one in ids:
        try:
            body = await asyncio.to_thread(api.read, f"customers/{one}", session.access_token)
        except RequestRefused:
            found.append(("", "", None))
        else:
            row = orjson.loads(body)
            found.append((row["name"], row["notes"], row["merged_into"]))
    api.close()
    return found


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


NEW, TWIN = CustomerId("c-made-here"), CustomerId("c-twin")


def somebody(customer_id: CustomerId, number: str) -> CustomerForm:
    fields = CustomerFields(name="新来的客户", phones=(Phone(number, "手机"),))
    return CustomerForm(customer_id, CustomerFields(), fields, is_new=True)


@pytest.mark.processes
def test_customers_edited_made_and_merged_after_a_backup_reach_the_restored_server(
    tmp_path: Path,
) -> None:
    """An edit that is in the backup is not done twice; one that a colleague's stands against now
    is hers to decide; the rest is as it was."""
    centre, file = tmp_path / "centre", tmp_path / "centre.zip"
    centre.mkdir()
    people: list[CustomerId] = []

    async def before_backup(url: str) -> None:
        store = await Store.open(tmp_path / "seat", KEY)
        await customers_pulled(store, url)
        people.extend(await some_people(url))
        await edit(store, people[0], notes="备份之前")
        assert await deliver(store, url, LEAD) == Pushed(delivered=1)
        await store.close()

    async def after_backup(url: str) -> None:
        store = await Store.open(tmp_path / "seat", KEY)
        await customers_pulled(store, url)
        await edit(store, people[0], name="备份之后")
        await edit(store, people[1], notes="她的")
        await store.customers.save(somebody(NEW, "+8613900139001"), agent_id=LEAD)
        await store.customers.save(somebody(TWIN, "+8613900139002"), agent_id=LEAD)
        assert await deliver(store, url, LEAD) == Pushed(delivered=4)
        await save(store, "i-of-new", agent_id=LEAD, customer_id=NEW)
        await store.customers.merge(NEW, TWIN, title="新来的客户", agent_id=LEAD)
        assert await deliver(store, url, LEAD) == Pushed(delivered=2)
        await customers_pulled(store, url)
        await store.close()

    async def after_restore(url: str) -> None:
        [edited, _, new, twin] = await at_the_centre(url, *people[:2], NEW, TWIN)
        assert (edited[1], new, twin) == ("备份之前", ("", "", None), ("", "", None))
        assert edited[0] != "备份之后"
        colleague = await Store.open(tmp_path / "colleague", KEY)
        await customers_pulled(colleague, url)
        await edit(colleague, people[1], notes="同事的")
        assert await deliver(colleague, url, LEAD) == Pushed(delivered=1)
        await colleague.close()

        store = await Store.open(tmp_path / "seat", KEY)
        assert await store.outbox.offer_again() == 7
        assert await deliver(store, url, LEAD) == Pushed(delivered=6, set_aside=1)
        [clash] = await store.inbox.entries()
        assert (clash.record, clash.pairs[0].mine, clash.pairs[0].theirs) == (
            people[1], "她的", "同事的")  # fmt: skip
        assert await deliver(store, url, LEAD) == Pushed()
        await store.close()
        assert await at_the_centre(url, *people[:2], NEW, TWIN) == [
            ("备份之后", "备份之前", None),
            ((await at_the_centre(url, people[1]))[0][0], "同事的", None),
            ("新来的客户", "", None),
            ("新来的客户", "", NEW),
        ]
        assert await kept_questions(url, "i-of-new") == ["问题 i-of-new"]

    tell(serving(centre), before_backup)
    zuoxi_server("backup", str(file), "--data", str(centre))
    tell(serving(centre), after_backup)
    zuoxi_server("restore", str(file), "--data", str(centre), "--replace")
    tell(serving(centre), after_restore)
