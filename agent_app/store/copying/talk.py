"""What the desk and the process that copies say to each other: lines of JSON (step ⑧).

Down its standard input: an Order first, then tokens. Up its standard output: progress, the wish
for a token, and last an Outcome or a failure. Key and tokens travel nowhere else: not on a command
line, not in the environment.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path

import orjson

from agent_app.store import errors as store
from sync import errors as sync
from sync.copying import Compared, CopyProgress, CopyStage


class Task(StrEnum):
    FETCH = "fetch"
    COMPARE = "compare"


@dataclass(frozen=True, slots=True)
class Order:
    """``file`` is the one to fill, or to compare; ``key`` its raw key in hexadecimal digits."""

    task: Task
    address: str
    file: str
    key: str = field(repr=False)
    page_rows: int = 5_000


@dataclass(frozen=True, slots=True)
class Token:
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class TokenWanted:
    """``refused`` was given before and is not accepted any more."""

    refused: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The work is done; ``tables`` differ from the server's."""

    compared: Compared = Compared.UNDECIDED
    tables: tuple[str, ...] = ()


Said = TokenWanted | CopyProgress | Outcome | Exception


class TalkError(Exception):
    """A line that neither side writes."""


def encode_order(order: Order) -> bytes:
    return orjson.dumps({"order": asdict(order)}) + b"\n"


def decode_order(line: bytes) -> Order:
    found = _one(line, "order")
    return Order(
        Task(str(found["task"])),
        str(found["address"]),
        str(found["file"]),
        str(found["key"]),
        int(str(found["page_rows"])),
    )


def encode_token(token: str) -> bytes:
    return orjson.dumps({"token": {"token": token}}) + b"\n"


def decode_token(line: bytes) -> Token:
    return Token(str(_one(line, "token")["token"]))


def encode_said(said: Said) -> bytes:
    match said:
        case TokenWanted():
            content: dict[str, object] = {"wanted": asdict(said)}
        case CopyProgress():
            content = {"progress": asdict(said)}
        case Outcome():
            content = {"outcome": asdict(said)}
        case _:
            content = {"failure": _failure(said)}
    return orjson.dumps(content) + b"\n"


def decode_said(line: bytes) -> Said:
    """Raises TalkError."""
    try:
        (name, found), *_ = orjson.loads(line).items()
        match name:
            case "wanted":
                return TokenWanted(**found)
            case "progress":
                return CopyProgress(CopyStage(found["stage"]), found["done"], found["expected"])
            case "outcome":
                return Outcome(Compared(found["compared"]), tuple(found["tables"]))
            case "failure":
                return _raised(found)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise TalkError(str(error)) from error
    raise TalkError(f"a line of the kind {name}")


def _one(line: bytes, name: str) -> dict[str, object]:
    try:
        found: dict[str, object] = orjson.loads(line)[name]
    except (ValueError, KeyError, TypeError) as error:
        raise TalkError(str(error)) from error
    return found


def _failure(error: Exception) -> dict[str, object]:
    """The error with what makes it again on the other side."""
    found: dict[str, object] = {"kind": type(error).__name__, "message": str(error)}
    for name in ("retry_after_s", "status", "code", "need", "cursor", "path", "wipe"):
        if (value := getattr(error, name, None)) is not None:
            found[name] = value if isinstance(value, int | float | str) else str(value)
    return found


def _raised(found: dict[str, object]) -> Exception:
    kind, message = str(found["kind"]), str(found["message"])
    made: dict[str, Callable[[], Exception]] = {
        "ServerBusy": lambda: sync.ServerBusy(message, retry_after_s=_number(found)),
        "RequestRefused": lambda: _refused(message, found),
        "AccessExpired": lambda: _refused(message, found),
        "SessionEnded": lambda: sync.SessionEnded(message, wipe=bool(found.get("wipe"))),
        "ServerBehind": lambda: sync.ServerBehind(cursor=int(str(found["cursor"]))),
        "StartOver": lambda: sync.StartOver(message, need=sync.Need(str(found["need"]))),
    }
    if kind in made:
        return made[kind]()
    if kind in _OF_A_FILE:
        return _OF_A_FILE[kind](Path(str(found["path"])))
    return _PLAIN[kind](message) if kind in _PLAIN else store.CopyError(f"{kind}: {message}")


def _number(found: dict[str, object]) -> float:
    return float(str(found["retry_after_s"]))


def _refused(message: str, found: dict[str, object]) -> Exception:
    return sync.RequestRefused(message, status=int(str(found["status"])), code=str(found["code"]))


_OF_A_FILE = {one.__name__: one for one in store.FileFaultError.__subclasses__()}
_PLAIN: Mapping[str, type[Exception]] = {
    one.__name__: one
    for one in (
        sync.Unreachable,
        sync.BadReply,
        sync.ServerFailed,
        store.MalformedPageError,
        store.CopyError,
    )
}
