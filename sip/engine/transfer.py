"""Passing a call on: what was asked, and what the target says to it (step ②)."""

from __future__ import annotations

import contextlib

from pjsua2 import pjsua2 as pj

from sip.engine.line import Line
from sip.engine.refusal import RefusedError
from sip.messages import TransferProgressed
from sip.text import is_sip_uri


class Transfers:
    """The transfers under way. Every method belongs to the engine's thread."""

    def __init__(self) -> None:
        self._under_way: dict[Line, Line | None] = {}

    def blind(self, line: Line, uri: str) -> None:
        """Send the other side of ``line`` to ``uri``. Raises RefusedError, pj.Error."""
        if not is_sip_uri(uri):
            raise RefusedError("no SIP URI")
        self._must_rest(line)
        line.transfer(uri)
        self._under_way[line] = None

    def attended(self, line: Line, consulted: Line) -> None:
        """Connect the other sides of both. Raises RefusedError, pj.Error."""
        if line is consulted:
            raise RefusedError("a call cannot be connected with itself")
        self._must_rest(line)
        self._must_rest(consulted)
        line.transfer_to(consulted)
        self._under_way[line] = consulted

    def _must_rest(self, line: Line) -> None:
        if line in self._under_way or line in self._under_way.values():
            raise RefusedError("the call is being transferred already")

    def follow(self, line: Line, status: int, reason: str, *, final: bool) -> TransferProgressed:
        """Work off what the target says. With a final 2xx our legs end, and we end them."""
        if final and line in self._under_way:
            consulted = self._under_way.pop(line)
            if status // 100 == 2:
                for leg in (line, consulted):
                    if leg is not None:
                        with contextlib.suppress(pj.Error, RefusedError):
                            leg.hang_up()
        return TransferProgressed(line.id, status, reason, final)

    def forget(self, line: Line) -> None:
        """``line`` is over."""
        self._under_way.pop(line, None)
        for other, consulted in self._under_way.items():
            if consulted is line:
                self._under_way[other] = None
