"""Imports and exports: looked at first, watched, stopped, and a server that goes in the middle."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtWidgets import QApplication

from agent_app.desk.customer_files import CustomerExport, CustomerImport
from agent_app.domain.file_jobs import (
    Column,
    FileStep,
    FileWork,
    ImportReport,
    PreviewRow,
    Trouble,
    read_report,
)
from agent_app.runtime.tasks import Tasks
from sync.errors import RequestRefused, Unreachable
from sync.jobs import JobState
from tests.desk.fakes import HandClock
from tests.desk.fakes_people import FakeJobs, a_job
from tests.sync.waiting import until

REPORT = {
    "encoding": "gb18030", "created": 2, "updated": 1, "skipped": 0, "bad": 3,
    "columns": [{"header": "姓名", "field": "name"}, {"header": "星座", "field": ""}],
    "preview": [{"row": 2, "outcome": "created", "values": {"name": "张伟"}}],
}  # fmt: skip
OVER = frozenset({FileStep.CHECKED, FileStep.DONE, FileStep.FAILED, FileStep.CANCELLED})


@dataclass
class Bench:
    jobs: FakeJobs = field(default_factory=FakeJobs)
    told: list[FileWork] = field(default_factory=list)

    def importing(self) -> CustomerImport:
        desk = CustomerImport(
            centre=self.jobs, clock=HandClock(), tasks=Tasks(), look_every_s=0.001
        )
        desk.changed.connect(self.told.append)
        return desk

    def exporting(self) -> CustomerExport:
        desk = CustomerExport(
            centre=self.jobs, clock=HandClock(), tasks=Tasks(), look_every_s=0.001
        )
        desk.changed.connect(self.told.append)
        return desk

    @property
    def steps(self) -> list[FileStep]:
        return list(dict.fromkeys(work.step for work in self.told))


def play(story: Callable[[], Awaitable[None]]) -> None:
    faults: list[object] = []

    async def bounded() -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _loop, context: faults.append(context))
        async with asyncio.timeout(20):
            await story()

    asyncio.run(bounded())
    assert faults == []


async def over(desk: CustomerImport | CustomerExport) -> FileWork:
    await until(lambda: desk.work.step in OVER)
    return desk.work


def test_a_file_is_looked_at_before_it_is_taken(qapp: QApplication) -> None:
    bench = Bench()
    bench.jobs.answers = [
        a_job(rows_done=0),
        a_job(rows_done=3, rows_total=6),
        a_job(JobState.DONE, rows_done=6, rows_total=6, report=REPORT),
        a_job(rows_done=0, rows_total=6),
        a_job(JobState.DONE, rows_done=6, rows_total=6, report=REPORT),
    ]

    async def story() -> None:
        desk = bench.importing()
        desk.check(Path("/somewhere/客户.csv"))
        desk.check(Path("/somewhere/other.csv"))  # one at a time
        checked = await over(desk)
        assert checked.step is FileStep.CHECKED
        assert checked.report.columns[1] == Column("星座", "")
        assert checked.report.preview == (PreviewRow(2, "created", {"name": "张伟"}),)
        assert bench.jobs.asked == ["check 客户.csv True", "look imports", "look imports"]
        desk.take()
        assert (await over(desk)).step is FileStep.DONE
        assert bench.jobs.asked[3:] == ["take 客户.csv True", "look imports"]
        assert desk.work.report.bad == 3

    play(story)
    assert bench.steps[:4] == [
        FileStep.SENDING, FileStep.CHECKING, FileStep.CHECKED, FileStep.TAKING,
    ]  # fmt: skip


def test_another_wish_for_known_customers_checks_anew(qapp: QApplication) -> None:
    bench = Bench()

    async def story() -> None:
        desk = bench.importing()
        desk.choose_update(False)
        desk.choose_update(True)
        desk.check(Path("客户.csv"))
        await over(desk)
        desk.choose_update(False)
        await over(desk)

    play(story)
    assert [one for one in bench.jobs.asked if "check" in one] == [
        "check 客户.csv True", "check 客户.csv False",
    ]  # fmt: skip


def test_a_server_that_is_away_for_a_while_is_asked_again(qapp: QApplication) -> None:
    bench = Bench()
    bench.jobs.answers = [
        a_job(rows_done=1, rows_total=4),
        Unreachable("nobody listens there"),
        Unreachable("nobody listens there"),
        a_job(JobState.DONE, rows_done=4, rows_total=4),
    ]

    async def story() -> None:
        desk = bench.importing()
        desk.check(Path("客户.csv"))
        assert (await over(desk)).step is FileStep.CHECKED

    play(story)
    troubles = [work.trouble for work in bench.told]
    first = troubles.index(Trouble.OFFLINE)
    assert troubles[first:] == [Trouble.OFFLINE, *[Trouble.NONE] * (len(troubles) - first - 1)]
    assert bench.told[first].done == 1  # and what is known stays


def test_a_file_that_does_not_arrive_changed_nothing(qapp: QApplication) -> None:
    bench = Bench()
    bench.jobs.answers = [Unreachable("cut")]

    async def story() -> None:
        desk = bench.importing()
        desk.check(Path("客户.csv"))
        failed = await over(desk)
        assert (failed.step, failed.trouble) == (FileStep.FAILED, Trouble.CUT)

    play(story)


def test_each_refusal_has_its_words(qapp: QApplication) -> None:
    refused = RequestRefused("Your role may not.", status=403, code="not-allowed")
    broken = a_job(JobState.FAILED, report={"reason": "Two columns are 姓名 (name)."})
    for answer, trouble, words in (
        (refused, Trouble.REFUSED, "Your role may not."),
        (FileNotFoundError(2, "No such file"), Trouble.LOCAL, "No such file"),
        (broken, Trouble.JOB, "Two columns are 姓名 (name)."),
        (a_job(JobState.CANCELLED), Trouble.NONE, ""),
    ):
        bench = Bench()
        bench.jobs.answers = [answer]

        async def story(bench: Bench = bench) -> None:
            desk = bench.importing()
            desk.check(Path("客户.csv"))
            await over(desk)

        play(story)
        assert (bench.told[-1].trouble, bench.told[-1].words) == (trouble, words)


def test_stopping_keeps_what_was_taken_and_says_how_much(qapp: QApplication) -> None:
    bench = Bench()
    bench.jobs.answers = [a_job(rows_done=1, rows_total=9) for _ in range(9_999)]

    async def story() -> None:
        desk = bench.importing()
        desk.check(Path("客户.csv"))
        await until(lambda: desk.work.step is FileStep.CHECKING)
        bench.jobs.answers = [a_job(JobState.CANCELLED, rows_done=2, rows_total=9)]
        desk.cancel()
        await until(lambda: desk.work.done == 2)
        assert desk.work.step is FileStep.CANCELLED
        desk.cancel()  # it is over

    play(story)
    assert bench.jobs.asked[-1] == "cancel imports"


def test_bad_rows_are_saved_as_a_file_or_it_is_said_why_not(
    qapp: QApplication, tmp_path: Path
) -> None:
    bench = Bench()

    async def story() -> None:
        desk = bench.importing()
        desk.save_report(tmp_path / "none.csv")  # there is nothing to report on
        desk.check(Path("客户.csv"))
        await over(desk)
        desk.save_report(tmp_path / "bad.csv")
        await until(lambda: bool(bench.jobs.saved))
        bench.jobs.answers = [PermissionError(13, "Permission denied")]
        desk.save_report(tmp_path / "bad.csv")
        await until(lambda: desk.work.trouble is Trouble.LOCAL)
        assert desk.work.words == "Permission denied"

    play(story)
    assert bench.jobs.saved == [tmp_path / "bad.csv"]


def test_an_export_is_made_fetched_and_has_the_kind_of_its_name(
    qapp: QApplication, tmp_path: Path
) -> None:
    bench = Bench()
    bench.jobs.answers = [a_job(rows_total=5), a_job(JobState.DONE, rows_done=5, rows_total=5)]

    async def story() -> None:
        desk = bench.exporting()
        desk.start(tmp_path / "all.XLSX", chinese=True)
        desk.start(tmp_path / "twice.csv", chinese=True)
        assert (await over(desk)).step is FileStep.DONE
        bench.jobs.answers = [a_job(JobState.DONE), OSError(28, "No space left on device")]
        desk.start(tmp_path / "all.csv", chinese=False)
        assert (await over(desk)).words == "No space left on device"

    play(story)
    assert bench.jobs.asked == [
        "export customers xlsx True", "look exports", "save exports",
        "export customers csv False", "save exports",
    ]  # fmt: skip
    assert bench.jobs.saved == [tmp_path / "all.XLSX"]


def test_time_left_is_said_when_it_can_be_known() -> None:
    work = FileWork(FileStep.TAKING, done=25, total=100, since_s=10.0)
    assert (work.part, work.left_s(20.0)) == (0.25, 30.0)
    assert work.left_s(11.0) is None
    assert FileWork(FileStep.TAKING, done=5).left_s(100.0) is None
    assert FileWork(FileStep.DONE, done=5, total=5).left_s(100.0) is None


def test_an_odd_report_is_an_empty_one() -> None:
    odd = {"columns": 3, "preview": [1, {"values": None}], "created": "2", "bad": True}
    assert read_report(odd) == ImportReport()
