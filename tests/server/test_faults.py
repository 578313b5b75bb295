"""Locked, full and damaged databases; TLS; what the rest of the world does to a server."""

from __future__ import annotations

import datetime
import ipaddress
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import requests
import sqlcipher3.dbapi2
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from server.app import open_database
from server.database import FILE_NAME, Database, connect, explain
from server.errors import DatabaseError, StartError
from server.lock import DirectoryLock
from server.serve import Listen, check_listen, open_socket
from server.settings import Settings
from tests.server.processes import LIMIT_S, started
from tests.server.running import running, save


@contextmanager
def holding(settings: Settings, *statements: str) -> Iterator[None]:
    """Another program that has the file open and does something to it."""
    other = sqlcipher3.dbapi2.connect(str(settings.data_dir / FILE_NAME), isolation_level=None)
    for statement in statements:
        other.execute(statement)
    try:
        yield
    finally:
        other.close()


def test_a_locked_database_is_named_at_start(settings: Settings) -> None:
    impatient = replace(settings, busy_timeout_s=0.05)
    statements = ("PRAGMA locking_mode = EXCLUSIVE", "BEGIN EXCLUSIVE", "DELETE FROM phones")
    with (
        holding(settings, *statements),
        pytest.raises(DatabaseError, match="locked by another program"),
    ):
        open_database(impatient)
    open_database(impatient).close()


def test_a_database_locked_later_is_a_503_and_the_seat_may_try_again(settings: Settings) -> None:
    impatient = replace(settings, busy_timeout_s=0.05)
    operation = save("i1")
    with running(impatient, connect(impatient)) as centre:
        seat = centre.seat()
        with holding(settings, "BEGIN IMMEDIATE"):
            answer = seat.post("/operations", {"operations": [operation]})
            assert answer.status_code == 503
            assert answer.json()["error"]["code"] == "database-unavailable"
            assert answer.headers["Retry-After"] == "2"
            assert seat.get("/changes", after=0).status_code == 200
        assert seat.send(operation)[0]["outcome"] == "applied"


def test_a_full_disk_is_named_and_nothing_half_is_kept(database: Database) -> None:
    with database.write() as transaction:
        pages = transaction.connection.execute(text("PRAGMA page_count")).scalar_one()
        transaction.connection.execute(text(f"PRAGMA max_page_count = {pages + 2}"))

    def fill() -> None:
        with database.write() as transaction:
            for n in range(500):
                transaction.connection.execute(
                    text("INSERT INTO segments VALUES (:id, :id, :rule)"),
                    {"id": f"x{n}", "rule": "x" * 1_000},
                )

    with pytest.raises(DBAPIError) as caught:
        fill()
    assert explain(caught.value) == "The disk is full (database or disk is full)."
    assert "xxxx" not in str(caught.value)
    with database.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM segments")).scalar_one() == 1


def test_a_damaged_page_is_an_answer_and_not_a_crash(settings: Settings) -> None:
    path = settings.data_dir / FILE_NAME
    whole = path.read_bytes()
    path.write_bytes(whole[:4_096] + b"\xa5" * (len(whole) - 4_096))
    with pytest.raises(DatabaseError, match="is damaged"):
        open_database(settings)


def test_a_truncated_database_is_refused(settings: Settings) -> None:
    path = settings.data_dir / FILE_NAME
    path.write_bytes(path.read_bytes()[:5_000])
    with pytest.raises(DatabaseError, match="is damaged"):
        open_database(settings)


def test_a_directory_is_locked_once_and_free_again(tmp_path: Path) -> None:
    with (
        DirectoryLock(tmp_path),
        pytest.raises(StartError, match="Another zuoxi-server"),
        DirectoryLock(tmp_path),
    ):
        pass
    with DirectoryLock(tmp_path):
        pass


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_loopback_needs_no_tls(host: str) -> None:
    check_listen(Listen(host))


def test_an_address_that_is_not_ours_is_named() -> None:
    with pytest.raises(StartError, match=r"Cannot listen on 203\.0\.113\.1"):
        open_socket(Listen("203.0.113.1"))


def test_half_of_tls_or_a_bad_certificate_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StartError, match="needs both"):
        check_listen(Listen(tls_cert=tmp_path))
    (tmp_path / "x").write_text("no certificate")
    with pytest.raises(StartError, match="cannot be used"):
        check_listen(Listen("0.0.0.0", tls_cert=tmp_path / "x", tls_key=tmp_path / "x"))


def make_certificate(directory: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    now = datetime.datetime.now(datetime.UTC)
    address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .sign(key, hashes.SHA256())
    )
    cert_path, key_path = directory / "cert.pem", directory / "key.pem"
    cert_path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    key_path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return cert_path, key_path


@pytest.mark.processes
def test_with_a_certificate_the_server_speaks_tls(settings: Settings, tmp_path: Path) -> None:
    cert, key = make_certificate(tmp_path)
    arguments = ("--data", settings.data_dir, "--port", "0", "--tls-cert", cert, "--tls-key", key)
    with started("server", "serve", *arguments) as server:
        assert server.url.startswith("https://127.0.0.1:")
        answer = requests.get(f"{server.url}/api/v1/health", timeout=LIMIT_S, verify=str(cert))
        assert answer.json()["status"] == "ok"


def test_answers_are_not_held_back_for_a_delayed_ack() -> None:
    with closing(open_socket(Listen())) as listener:
        assert listener.proto == socket.IPPROTO_TCP
