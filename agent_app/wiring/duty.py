"""A desk on duty: a central server, the agent's own account, a key that no disk ever sees."""

from __future__ import annotations

import asyncio
import logging
import platform
from dataclasses import dataclass, field
from datetime import datetime

from agent_app.runtime.errors import (
    OldPasswordNeededError,
    PasswordNeededError,
    StoreKeyError,
)
from agent_app.runtime.identity import Identity, load_identity, save_identity
from agent_app.runtime.offline_sign_in import (
    OfflineProblem,
    OfflineRefusedError,
    OfflineSignIn,
    SealedFile,
)
from agent_app.runtime.secrets import NamedSecret, SecretsFound, SecretStore, open_secrets
from agent_app.runtime.store_key import KeptIn, StoreKey, change_password, store_key
from agent_app.store.errors import WrongKeyError
from agent_app.store.store import Store
from agent_app.wiring.ground import Ground, sound_settings
from agent_app.wiring.offline import Confirming, ServerWatch
from agent_app.wiring.practice import Occasion
from agent_app.wiring.seat import RunningSeat, build_seat
from sync.api import ServerApi
from sync.auth import Auth
from sync.errors import (
    BadReply,
    ServerBusy,
    ServerFailed,
    SignInRefused,
    SyncError,
    Unreachable,
)
from sync.remote import Remote
from sync.replication import Intervals
from sync.wire import SignedIn

_log = logging.getLogger(__name__)

SESSION = "session"
AWAY = (Unreachable, BadReply, ServerBusy, ServerFailed)
"""Whatever answers, if anything does, is not the server at work."""
ANOTHER_AGENT = "This desk is another agent's: close it, start it again and sign in there."


class Duty:
    """Signs an agent in and builds her seat.

    With a keyring the session and the key of the data are in it, and the desk opens without a
    question, also while the server is away. Without one it asks for the password at every start,
    and when that was changed meanwhile, once for the one before. Whoever the server has confirmed
    within the settings' days gets in without it as well.

    ``watch`` tells when the server is back and wants her password.
    """

    def __init__(self, occasion: Occasion, secrets: SecretsFound) -> None:
        """Raises ValueError when the settings' server address is none."""
        self._occasion = occasion
        self._secrets = secrets
        self.url = occasion.settings.server.url
        self._api = ServerApi(self.url)
        self._auth = self._new_auth()
        self.watch = ServerWatch(
            ask=self._api.health,
            every_s=occasion.settings.server.poll_s,
            tasks=occasion.tasks,
        )
        self._confirming: Confirming | None = None
        self._key: StoreKey | None = None
        self._locked_out: _NewPassword | None = None
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
        until = await asyncio.to_thread(self._offline(self._key).until, session.login)
        if until is not None and until < self._occasion.clock.now():
            try:
                await asyncio.to_thread(self._auth.call, _nothing)
            except SyncError:
                return None  # for too long nobody has confirmed her; the password is asked for
        store = await self._open(session.agent_id)
        return await self._build(self._keep(session), store, until)

    async def sign_in(self, login: str, password: str) -> RunningSeat:
        """The seat of the agent who signs in. Raises SyncError, RuntimeFault and StoreError.

        After an OldPasswordNeededError ``password`` is the one before.
        """
        new, self._locked_out = self._locked_out, None
        if new is not None and new.session.login == login:
            return await self._unlock(new, password)
        try:
            session = await asyncio.to_thread(self._auth.sign_in, login, password)
        except AWAY as error:
            return await self._sign_in_offline(login, password, error)
        self._key = await asyncio.to_thread(self._find_key, password)
        try:
            store = await self._open(session.agent_id)
        except WrongKeyError:
            if self._key.kept_in is not KeptIn.PASSWORD or self.last_login != login:
                raise  # a colleague's data
            self._locked_out = _NewPassword(session, password)
            raise OldPasswordNeededError from None
        return await self._enter(session, store, password)

    async def _unlock(self, new: _NewPassword, old_password: str) -> RunningSeat:
        """The data of this seat by the password before; then the new one is theirs."""
        self._locked_out = new
        self._key = await asyncio.to_thread(self._find_key, old_password)
        try:
            store = await self._open(new.session.agent_id)
        except WrongKeyError:
            raise OldPasswordNeededError(wrong=True) from None
        try:
            await asyncio.to_thread(self._change_password, new.password)
        except StoreKeyError:
            await store.close()
            raise
        self._locked_out = None
        return await self._enter(new.session, store, new.password)

    async def _enter(self, session: SignedIn, store: Store, password: str) -> RunningSeat:
        identity = self._keep(session)
        await self._remember(identity, password)
        return await self._build(identity, store, None)

    async def _sign_in_offline(self, login: str, password: str, away: SyncError) -> RunningSeat:
        """Raises OfflineRefusedError, or ``away`` for somebody who was never confirmed here."""
        try:
            key = await asyncio.to_thread(self._find_key, password)
        except StoreKeyError:
            raise away from None
        offline = self._offline(key)
        try:
            identity = await asyncio.to_thread(offline.check, login, password)
        except OfflineRefusedError as refused:
            if refused.problem is not OfflineProblem.NOT_KNOWN:
                raise
            if await self._opens_nothing(key):
                raise OfflineRefusedError(OfflineProblem.WRONG_PASSWORD) from None
            raise away from None
        self._key = key
        self._auth = self._new_auth()
        session = await asyncio.to_thread(self._auth.load)
        if session is None or session.agent_id != identity.agent_id:
            self._auth = self._new_auth()  # a colleague's session is not hers to use
        until = await asyncio.to_thread(offline.until, login)
        return await self._build(identity, await self._open(identity.agent_id), until)

    async def _opens_nothing(self, key: StoreKey) -> bool:
        """Whether the password is not the one these data were encrypted with."""
        if key.kept_in is not KeptIn.PASSWORD:
            return False
        try:
            store = await Store.open(self._occasion.profile.store, key.key)
        except WrongKeyError:
            return True
        await store.close()
        return False

    async def sign_in_again(self, login: str, password: str) -> None:
        """After the server ended the session: the seat stays as it is. Raises SyncError."""
        running = self._running
        assert running is not None, "nobody was signed in"
        session = await running.replication.sign_in(login, password)
        if session.agent_id != running.seat.agent.agent_id:
            await running.replication.sign_out()
            raise SignInRefused(ANOTHER_AGENT, code="another-agent")
        try:
            await asyncio.to_thread(self._change_password, password)
        except StoreKeyError as error:
            _log.warning("the password before opens the data at the next start: %s", error)
        await self._remember(self._keep(session), password)

    async def sign_out(self) -> None:
        """Nobody is signed in any more; what she did stays here, for her and the server."""
        if self._running is not None:
            await self._running.replication.sign_out()

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

    def _change_password(self, password: str) -> None:
        """What opens the data is what she signs in with. Blocks; raises StoreKeyError."""
        assert self._key is not None, "the key comes before the seat"
        if self._key.kept_in is KeptIn.PASSWORD and self._find_key(password) != self._key:
            change_password(self._occasion.profile.salt_file, self._key.key, password)

    async def _open(self, agent_id: str) -> Store:
        assert self._key is not None, "the key comes before the data"
        occasion = self._occasion
        return await Store.open(
            occasion.profile.store, self._key.key, now=occasion.clock.now, author=agent_id
        )

    def _keep(self, session: SignedIn) -> Identity:
        identity = Identity(
            session.agent_id, session.login, session.name, session.extension, session.role
        )
        save_identity(self._occasion.profile.identity_file, identity)
        return identity

    def _new_auth(self) -> Auth:
        tokens = NamedSecret(self._secrets.store, SESSION)
        return Auth(api=self._api, tokens=tokens, device=platform.node())

    def _offline(self, key: StoreKey) -> OfflineSignIn:
        """In the keyring where the key is; else sealed with the key, which proves the password."""
        occasion = self._occasion
        kept: SecretStore = self._secrets.store
        if key.kept_in is KeptIn.PASSWORD:
            kept = SealedFile(occasion.profile.root / "offline.json", key.key)
        days = occasion.settings.server.offline_days
        return OfflineSignIn(kept=kept, days=days, now=occasion.clock.now)

    async def _remember(self, identity: Identity, password: str) -> None:
        assert self._key is not None, "the key comes before the seat"
        proof = "" if self._key.kept_in is KeptIn.PASSWORD else password
        await asyncio.to_thread(self._offline(self._key).remember, identity, proof)

    def _retry(self) -> None:
        """She wants the server tried now; without a session that means to sign in."""
        if self._auth.session is None:
            self.watch.sign_in_wanted.emit()
        elif self._running is not None:
            self._running.replication.wake()

    async def _build(self, identity: Identity, store: Store, until: datetime | None) -> RunningSeat:
        """``until`` is when working without the server ends, as long as it has not answered."""
        assert self._key is not None, "the key comes before the seat"
        occasion, server = self._occasion, self._occasion.settings.server
        ground = Ground(
            identity=identity,
            practice=False,
            settings=occasion.settings,
            profile=occasion.profile,
            clock=occasion.clock,
            tasks=occasion.tasks,
            faults=occasion.faults,
            secrets=self._secrets.store,
            door=occasion.door,
            store=store,
            api=self._api,
            auth=self._auth,
            asker=Remote(api=self._api, auth=self._auth),
            intervals=Intervals(retry_max_s=server.retry_max_s, poll_s=server.poll_s),
            sound=sound_settings(occasion.settings, occasion.speaker_record),
            menus={},
        )
        self._running = running = build_seat(ground, retry_server=self._retry)
        self._confirming = Confirming(
            sign_in=self._offline(self._key),
            login=identity.login,
            clock=occasion.clock,
            tasks=occasion.tasks,
        )
        running.seat.local_copy.changed.connect(self._confirming.on_copy)
        running.seat.link.work_without_server(until)
        running.replication.start()
        if self._auth.session is None:
            self.watch.start()
        return running


@dataclass(frozen=True, slots=True)
class _NewPassword:
    """She is signed in with it, and it does not open the data on this seat yet."""

    session: SignedIn
    password: str = field(repr=False)


def _nothing(_token: str) -> None:
    """Having a token is all that was wanted."""
