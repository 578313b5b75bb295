"""History and files come from the server, or it is said why they do not."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from agent_app.desk.library import Asked, Difference, FetchedFile, History, Library
from agent_app.domain.ids import ArticleId
from agent_app.runtime.tasks import Tasks
from sync.errors import RequestRefused, Unreachable
from tests.desk.fakes_library import FakeFiles, FakeLibraryServer, a_file, published
from tests.desk.rigs import run_with_tasks

K1 = ArticleId("K1")


async def over() -> None:
    """Everything that was asked is answered."""
    _, left = await asyncio.wait(asyncio.all_tasks() - {asyncio.current_task()}, timeout=20)
    assert not left


class Rig:
    def __init__(self, tasks: Tasks) -> None:
        self.tasks = tasks
        self.server, self.files = FakeLibraryServer(), FakeFiles()
        self.library = Library(server=self.server, files=self.files, tasks=tasks)
        self.histories: list[History] = []
        self.differences: list[Difference] = []
        self.fetched: list[FetchedFile] = []
        self.library.history_changed.connect(self.histories.append)
        self.library.compared.connect(self.differences.append)
        self.library.file_changed.connect(self.fetched.append)


def test_every_version_says_who_published_it_and_when() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.server.published["K1"] = (published(2, "每月2000元。"), published(1, "每月1000元。"))
        rig.library.ask_history(K1)
        await over()
        assert [one.asked for one in rig.histories] == [Asked.ASKING, Asked.KNOWN]
        second, first = rig.histories[-1].versions
        assert (second.version, second.author_name) == (2, "严思源")
        assert second.saved_at is not None
        assert second.saved_at.month == 2
        assert (first.saved_at, first.author_name) == (None, "")
        rig.library.compare(first, second)
        await over()
        [found] = rig.differences
        assert [one.part for one in found.parts] == ["answer"]
        assert [one.text for one in found.parts[0].passages] == ["每月", "1000", "2000", "元。"]

    run_with_tasks(story)


def test_without_the_server_there_is_no_history_and_that_is_said() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.server.fault = Unreachable("no answer in time")
        rig.library.ask_history(K1)
        await over()
        assert rig.histories[-1] == History(K1, Asked.OFFLINE, problem="no answer in time")
        rig.server.fault = RequestRefused("no such article", status=404, code="not-found")
        rig.library.ask_history(K1)
        await over()
        assert rig.histories[-1].asked is Asked.REFUSED

    run_with_tasks(story)


def test_a_version_that_is_none_is_not_shown() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.server.published["K1"] = (published(1, "甲", valid_from="nonsense"),)
        rig.library.ask_history(K1)
        await over()
        assert rig.histories[-1].asked is Asked.OFFLINE
        assert not rig.histories[-1].versions

    run_with_tasks(story)


def test_an_old_version_without_todays_columns_is_read() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        old = published(1, "甲")
        few = {"title": "甲", "answer": "乙", "valid_until": "2024-12-31", "owner_name": None}
        rig.server.published["K1"] = (replace(old, article=few),)
        rig.library.ask_history(K1)
        await over()
        [one] = rig.histories[-1].versions
        assert (one.article.title, one.article.basis) == ("甲", "")
        assert one.article.valid_until is not None

    run_with_tasks(story)


def test_a_file_is_brought_and_lies_ready_to_be_opened() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.server.contents["f1"] = b"%PDF-1.7"
        rig.library.fetch(a_file())
        await over()
        assert [one.asked for one in rig.fetched] == [Asked.ASKING, Asked.KNOWN]
        assert rig.fetched[-1].path == Path("/somewhere/扣除标准.pdf")
        assert rig.files.kept == {"扣除标准.pdf": b"%PDF-1.7"}

    run_with_tasks(story)


def test_another_file_than_the_published_one_is_not_kept() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.server.contents["f1"] = b"something else"
        rig.library.fetch(a_file())
        await over()
        assert (rig.fetched[-1].asked, rig.fetched[-1].problem) == (Asked.REFUSED, "digest")
        assert not rig.files.kept

    run_with_tasks(story)


@pytest.mark.parametrize("name", ["a.exe", "a.html", "a.svg", "a", "a.pdf.bat", "a.desktop"])
def test_what_would_run_by_being_opened_is_not_even_fetched(name: str) -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.library.fetch(a_file(name=name))
        assert (rig.fetched[-1].asked, rig.fetched[-1].problem) == (Asked.REFUSED, "kind")

    run_with_tasks(story)


def test_a_full_disk_and_a_server_that_is_away_are_said() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.server.contents["f1"] = b"%PDF-1.7"
        rig.files.fault = OSError("no space left")
        rig.library.fetch(a_file())
        await over()
        assert (rig.fetched[-1].asked, rig.fetched[-1].problem) == (Asked.REFUSED, "no space left")
        rig.server.fault = Unreachable("gone")
        rig.library.fetch(a_file())
        await over()
        assert rig.fetched[-1].asked is Asked.OFFLINE

    run_with_tasks(story)
