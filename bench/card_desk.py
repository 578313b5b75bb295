"""One desk with one centre, rung some times: how long until the card is on the screen (① to ⑤).

Prints one JSON object: for each call the nanoseconds from the INVITE to each stage.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractItemView, QLabel, QWidget

from agent_app.demo.driver import Driver
from agent_app.desk.seat import Seat
from agent_app.domain.calls import Call
from agent_app.domain.customers import CallerCard, CardState
from agent_app.runtime.loop import leave, run_desk
from agent_app.runtime.profile import Profile
from agent_app.runtime.secrets import NamedSecret, SessionSecrets
from agent_app.store.opening import CACHE_NAME
from agent_app.store.store import Store
from bench.centre import Caller
from bench.desk import Desk, desk_application, open_desk, until
from bench.key import KEY, open_bare
from bench.painting import PaintWatch
from bench.sheet import BenchError
from bench.sip_caller import SipCaller
from server.sample.fill import PASSWORD
from sync.api import ServerApi
from sync.auth import Auth
from sync.copying import CopyProgress
from ui.application import DeskApplication
from ui.window.desk_window import DeskWindow

SETTLE_S = 0.1
"""So long after the first paint a second one, after a new layout, still belongs to the card."""
NANO = 1_000_000_000
LOGIN = "1001"
BY_NUMBER = "SELECT customer_id FROM phones WHERE number = ?"
OF_PERSON = (
    "SELECT * FROM customers c LEFT JOIN segments s ON s.id = c.segment_id WHERE c.id = ?",
    "SELECT number, label FROM phones WHERE customer_id = ?",
    "SELECT i.*, c.name FROM interactions i LEFT JOIN categories c ON c.id = i.category_id"
    " WHERE i.customer_id = ? ORDER BY i.started_at DESC LIMIT 20",
    "SELECT count(*) FROM interactions WHERE customer_id = ?",
)
PANEL = ("caller-panel", "caller-name", "caller-segment", "caller-number")
LISTS = ("history-list", "number-list")


@dataclass(slots=True)
class Moments:
    """Monotonic nanoseconds of one call in the desk; 0 is not yet.

    ``work_ns`` is the processor time of the GUI thread when the card was painted.
    """

    event_ns: int = 0
    ringing_ns: int = 0
    value_ns: int = 0
    painted_ns: int = 0
    settled_ns: int = 0
    work_ns: int = 0
    customer_id: str = ""
    done: asyncio.Event = field(default_factory=asyncio.Event)


class CardWatch(QObject):
    """Writes down when the call came, when its card was known, set into widgets, and painted."""

    def __init__(self) -> None:
        super().__init__()
        self.moments = Moments()
        self.awaited = ""
        self._name = QLabel()
        self._paint: PaintWatch | None = None

    def before_window(self, seat: Seat) -> None:
        seat.phone.call_changed.connect(self._on_call)
        seat.cards.changed.connect(self._on_value)

    def after_window(self, seat: Seat, window: DeskWindow) -> None:
        seat.phone.call_changed.connect(self._on_ringing)
        [self._name] = window.findChildren(QLabel, "caller-name")
        widgets = [w for name in PANEL for w in window.findChildren(QWidget, name)]
        views = [v for name in LISTS for v in window.findChildren(QAbstractItemView, name)]
        viewports = (view.viewport() for view in views)
        self._paint = paint = PaintWatch([*widgets, *viewports], self._on_paint)
        seat.phone.rounds.first.connect(paint.look)  # after the panel, which paints at once

    def _on_call(self, call: Call) -> None:
        if call.live and not self.moments.event_ns:
            self.moments.event_ns = round(call.started_monotonic_s * NANO)

    def _on_ringing(self, call: Call) -> None:
        """Everybody else has heard of the call by now."""
        if call.live and not self.moments.ringing_ns:
            self.moments.ringing_ns = time.monotonic_ns()

    def _on_value(self, card: CallerCard) -> None:
        if card.state is CardState.KNOWN and card.customer is not None:
            self.moments.value_ns = time.monotonic_ns()
            self.moments.customer_id = card.customer.customer_id

    def _on_paint(self, at_ns: int) -> None:
        moments = self.moments
        there = moments.value_ns and self._name.accessibleName() == self.awaited
        if there and not moments.painted_ns:
            moments.painted_ns = at_ns
            moments.work_ns = time.thread_time_ns()
            moments.done.set()
        if moments.painted_ns:
            moments.settled_ns = at_ns


async def ring(desk: Desk, watch: CardWatch, peer: SipCaller, who: Caller) -> dict[str, int]:
    """One call, from the INVITE to the desk being free again. Raises BenchError."""
    watch.moments, watch.awaited = (moments := Moments()), who.name
    work_before_ns = time.thread_time_ns()
    peer.call(who.number)
    try:
        await asyncio.wait_for(moments.done.wait(), 10)
    except TimeoutError:
        raise BenchError(f"no card was painted: {moments}") from None
    shown = Driver(desk.window).read("caller-name")
    if (moments.customer_id, shown) != (who.customer_id, who.name):
        raise BenchError(f"the card shows {shown} for {who}")
    await asyncio.sleep(SETTLE_S)
    settled_ns = moments.settled_ns  # what is painted from now on is the end of the call
    times = await peer.end()
    seat = desk.seat
    await until("the call is gone", lambda: not seat.phone.calls and not seat.summaries.open_drafts)
    sent_ns = times["sent_ns"]
    return {
        "answer_180": times["ringing_ns"] - sent_ns,
        "event": moments.event_ns - sent_ns,
        "ringing": moments.ringing_ns - sent_ns,
        "value": moments.value_ns - sent_ns,
        "painted": moments.painted_ns - sent_ns,
        "settled": settled_ns - sent_ns,
        "work": moments.work_ns - work_before_ns,
    }


async def look_up(desk: Desk, callers: list[Caller]) -> list[int]:
    """The question behind a card, asked of the store alone: nanoseconds each."""
    store = desk.running.ground.store
    taken = []
    for who in callers:
        began = time.monotonic_ns()
        await store.callers.find_by_number(who.number)
        taken.append(time.monotonic_ns() - began)
        await asyncio.sleep(0.002)
    return taken


def look_up_bare(path: Path, callers: list[Caller]) -> list[int]:
    """The same question put to the file with nothing of ours between: nanoseconds each."""
    database = open_bare(path)
    taken = []
    for who in callers:
        began = time.monotonic_ns()
        [(found, *_)] = database.execute(BY_NUMBER, (who.number,)).fetchall()
        for question in OF_PERSON:
            database.execute(question, (found,)).fetchall()
        taken.append(time.monotonic_ns() - began)
    database.close()
    return taken


async def copy_again_and_again(url: str, folder: Path, copied: list[int]) -> None:
    """A whole copy is fetched into a file beside, and once more when it is there."""
    auth = Auth(api=ServerApi(url), tokens=NamedSecret(SessionSecrets(), "copy"), device="bench")
    await asyncio.to_thread(auth.sign_in, LOGIN, PASSWORD)
    store = await Store.open(folder, KEY)

    def hear(progress: CopyProgress) -> None:
        copied[-1] = progress.done

    try:
        while True:
            copied.append(0)
            await store.copy_of(url).fetch(
                tokens=lambda _: auth.call(lambda token: token), on_progress=hear
            )
    finally:
        await store.close()


async def measure(
    application: DeskApplication,
    profile: Profile,
    callers: list[Caller],
    others: list[Caller],
    *,
    copy_from: str,
) -> None:
    watch = CardWatch()
    desk = await open_desk(application, profile, before_window=watch.before_window)
    watch.after_window(desk.seat, desk.window)
    engine = desk.running.engine.engine
    assert engine is not None, "open_desk waited for it"
    peer = SipCaller(engine.ports[0][1])
    chance = random.Random(len(callers))
    calls = []
    copied: list[int] = []
    copying = None
    folder = tempfile.TemporaryDirectory(prefix="zuoxi-bench-copy-")
    if copy_from:
        work = copy_again_and_again(copy_from, Path(folder.name), copied)
        copying = asyncio.ensure_future(work)
        await until("the copying has begun", lambda: any(copied), 60)
    for who in callers:
        await asyncio.sleep(chance.uniform(0.02, 0.08))  # in step with no timer
        calls.append(await ring(desk, watch, peer, who))
    peer.close()
    looked_up = await look_up(desk, others)
    bare = await asyncio.to_thread(look_up_bare, profile.store / CACHE_NAME, others)
    if copying is not None:
        if copying.done():
            copying.result()  # it ends by itself only with an error
        copying.cancel()
        await asyncio.gather(copying, return_exceptions=True)
    await desk.close()
    folder.cleanup()
    found = {"calls": calls, "looked_up": looked_up, "bare": bare, "copied": sum(copied)}
    sys.stdout.write(json.dumps(found) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("root", type=Path, help="a profile with a filled store")
    parser.add_argument("--first", type=int, default=0, help="place of the first caller")
    parser.add_argument("--calls", type=int, default=10)
    parser.add_argument("--copy-from", default="", help="a server to be copied meanwhile")
    given = parser.parse_args()
    known = json.loads((given.root / "centre.json").read_text("utf-8"))["callers"]
    known = known[given.first :] + known[: given.first]
    callers = [Caller(**one) for one in known[: given.calls]]
    others = [Caller(**one) for one in known[-given.calls :]]
    application = desk_application()

    async def work(_stop: asyncio.Event) -> int:
        with Profile(given.root) as profile:
            await measure(application, profile, callers, others, copy_from=given.copy_from)
        return 0

    leave(run_desk(application, work))


if __name__ == "__main__":
    main()
