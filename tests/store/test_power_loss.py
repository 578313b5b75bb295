"""The power goes while she works: what was acknowledged is in whatever the disk kept.

A process of its own writes and says after each commit that it is kept. Meanwhile copies are taken
as a disk without power would leave them: everything whose writing was awaited (``fsync``) is there,
of what was written since some is and some is not, the log's end in the middle of a page.
"""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import threading
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from agent_app.store.log_pages import pages_of_log
from tests.store.rigs import in_loop, opened

SEED = 20_263
COPIES = 200
WRITERS = 4
FRAME = 24 + 4096
LIMIT_S = 120


@dataclass(slots=True)
class Writer:
    """A seat's process in ``folder``; ``told`` is what it acknowledged so far."""

    folder: Path
    told: list[str] = field(default_factory=list)
    new_words: threading.Event = field(default_factory=threading.Event)

    def listen(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            if line.endswith("\n"):
                self.told.append(line.strip())
                self.new_words.set()


def copy_now(writer: Writer, place: Path, luck: random.Random) -> list[str]:
    """A copy as a disk may have been left, and what had been acknowledged before.

    The files are copied in any order while the writer goes on. Taken again is only a mixture that
    no disk can hold: an older file beside a log begun anew, a newer file beside an older log.
    """
    file, log = writer.folder / "work.db", writer.folder / "work.db-wal"
    while True:
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        acknowledged = list(writer.told)
        begun, changed_ns = _head(log), file.stat().st_mtime_ns
        kept_to = _kept_to(log.read_bytes())
        order = luck.sample([file, log], 2)
        for path in order:
            shutil.copyfile(path, place / path.name)
        newer_file = order[0] == log and file.stat().st_mtime_ns != changed_ns
        if begun == _head(log) and not newer_file:
            shutil.copyfile(writer.folder / "key.check", place / "key.check")
            _spoil_tail(place / "work.db-wal", kept_to, luck)
            return acknowledged


def _head(log: Path) -> bytes:
    with log.open("rb") as file:
        return file.read(32)


def _kept_to(log: bytes) -> int:
    """The end of the last transaction that is whole: all acknowledged ones had been awaited."""
    pages = list(pages_of_log(log))
    commits = [place for place, page in enumerate(pages, start=1) if page.commit]
    return 32 + FRAME * (commits[-1] if commits else 0)


def _spoil_tail(log: Path, kept_to: int, luck: random.Random) -> None:
    """What was on its way to the disk: cut, never written, or nonsense, from anywhere on."""
    content = log.read_bytes()
    if len(content) <= kept_to:
        return
    end = luck.randint(kept_to, min(len(content), kept_to + 4 * FRAME))
    rest = len(content) - end
    log.write_bytes(content[:end] + luck.choice([b"", bytes(rest), luck.randbytes(rest)]))


@in_loop
async def check(place: Path, acknowledged: list[str]) -> None:
    acts: dict[str, set[str]] = defaultdict(set)
    typed: dict[str, int] = {}
    for line in acknowledged:
        act, name, *end = line.split()
        acts[act].add(name)
        if act == "typed":
            typed[name] = int(end[0])
    async with opened(place) as store:
        assert [n.kind for n in store.notices if n.salvage is not None] == []
        drafts = {str(one.interaction_id): one for one in await store.drafts.open()}
        items = await store.outbox.items()
        waiting = {item.record for item in items}
        assert len(items) == len(waiting), "nothing twice"
        assert acts["saved"] <= waiting
        assert acts["draft"] <= set(drafts) | waiting
        for name in acts["edited"] - waiting:
            assert drafts[name].answer == f"答{int(name[2:])}"
        for name in typed.keys() - waiting:
            assert len(drafts[name].basis) >= typed[name]
        assert all(drafts[name].parked for name in acts["parked"] - waiting)
        for name in acts["article"]:
            assert await store.article_drafts.typed_form(name) is not None


@pytest.mark.processes
@pytest.mark.parametrize("part", range(WRITERS))
def test_every_acknowledged_word_is_in_a_copy_taken_at_any_moment(
    tmp_path: Path, part: int
) -> None:
    luck = random.Random(SEED + part)
    folder = tmp_path / "seat"
    with subprocess.Popen(
        [sys.executable, "-m", "tests.store.saver", str(folder)],
        stdout=subprocess.PIPE, text=True, cwd=Path.cwd(),
    ) as process:  # fmt: skip
        writer = Writer(folder)
        listening = threading.Thread(target=writer.listen, args=(process,))
        listening.start()
        try:
            for number in range(COPIES // WRITERS):
                for _ in range(luck.randint(1, 4)):
                    writer.new_words.clear()
                    assert writer.new_words.wait(LIMIT_S)
                place = tmp_path / f"copy-{number}"
                acknowledged = copy_now(writer, place, luck)
                process.send_signal(signal.SIGSTOP)  # it need not fill the disk meanwhile
                check(place, acknowledged)
                process.send_signal(signal.SIGCONT)
                shutil.rmtree(place)
        finally:
            process.kill()
            listening.join(LIMIT_S)
