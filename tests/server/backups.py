"""What the tests of backups share: a centre with odd rows, its sums, and back and forth."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import insert, select

from server import tables
from server.archive import Archive, Manifest, TableSum
from server.audit import record
from server.backup import backup
from server.database import Database
from server.restore import restore_file, restore_schema
from server.snapshot import kept_tables, sum_of


def put_more(database: Database) -> None:
    """Odd texts, rows that point at later ones, a session, an audit entry."""
    with database.write() as transaction:
        connection = transaction.connection
        record(transaction, identity=None, action="export", table="customers")
        connection.execute(
            insert(tables.sessions).values(
                id="old", agent_id="a1", device="d\n\"';\u2028\U0001f600", started_at=1,
                void_reason="",
            )
        )  # fmt: skip
        connection.execute(
            insert(tables.refresh_tokens).values(hash="h", session_id="old", expires_at=2**31)
        )
        customer = connection.execute(select(tables.customers)).one()._asdict()
        for name, into in (("p3", None), ("p2", "p3")):
            row = {**customer, "id": name, "merged_into": into, "arrears_cents": 10**14}
            connection.execute(insert(tables.customers).values(row))
            transaction.changed("customers", name)
        # Text that looks like a file's bytes, and a file.
        odd = {"id": "f1", "name": '{"base64":"eA=="}', "media_type": "", "size": 3, "digest": ""}
        connection.execute(insert(tables.attachments).values(**odd, article_id="k1"))
        transaction.changed("attachments", "f1")
        connection.execute(insert(tables.attachment_files).values(**odd, content=b"\0\xff\n"))


def taken(database: Database) -> dict[str, TableSum]:
    with database.read() as connection:
        return {name: sum_of(connection, name) for name in kept_tables(connection)}


def quiet(_name: str, _rows: int) -> None:
    """Progress that nobody looks at."""


def make_backup(database: Database, folder: Path) -> Path:
    put_more(database)
    backup(database, folder / "centre.zip", scratch=folder, told=quiet)
    return folder / "centre.zip"


def bring_back(path: Path, into: Path | Database, *, replace: bool) -> str:
    with Archive(path) as archive:
        if isinstance(into, Path):
            return restore_file(archive, into, replace=replace)
        return restore_schema(archive, into, replace=replace)


def manifest_of(path: Path) -> Manifest:
    with Archive(path) as archive:
        return archive.manifest
