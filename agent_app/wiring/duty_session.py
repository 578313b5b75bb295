"""``zuoxi``: the desk for duty, from signing in to leaving."""

from __future__ import annotations

import asyncio
import sys

from PySide6.QtCore import QObject

from agent_app.desk.link import Link
from agent_app.domain.link import LinkStatus, ServerState
from agent_app.runtime.errors import OldPasswordNeededError, PasswordNeededError, RuntimeFault
from agent_app.runtime.offline_sign_in import OfflineProblem, OfflineRefusedError
from agent_app.runtime.tasks import Tasks
from agent_app.store.errors import StoreError
from agent_app.wiring.duty import Duty
from agent_app.wiring.screen import key_map, open_window
from agent_app.wiring.seat import RunningSeat
from agent_app.wiring.session import Options, Session, run_session
from sync.errors import BadReply, ServerBusy, SignInRefused, SyncError, Unreachable
from ui.keys import KeyMap
from ui.sign_in import Credentials, SignInProblem, SignInWindow


def run(options: Options) -> int:
    """Run the desk until its window is closed or the process is told to stop."""
    return run_session("duty", options, serve_duty)


async def serve_duty(session: Session) -> int:
    settings_file = session.occasion.profile.settings_file
    if not session.occasion.settings.server.url:
        sys.stderr.write(
            f"zuoxi: no server is set. Put its address into {settings_file}:\n\n"
            '[server]\nurl = "https://zuoxi.example.gov.cn"\n\n'
            "or try the practice centre: zuoxi practice\n"
        )
        return 2
    keys = key_map(session.occasion.settings.keys)
    while True:
        code = await _serve_agent(session, keys)
        if code is not None:
            return code  # else she signed out, and the next one may sign in


async def _serve_agent(session: Session, keys: KeyMap) -> int | None:
    """The exit code; None when she signed out and the program goes on."""
    try:
        duty = await Duty.prepare(session.occasion)
        running = await duty.resume() or await _ask(session, duty)
    except (ValueError, RuntimeFault, StoreError) as error:
        sys.stderr.write(f"zuoxi: {error}\n")
        return 1
    if running is None:
        return 0
    window = open_window(session.application, running.seat, session.occasion.profile, keys)
    window.quit_wanted.connect(session.stop.set)
    signed_out = asyncio.Event()
    window.sign_out_wanted.connect(signed_out.set)
    running.seat.local_copy.left.connect(session.stop.set)
    again = SignInAgain(duty, running.seat.link, session.occasion.tasks)
    duty.watch.sign_in_wanted.connect(again.on_server_back)
    window.show()
    running.begin()
    await _either(session.stop, signed_out)
    window.hide()
    again.end()
    goes_on = not session.stop.is_set()
    if goes_on:
        await duty.sign_out()
    await duty.close()
    window.deleteLater()
    return None if goes_on else 0


async def _either(*events: asyncio.Event) -> None:
    waits = [asyncio.ensure_future(event.wait()) for event in events]
    await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    for wait in waits:
        wait.cancel()


async def _ask(session: Session, duty: Duty) -> RunningSeat | None:
    """Ask for login and password until the seat is open; None when she gives up."""
    window = SignInWindow(server=duty.url, login=duty.last_login)
    attempts: asyncio.Queue[Credentials | None] = asyncio.Queue()
    window.submitted.connect(attempts.put_nowait)
    window.cancelled.connect(lambda: attempts.put_nowait(None))
    session.occasion.door.visited.connect(window.bring_up)
    window.show()
    stopped = asyncio.ensure_future(session.stop.wait())
    try:
        while True:
            attempt = asyncio.ensure_future(attempts.get())
            await asyncio.wait((attempt, stopped), return_when=asyncio.FIRST_COMPLETED)
            if not attempt.done() or (credentials := attempt.result()) is None:
                attempt.cancel()
                return None
            try:
                running = await duty.sign_in(credentials.login, credentials.password)
            except (SyncError, RuntimeFault, StoreError) as error:
                refuse(window, error)
            else:
                window.finish()
                return running
    finally:
        session.occasion.door.visited.disconnect(window.bring_up)
        stopped.cancel()


class SignInAgain(QObject):
    """Asks for the password when the server has ended the session; the desk stays usable."""

    def __init__(self, duty: Duty, link: Link, tasks: Tasks) -> None:
        super().__init__()
        self._duty = duty
        self._tasks = tasks
        self._window: SignInWindow | None = None
        self._link = link
        self._state = link.status.server
        link.changed.connect(self._on_link)

    def end(self) -> None:
        """She leaves; that the session ends now is no news."""
        self._link.changed.disconnect(self._on_link)
        self.close()

    def close(self) -> None:
        if self._window is not None:
            self._window.finish()
            self._window = None

    def _on_link(self, status: LinkStatus) -> None:
        before, self._state = self._state, status.server
        if status.server is ServerState.SIGNED_OUT and before is not ServerState.SIGNED_OUT:
            self._ask(SignInProblem.SESSION_ENDED)

    def on_server_back(self) -> None:
        """She signed in while the server was away, and nothing goes out until it knows her."""
        self._ask(SignInProblem.SERVER_BACK)

    def _ask(self, why: SignInProblem) -> None:
        if self._window is not None:
            return
        self._window = SignInWindow(server=self._duty.url, login=self._duty.last_login)
        self._window.submitted.connect(self._on_submitted)
        self._window.cancelled.connect(self._on_cancelled)
        self._window.refuse(why)
        self._window.show()

    def _on_submitted(self, credentials: Credentials) -> None:
        self._tasks.spawn(self._sign_in(credentials))

    def _on_cancelled(self) -> None:
        """She goes on without the server; the next loss of the session asks again."""
        self._window = None

    async def _sign_in(self, credentials: Credentials) -> None:
        try:
            await self._duty.sign_in_again(credentials.login, credentials.password)
        except SyncError as error:
            if self._window is not None:
                refuse(self._window, error)
        else:
            self.close()


def refuse(window: SignInWindow, error: SyncError | RuntimeFault | StoreError) -> None:
    """Say in the window why it did not work."""
    match error:
        case SignInRefused(retry_after_s=float(retry_after_s)):
            window.refuse(SignInProblem.LOCKED, retry_after_s)
        case SignInRefused(code="wrong-credentials"):
            window.refuse(SignInProblem.WRONG_CREDENTIALS)
        case Unreachable():
            window.refuse(SignInProblem.UNREACHABLE, detail=str(error))
        case BadReply():
            window.refuse(SignInProblem.NOT_A_SERVER, detail=str(error))
        case ServerBusy(retry_after_s=retry_after_s):
            window.refuse(SignInProblem.OTHER, retry_after_s, str(error))
        case OfflineRefusedError():
            _refuse_offline(window, error)
        case OldPasswordNeededError(wrong=wrong):
            problems = (SignInProblem.OLD_PASSWORD, SignInProblem.OLD_PASSWORD_WRONG)
            window.refuse(problems[wrong])
        case PasswordNeededError():
            window.refuse(SignInProblem.PASSWORD_NEEDED)
        case _:
            window.refuse(SignInProblem.OTHER, detail=str(error))


def _refuse_offline(window: SignInWindow, error: OfflineRefusedError) -> None:
    """The server is away, and this seat does not let her in either."""
    problems = {
        OfflineProblem.WRONG_PASSWORD: SignInProblem.WRONG_CREDENTIALS,
        OfflineProblem.WAIT: SignInProblem.LOCKED,
        OfflineProblem.EXPIRED: SignInProblem.OFFLINE_EXPIRED,
        OfflineProblem.NOT_KNOWN: SignInProblem.UNREACHABLE,
    }
    window.refuse(problems[error.problem], error.retry_after_s)
