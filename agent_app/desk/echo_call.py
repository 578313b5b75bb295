"""One call to the exchange's echo number: a voice goes out and must come back (step ③)."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from agent_app.desk.call_quality import call_quality
from agent_app.desk.endings import words_of
from agent_app.desk.phone_values import Engine
from agent_app.domain.ids import InteractionId
from agent_app.domain.self_test import GOOD_MOS, EchoVerdict, came_back
from sip import messages as m

ANSWER_LIMIT_S = 6.0
TALK_LIMIT_S = 15.0
LISTEN_LEVELS = 50
"""So many levels of sent and returned sound are compared: tenths of a second while a file plays."""


@dataclass(frozen=True, slots=True)
class Echo:
    """What one echo call showed; ``mos`` as in CallQuality, None where nothing arrived."""

    verdict: EchoVerdict
    detail: str = ""
    mos: float | None = None
    loss_share: float = 0.0
    jitter_ms: float = 0.0
    round_trip_ms: float = 0.0
    encrypted: bool | None = None


class _OverError(Exception):
    """The call ended or was refused; the message has the other side's words."""


class EchoCall(QObject):
    """Owns a line of its own, which is no call of the agent's.

    Signals:
        advanced: float, 0 to 1.
    """

    advanced = Signal(float)

    def __init__(
        self, *, engine: Engine, uri: str, voice: Path, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._engine = engine
        self._uri = uri
        self._voice = voice
        self._line = engine.new_line()
        self._events: asyncio.Queue[m.Event] = asyncio.Queue()
        self._sent_db: list[float] = []
        self._received_db: list[float] = []
        self._statistics: list[m.CallStatistics] = []
        self._encrypted: bool | None = None

    def hear(self, event: m.Event) -> None:
        """Take an event of a line that is no call of the agent's."""
        if getattr(event, "line", None) == self._line:
            self._events.put_nowait(event)

    async def run(self) -> Echo:
        """Call, listen, hang up. Hangs up when cancelled, too."""
        answered = False
        try:
            self._engine.send(m.MakeCall(self._line, self._uri))
            async with asyncio.timeout(ANSWER_LIMIT_S):
                await self._wait_for_answer()
            answered = True
            async with asyncio.timeout(TALK_LIMIT_S):
                await self._listen()
        except TimeoutError:
            if not answered:
                return Echo(EchoVerdict.NO_ANSWER)
        except _OverError as over:
            if not answered:
                return Echo(EchoVerdict.NO_ANSWER, str(over))
            return replace(self._judge(), detail=str(over))
        finally:
            self._engine.send(m.HangUp(self._line))
        return self._judge()

    async def _wait_for_answer(self) -> None:
        while not isinstance(event := await self._next(), m.CallAnswered):
            pass
        self._encrypted = event.encrypted

    async def _listen(self) -> None:
        self._engine.send(m.PlayFile(self._line, str(self._voice)))
        while len(self._sent_db) < LISTEN_LEVELS:
            event = await self._next()
            if isinstance(event, m.LevelsMeasured):
                self._sent_db.append(event.sent_db)
                self._received_db.append(event.received_db)
                self.advanced.emit(len(self._sent_db) / LISTEN_LEVELS)
            elif isinstance(event, m.CallStatistics):
                self._statistics.append(event)

    async def _next(self) -> m.Event:
        event = await self._events.get()
        if isinstance(event, m.CallEnded):
            raise _OverError(words_of(event.status, event.reason))
        if isinstance(event, m.CommandRefused):
            raise _OverError(event.reason)
        return event

    def _judge(self) -> Echo:
        heard = came_back(self._sent_db, self._received_db)
        echo = Echo(EchoVerdict.GOOD if heard else EchoVerdict.NO_SOUND, encrypted=self._encrypted)
        if not self._statistics:
            return echo
        quality = call_quality(InteractionId(""), tuple(self._statistics))
        if heard and quality.mos is not None and quality.mos < GOOD_MOS:
            echo = replace(echo, verdict=EchoVerdict.POOR)
        return replace(
            echo,
            mos=quality.mos,
            loss_share=quality.loss_share,
            jitter_ms=quality.jitter_ms,
            round_trip_ms=quality.round_trip_ms,
        )
