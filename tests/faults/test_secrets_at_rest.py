"""After a shift nothing lies on the seat's disk that opens a door or names a person."""

from __future__ import annotations

import base64
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import insert, update

from server import tables
from server.app import open_database
from server.settings import Settings
from tests.faults.clear_text import Find, finds_in
from tests.faults.working_desk import ID_NUMBER, PHONE
from tests.server.processes import ROOT, first_line, started
from tests.server.running import PASSWORD, put_agents, put_reference

LIMIT_S = 90
CACHED_NUMBER = "+8613800138000"


def a_centre(folder: Path) -> None:
    """With a customer whose number is replicated to every seat."""
    database = open_database(Settings(folder))
    put_agents(database)
    put_reference(database)
    with database.write() as transaction:
        of = tables.customers
        transaction.connection.execute(
            update(of).where(of.c.id == "p1").values(notes=f"证件 {ID_NUMBER}")
        )
        transaction.changed("customers", "p1")
        transaction.connection.execute(
            insert(tables.phones).values(id="n2", customer_id="p1", number=PHONE, label="")
        )
        transaction.changed("phones", "n2")
    database.close()


@pytest.mark.processes
@pytest.mark.parametrize("end", ["killed", "closed"])
def test_no_secret_lies_in_the_clear_after_a_shift(tmp_path: Path, end: str) -> None:
    centre, seat, elsewhere = tmp_path / "centre", tmp_path / "seat", tmp_path / "elsewhere"
    for folder in (centre, seat, elsewhere):
        folder.mkdir()
    a_centre(centre)
    environment = os.environ | {
        "HOME": str(elsewhere), "TMPDIR": str(elsewhere), "XDG_RUNTIME_DIR": str(elsewhere),
        "XDG_CACHE_HOME": str(elsewhere / "cache"), "XDG_CONFIG_HOME": str(elsewhere / "config"),
        "XDG_DATA_HOME": str(elsewhere / "data"), "QT_QPA_PLATFORM": "offscreen",
    }  # fmt: skip
    with started("server", "serve", "--data", centre, "--port", "0") as server:
        desk = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.working_desk", str(seat), server.url],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            cwd=ROOT, env=environment,
        )  # fmt: skip
        try:
            assert desk.stdout is not None
            line = first_line(desk.stdout)
            if not line:
                raise AssertionError(desk.communicate(timeout=LIMIT_S)[1][-4_000:])
            tokens = json.loads(line)
            server.process.terminate()
            server.process.wait(LIMIT_S)
            assert first_line(desk.stdout) == "{}\n", "the desk knows that the server is away"
            if end == "killed":
                desk.send_signal(signal.SIGKILL)
            _, said = desk.communicate(timeout=LIMIT_S)
        finally:
            desk.kill()
            desk.wait(LIMIT_S)
    (elsewhere / "stderr.txt").write_text(said, encoding="utf-8")
    assert len(tokens) == 2
    log = (seat / "profile" / "logs" / "desk.log").read_text("utf-8")
    assert "said by mistake" in log, "the log that is looked through is the desk's"
    assert list((seat / "profile" / "crashes").glob("crash-*.txt"))
    words = tokens | {
        "password": PASSWORD, "phone number": PHONE[3:], "ID number": ID_NUMBER,
        "a customer's number": CACHED_NUMBER[3:],
    }  # fmt: skip
    assert list(finds_in([seat, elsewhere], words)) == []


@pytest.mark.parametrize(
    "written",
    [
        b"so 13957108642 it is",
        "13957108642".encode("utf-16-le"),
        "13957108642".encode("utf-16-be"),
        b"13957108642".hex().upper().encode(),
        base64.b64encode(b"13957108642"),
        base64.b64encode(b"x13957108642"),
        base64.b64encode(b"xy13957108642 and more"),
        base64.urlsafe_b64encode("？13957108642".encode()),
    ],
)
def test_the_scan_sees_a_word_however_it_is_written(tmp_path: Path, written: bytes) -> None:
    file = tmp_path / "deep" / "memory.dump"
    file.parent.mkdir()
    file.write_bytes(os.urandom(5_000) + written + os.urandom(5_000))
    found = list(finds_in([tmp_path], {"number": "13957108642"}))
    assert [(one.path, one.what) for one in found[:1]] == [(file, "number")]
    assert "13957108642" not in repr(found)


def test_the_scan_sees_a_word_in_a_files_name(tmp_path: Path) -> None:
    file = tmp_path / "13957108642.wav"
    file.touch()
    assert list(finds_in([tmp_path], {"number": "13957108642"})) == [Find(file, "number", "plain")]
