"""The keyring is asked in a process of its own, which lives only as long as it is asked.

What a keyring takes (D-Bus, encryption, a dozen packages) is 9 MiB that a desk has no use for
after signing in. And one that hangs, as a locked one does that waits for a dialogue, is ended.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from typing import IO

from agent_app.runtime.errors import SecretsError

PROGRAM = (sys.executable, "-P", "-m", "agent_app.runtime.keyring_program")
START_S = 20.0
"""How long the program may take until it listens: it is read from a disk that may be cold."""
IDLE_S = 5.0
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # Windows only


class KeyringProcess:
    """Questions for ``keyring_program``, which is started for the first one.

    Any thread; a second question waits for the first.
    """

    def __init__(self, command: Sequence[str] = PROGRAM, *, idle_s: float = IDLE_S) -> None:
        self._command = command
        self._idle_s = idle_s
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._rest: threading.Timer | None = None

    def ask(self, question: Mapping[str, str], limit_s: float) -> Mapping[str, object]:
        """The answer. Raises SecretsError: the keyring failed, or said nothing for ``limit_s``."""
        with self._lock:
            if self._rest is not None:
                self._rest.cancel()
            try:
                answer = self._asked(question, limit_s)
            except SecretsError:
                self._end()
                raise
            self._rest = threading.Timer(self._idle_s, self.close)
            self._rest.daemon = True
            self._rest.start()
        if "fault" in answer:
            raise SecretsError(str(answer["fault"]))
        return answer

    def close(self) -> None:
        """End the program; another question starts it again."""
        with self._lock:
            self._end()

    def _asked(self, question: Mapping[str, str], limit_s: float) -> Mapping[str, object]:
        if self._child is None or self._child.poll() is not None:
            self._end()
            self._child = self._started()
            self._answer(self._child, START_S)
        assert self._child.stdin is not None
        try:
            self._child.stdin.write(json.dumps(question).encode() + b"\n")
            self._child.stdin.flush()
        except OSError as error:
            raise SecretsError("the keyring failed (it has ended)") from error
        return self._answer(self._child, limit_s)

    def _started(self) -> subprocess.Popen[bytes]:
        try:
            return subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                creationflags=_NO_WINDOW,
            )
        except OSError as error:
            raise SecretsError(f"the keyring failed ({error.strerror})") from error

    def _answer(self, child: subprocess.Popen[bytes], limit_s: float) -> Mapping[str, object]:
        assert child.stdout is not None
        lines: list[bytes] = []
        reader = threading.Thread(
            target=_read_line, args=(child.stdout, lines), name="keyring", daemon=True
        )
        reader.start()
        reader.join(limit_s)
        if not lines:
            child.kill()  # and so the thread comes back
            reader.join()
            raise SecretsError(f"the keyring did not answer within {limit_s:g} s")
        try:
            answer: dict[str, object] = json.loads(lines[0])
        except ValueError as error:
            raise SecretsError("the keyring failed (it has ended)") from error
        return answer

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            assert pipe is not None
            with contextlib.suppress(OSError):  # what was written and not read
                pipe.close()


def _read_line(pipe: IO[bytes], lines: list[bytes]) -> None:
    lines.append(pipe.readline())
