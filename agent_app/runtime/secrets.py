"""Where secrets are kept between two runs: the system's keyring, or honestly nowhere.

Only keyrings that encrypt are used (Secret Service, KWallet, macOS, Windows), whatever a
configuration file of the ``keyring`` library says: its plaintext backends would put the key of the
data beside the data. Every call runs in a thread with a time limit, because a locked keyring waits
for a dialogue that may never come.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

import keyring.backend
import keyring.errors

from agent_app.runtime.errors import SecretsError

T = TypeVar("T")
_log = logging.getLogger(__name__)

SERVICE = "zuoxi"
PROBE = "probe"
_Kinds = tuple[type[keyring.backend.KeyringBackend], ...]

# The other systems' keyrings are not even imported: that cost every start 100 ms.
if sys.platform == "win32":
    from keyring.backends import Windows

    _ENCRYPTING: _Kinds = (Windows.WinVaultKeyring,)
elif sys.platform == "darwin":
    from keyring.backends import macOS

    _ENCRYPTING: _Kinds = (macOS.Keyring,)
else:
    from keyring.backends import SecretService, kwallet, libsecret

    _ENCRYPTING: _Kinds = (SecretService.Keyring, libsecret.Keyring, kwallet.DBusKeyring)


class SecretStore(Protocol):
    """Texts by name. Every method blocks and may raise SecretsError: use a worker thread."""

    @property
    def lasting(self) -> bool:
        """Whether a secret is still there after the next start."""

    def get(self, name: str) -> str | None: ...

    def put(self, name: str, secret: str) -> None: ...

    def delete(self, name: str) -> None:
        """Forget it; a name that is not there is no error."""


class SessionSecrets:
    """No keyring: secrets live as long as the process, and nothing reaches the disk."""

    lasting = False

    def __init__(self) -> None:
        self._secrets: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        return self._secrets.get(name)

    def put(self, name: str, secret: str) -> None:
        self._secrets[name] = secret

    def delete(self, name: str) -> None:
        self._secrets.pop(name, None)


class KeyringSecrets:
    """Secrets of one profile in the system's keyring."""

    lasting = True

    def __init__(
        self, backend: keyring.backend.KeyringBackend, *, profile: str, limit_s: float = 30.0
    ) -> None:
        """``profile`` keeps two profiles of one user apart. After ``limit_s`` a call gives up."""
        self._backend = backend
        self._profile = profile
        self._limit_s = limit_s

    def get(self, name: str) -> str | None:
        key = self._key(name)
        return self._ask(lambda: self._backend.get_password(SERVICE, key))

    def put(self, name: str, secret: str) -> None:
        key = self._key(name)
        self._ask(lambda: self._backend.set_password(SERVICE, key, secret))

    def delete(self, name: str) -> None:
        if self.get(name) is not None:
            key = self._key(name)
            self._ask(lambda: self._backend.delete_password(SERVICE, key))

    def _key(self, name: str) -> str:
        return f"{self._profile}/{name}"

    def _ask(self, call: Callable[[], T]) -> T:
        return within(self._limit_s, call)


@dataclass(frozen=True, slots=True)
class NamedSecret:
    """One secret of a store, in the shape that ``sync`` wants its token store."""

    store: SecretStore
    name: str

    def get(self) -> str | None:
        return self.store.get(self.name)

    def put(self, secret: str) -> None:
        self.store.put(self.name, secret)

    def delete(self) -> None:
        self.store.delete(self.name)


@dataclass(frozen=True, slots=True)
class SecretsFound:
    """``reason`` says in words why there is no keyring, empty when there is one."""

    store: SecretStore
    reason: str = ""


def open_secrets(*, profile: str, limit_s: float = 5.0) -> SecretsFound:
    """The keyring if one answers within ``limit_s``, else secrets for this session only.

    Blocks up to the limit. A keyring that is locked asks its user; if she does not answer in time
    this run goes without, and the next one may find it open.
    """
    try:
        backend = within(limit_s, _first_viable)
        if backend is None:
            return SecretsFound(SessionSecrets(), "there is no keyring on this system")
        KeyringSecrets(backend, profile=profile, limit_s=limit_s).get(PROBE)
    except SecretsError as error:
        return SecretsFound(SessionSecrets(), str(error))
    return SecretsFound(KeyringSecrets(backend, profile=profile))


def within(limit_s: float, call: Callable[[], T]) -> T:
    """What ``call`` returns. Raises SecretsError if it fails or takes longer.

    The thread of a call that hangs is left behind; it is a daemon and keeps nothing alive.
    """
    results: list[T] = []
    errors: list[Exception] = []

    def work() -> None:
        try:
            results.append(call())
        except Exception as error:  # noqa: BLE001 - the border of the thread; backends raise freely
            errors.append(error)

    thread = threading.Thread(target=work, name="keyring", daemon=True)
    thread.start()
    thread.join(limit_s)
    if results:
        return results[0]
    if errors:
        kind = type(errors[0]).__name__
        locked = isinstance(errors[0], keyring.errors.KeyringLocked)
        words = "the keyring is locked" if locked else f"the keyring failed ({kind})"
        raise SecretsError(words) from errors[0]
    raise SecretsError(f"the keyring did not answer within {limit_s:g} s")


def _first_viable() -> keyring.backend.KeyringBackend | None:
    for kind in _ENCRYPTING:
        if kind.viable:
            return kind()
    return None
