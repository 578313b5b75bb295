"""One desk of fakes for each test, no screen needed."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale

from tests.ui.panels.fakes import Desk

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def in_chinese() -> Iterator[None]:
    """The default locale decides in which language data with two names is shown."""
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    yield
    QLocale.setDefault(before)
