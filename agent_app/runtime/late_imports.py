"""What a shift may never want is read from the disk when it is first used (step ⑤).

Each of the pages, small windows and forms costs memory and its share of the start. Who imports one
of them imports the module, not names out of it: ``from ui.gaps import page as gaps_page``.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import LazyLoader
from types import ModuleType

LATE = frozenset({
    "tomlkit", "ui.customer.flyout", "ui.customers.page", "ui.editing.page", "ui.gaps.flyout",
    "ui.gaps.page", "ui.history.flyout", "ui.inbox.model", "ui.inbox.window",
    "ui.local_copy.flyout", "ui.local_copy.forget_question", "ui.my_day.page", "ui.notices.card",
    "ui.notices.page", "ui.outbox.outbox_window", "ui.pick_up.flyout", "ui.records.page",
    "ui.self_test.model", "ui.self_test.window", "ui.settings.window", "ui.tickets.flyout",
    "ui.transfer.flyout", "ui.window.close_question", "ui.window.keys_window",
})  # fmt: skip
"""Each is used in one place, in the GUI thread; ``tomlkit`` by one save at a time."""


def import_late(names: Collection[str] = LATE) -> None:
    """Import ``names`` from now on as Python's ``LazyLoader`` does, at the first use of one."""
    sys.meta_path.insert(0, _LateFinder(names))


class _LateFinder(MetaPathFinder):
    def __init__(self, names: Collection[str]) -> None:
        self._names = names

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname not in self._names:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = LazyLoader(spec.loader)
        return spec
