"""The library's callback objects: they note what happened and do nothing else (step ①).

A callback runs inside pjsip's locks. Answering or hanging up there aborts the process in some
cases, and an exception that leaves one does in every case; so each puts one note on a queue that
the engine's loop works off, and swallows and logs everything.
"""

from __future__ import annotations

import contextlib
import logging
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from pjsua2 import pjsua2 as pj

CHANGING = ("INVITE", "UPDATE")
"""The requests that change a call; in them the other side may say that it is somebody else now."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Invited:
    """A new call; ``message`` is the whole INVITE as SWIG decoded it, ``source`` the address and
    port it came from."""

    call: SipCall
    message: str
    source: str


@dataclass(frozen=True, slots=True)
class StateSeen:
    call: SipCall
    state: int
    status: int
    reason: str


@dataclass(frozen=True, slots=True)
class MediaSeen:
    call: SipCall


@dataclass(frozen=True, slots=True)
class DigitSeen:
    call: SipCall
    digit: str


@dataclass(frozen=True, slots=True)
class TransactionSeen:
    """A message of a call came in or timed out. ``ours`` says who asked; ``heard``, that something
    arrived. ``message`` is the whole of it where it may tell who the other side is, else empty."""

    call: SipCall
    method: str
    ours: bool
    status: int
    heard: bool
    message: str


@dataclass(frozen=True, slots=True)
class TransferSeen:
    call: SipCall
    status: int
    reason: str
    final: bool


@dataclass(frozen=True, slots=True)
class Replaced:
    """``new`` takes the place of ``call`` (RFC 3891); the library ends ``call`` by itself."""

    call: SipCall
    new: SipCall


@dataclass(frozen=True, slots=True)
class FileEnded:
    player: FilePlayer


@contextlib.contextmanager
def contained(where: str) -> Iterator[None]:
    """Log whatever is raised: an exception that leaves a callback aborts the process."""
    try:
        yield
    except Exception:  # noqa: BLE001 - the border to C
        _log.exception("callback: %s", where)


Note = (
    Invited | StateSeen | MediaSeen | DigitSeen | TransactionSeen | TransferSeen | Replaced
    | FileEnded
)  # fmt: skip
Notes = deque[Note]


class SipCall(pj.Call):  # type: ignore[misc] # pjsua2 has no type hints
    """One call of the library; kept until its end was handled, dropped outside its callbacks."""

    def __init__(
        self, account: pj.Account, notes: Notes, number: int = pj.PJSUA_INVALID_ID
    ) -> None:
        super().__init__(account, number)
        self._account = account
        self._notes = notes

    def onCallState(self, prm: pj.OnCallStateParam) -> None:  # noqa: N802
        with contained("call state"):
            # Read now: once the callback of the last state is over the library forgets the call.
            info = self.getInfo()
            note = StateSeen(self, info.state, info.lastStatusCode, info.lastReason)
            self._notes.append(note)

    def onCallMediaState(self, prm: pj.OnCallMediaStateParam) -> None:  # noqa: N802
        with contained("media state"):
            self._notes.append(MediaSeen(self))

    def onDtmfDigit(self, prm: pj.OnDtmfDigitParam) -> None:  # noqa: N802
        with contained("digit"):
            self._notes.append(DigitSeen(self, prm.digit))

    def onCallTsxState(self, prm: pj.OnCallTsxStateParam) -> None:  # noqa: N802
        with contained("transaction state"):
            if (note := self._transaction(prm.e.body.tsxState)) is not None:
                self._notes.append(note)

    def _transaction(self, seen: pj.TsxStateEvent) -> TransactionSeen | None:
        done = seen.tsx.state == pj.PJSIP_TSX_STATE_TERMINATED
        heard = seen.type == pj.PJSIP_EVENT_RX_MSG
        if not (heard or done):
            return None
        method, status = seen.tsx.method, seen.tsx.statusCode
        ours = seen.tsx.role == pj.PJSIP_ROLE_UAC
        if ours:
            telling = method == "INVITE" and 180 <= status <= 299
        else:
            telling = method in CHANGING and seen.tsx.state == pj.PJSIP_TSX_STATE_TRYING
        message = seen.src.rdata.wholeMsg if heard and telling else ""
        return TransactionSeen(self, method, ours, status, heard, message)

    def onCallTransferStatus(self, prm: pj.OnCallTransferStatusParam) -> None:  # noqa: N802
        with contained("transfer status"):
            note = TransferSeen(self, prm.statusCode, prm.reason, prm.finalNotify)
            self._notes.append(note)

    def onCallTransferRequest(self, prm: pj.OnCallTransferRequestParam) -> None:  # noqa: N802
        with contained("transfer request"):
            # Nobody sends this agent's calls elsewhere but she herself.
            prm.statusCode = pj.PJSIP_SC_DECLINE

    def onCallRedirected(self, prm: pj.OnCallRedirectedParam) -> int:  # noqa: N802
        # Never followed: the exchange rings whom it means, and the agent is told what it said.
        return int(pj.PJSIP_REDIRECT_REJECT)

    def onCallReplaced(self, prm: pj.OnCallReplacedParam) -> None:  # noqa: N802
        with contained("replaced"):
            prm.newCall = new = SipCall(self._account, self._notes, prm.newCallId)
            self._notes.append(Replaced(self, new))


class FilePlayer(pj.AudioMediaPlayer):  # type: ignore[misc] # pjsua2 has no type hints
    """One WAV file on its way into a call."""

    def __init__(self, notes: Notes, path: str) -> None:
        """Open ``path``. Raises pj.Error."""
        super().__init__()
        self.path = path
        self._notes = notes
        self.createPlayer(path, pj.PJMEDIA_FILE_NO_LOOP)

    def onEof2(self) -> None:  # noqa: N802
        with contained("end of file"):
            self._notes.append(FileEnded(self))
