"""What can go wrong in the server, and what the other side is told (step ⑨).

ServerError
├── StartError            the process cannot run; one sentence for the terminal
│   └── DatabaseError     the database is missing, locked, corrupt, full or too new
├── ApiError              one request is answered with a status, a code and a sentence
├── RejectedError         one operation is refused; the others of its batch go on
└── ConflictError         one operation meets newer values; a person decides
"""

from __future__ import annotations

from collections.abc import Mapping


class ServerError(Exception):
    """Root of everything this package raises on purpose."""


class StartError(ServerError):
    """The process cannot run; ``str()`` is one sentence for whoever started it."""


class DatabaseError(StartError):
    """The database cannot be used; ``str()`` says why and what to do."""


class ApiError(ServerError):
    """One request is answered with ``{"error": {"code", "message"}}`` and ``status``.

    ``more`` joins these two in the error object.
    """

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        headers: Mapping[str, str] | None = None,
        *,
        more: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.headers = dict(headers or {})
        self.more = dict(more or {})


class RejectedError(ServerError):
    """An operation is refused for good; ``str()`` is the reason in words for the agent."""


class ConflictError(ServerError):
    """An edit meets newer values: ``fields`` differ, ``server`` is the row as it is.

    ``str()`` is the reason in words for the agent.
    """

    def __init__(
        self,
        *,
        names: tuple[str, ...],
        version: int,
        server: Mapping[str, object],
        reason: str = "Changed by someone else meanwhile",
    ) -> None:
        super().__init__(f"{reason}: {', '.join(names)}.")
        self.fields = names
        self.version = version
        self.server = server
