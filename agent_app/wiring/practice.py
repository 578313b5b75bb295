"""The practice centre: a server, a trainee and callers of this machine alone.

The server is a child process on loopback with the sample centre in SQLite. Its data are samples
and its one password is known to everybody, so nothing here goes to the system's keyring.
"""

from __future__ import annotations

import asyncio
import json
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from agent_app.desk.door import Door
from agent_app.desk.faults import Faults
from agent_app.domain.ids import CategoryId
from agent_app.domain.link import ServerState
from agent_app.runtime.clock import Clock
from agent_app.runtime.errors import RuntimeFault
from agent_app.runtime.identity import Identity, load_identity, save_identity
from agent_app.runtime.processes import EmbeddedServer
from agent_app.runtime.profile import Profile
from agent_app.runtime.secrets import NamedSecret, SessionSecrets
from agent_app.runtime.store_key import Cost, store_key
from agent_app.runtime.tasks import Tasks
from agent_app.settings import Settings
from agent_app.store.store import Store
from agent_app.wiring.ground import Ground, sound_settings
from agent_app.wiring.seat import RunningSeat, build_seat
from sync.api import ServerApi
from sync.auth import Auth
from sync.errors import SyncError
from sync.remote import Remote
from sync.replication import LOOPBACK
from sync.status import Phase
from sync.wire import SignedIn
from ui.starting.steps import Step

PUBLIC_KEY_COST = Cost(n=2**10)
"""The password is in the README: making it slow to guess would only make the desk slow to start."""


def server_command(data: Path, port: int, customers: int) -> list[str]:
    """The embedded server, as a program of its own that ends when we do."""
    serve = [sys.executable, "-P", "-m", "server", "serve", "--exit-with-stdin", "--no-settings"]
    return [*serve, "--data", str(data), "--port", str(port), "--sample", str(customers)]


@dataclass(frozen=True, slots=True)
class Occasion:
    """What one run of the desk is given from outside."""

    profile: Profile
    settings: Settings
    clock: Clock
    tasks: Tasks
    faults: Faults
    door: Door
    speaker_record: str = ""
    server_command: Callable[[Path, int, int], list[str]] = server_command


class PracticeCentre:
    """The embedded server and the seat that works with it."""

    def __init__(self, occasion: Occasion) -> None:
        self._occasion = occasion
        self._settings = occasion.settings.practice
        port, profile = free_port(), occasion.profile
        self.server = EmbeddedServer(
            occasion.server_command(profile.practice_server, port, self._settings.customers),
            log_file=profile.logs / "server.log",
        )
        self.address = f"http://127.0.0.1:{port}"
        self.api = ServerApi(self.address)
        self._auth = Auth(
            api=self.api, tokens=NamedSecret(SessionSecrets(), "session"), device="practice"
        )
        self._running: RunningSeat | None = None
        self._connecting = False

    @property
    def running(self) -> RunningSeat:
        """The seat, once ``open`` has built it."""
        assert self._running is not None, "the practice centre is not open"
        return self._running

    async def open(self, say: Callable[[Step], None]) -> RunningSeat:
        """Build the seat; ``say`` hears what a first start, which takes seconds, is doing.

        A later start knows its agent and does not wait for the server. Raises RuntimeFault,
        SyncError and StoreError with a sentence to show.
        """
        profile = self._occasion.profile
        identity = load_identity(profile.identity_file)
        first = identity is None
        if identity is None:
            say(Step.SERVER)
            await self.server.start()
            say(Step.SIGN_IN)
            identity = await self._sign_in()
        say(Step.STORE)
        self._running = build_seat(await self._ground(identity), retry_server=self.connect)
        if first:
            self._running.replication.start()
        else:
            self.connect()
        return self._running

    def connect(self) -> None:
        """Make sure that the server runs and the trainee is signed in, in the background."""
        if not self._connecting:
            self._connecting = True
            self._occasion.tasks.spawn(self._connect())

    async def close(self) -> None:
        if self._running is not None:
            await self._running.close()
        await self.server.stop()
        self.server.close()

    async def _connect(self) -> None:
        replication, link = self.running.replication, self.running.seat.link
        try:
            if self.server.pid is None:
                link.on_server(ServerState.CONNECTING, "", 0, 0)
                await self.server.start()
            if replication.status.phase is Phase.SIGNED_OUT:
                signed_in = await replication.sign_in(self._settings.login, self._settings.password)
                self._keep(signed_in)
            else:
                replication.wake()
        except (RuntimeFault, SyncError) as error:
            link.on_server(ServerState.OFFLINE, str(error), 0, 0)
        finally:
            self._connecting = False

    async def _sign_in(self) -> Identity:
        login, password = self._settings.login, self._settings.password
        return self._keep(await asyncio.to_thread(self._auth.sign_in, login, password))

    def _keep(self, signed_in: SignedIn) -> Identity:
        identity = Identity(
            signed_in.agent_id,
            signed_in.login,
            signed_in.name,
            signed_in.extension,
            signed_in.role,
        )
        save_identity(self._occasion.profile.identity_file, identity)
        return identity

    async def _ground(self, identity: Identity) -> Ground:
        occasion, profile = self._occasion, self._occasion.profile
        key = store_key(
            SessionSecrets(),
            salt_file=profile.salt_file,
            data_exist=any(profile.store.iterdir()),
            password=self._settings.password,
            cost=PUBLIC_KEY_COST,
        )
        return Ground(
            identity=identity,
            practice=True,
            settings=occasion.settings,
            profile=profile,
            clock=occasion.clock,
            tasks=occasion.tasks,
            faults=occasion.faults,
            secrets=SessionSecrets(),
            door=occasion.door,
            store=await Store.open(profile.store, key.key, now=occasion.clock.now),
            api=self.api,
            auth=self._auth,
            asker=Remote(api=self.api, auth=self._auth),
            intervals=LOOPBACK,
            sound=sound_settings(occasion.settings, occasion.speaker_record),
            menus=sample_menus(),
        )


def sample_menus() -> dict[str, tuple[CategoryId, ...]]:
    """The sample centre's IVR menu: which categories each path leads to."""
    text = files("resources").joinpath("sample_centre", "names.json").read_text("utf-8")
    return {
        str(entry["path"]): tuple(CategoryId(one) for one in entry["categories"])
        for entry in json.loads(text)["menu"]
    }


def free_port() -> int:
    """A loopback port that nobody listens on just now.

    Chosen before the server starts, so that the desk knows the address without waiting for it.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
