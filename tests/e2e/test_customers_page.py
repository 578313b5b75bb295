"""A supervisor's work with customers: the real window on a real sample centre."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from agent_app.demo.driver import Driver
from agent_app.domain.link import ServerState
from agent_app.runtime.loop import run_desk
from agent_app.runtime.processes import EmbeddedServer
from agent_app.runtime.profile import Profile
from agent_app.runtime.tasks import Tasks
from agent_app.settings import ServerSettings, Settings, SoundSettings
from agent_app.wiring.duty import Duty
from agent_app.wiring.screen import open_window
from agent_app.wiring.seat import RunningSeat
from tests.contract.centre import PASSWORD, port_of, serving
from tests.e2e.stage import an_occasion
from ui.application import DeskApplication
from ui.keys import KeyMap

pytestmark = pytest.mark.processes

SUPERVISOR = "1008"
LIMIT_S = 40
HEAD = "姓名,手机,所属地区,单位,星座\r\n"


def a_table(*rows: str) -> str:
    return HEAD + "".join(f"{row}\r\n" for row in rows)


class Shift:
    """The supervisor's window, and the server behind it."""

    def __init__(
        self, running: RunningSeat, driver: Driver, server: EmbeddedServer, url: str
    ) -> None:
        self.running = running
        self.url = url
        self.driver = driver
        self.server = server

    async def until(self, what: str, holds: Callable[[], bool]) -> None:
        await self.driver.until(what, holds, LIMIT_S)

    async def found(self, words: str, *names: str) -> None:
        """Search until these are the first that are shown."""
        driver = self.driver
        driver.window.activateWindow()  # a dialogue had the keyboard
        await self.until("it has the keyboard", driver.window.isActiveWindow)
        driver.click("customer-search-field")
        driver.press("Ctrl+A")
        driver.type(words)
        wanted = list(names)

        def there() -> bool:
            rows = driver.rows("customer-list")
            return [row.partition(",")[0] for row in rows][: len(wanted)] == wanted

        await self.until(f"{words} finds {names}", there)

    def choose_file(self, dialog: str, path: Path) -> None:
        found = self.driver.find(QFileDialog, dialog)
        found.setDirectory(str(path.parent))
        found.selectFile(str(path))
        found.accept()

    async def check(self, path: Path) -> None:
        """Let the server look at a file."""
        await self.until(
            "a file can be chosen", lambda: self.driver.enabled("import-choose-button")
        )
        self.driver.click("import-choose-button")
        self.choose_file("import-file-dialog", path)
        await self.until("it was looked at", lambda: self.driver.shown("import-take-button"))

    async def take(self) -> None:
        self.driver.click("import-take-button")
        await self.until("it is taken", lambda: self.driver.read("import-status") == "Done.")


def on_duty(qapp: DeskApplication, folder: Path, story: Callable[[Shift], Awaitable[None]]) -> None:
    faults: list[object] = []

    async def main(_stop: asyncio.Event) -> int:
        server = serving(folder / "server")
        url = await server.start()
        tasks = Tasks()
        settings = Settings(
            server=ServerSettings(url=url, poll_s=0.3, retry_max_s=0.5),
            sound=SoundSettings(backend="null"),
        )
        try:
            with Profile(folder / "profile") as profile:
                occasion = an_occasion(profile, settings, tasks)
                duty = await Duty.prepare(occasion)
                await duty.resume()
                running = await duty.sign_in(SUPERVISOR, PASSWORD)
                window = open_window(qapp, running.seat, profile, KeyMap())
                window.resize(1366, 728)
                window.show()
                window.activateWindow()
                await running.begin()
                shift = Shift(running, Driver(window), server, url)
                link = running.seat.link
                await shift.until("online", lambda: link.status.server is ServerState.ONLINE)
                await story(shift)
                window.hide()
                await duty.close()
                window.deleteLater()
        finally:
            await tasks.cancel_all()
            await shift.server.stop()
            server.close()
        return 0

    (folder / "server").mkdir()
    assert run_desk(qapp, main, on_error=lambda _loop, context: faults.append(context)) == 0
    assert faults == []


def test_files_of_any_encoding_are_understood_taken_found_merged_and_exported(
    qapp: DeskApplication, tmp_path: Path
) -> None:
    gbk, utf16 = tmp_path / "国标.csv", tmp_path / "宽.csv"
    gbk.write_bytes(a_table(
        "欧阳修文,13700137001,杭州市西湖区,云栖餐饮,金牛",
        "司马光远,号码不详,宁波市,,",
        "欧阳修文,13700137001,杭州市西湖区,云栖餐饮,金牛",
        ",13700137009,,,",
    ).encode("gb18030"))  # fmt: skip
    utf16.write_bytes(a_table("欧阳修文,13700137002,杭州市西湖区,,").encode("utf-16"))

    async def story(shift: Shift) -> None:
        driver = shift.driver
        driver.click("page-customers-button")
        driver.click("customer-import-button")
        await shift.check(gbk)
        assert "GB18030" in driver.read("import-left-out")
        assert "星座" in driver.read("import-left-out")
        assert driver.read("import-counts").endswith("cannot be used: 2")
        assert driver.rows("import-preview")[0].startswith("欧阳修文, row 2: new")
        await shift.take()
        driver.click("import-report-button")
        shift.choose_file("import-report-dialog", tmp_path / "bad.csv")
        await shift.until("the list is saved", (tmp_path / "bad.csv").exists)
        bad = (tmp_path / "bad.csv").read_text("utf-8-sig")
        lines = [line.split(",")[:2] for line in bad.splitlines()]
        assert lines == [["行 row", "列 column"], ["3", "手机"], ["5", "姓名"]]
        await shift.check(utf16)
        await shift.take()

        # The feed brings them; she finds them as she types, with two of one name.
        await shift.found("ouyangxiuw", "欧阳修文", "欧阳修文")
        await shift.found("137 0013 7002", "欧阳修文")
        driver.press("Return")
        await shift.until("the details", lambda: driver.shown("customer-details-name"))

        # They are one and the same.
        driver.click("customer-duplicates-button")
        await shift.until("the pair", lambda: any(
            "欧阳修文" in row for row in driver.rows("duplicates-list")
        ) if driver.shown("duplicates-list") else False)  # fmt: skip
        pair = next(at for at, row in enumerate(driver.rows("duplicates-list")) if "欧阳" in row)
        driver.click_row("duplicates-list", pair)
        driver.click("pair-keep-first")
        driver.click("pair-merge-button")
        await shift.until("one of them is left", lambda: (
            shift.running.seat.link.status.waiting == 0
        ))  # fmt: skip
        await shift.found("ouyangxiuwen", "欧阳修文")
        await shift.until("only one", lambda: len(driver.rows("customer-list")) == 1)

        # Everybody as a file.
        driver.click("customer-export-button")
        driver.click("export-csv-button")
        shift.choose_file("export-file-dialog", tmp_path / "all.csv")
        await shift.until("it is there", (tmp_path / "all.csv").exists)
        assert "13700137002" in (tmp_path / "all.csv").read_text("utf-8-sig")

    on_duty(qapp, tmp_path, story)


def test_a_server_that_goes_in_the_middle_is_said_and_nothing_is_blocked(
    qapp: DeskApplication, tmp_path: Path
) -> None:
    many = tmp_path / "many.csv"
    rows = (f"王大{'甲乙丙丁'[n % 4]}{n},1{3000000000 + n},杭州市,," for n in range(8_000))
    many.write_bytes(a_table(*rows).encode("utf-16"))

    async def story(shift: Shift) -> None:
        driver = shift.driver
        driver.click("page-customers-button")
        driver.click("customer-import-button")
        await shift.check(many)
        driver.click("import-take-button")
        await shift.until("rows are taken", lambda: driver.shown("import-rows"))
        port = port_of(shift.url)
        await shift.server.stop()
        await shift.until("it is said", lambda: driver.shown("import-trouble"))
        assert "asked again" in driver.read("import-trouble")
        await shift.found("zhang")
        shift.server = serving(tmp_path / "server", port=port)
        await shift.server.start()
        await shift.until("it has an end", lambda: not driver.shown("import-cancel-button"))
        assert "could not be done" in driver.read("import-trouble")

    on_duty(qapp, tmp_path, story)
