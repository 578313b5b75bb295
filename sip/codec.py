"""One message, one line: the wire form of ``sip.messages`` on the engine's pipes (step ②).

A line is a JSON object ``{"is": <class name>, "with": {<every field>}}`` and a line feed. Decoding
is strict, because the two ends are always the same release: anything unexpected is a fault worth
seeing, not something to guess around. Pure functions, any thread.
"""

from __future__ import annotations

import types
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from enum import StrEnum
from typing import Any, NewType, Union, get_args, get_origin, get_type_hints

import orjson

from sip.messages import COMMANDS, EVENTS, Command, Event

MAX_LINE_BYTES = 1_000_000
"""Longer lines are refused unread; the longest honest message is some kilobytes."""

_Check = Callable[[object], Any]


class CodecError(Exception):
    """A line that is no message, or a message that cannot be written."""


def encode(message: Command | Event) -> bytes:
    """Return ``message`` as one line of UTF-8 JSON that ends in a line feed.

    Raises CodecError for text that is not valid Unicode (lone surrogates) and for numbers beyond
    64 bits.
    """
    try:
        body = orjson.dumps({"is": type(message).__name__, "with": message})
    except TypeError as problem:
        raise CodecError(f"{type(message).__name__} cannot be written: {problem}") from problem
    return body + b"\n"


def decode_command(line: bytes) -> Command:
    """Return the command in ``line`` (with or without its line feed). Raises CodecError only."""
    command: Command = _decode(line, _COMMANDS)
    return command


def decode_event(line: bytes) -> Event:
    """Return the event in ``line`` (with or without its line feed). Raises CodecError only."""
    event: Event = _decode(line, _EVENTS)
    return event


def _decode(line: bytes, known: dict[str, _Check]) -> Any:  # noqa: ANN401 - narrowed by the callers
    if len(line) > MAX_LINE_BYTES:
        raise CodecError(f"line of {len(line)} bytes")
    try:
        raw = orjson.loads(line)
    except orjson.JSONDecodeError as problem:
        raise CodecError(f"no JSON: {problem}") from problem
    if not isinstance(raw, dict) or raw.keys() != {"is", "with"}:
        raise CodecError("not a message")
    check = known.get(raw["is"]) if isinstance(raw["is"], str) else None
    if check is None:
        raise CodecError("unknown message type")
    return check(raw["with"])


def _checker(hint: Any) -> _Check:  # noqa: ANN401 - a type hint has no narrower type
    """Return a function that checks and converts one JSON value to ``hint``."""
    if isinstance(hint, NewType):
        return _checker(hint.__supertype__)
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in {types.UnionType, Union}:
        return _optional(arguments)
    if origin is tuple:
        return _tuple(arguments)
    if is_dataclass(hint) and isinstance(hint, type):
        return _record(hint)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return _choice(hint)
    return _plain(hint)


def _plain(wanted: type) -> _Check:
    # JSON has one kind of number: an int is a good float, a bool is no int.
    good: tuple[type, ...] = (int, float) if wanted is float else (wanted,)

    def check(value: object) -> Any:  # noqa: ANN401
        if not isinstance(value, good) or (isinstance(value, bool) and wanted is not bool):
            raise CodecError(f"{type(value).__name__} where {wanted.__name__} belongs")
        return wanted(value)

    return check


def _optional(arguments: tuple[Any, ...]) -> _Check:
    inner = _checker(next(a for a in arguments if a is not type(None)))
    return lambda value: None if value is None else inner(value)


def _choice(kind: type[StrEnum]) -> _Check:
    def check(value: object) -> StrEnum:
        try:
            return kind(value if isinstance(value, str) else "")
        except ValueError as problem:
            raise CodecError(f"no {kind.__name__}") from problem

    return check


def _tuple(arguments: tuple[Any, ...]) -> _Check:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        item = _checker(arguments[0])

        def check_any(value: object) -> tuple[Any, ...]:
            if not isinstance(value, list):
                raise CodecError("no list")
            return tuple(item(v) for v in value)

        return check_any
    items = [_checker(a) for a in arguments]

    def check_fixed(value: object) -> tuple[Any, ...]:
        if not isinstance(value, list) or len(value) != len(items):
            raise CodecError(f"no list of {len(items)}")
        return tuple(c(v) for c, v in zip(items, value, strict=True))

    return check_fixed


def _record(kind: type) -> _Check:
    hints = get_type_hints(kind)
    checks = {f.name: _checker(hints[f.name]) for f in fields(kind)}

    def check(value: object) -> Any:  # noqa: ANN401
        if not isinstance(value, dict) or value.keys() != checks.keys():
            raise CodecError(f"wrong fields for {kind.__name__}")
        return kind(**{name: checks[name](v) for name, v in value.items()})

    return check


_COMMANDS = {kind.__name__: _checker(kind) for kind in COMMANDS}
_EVENTS = {kind.__name__: _checker(kind) for kind in EVENTS}
