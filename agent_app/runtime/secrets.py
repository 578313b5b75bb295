"""Where secrets are kept between two runs: the system's keyring, or honestly nowhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from agent_app.runtime.errors import SecretsError
from agent_app.runtime.keyring_process import PROGRAM, KeyringProcess

PROBE = "probe"


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

    def __init__(self, process: KeyringProcess, *, profile: str, limit_s: float = 30.0) -> None:
        """``profile`` keeps two profiles of one user apart. After ``limit_s`` a call gives up."""
        self._process = process
        self._profile = profile
        self._limit_s = limit_s

    def get(self, name: str) -> str | None:
        secret = self._ask("get", name).get("secret")
        return None if secret is None else str(secret)

    def put(self, name: str, secret: str) -> None:
        self._ask("put", name, secret=secret)

    def delete(self, name: str) -> None:
        self._ask("delete", name)

    def _ask(self, do: str, name: str, **more: str) -> Mapping[str, object]:
        question = {"do": do, "key": f"{self._profile}/{name}", **more}
        return self._process.ask(question, self._limit_s)


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


def open_secrets(
    *, profile: str, limit_s: float = 5.0, command: Sequence[str] = PROGRAM
) -> SecretsFound:
    """The keyring if one answers within ``limit_s``, else secrets for this session only.

    Blocks up to the limit. A keyring that is locked asks its user; if she does not answer in time
    this run goes without, and the next one may find it open.
    """
    process = KeyringProcess(command)
    try:
        if not process.ask({"do": "find"}, limit_s)["found"]:
            process.close()
            return SecretsFound(SessionSecrets(), "there is no keyring on this system")
        KeyringSecrets(process, profile=profile, limit_s=limit_s).get(PROBE)
    except SecretsError as error:
        return SecretsFound(SessionSecrets(), str(error))
    return SecretsFound(KeyringSecrets(process, profile=profile))
