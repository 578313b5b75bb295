"""However an import ends, what was taken is there, whole, and the job says so."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from typing import Any

import pytest
import requests
from sqlalchemy import func, insert, select

from server import tables
from server.database import Database
from server.imports import job as importing
from server.job_runner import JobRunner
from server.jobs import LOST_AFTER_S
from server.settings import Settings
from tests.server.conftest import ON_BOTH
from tests.server.imports.sending import counts, finished, imported, send
from tests.server.processes import LIMIT_S, started
from tests.server.running import PASSWORD, Centre, Clock, Seat, running, save


def file(rows: int) -> str:
    return "姓名,手机\n" + "".join(f"客户{n},{13_000_000_000 + n}\n" for n in range(rows))


def customers_in(database: Database) -> int:
    """Without the one of the template."""
    with database.read() as connection:
        query = select(func.count()).select_from(tables.customers)
        return int(connection.execute(query).scalar_one()) - 1


class Gate:
    """Holds each slice of an import until a test lets it go."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.began = threading.Semaphore(0)
        self.go_on = threading.Semaphore(0)
        fit: Callable[..., None] = importing.ImportJob._fit

        def held(job: importing.ImportJob, took_s: float) -> None:
            fit(job, took_s)
            self.began.release()
            assert self.go_on.acquire(timeout=LIMIT_S)

        monkeypatch.setattr(importing.ImportJob, "_fit", held)


@pytest.mark.parametrize("settings", ON_BOTH, indirect=True)
def test_a_cancelled_import_keeps_what_it_says_and_takes_no_more(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(monkeypatch)
    seat = centre.seat("a3", "supervisor")
    job_id = send(seat, file(1_000)).json()["id"]
    assert gate.began.acquire(timeout=LIMIT_S)
    running_job = seat.get(f"/imports/{job_id}").json()
    assert (running_job["state"], running_job["rows_total"]) == ("running", 1_000)
    assert seat.post(f"/imports/{job_id}/cancel", {}).json()["state"] == "cancelled"
    gate.go_on.release(1_000)
    after = imported(seat, "姓名\n后来\n")  # the thread is free again
    assert counts(after) == (1, 0, 0, 0)
    job = seat.get(f"/imports/{job_id}").json()
    assert job["state"] == "cancelled"
    assert 0 < job["rows_done"] < 1_000
    assert customers_in(centre.database) == job["rows_done"] + 1 == job["report"]["created"] + 1
    again = seat.post(f"/imports/{after['id']}/cancel", {}).json()
    assert again["state"] == "done"


def test_an_import_cancelled_while_it_waits_takes_nothing(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(monkeypatch)
    seat = centre.seat("a3", "supervisor")
    first = send(seat, file(5)).json()["id"]
    assert gate.began.acquire(timeout=LIMIT_S)
    second = send(seat, "姓名\n别人\n").json()
    assert second["state"] == "waiting"
    assert seat.post(f"/imports/{second['id']}/cancel", {}).json()["state"] == "cancelled"
    gate.go_on.release(100)
    assert finished(seat, "imports", first)["state"] == "done"
    assert counts(imported(seat, "姓名\n后来\n")) == (1, 0, 0, 0)
    assert customers_in(centre.database) == 6


def test_a_server_that_stops_finishes_its_slice_and_says_so(
    settings: Settings, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(monkeypatch)
    with running(settings, database) as centre:
        seat = centre.seat("a3", "supervisor")
        job_id = send(seat, file(1_000)).json()["id"]
        waiting = send(seat, file(1_000)).json()["id"]
        assert gate.began.acquire(timeout=LIMIT_S)
        centre.services.jobs.stopping.set()
        gate.go_on.release(1_000)
    with running(settings, database) as centre:
        seat = centre.seat("a3", "supervisor")
        job, other = (seat.get(f"/imports/{each}").json() for each in (job_id, waiting))
        assert (job["state"], other["state"], other["rows_done"]) == ("failed", "failed", 0)
        assert job["report"]["reason"] == "The server was stopped while this was done."
        assert customers_in(centre.database) == job["rows_done"] == job["report"]["created"] > 0
        assert list((settings.data_dir / "imports").iterdir()) == []


@pytest.mark.processes
@pytest.mark.parametrize("fatal", [1, 3])
def test_a_killed_server_says_at_its_next_start_how_many_rows_were_taken(
    settings: Settings, database: Database, fatal: int
) -> None:
    database.close()
    with started("tests.server.imports.killed_import", settings.data_dir, str(fatal)) as server:
        seat = signed_in(server.url)
        job_id = send(seat, file(500)).json()["id"]
        gone = requests.ConnectionError, requests.exceptions.ChunkedEncodingError
        with pytest.raises(gone):  # between two answers or in the middle of one
            finished(seat, "imports", job_id)
        assert server.process.wait(LIMIT_S) == -signal.SIGKILL
    with started("server", "serve", "--data", settings.data_dir, "--port", "0") as server:
        job = signed_in(server.url).get(f"/imports/{job_id}").json()
    assert job["state"] == "failed"
    assert job["report"]["reason"] == "The server ended while this was done."
    assert customers_in(database) == job["rows_done"]
    assert (job["rows_done"] > 0) == (fatal > 1)


def signed_in(url: str) -> Seat:
    body = {"login": "1003", "password": PASSWORD, "device": ""}
    session: dict[str, Any] = Seat(url).post("/sign-in", body).json()
    return Seat(url, "a3", session["access_token"])


@pytest.mark.processes
@pytest.mark.parametrize("settings", ["postgresql"], indirect=True)
def test_of_several_processes_only_the_silent_ones_jobs_are_lost(
    settings: Settings, database: Database
) -> None:
    clock = Clock()
    values = {
        "kind": "import", "table_name": "customers", "format": "csv", "file_name": "",
        "agent_id": "a3", "state": "running", "rows_done": 7, "report": "{}",
        "started_at": "2026-05-04T03:02:01Z",
    }  # fmt: skip
    with database.write() as transaction:
        for name, ago in (("silent", LOST_AFTER_S + 1), ("alive", LOST_AFTER_S - 5)):
            transaction.connection.execute(
                insert(tables.jobs).values(id=name, seen_at=int(clock.now) - ago, **values)
            )
    runner = JobRunner(database=database, clock=clock)
    runner.start()
    with database.read() as connection:
        states = dict(connection.execute(select(tables.jobs.c.id, tables.jobs.c.state)).all())
    assert states == {"silent": "failed", "alive": "running"}
    runner.stop()


def test_a_worker_says_that_it_and_those_that_wait_are_alive(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(monkeypatch)
    seat = centre.seat("a3", "supervisor")
    first, second = (send(seat, file(200)).json()["id"] for _ in range(2))
    assert gate.began.acquire(timeout=LIMIT_S)
    centre.clock.now += LOST_AFTER_S - 1
    gate.go_on.release()
    assert gate.began.acquire(timeout=LIMIT_S)
    centre.clock.now += 2
    assert seat.get(f"/imports/{second}").json()["state"] == "waiting"
    gate.go_on.release(1_000)
    assert finished(seat, "imports", first)["state"] == "done"
    assert counts(finished(seat, "imports", second)) == (0, 200, 0, 0)


def test_twenty_thousand_rows_are_taken_while_others_write(centre: Centre) -> None:
    seat, agent = centre.seat("a3", "supervisor"), centre.seat()
    job_id = send(seat, file(20_000)).json()["id"]
    saved = 0
    while seat.get(f"/imports/{job_id}").json()["state"] in ("waiting", "running"):
        assert agent.send(save(f"i{saved}"))[0]["outcome"] == "applied"
        saved += 1
    job = finished(seat, "imports", job_id)
    assert counts(job) == (20_000, 0, 0, 0)
    assert customers_in(centre.database) == 20_000
    assert saved > 1
