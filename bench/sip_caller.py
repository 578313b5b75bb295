"""An exchange made of bytes, in a process of its own: sends INVITEs and says when (step ①).

Reads one JSON object a line: ``{"number", "queue", "menu", "waited"}`` makes a call, anything else
ends it. Answers each call, once it ended, with ``{"sent_ns", "trying_ns", "ringing_ns"}`` of the
machine's monotonic clock. It shares no interpreter lock with the desk that it measures.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
from collections.abc import Mapping

from bench.phones.caller import PATIENCE_S, Caller
from bench.sheet import BenchError
from sip.messages import HeaderNames

# --- the desk's side ------------------------------------------------------------------------------


class SipCaller:
    """Starts the process and talks to it; ``call`` returns before anything was sent."""

    def __init__(self, port: int) -> None:
        self._child = subprocess.Popen(
            [sys.executable, "-m", "bench.sip_caller", str(port)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def call(self, number: str) -> None:
        """Ring with what an exchange says of a call."""
        self._say({"number": number, "queue": "咨询", "menu": "2-1", "waited": "12"})

    async def end(self) -> Mapping[str, int]:
        """Cancel the call; its times once the other side agreed. Raises BenchError."""
        self._say({})
        assert self._child.stdout is not None
        answer = await asyncio.to_thread(self._child.stdout.readline)
        if not answer:
            raise BenchError("the caller's process has ended")
        times: Mapping[str, int] = json.loads(answer)
        return times

    def close(self) -> None:
        assert self._child.stdin is not None
        self._child.stdin.close()
        self._child.wait(PATIENCE_S)

    def _say(self, what: Mapping[str, str]) -> None:
        assert self._child.stdin is not None
        self._child.stdin.write(json.dumps(what, ensure_ascii=False).encode() + b"\n")
        self._child.stdin.flush()


# --- the process ----------------------------------------------------------------------------------


def ring(port: int, wish: Mapping[str, str]) -> tuple[Caller, dict[str, int]]:
    """Send an INVITE and wait for 180."""
    call = Caller(f"sip:1001@127.0.0.1:{port}", port, number=wish["number"])
    names = HeaderNames()
    call.invite(
        f"{names.call_id}: {call.id}\r\n{names.queue}: {wish['queue']}\r\n"
        f"{names.menu_path}: {wish['menu']}\r\n{names.waited_s}: {wish['waited']}\r\n"
        f"{names.dialled}: 12366\r\n"
    )
    trying, ringing = call.wait_for(100), call.wait_for(180)
    times = {"sent": call.invited_s, "trying": trying.at_s, "ringing": ringing.at_s}
    return call, {f"{name}_ns": round(at_s * 1e9) for name, at_s in times.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("port", type=int, help="the engine's UDP port on loopback")
    port = parser.parse_args().port
    call: Caller | None = None
    times: dict[str, int] = {}
    for text in sys.stdin.buffer:
        wish = json.loads(text)
        if wish:
            call, times = ring(port, wish)
        elif call is not None:
            with call:
                call.cancel()
            sys.stdout.write(json.dumps(times) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
