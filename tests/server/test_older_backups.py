"""A backup of an older version comes back with the tables of this one, and all that was in it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import orjson
import pytest
from sqlalchemy import Connection, delete, select, text, update
from sqlalchemy.exc import DBAPIError

from server import tables
from server.articles import read_versions
from server.backup import backup
from server.commands.check import find_faults
from server.database import Database, connect
from server.migrations.upgrade import upgrade
from server.schema import HEAD, revision_of
from tests.server.backups import bring_back, quiet
from tests.server.conftest import ON_BOTH
from tests.server.postgresql import Cluster
from tests.server.running import settings_for

FILE = {"id": "f1", "name": "申报表.txt", "media_type": "text/plain", "size": 2, "digest": "d"}
CONTENT = b"x\xff"
ARTICLE = {
    "id": "k1", "version": 2, "category_id": "c1", "title": "税率", "question": "?", "answer": "。",
    "basis": "", "keywords": "", "region": "", "valid_from": "2023-01-01", "valid_until": None,
    "sample": False, "pinyin": "", "initials": "",
}  # fmt: skip
DRAFT = {
    **{name: ARTICLE[name] for name in list(ARTICLE)[2:11]}, "id": "d1", "version": 1,
    "article_id": "k1", "base_version": 2, "owner_id": "", "variant_of": "", "note": "",
    "state": "writing", "author_id": "a1", "author_name": "n", "reviewer_name": "", "remark": "",
    "changed_at": "2026-05-04T03:05:00Z",
}  # fmt: skip

MakeDatabase = Callable[[str], Database]


@pytest.fixture
def make_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[MakeDatabase]:
    """Makes empty databases of the kind that ``settings`` would be of."""
    made: list[Database] = []

    def make(name: str) -> Database:
        (tmp_path / name).mkdir()
        settings = settings_for(tmp_path / name)
        if request.param == "postgresql":
            cluster: Cluster = request.getfixturevalue("postgresql")
            settings = settings_for(tmp_path, cluster.new_database(f"{name}_{uuid.uuid4().hex}"))
        made.append(connect(settings))
        return made[-1]

    yield make
    for database in made:
        database.close()


def put(connection: Connection, table: str, values: Mapping[str, object]) -> None:
    names = ", ".join(values)
    places = ", ".join(f":{name}" for name in values)
    connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({places})"), values)


def put_rows(connection: Connection, revision: str) -> None:
    """An agent, and from 0004 on an article in its second version, with a file."""
    put(connection, "segments", {"id": "s1", "name": "一般", "rule": ""})
    agent = {"id": "a1", "login": "1001", "name": "n", "extension": "1", "role": "agent"}
    put(connection, "agents", {**agent, "disabled": True})
    if revision < "0004":
        return
    category = {"id": "c1", "parent_id": None, "name": "增值税", "name_en": "VAT", "position": 0}
    put(connection, "categories", category)
    put(connection, "articles", ARTICLE)
    for version in (1, 2):
        body = orjson.dumps({**ARTICLE, "version": version}).decode()
        kept = {"article_id": "k1", "version": version, "saved_at": "", "author": "", "body": body}
        put(connection, "article_versions", kept)
    put(connection, "article_drafts", DRAFT)
    put(connection, "attachments", {**FILE, "article_id": "k1"})
    put(connection, "attachment_files", {"id": "f1", "content": CONTENT})


def brought_up(make_database: MakeDatabase, tmp_path: Path, revision: str) -> Database:
    old, path = make_database("old"), tmp_path / "old.zip"
    with old.write() as transaction:
        upgrade(transaction.connection, target=revision)
        put_rows(transaction.connection, revision)
    assert backup(old, path, scratch=tmp_path, told=quiet).revision == revision
    old.close()
    new = make_database("new")
    sqlite = new.dialect == "sqlite"
    bring_back(path, tmp_path / "new" if sqlite else new, replace=False)
    with new.read() as connection:
        assert revision_of(connection) == HEAD
        assert find_faults(connection, sqlite=sqlite) == []
    return new


@pytest.mark.parametrize("make_database", ON_BOTH, indirect=True)
@pytest.mark.parametrize("revision", ["0001", "0002", "0004", "0006"])
def test_a_backup_of_an_older_version_is_brought_up_to_date(
    make_database: MakeDatabase, tmp_path: Path, revision: str
) -> None:
    new = brought_up(make_database, tmp_path, revision)
    with new.read() as connection:
        row = connection.execute(select(tables.agents)).one()
        assert (row.id, row.disabled, row.skills) == ("a1", True, "[]")
        files = connection.execute(select(tables.attachment_files)).all()
        writers = connection.execute(select(tables.draft_writers)).all()
    wanted = [(*FILE.values(), CONTENT)] if revision >= "0004" else []
    assert [tuple(one) for one in files] == wanted
    assert [tuple(one) for one in writers] == ([("d1", "a1")] if revision >= "0004" else [])


@pytest.mark.parametrize("make_database", ON_BOTH, indirect=True)
def test_the_version_in_force_has_the_files_that_its_article_has(
    make_database: MakeDatabase, tmp_path: Path
) -> None:
    new = brought_up(make_database, tmp_path, "0006")
    with new.read() as connection:
        versions = read_versions(connection, "k1") or []
    assert [(one["version"], one["files"]) for one in versions] == [(2, [FILE]), (1, [])]
    kept = tables.article_versions
    for act in (update(kept).values(body="{}"), delete(kept)):
        with pytest.raises(DBAPIError, match="never changes"), new.write() as transaction:
            transaction.connection.execute(act)
