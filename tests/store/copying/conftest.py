"""A sample centre of more than ten thousand rows, made once."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from server.app import open_database
from server.sample.fill import fill
from server.sample.parts import SampleSize
from server.settings import Settings


@pytest.fixture(scope="session")
def filled_1000(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("centre-of-1000")
    database = open_database(Settings(folder))
    fill(database, SampleSize(today=date(2026, 3, 2), customers=1_000))
    database.close()
    return folder


@pytest.fixture
def sample_of_1000(filled_1000: Path, tmp_path: Path) -> Path:
    """A copy that this test may do with as it likes."""
    return Path(shutil.copytree(filled_1000, tmp_path / "centre"))
