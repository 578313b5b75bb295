"""Everything that can go wrong between a seat and its server (steps ⑧ and ⑨), as one tree.

Callers tell by the class what to do next, never by a text::

    SyncError
    ├── Unreachable       nobody answered: refused, timed out, cut, not trusted   → try again later
    ├── BadReply          an answer that the wire does not allow                  → try again later
    ├── ServerBusy        "not now" (429, 502, 503, 504), with the server's wish  → wait that long
    ├── ServerFailed      500: the server's own fault, perhaps of one operation   → try again later
    ├── StartOver         our copy does not lead on to the server's changes → fetch it anew
    │   └── ServerBehind  its newest change is older than our copy: a restored backup
    ├── RequestRefused    a fitting 4xx in the wire's own words                   → do not repeat
    │   └── AccessExpired 401: the access token is used up                        → refresh once
    ├── SignInRefused     wrong credentials, or too many attempts                 → ask the agent
    └── SessionEnded      the refresh token is void or there is none              → sign in again

The message of an error is plain words for the log and for a tooltip. It names hosts and routes,
never a token, a number or a name.
"""

# ruff: noqa: N818 - the names are the words of the table above, and each is caught by name

from __future__ import annotations

from enum import StrEnum


class SyncError(Exception):
    """Something about the server; never a bug of the seat."""


class Unreachable(SyncError):
    """No complete answer came back. Whether the server acted is not known."""


class BadReply(SyncError):
    """Something answered, but not in the words of the wire; nothing of it was used."""


class ServerBusy(SyncError):
    """The server asks for patience; ``retry_after_s`` is 0 when it did not say how much."""

    def __init__(self, message: str, *, retry_after_s: float = 0.0) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class ServerFailed(SyncError):
    """Status 500. Nothing was applied, as far as the server could tell."""


class Need(StrEnum):
    """Why the seat's copy is fetched as a whole."""

    EMPTY = "empty"
    FAR_BEHIND = "far-behind"
    BEGUN = "begun"  # an earlier run did not get to its end
    SCOPE_CHANGED = "scope-changed"
    TOO_OLD = "too-old"
    RESTORED = "restored"
    DIFFERS = "differs"
    DAMAGED = "damaged"
    ASKED = "asked"


class StartOver(SyncError):
    """The copy on this seat cannot be led on page by page."""

    def __init__(self, message: str, *, need: Need) -> None:
        super().__init__(message)
        self.need = need


class ServerBehind(StartOver):
    """The server's newest sequence number is below the seat's cursor."""

    def __init__(self, *, cursor: int) -> None:
        super().__init__(
            f"this seat has seen change {cursor}, the server has not:"
            " the server's data seem to be restored from an older backup",
            need=Need.RESTORED,
        )
        self.cursor = cursor


class RequestRefused(SyncError):
    """The server understood and said no; saying it again changes nothing."""

    def __init__(self, message: str, *, status: int, code: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


class AccessExpired(RequestRefused):
    """The access token is not accepted (any more)."""


class SignInRefused(SyncError):
    """``code`` is the wire's (``wrong-credentials``, …); ``reason`` the server's words for it.

    ``retry_after_s`` is None unless the server wants a pause before the next attempt.
    """

    def __init__(self, reason: str, *, code: str, retry_after_s: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.code = code
        self.retry_after_s = retry_after_s


class SessionEnded(SyncError):
    """Nobody is signed in here, as far as the server is concerned.

    ``wipe``: this seat is to forget its copy of the centre's data.
    """

    def __init__(self, message: str, *, wipe: bool = False) -> None:
        super().__init__(message)
        self.wipe = wipe
