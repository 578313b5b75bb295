"""What every test may lean on: one application with the desk's own look, in English."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from ui.application import DeskApplication, create_application
from ui.language import Language
from ui.theme import ThemeChoice


@pytest.fixture(scope="session")
def qapp_cls() -> Callable[[Sequence[str]], DeskApplication]:
    """pytest-qt makes its one application with this."""

    def make(arguments: Sequence[str]) -> DeskApplication:
        return create_application(arguments, Language.ENGLISH, ThemeChoice.LIGHT)

    return make
