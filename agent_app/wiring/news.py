"""What the server's pages and the outbox bring, told to those whom it concerns (⑦ and ⑧)."""

from __future__ import annotations

from collections.abc import Callable, Collection

from agent_app.store.replica import AppliedPage


def at_the_end(
    tables: Collection[str], then: Callable[[], object]
) -> Callable[[AppliedPage], None]:
    """A listener of pages: ``then`` once after each pull of which any page touches ``tables``."""
    touched = False

    def on_page(page: AppliedPage) -> None:
        nonlocal touched
        touched = touched or page.touches(*tables)
        if touched and not page.more:
            touched = False
            then()

    return on_page


def about(kinds: Collection[str], then: Callable[[], object]) -> Callable[[frozenset[str]], None]:
    """A listener of the outbox: ``then`` after each change of an entry of one of ``kinds``."""

    def on_outbox(changed: frozenset[str]) -> None:
        if not changed.isdisjoint(kinds):
            then()

    return on_outbox
