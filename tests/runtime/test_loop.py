"""The desk's loop in processes of its own: how it ends is the point."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

pytestmark = pytest.mark.processes

HEAD = """
import asyncio, logging, os, sys, threading
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QLabel
from agent_app.runtime.loop import leave, run_desk

application = QApplication(["desk"])
application.setQuitOnLastWindowClosed(False)
label = QLabel("desk")
label.show()

def say(text):
    os.write(1, (text + "\\n").encode())
"""
TAIL = """
code = run_desk(application, main)
say(f"ended {code}")
leave(code)
"""
WAITS = """
async def main(stop):
    say("up")
    await stop.wait()
    say("closing")
    await asyncio.sleep(0)
    say("closed")
    return 7
"""


@contextmanager
def desk(body: str, **options: object) -> Iterator[subprocess.Popen[str]]:
    script = HEAD + textwrap.dedent(body) + TAIL
    process = subprocess.Popen(
        [sys.executable, "-X", "faulthandler", "-c", script],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        **options,  # type: ignore[call-overload]
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return str(process.stdout.readline()).rstrip()


def rest(process: subprocess.Popen[str]) -> tuple[int, list[str], str]:
    out, error = process.communicate(timeout=30)
    return process.returncode, out.splitlines(), error


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_closes_everything_although_qt_is_asleep(number: signal.Signals) -> None:
    with desk(WAITS) as process:
        assert line(process) == "up"
        process.send_signal(number)
        assert rest(process) == (7, ["closing", "closed", "ended 7"], "")


def test_a_second_signal_ends_a_desk_that_hangs_while_closing() -> None:
    body = """
    async def main(stop):
        say("up")
        await stop.wait()
        say("hanging")
        await asyncio.Event().wait()
    """
    with desk(body) as process:
        assert line(process) == "up"
        process.send_signal(signal.SIGTERM)
        assert line(process) == "hanging"
        process.send_signal(signal.SIGTERM)
        assert rest(process)[0] == 128 + signal.SIGTERM


def test_a_hang_up_that_nohup_ignores_stays_ignored() -> None:
    def ignore() -> None:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)

    with desk(WAITS, preexec_fn=ignore) as process:
        assert line(process) == "up"
        process.send_signal(signal.SIGHUP)
        process.send_signal(signal.SIGTERM)
        assert rest(process)[0] == 7


def test_qt_being_told_to_quit_closes_everything_too() -> None:
    body = (
        WAITS
        + """
QTimer.singleShot(0, application.quit)
    """
    )
    with desk(body) as process:
        assert rest(process) == (7, ["up", "closing", "closed", "ended 7"], "")


def test_a_bug_in_main_is_an_exception_of_the_program() -> None:
    body = """
    async def main(stop):
        raise ZeroDivisionError
    """
    with desk(body) as process:
        code, _, error = rest(process)
        assert code == 1
        assert "ZeroDivisionError" in error


def test_leaving_flushes_and_does_not_wait_for_threads() -> None:
    body = """
    async def main(stop):
        threading.Thread(target=threading.Event().wait).start()
        sys.stdout.write("buffered")
        return 0
    """
    with desk(body) as process:
        code, lines, _ = rest(process)
        assert (code, "buffered" in "".join(lines)) == (0, True)


def test_leaving_does_not_mind_that_nobody_reads() -> None:
    body = """
    async def main(stop):
        sys.stdout.write("x")
        os.close(1)
        os.dup2(os.open("/dev/full", os.O_WRONLY), 1)
        globals()["say"] = lambda text: None
        return 3
    """
    with desk(body) as process:
        assert rest(process)[0] == 3


def test_results_of_worker_threads_arrive_in_the_guis_thread() -> None:
    body = """
    async def main(stop):
        loop, home = asyncio.get_running_loop(), threading.get_ident()
        seen = set()
        done = asyncio.Event()
        def hear(count):
            seen.add(threading.get_ident())
            if count == 1999:
                done.set()
        def work():
            for count in range(2000):
                loop.call_soon_threadsafe(hear, count)
        await loop.run_in_executor(None, work)
        await asyncio.wait_for(done.wait(), 20)
        async with asyncio.timeout(20):
            await asyncio.to_thread(lambda: None)
        return 0 if seen == {home} else 9
    """
    with desk(body) as process:
        assert rest(process)[0] == 0


def test_what_a_task_throws_reaches_the_handler_given() -> None:
    body = """
    async def main(stop):
        async def fail():
            raise ZeroDivisionError
        asyncio.get_running_loop().create_task(fail())
        await asyncio.sleep(0.01)
        import gc; gc.collect()
        return 0
    def on_error(loop, context):
        say("told " + type(context["exception"]).__name__)
    run_desk_once = run_desk
    def run_desk(application, main):
        return run_desk_once(application, main, on_error=on_error)
    """
    with desk(body) as process:
        assert "told ZeroDivisionError" in rest(process)[1]


def test_an_answer_that_is_there_is_heard_before_the_next_paint() -> None:
    body = """
    class Painted(QLabel):
        def paintEvent(self, event):
            say("painted")

    async def main(stop):
        painted = Painted("desk")
        painted.show()
        while not painted.windowHandle().isExposed():
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.1)
        say("begin")
        painted.repaint()
        painted.update()
        asked = asyncio.get_running_loop().run_in_executor(None, threading.get_ident)
        while len(painted.text()) < 5000:  # busy, as with the news of a call
            painted.setText(painted.text() + "desk")
        assert await asked != threading.get_ident()
        say("heard")
        await asyncio.sleep(0.1)
        return 0
    """
    with desk(body) as process:
        code, said, error = rest(process)
        assert (code, error) == (0, "")
        after = said[said.index("begin") :]
        assert after[:4] == ["begin", "painted", "heard", "painted"]


def test_a_task_that_never_rests_lets_the_others_have_their_turn() -> None:
    body = """
    async def main(stop):
        came = []
        QTimer.singleShot(5, lambda: came.append(True))
        while not came:
            await asyncio.sleep(0)
        return 0
    """
    with desk(body) as process:
        assert rest(process)[0] == 0


def test_callbacks_keep_their_order_and_go_on_in_a_loop_of_qts_own() -> None:
    body = """
    async def main(stop):
        loop, heard, inner = asyncio.get_running_loop(), [], QEventLoop()
        loop.call_soon(heard.append, 1)
        loop.call_soon(inner.exec)
        loop.call_soon(heard.append, 2).cancel()
        loop.call_soon(heard.append, 3)
        loop.call_soon_threadsafe(heard.append, 4)
        loop.call_soon(inner.quit)
        while len(heard) < 3:
            await asyncio.sleep(0)
        say(str(heard))
        return 0
    """
    with desk(body) as process:
        assert rest(process) == (0, ["[1, 3, 4]", "ended 0"], "")
