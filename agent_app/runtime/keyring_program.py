"""``python -m agent_app.runtime.keyring_program`` asks the keyring for ``keyring_process``.

Each line read is a question (JSON), each line written its answer; the first one written, ``{}``,
says that questions may come. It ends with its standard input.

``{"do": "find"}`` → ``{"found": true}``; ``{"do": "get", "key": …}`` → ``{"secret": … or null}``;
``put`` with a ``secret`` and ``delete`` → ``{}``. What fails is ``{"fault": words}``.

Only keyrings that encrypt are asked (Secret Service, KWallet, macOS, Windows), whatever a
configuration file of the ``keyring`` library says: its plaintext backends would put the key of the
data beside the data.
"""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Iterable, Mapping

import keyring.backend
import keyring.errors

SERVICE = "zuoxi"
_Kinds = tuple[type[keyring.backend.KeyringBackend], ...]
Answer = Mapping[str, str | bool | None]

# The other systems' keyrings are not even imported.
if sys.platform == "win32":
    from keyring.backends import Windows

    ENCRYPTING: _Kinds = (Windows.WinVaultKeyring,)
elif sys.platform == "darwin":
    from keyring.backends import macOS

    ENCRYPTING: _Kinds = (macOS.Keyring,)
else:
    from keyring.backends import SecretService, kwallet, libsecret

    ENCRYPTING: _Kinds = (SecretService.Keyring, libsecret.Keyring, kwallet.DBusKeyring)


class KeyringProgram:
    """The first keyring that can be used, asked line by line."""

    def __init__(self, kinds: _Kinds = ENCRYPTING) -> None:
        self._kinds = kinds
        self._backend: keyring.backend.KeyringBackend | None = None

    def answer(self, line: bytes) -> Answer:
        """What a question of this shape is answered with; never raises for what a keyring does."""
        question = json.loads(line)
        try:
            return self._answer(question["do"], question.get("key", ""), question.get("secret", ""))
        except keyring.errors.KeyringLocked:
            return {"fault": "the keyring is locked"}
        except Exception as error:  # noqa: BLE001 - the border of the process; backends raise freely
            return {"fault": f"the keyring failed ({type(error).__name__})"}

    def _answer(self, do: str, key: str, secret: str) -> Answer:
        backend = self._backend = self._backend or self._first_viable()
        if do == "find":
            return {"found": backend is not None}
        if backend is None:
            return {"fault": "the keyring failed (it is gone)"}
        known = None if do == "put" else backend.get_password(SERVICE, key)
        if do == "get":
            return {"secret": known}
        if do == "put":
            backend.set_password(SERVICE, key, secret)
        elif known is not None:
            backend.delete_password(SERVICE, key)
        return {}

    def _first_viable(self) -> keyring.backend.KeyringBackend | None:
        return next((kind() for kind in self._kinds if kind.viable), None)


def main(lines: Iterable[bytes], program: KeyringProgram) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C ends the desk, which ends this
    _say({})
    for line in lines:
        _say(program.answer(line))


def _say(answer: Answer) -> None:
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(sys.stdin.buffer, KeyringProgram())
