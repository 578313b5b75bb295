"""The engine's pipes never hold up the thread that owns pjsip."""

from __future__ import annotations

import os
import threading

from sip.codec import decode_event, encode
from sip.engine.pipe import LEVELS_GO_FIRST, MOST_WAITING, CommandReader, EventWriter
from sip.messages import CallEnded, EndedBy, LevelsMeasured, LineId, Ping, Pong, ShutDown

LINE = LineId("1-i1")
LEVELS = LevelsMeasured(LINE, -20.0, -30.0)
LIMIT_S = 20


def test_a_desk_that_does_not_read_costs_levels_and_nothing_else() -> None:
    reading, writing = os.pipe()
    writer = EventWriter(fd=writing)
    writer.start()
    ended = CallEnded(LINE, 200, "x" * 200, EndedBy.CALLER)
    for _ in range(1000):  # far more than a pipe holds
        writer.send(ended)
        writer.send(LEVELS)
    closer = threading.Thread(target=_close, args=(writer, writing))
    closer.start()
    with os.fdopen(reading, "rb") as pipe:
        events = [decode_event(line) for line in pipe]
    closer.join()
    assert events.count(ended) == 1000
    assert events.count(LEVELS) < 1000
    assert not writer.broken.is_set()


def _close(writer: EventWriter, descriptor: int) -> None:
    writer.close(LIMIT_S)
    os.close(descriptor)


def test_a_desk_that_never_reads_again_is_given_up() -> None:
    reading, writing = os.pipe()
    writer = EventWriter(fd=writing)
    for token in range(MOST_WAITING):
        writer.send(Pong(token))
    assert not writer.broken.is_set()
    writer.send(Pong(0))
    assert writer.broken.is_set()
    os.close(reading)
    os.close(writing)


def test_a_closed_event_pipe_is_noticed() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    writer = EventWriter(fd=writing)
    writer.start()
    writer.send(Pong(1))
    assert writer.broken.wait(LIMIT_S)
    writer.close(LIMIT_S)
    os.close(writing)


def test_levels_are_kept_while_the_desk_reads() -> None:
    reading, writing = os.pipe()
    writer = EventWriter(fd=writing)
    for _ in range(LEVELS_GO_FIRST):
        writer.send(LEVELS)
    writer.start()
    writer.close(LIMIT_S)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        assert len(pipe.readlines()) == LEVELS_GO_FIRST


def test_a_closed_command_pipe_is_a_shut_down() -> None:
    reading, writing = os.pipe()
    ended = threading.Event()
    writer = EventWriter(fd=-1)
    woken: list[int] = []
    reader = CommandReader(
        fd=reading,
        writer=writer,
        on_command=lambda: woken.append(reader.commands.qsize()),
        on_end=ended.set,
    )
    reader.start()
    os.write(writing, encode(Ping(1)) + b'{"half a line')
    os.close(writing)
    assert reader.commands.get(timeout=LIMIT_S) == Ping(1)
    assert reader.commands.get(timeout=LIMIT_S) == ShutDown()
    assert ended.wait(LIMIT_S)
    assert len(woken) == 2  # the shut-down, too, wakes a loop that sleeps
    os.close(reading)
