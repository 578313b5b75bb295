"""``python -m tests.runtime.memory_keyring [FAILURE]``: the real program, over a keyring in memory.

FAILURE: ``locked``, ``odd`` or ``silent`` from the first look on; ``later`` from the second one on.
"""

from __future__ import annotations

import sys
import time

import keyring.backend
import keyring.errors

from agent_app.runtime.keyring_program import KeyringProgram, main


class MemoryKeyring(keyring.backend.KeyringBackend):
    """A keyring as the library has them."""

    viable = True
    failure = ""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}
        self._looks = 0

    def get_password(self, service: str, username: str) -> str | None:
        self._looks += 1
        match self.failure:
            case "locked":
                raise keyring.errors.KeyringLocked("dismissed")
            case "silent":
                time.sleep(60)
            case "odd":
                raise RuntimeError("odd")
            case "later" if self._looks > 1:
                raise RuntimeError("the daemon was stopped")
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.kept:
            raise keyring.errors.PasswordDeleteError("no such password")
        del self.kept[service, username]


def program(failure: str = "") -> tuple[str, ...]:
    """The command that runs it."""
    return (sys.executable, "-m", "tests.runtime.memory_keyring", failure)


if __name__ == "__main__":
    MemoryKeyring.failure = sys.argv[1]
    main(sys.stdin.buffer, KeyringProgram((MemoryKeyring,)))
