"""A whole copy through a process of its own: the same as the server's, resumable, discreet."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import update

from agent_app.store.copying.process import FRESH_NAME, CentreCopy
from agent_app.store.copying.talk import Order, Task, encode_order
from agent_app.store.errors import CopyError, StoreError
from agent_app.store.store import Store
from agent_app.store.tables import customers
from server import tables
from server.app import open_database
from sync.api import ServerApi
from sync.copying import Compared, CopyProgress
from sync.errors import BadReply, SessionEnded, Unreachable
from tests.server.running import Centre, running, save, settings_for
from tests.store.copying.sums import centre_sums, copy_sums
from tests.store.rigs import KEY, NOW
from tests.sync.waiting import until

pytestmark = pytest.mark.processes

SMALL = 100
LIMIT_S = 90


def in_loop(story: Callable[[], object]) -> None:
    asyncio.run(asyncio.wait_for(story(), LIMIT_S))  # type: ignore[arg-type]  # a coroutine


class Rig:
    """A seat beside a running centre; ``refused`` is what the process said was not accepted."""

    def __init__(self, centre: Centre, store: Store, folder: Path) -> None:
        self.centre, self.store, self.folder = centre, store, folder
        self.copy = store.copy_of(centre.url, page_rows=SMALL)
        self.progress: list[CopyProgress] = []
        self.offered: list[str] = []
        self.refused: list[str] = []
        self.role = "agent"
        self.ended = False

    def tokens(self, refused: str) -> str:
        """Blocks in no way; the first offers come first."""
        if self.ended:
            raise SessionEnded("nobody is signed in")
        if refused:
            self.refused.append(refused)
        if self.offered:
            return self.offered.pop(0)
        return self.centre.services.signer.issue(
            agent_id="agent-1001", session_id="test", role=self.role
        )

    async def fetch(self) -> None:
        await self.copy.fetch(tokens=self.tokens, on_progress=self.progress.append)

    async def stopped_half_way(self) -> None:
        """Fetch until a few pages are there, then stop."""
        fetching = asyncio.ensure_future(self.fetch())
        await until(lambda: len(self.progress) > 3)
        fetching.cancel()
        with pytest.raises(asyncio.CancelledError):
            await fetching
        assert self.copy.begun


@asynccontextmanager
async def a_rig(centre_folder: Path, folder: Path) -> AsyncIterator[Rig]:
    settings = settings_for(centre_folder)
    database = open_database(settings)
    with running(settings, database) as centre:
        store = await Store.open(folder / "seat", KEY, now=lambda: NOW)
        try:
            yield Rig(centre, store, folder)
        finally:
            await store.close()
    database.close()


def test_the_copy_is_the_same_as_the_servers_data(tmp_path: Path, sample_of_1000: Path) -> None:
    async def story() -> None:
        async with a_rig(sample_of_1000, tmp_path) as rig:
            await rig.fetch()
            assert await copy_sums(rig.store) == centre_sums(sample_of_1000)
            assert not await rig.copy.compared_lately()
            assert await rig.copy.compare(tokens=rig.tokens) is Compared.SAME
            assert await rig.copy.compared_lately()
            done = [one.done for one in rig.progress]
            assert done == sorted(done)
            assert rig.progress[-1].done == rig.progress[-1].expected > 10_000
            names = {path.name for path in (tmp_path / "seat").glob("cache*")}
            assert names <= {"cache.db", "cache.db-wal", "cache.db-shm"}

    in_loop(story)


def test_what_agents_write_adds_up_alike_on_both_sides(
    tmp_path: Path, sample_of_1000: Path
) -> None:
    """Lists and objects, nothing, other scripts: as the server keeps them and as the seat does."""

    async def story() -> None:
        async with a_rig(sample_of_1000, tmp_path) as rig:
            await rig.fetch()
            seat = rig.centre.seat("agent-1001")
            article = (await rig.store.knowledge.all_articles())[0].article_id
            quote = {"article_id": article, "version": 3, "title": "税率 \u2028 “一般”"}
            call = save("i-new", author="agent-1001", payload_quotes=[quote, quote],
                        payload_customer_id=None, payload_waited_s=None,
                        payload_question="😀 \\ \"")  # fmt: skip
            customer = {
                "id": "op-customer", "kind": "customer.save", "record": "c-new", "base": {},
                "author": "agent-1001", "made_at": "2026-05-04T03:05:01Z",
                "payload": {"kind": "person", "name": "赵六", "custom": {},
                            "phones": [{"number": "+8613900000001", "label": "手机"}]},
            }  # fmt: skip
            results = await asyncio.to_thread(lambda: seat.send(call, customer))
            assert [one["outcome"] for one in results] == ["applied", "applied"], results
            place = await rig.store.replica.place()
            api = ServerApi(rig.centre.url)
            page = await asyncio.to_thread(
                lambda: api.changes(place.cursor, 500, rig.tokens(""), scope=place.scope)
            )
            assert {"interactions", "customers", "phones"} <= set(page.rows)
            await rig.store.replica.apply(page)
            assert await rig.copy.compare(tokens=rig.tokens) is Compared.SAME
            api.close()
            seat.close()

    in_loop(story)


def test_a_row_that_drifted_is_found(tmp_path: Path, sample_of_1000: Path) -> None:
    async def story() -> None:
        async with a_rig(sample_of_1000, tmp_path) as rig:
            await rig.fetch()
            one = update(customers).where(customers.c.version == 1).values(notes="drifted")
            await rig.store.replica._cache.write(lambda c: c.execute(one))
            assert await rig.copy.compare(tokens=rig.tokens) is Compared.DIFFERENT
            await rig.fetch()
            assert await rig.copy.compare(tokens=rig.tokens) is Compared.SAME

    in_loop(story)


def test_a_seat_that_is_behind_is_neither_the_same_nor_different(
    tmp_path: Path, sample_of_1000: Path
) -> None:
    async def story() -> None:
        async with a_rig(sample_of_1000, tmp_path) as rig:
            await rig.fetch()
            with rig.centre.database.write() as transaction:
                transaction.changed("segments", "one that never was")
            assert await rig.copy.compare(tokens=rig.tokens) is Compared.UNDECIDED

    in_loop(story)


def test_what_was_stopped_goes_on_where_it_was(tmp_path: Path, sample_of_1000: Path) -> None:
    async def story() -> None:
        async with a_rig(sample_of_1000, tmp_path) as rig:
            await rig.stopped_half_way()
            assert await rig.store.replica.cursor() == 0  # the copy in use is as it was
            before = rig.progress[-1].done
            rig.progress.clear()
            await rig.fetch()
            assert rig.progress[0].done > before - SMALL
            assert await copy_sums(rig.store) == centre_sums(sample_of_1000)

    in_loop(story)


def test_a_role_that_may_see_less_gets_a_copy_begun_anew(
    tmp_path: Path, sample_of_1000: Path
) -> None:
    async def story() -> None:
        async with a_rig(sample_of_1000, tmp_path) as rig:
            with rig.centre.database.write() as transaction:
                practice = tables.centre_settings.c.id == "practice"
                transaction.connection.execute(tables.centre_settings.delete().where(practice))
            await rig.stopped_half_way()
            rig.role = "knowledge-editor"
            await rig.fetch()
            sums = await copy_sums(rig.store)
            assert sums["customers"].rows == sums["phones"].rows == 0
            assert sums["articles"].rows > 0
            assert await rig.copy.compare(tokens=rig.tokens) is Compared.SAME

    in_loop(story)


def test_a_token_that_is_refused_is_replaced_in_between(
    tmp_path: Path, sample_of_1000: Path
) -> None:
    async def story() -> None:
        async with a_rig(sample_of_1000, tmp_path) as rig:
            rig.offered = ["stale"]
            await rig.fetch()
            assert rig.refused == ["stale"]

    in_loop(story)


def test_an_ended_session_ends_the_fetch_and_keeps_the_copy(
    tmp_path: Path, sample_of_1000: Path
) -> None:
    async def story() -> None:
        async with a_rig(sample_of_1000, tmp_path) as rig:
            rig.ended = True
            with pytest.raises(SessionEnded):
                await rig.fetch()
            assert await rig.store.replica.cursor() == 0

    in_loop(story)


def test_a_server_that_is_away_is_told_as_that(tmp_path: Path) -> None:
    async def story() -> None:
        store = await Store.open(tmp_path, KEY, now=lambda: NOW)
        copy = store.copy_of("http://127.0.0.1:1")
        with pytest.raises(Unreachable, match="nobody listens"):
            await copy.fetch(tokens=lambda _: "token", on_progress=lambda _: None)
        await store.close()

    in_loop(story)


SAYING = "import sys; sys.stdin.readline(); {}"


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("print('hello')", "something strange"),
        ("print('[1]')", "something strange"),
        ("print('{\"lunch\": {}}')", "something strange"),
        ("sys.exit(7)", "ended before its time"),
        ('print(\'{"failure": {"kind": "Boom", "message": "x"}}\')', "Boom"),
    ],
)
def test_a_process_that_misbehaves_changes_nothing(tmp_path: Path, script: str, words: str) -> None:
    async def story() -> None:
        store = await Store.open(tmp_path, KEY, now=lambda: NOW)
        with pytest.raises(CopyError, match=words):
            await played(store, sys.executable, "-c", SAYING.format(script))
        assert await store.replica.cursor() == 0
        await store.close()

    in_loop(story)


def test_a_new_copy_that_cannot_be_read_never_takes_the_old_ones_place(tmp_path: Path) -> None:
    async def story() -> None:
        store = await Store.open(tmp_path, KEY, now=lambda: NOW)
        (tmp_path / FRESH_NAME).write_bytes(b"not a database" * 1000)
        script = 'print(\'{"outcome": {"compared": "same", "tables": []}}\')'
        with pytest.raises(CopyError, match="could not be read"):
            await played(store, sys.executable, "-c", SAYING.format(script))
        assert not (tmp_path / FRESH_NAME).exists()
        await store.close()

    in_loop(story)


def test_a_program_that_is_not_there_is_told_in_words(tmp_path: Path) -> None:
    async def story() -> None:
        store = await Store.open(tmp_path, KEY, now=lambda: NOW)
        with pytest.raises(StoreError):
            await played(store, str(tmp_path / "no program"))
        await store.close()

    in_loop(story)


async def played(store: Store, *command: str) -> None:
    copy = CentreCopy(
        cache=store.replica._cache.path, key=KEY, replica=store.replica,
        address="http://127.0.0.1:1", now=lambda: NOW, command=command,
    )  # fmt: skip
    await copy.fetch(tokens=lambda _: "token", on_progress=lambda _: None)


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_neither_key_nor_token_stands_where_other_programs_can_read(
    tmp_path: Path, sample_of_1000: Path
) -> None:
    async def story() -> None:
        async with a_rig(sample_of_1000, tmp_path) as rig:
            rig.offered = [f"tok-{KEY.hex()}", "still-no-token"]
            seen: list[bytes] = []

            def tokens(refused: str) -> str:
                seen.append(what_everybody_sees())
                return rig.tokens(refused)

            with pytest.raises((SessionEnded, BadReply)):
                await rig.copy.fetch(tokens=tokens, on_progress=lambda _: None)
            assert any(b"agent_app.store.copying" in one for one in seen)
            assert not any(KEY.hex().encode() in one for one in seen)

    in_loop(story)


def what_everybody_sees() -> bytes:
    """Command lines and environments of our child processes."""
    found = b""
    for task in Path("/proc/self/task").iterdir():
        for child in (task / "children").read_text().split():
            for name in ("cmdline", "environ"):
                found += Path(f"/proc/{child}/{name}").read_bytes()
    return found


@pytest.mark.skipif(os.name != "posix", reason="a pipe's end as on Linux and macOS")
def test_the_process_ends_when_the_desk_is_gone(tmp_path: Path, sample_of_1000: Path) -> None:
    """Its standard input is the desk's end of a pipe; kill -9 closes it, too."""

    async def story() -> None:
        async with a_rig(sample_of_1000, tmp_path) as rig:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "agent_app.store.copying",
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
            )  # fmt: skip
            assert process.stdin is not None
            assert process.stdout is not None
            order = Order(Task.FETCH, rig.centre.url, str(tmp_path / "new.db"), KEY.hex())
            process.stdin.write(encode_order(order))
            await process.stdin.drain()
            assert b"wanted" in await process.stdout.readline()
            process.stdin.close()
            assert await process.wait() == 3

    in_loop(story)
