"""What the server's tests share: a database of either kind, and a running centre."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.app import open_database
from server.database import FILE_NAME, Database, connect
from server.settings import Settings
from tests.server.postgresql import Cluster, binaries, cluster
from tests.server.running import Centre, put_agents, put_reference, running, settings_for

ON_BOTH = [
    pytest.param("sqlite"),
    pytest.param("postgresql", marks=pytest.mark.processes),
]


def fill(settings: Settings) -> None:
    """Three agents and one of everything else, ready to be copied."""
    database = open_database(settings)
    put_agents(database)
    put_reference(database)
    database.close()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("template")
    fill(settings_for(directory))
    return directory / FILE_NAME


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    programs = binaries()
    if programs is None:
        pytest.skip("PostgreSQL is not installed")
    with cluster(programs) as found:
        fill(settings_for(tmp_path_factory.mktemp("pg"), found.new_database("prepared")))
        yield found


@pytest.fixture(params=["sqlite"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Settings of a filled centre; parametrize indirectly with ON_BOTH for PostgreSQL too."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / FILE_NAME)
        return settings_for(tmp_path)
    found: Cluster = request.getfixturevalue("postgresql")
    name = f"t{uuid.uuid4().hex}"
    return settings_for(tmp_path, found.new_database(name, template="prepared"))


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    """A database with three agents and one of everything else."""
    opened = connect(settings)
    yield opened
    opened.close()


@pytest.fixture
def centre(settings: Settings, database: Database) -> Iterator[Centre]:
    with running(settings, database) as found:
        yield found
