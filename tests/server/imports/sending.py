"""Sends a file to a running centre and waits for what becomes of it."""

from __future__ import annotations

import time
from typing import Any

import requests

from tests.server.running import LIMIT_S, Seat

JOB_LIMIT_S = 60
ALIVE = ("waiting", "running")


def send(seat: Seat, content: bytes | str, **options: object) -> requests.Response:
    return seat.http.post(
        f"{seat.url}/imports", params={"format": "csv", **options},  # type: ignore[arg-type]
        data=content.encode() if isinstance(content, str) else content, timeout=LIMIT_S,
    )  # fmt: skip


def finished(seat: Seat, path: str, job_id: str) -> dict[str, Any]:
    """The job when it has ended; fails when that takes too long."""
    end = time.monotonic() + JOB_LIMIT_S
    while time.monotonic() < end:
        job: dict[str, Any] = seat.get(f"/{path}/{job_id}").json()
        if job["state"] not in ALIVE:
            return job
    raise AssertionError(f"the job has not ended: {job}")


def imported(seat: Seat, content: bytes | str, **options: object) -> dict[str, Any]:
    answer = send(seat, content, **options)
    assert answer.status_code == 202, answer.text
    return finished(seat, "imports", answer.json()["id"])


def counts(job: dict[str, Any]) -> tuple[int, int, int, int]:
    """Created, updated, skipped, bad."""
    report = job["report"]
    return report["created"], report["updated"], report["skipped"], report["bad"]


def faults(seat: Seat, job: dict[str, Any]) -> list[str]:
    answer = seat.get(f"/imports/{job['id']}/report")
    assert answer.status_code == 200
    lines: list[str] = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "行 row,列 column,原因 reason"
    return lines[1:]
