"""A desk on duty: a central server, the agent's own account, a key that no disk ever sees."""

from __future__ import annotations

import asyncio
import platform

from agent_app.runtime.errors import PasswordNeededError
from agent_app.runtime.identity import Identity, load_identity, save_identity
from agent_app.runtime.secrets import NamedSecret, SecretsFound, open_secrets
from agent_app.runtime.store_key import StoreKey, store_key
from agent_app.store.store import Store
from agent_app.wiring.ground import Ground, sound_settings
from agent_app.wiring.practice import Occasion
from agent_app.wiring.seat import RunningSeat, build_seat
from sync.api import ServerApi
from sync.auth import Auth
from sync.errors import SignInRefused
from sync.replication import Intervals
from sync.wire import SignedIn

SESSION = "session"
ANOTHER_AGENT = "This desk is another agent's: close it, start it again and sign in there."


class Duty:
    """Signs an agent in and builds her seat.

    With a keyring the session and the key of the data are in it, and the desk opens without a
    question, also while the server is away. Without one it asks for the password at every start.
    """

    def __init__(self, occasion: Occasion, secrets: SecretsFound) -> None:
        """Raises ValueError when the settings' server address is none."""
        self._occasion = occasion
        self._secrets = secrets
        self.url = occasion.settings.server.url
        self._api = ServerApi(self.url)
        self._auth = Auth(
            api=self._api,
            tokens=NamedSecret(secrets.store, SESSION),
            device=platform.node(),
        )
        self._key: StoreKey | None = None
        self._running: RunningSeat | None = None

    @classmethod
    async def prepare(cls, occasion: Occasion) -> Duty:
        """Look for the keyring, which may take seconds; then as the constructor."""
        profile = str(occasion.profile.root.absolute())
        return cls(occasion, await asyncio.to_thread(lambda: open_secrets(profile=profile)))

    @property
    def last_login(self) -> str:
        identity = load_identity(self._occasion.profile.identity_file)
        return "" if identity is None else identity.login

    async def resume(self) -> RunningSeat | None:
        """The seat of the session that the keyring holds; None when she has to sign in.

        Raises RuntimeFault and StoreError with a sentence to show.
        """
        session = await asyncio.to_thread(self._auth.load)
        if session is None:
            return None
        try:
            self._key = await asyncio.to_thread(self._find_key, None)
        except PasswordNeededError:
            return None
        return await self._build(session)

    async def sign_in(self, login: str, password: str) -> RunningSeat:
        """The seat of the agent who signs in. Raises SyncError, RuntimeFault and StoreError."""
        session = await asyncio.to_thread(self._auth.sign_in, login, password)
        self._key = await asyncio.to_thread(self._find_key, password)
        return await self._build(session)

    async def sign_in_again(self, login: str, password: str) -> None:
        """After the server ended the session: the seat stays as it is. Raises SyncError."""
        running = self._running
        assert running is not None, "nobody was signed in"
        session = await running.replication.sign_in(login, password)
        if session.agent_id != running.seat.agent.agent_id:
            await running.replication.sign_out()
            raise SignInRefused(ANOTHER_AGENT, code="another-agent")
        self._keep(session)

    async def close(self) -> None:
        if self._running is not None:
            await self._running.close()

    def _find_key(self, password: str | None) -> StoreKey:
        profile = self._occasion.profile
        return store_key(
            self._secrets.store,
            salt_file=profile.salt_file,
            data_exist=any(profile.store.iterdir()),
            password=password,
        )

    def _keep(self, session: SignedIn) -> Identity:
        identity = Identity(
            session.agent_id, session.login, session.name, session.extension, session.role
        )
        save_identity(self._occasion.profile.identity_file, identity)
        return identity

    async def _build(self, session: SignedIn) -> RunningSeat:
        assert self._key is not None, "the key comes before the seat"
        occasion, server = self._occasion, self._occasion.settings.server
        ground = Ground(
            identity=self._keep(session),
            practice=False,
            settings=occasion.settings,
            profile=occasion.profile,
            clock=occasion.clock,
            tasks=occasion.tasks,
            faults=occasion.faults,
            secrets=self._secrets.store,
            door=occasion.door,
            store=await Store.open(
                occasion.profile.store,
                self._key.key,
                now=occasion.clock.now,
                author=session.agent_id,
            ),
            api=self._api,
            auth=self._auth,
            intervals=Intervals(retry_max_s=server.retry_max_s, poll_s=server.poll_s),
            sound=sound_settings(occasion.settings, occasion.speaker_record),
            menus={},
        )
        self._running = build_seat(ground)
        self._running.replication.start()
        return self._running
