"""Does the jobs of this process one after the other, in a thread of its own (M18, step ⑨)."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from anyio import to_thread
from sqlalchemy.exc import SQLAlchemyError

from server.database import Database
from server.errors import ServerError
from server.jobs import BEAT_S, JobEndedError, JobState, beat, begin_job, end_job, fail_lost
from server.uploads import sweep

_log = logging.getLogger(__name__)

TIDY_EVERY_S = 600.0
STOPPED = "The server was stopped while this was done."
FAILED = "The server failed on this."


class JobFailedError(ServerError):
    """A job cannot go on; ``str()`` says why, for who asked for it."""


class Pulse:
    """What a job's work asks now and then: may it go on, does somebody know that it lives.

    ``report`` is what the work last said of itself, kept when the job ends, however it ends.
    """

    def __init__(self, runner: JobRunner) -> None:
        self._runner = runner
        self.report: dict[str, object] = {}

    def check(self, pause_s: float = 0.0) -> None:
        """Give way to others for a moment. Raises JobFailedError when the server stops."""
        self._runner.keep_alive()
        if self._runner.stopping.wait(pause_s):
            raise JobFailedError(STOPPED)


Work = Callable[[Pulse], None]


class JobRunner:
    """Thread-safe; ``clock`` gives Unix seconds.

    ``folders`` are those of files that jobs are about, each with the seconds that a file may stay.
    """

    def __init__(
        self,
        *,
        database: Database,
        clock: Callable[[], float],
        folders: Mapping[Path, float] | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._folders = dict(folders or {})
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="jobs")
        self._lock = threading.Lock()
        self._mine: set[str] = set()
        self._beaten_at = clock()
        self.stopping = threading.Event()

    def start(self) -> None:
        """Settle what an earlier process left behind. Blocks."""
        alone = self._database.dialect == "sqlite"  # a directory has one server
        self._database.run(lambda t: fail_lost(t, now=self._clock(), alone=alone))

    async def keep_tidy(self, *, every_s: float = TIDY_EVERY_S) -> None:
        """Until cancelled: remove files when their time is over."""
        while True:
            await to_thread.run_sync(self.tidy)
            await asyncio.sleep(every_s)

    def tidy(self) -> None:
        for folder, seconds in self._folders.items():
            try:
                sweep(folder, older_than_s=seconds)
            except OSError as error:
                _log.warning("%s cannot be tidied (%s)", folder, error.strerror)

    def look(self) -> None:
        """Settle what another process left behind since. Blocks."""
        self._database.run(lambda t: fail_lost(t, now=self._clock(), alone=False))

    def submit(self, job_id: str, work: Work, *, file: Path | None = None) -> None:
        """Do a job that is in the database already, when its turn comes.

        ``file`` is the job's alone, and removed when it ends, also if it never began.
        """
        with self._lock:
            self._mine.add(job_id)
        self._pool.submit(self._do, job_id, work, file)

    def stop(self) -> None:
        """Let the slice at hand finish and give up the rest. Blocks."""
        self.stopping.set()
        self._pool.shutdown(wait=True)

    def keep_alive(self) -> None:
        now = self._clock()
        if now - self._beaten_at >= BEAT_S:
            self._beaten_at = now
            with self._lock:
                mine = tuple(self._mine)
            self._database.run(lambda t: beat(t, mine, now=now))

    def _do(self, job_id: str, work: Work, file: Path | None) -> None:
        pulse = Pulse(self)
        try:
            self._database.run(lambda t: begin_job(t, job_id, now=self._clock()))
            pulse.check()
            work(pulse)
            self._end(job_id, JobState.DONE, pulse.report)
        except JobEndedError:
            _log.info("job %s was cancelled", job_id)
        except JobFailedError as error:
            self._end(job_id, JobState.FAILED, {**pulse.report, "reason": str(error)})
        except Exception as error:  # noqa: BLE001 - the border of the thread
            _log.error("job %s failed on %s", job_id, type(error).__name__)
            self._end(job_id, JobState.FAILED, {**pulse.report, "reason": FAILED})
        finally:
            if file is not None:
                file.unlink(missing_ok=True)
            with self._lock:
                self._mine.discard(job_id)

    def _end(self, job_id: str, state: JobState, report: dict[str, object]) -> None:
        try:
            self._database.run(
                lambda t: end_job(t, job_id, now=self._clock(), state=state, report=report)
            )
        except (JobEndedError, SQLAlchemyError) as error:
            # Without a database it is taken for lost later.
            _log.warning("job %s: how it ended is not kept (%s)", job_id, type(error).__name__)
