"""Every message crosses the pipe unchanged, and nothing else gets through."""

from __future__ import annotations

import dataclasses
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sip.codec import CodecError, decode_command, decode_event, encode
from sip.messages import (
    COMMANDS,
    EVENTS,
    Account,
    Answer,
    Command,
    Configure,
    EngineLost,
    Event,
    LevelsMeasured,
    LineId,
    Ping,
    PlayFile,
    Register,
    ShutDown,
    Transport,
)

_TEXT = st.text(st.characters(codec="utf-8"), max_size=40)
_INT = st.integers(-(2**63), 2**63 - 1)
_FLOAT = st.floats(allow_nan=False, allow_infinity=False)
st.register_type_strategy(str, _TEXT)
st.register_type_strategy(int, _INT)
st.register_type_strategy(float, _FLOAT)


def _any(kinds: tuple[type, ...]) -> st.SearchStrategy[object]:
    return st.one_of([st.builds(kind, **_wishes(kind)) for kind in kinds])


def _wishes(kind: type) -> dict[str, st.SearchStrategy[object]]:
    """Ask for every field, also for those with a default."""
    hints = {f.name: f.type for f in dataclasses.fields(kind)}
    named: dict[str, st.SearchStrategy[object]] = {
        "account": st.builds(
            Account, user=_TEXT, display_name=_TEXT, domain=_TEXT, registrar=_TEXT, password=_TEXT
        ),
        "transports": st.lists(st.sampled_from(Transport)).map(tuple),
        "headers": st.lists(st.tuples(_TEXT, _TEXT)).map(tuple),
    }
    if kind is Configure:
        del named["headers"]
    return {name: strategy for name, strategy in named.items() if name in hints}


@given(_any(COMMANDS))
def test_a_command_comes_back_as_it_was(message: Command) -> None:
    line = encode(message)
    assert line.count(b"\n") == 1
    assert decode_command(line) == message


@given(_any(EVENTS))
def test_an_event_comes_back_as_it_was(message: Event) -> None:
    line = encode(message)
    assert line.endswith(b"\n")
    assert decode_event(line) == message


@given(st.binary(max_size=200))
def test_garbage_raises_nothing_but_codec_errors(line: bytes) -> None:
    with pytest.raises(CodecError):
        decode_command(line)


_NOT_EMPTY = [kind.__name__ for kind in COMMANDS if kind not in {Register, ShutDown}]
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(_JSON, st.sampled_from(_NOT_EMPTY))
def test_well_formed_nonsense_raises_nothing_but_codec_errors(body: object, name: str) -> None:
    with pytest.raises(CodecError):
        decode_command(json.dumps({"is": name, "with": body}).encode("utf-8", "replace"))


@pytest.mark.parametrize(
    "line",
    [
        b'{"is":"Answer","with":{"line":"1-i1","extra":1}}',
        b'{"is":"Answer","with":{}}',
        b'{"is":"Answer","with":{"line":7}}',
        b'{"is":"Ping","with":{"token":true}}',
        b'{"is":"Ping","with":{"token":1.5}}',
        b'{"is":"Ping","with":{"token":1},"more":1}',
        b'{"is":"Pong","with":{"token":1}}',  # an event is no command
        b'{"is":["Ping"],"with":{"token":1}}',
        b'{"is":"SetMute","with":{"line":"1-i1","muted":1}}',
        b'{"is":"MakeCall","with":{"line":"a","uri":"b","headers":[["x"]],"from_name":"",'
        b'"from_user":""}}',
        b"[]",
        b"",
        b'{"is":"Ping","with":' + b"[" * 5000,
        b'{"is":"PlayFile","with":{"line":"a","path":"' + b"x" * 1_000_000 + b'"}}',
    ],
)
def test_what_is_not_exactly_a_command_is_refused(line: bytes) -> None:
    with pytest.raises(CodecError):
        decode_command(line)


def test_an_unknown_choice_is_refused() -> None:
    line = encode(Configure(1, Account("1001"))).replace(b'"udp"', b'"pigeon"')
    with pytest.raises(CodecError):
        decode_command(line)


def test_a_whole_number_is_a_good_float_and_none_may_stand_for_one() -> None:
    fields = b'{"line":"1-i1","received_db":-90,"sent_db":-3,"spoken_db":-3}'
    whole = b'{"is":"LevelsMeasured","with":' + fields + b"}"
    assert decode_event(whole) == LevelsMeasured(LineId("1-i1"), -90.0, -3.0, -3.0)
    assert decode_event(encode(EngineLost(1, "", None))) == EngineLost(1, "", None)


@pytest.mark.parametrize("message", [PlayFile(LineId("1-o1"), "\ud800"), Ping(2**64)])
def test_what_json_cannot_hold_is_refused_when_written(message: Command) -> None:
    with pytest.raises(CodecError):
        encode(message)


def test_a_password_is_not_shown() -> None:
    assert "secret" not in repr(Account("1001", password="secret"))


def test_answer_is_one_short_line() -> None:
    assert encode(Answer(LineId("1-i1"))) == b'{"is":"Answer","with":{"line":"1-i1"}}\n'
