"""The window with an article to report about."""

from __future__ import annotations

import pytest

from tests.desk.fakes import FakeArticles, an_article
from tests.ui.fakes import Rig, a_rig, known_callers


@pytest.fixture
def agent() -> Rig:
    """A front-line agent."""
    articles = FakeArticles(an_article("k1", title="子女教育专项附加扣除标准", version=3))
    return a_rig(callers=known_callers(), articles=articles, role="agent")


@pytest.fixture
def editor() -> Rig:
    """Who answers reports."""
    return a_rig(callers=known_callers(), role="knowledge-editor")
