"""Which tests `make check` leaves to `make test`: those that took nine tenths of its time.

What is left out shows in every `make test`; before a commit, ruff, mypy, the import order and some
four thousand tests answer within a minute.
"""

from __future__ import annotations

import pytest

FIXTURES = frozenset({"centre", "theme", "database"})
"""A server, a window with its style, a database: building one takes longer than the test itself."""

MODULES = frozenset(
    {
        "contract/test_article_published.py",
        "desk/test_presence.py",
        "desk/test_self_test.py",
        "domain/test_markdown.py",
        "e2e/test_another_person.py",
        "exchange/test_service.py",
        "runtime/test_garbage.py",
        "server/sheets/test_xlsx_file.py",
        "server/test_older_backups.py",
        "server/test_rights.py",
        "server/test_sample.py",
        "server/test_sample_top_up.py",
        "server/test_server_page.py",
        "store/search/test_finding.py",
        "store/test_callers.py",
        "store/test_customer_search.py",
        "store/test_customers.py",
        "store/test_gaps.py",
        "store/test_inbox.py",
        "store/test_opening.py",
        "store/test_records.py",
        "store/test_relinking.py",
        "store/test_replica.py",
        "store/test_salvage.py",
        "store/test_tickets.py",
        "sync/test_http.py",
        "sync/test_misbehaviour.py",
        "sync/test_outages.py",
        "ui/inbox/test_inbox.py",
        "ui/panels/test_caller_panel.py",
        "ui/panels/test_knowledge_panel.py",
        "ui/panels/test_summary_panel.py",
        "wiring/test_news.py",
        "wiring/test_ring.py",
    }
)
"""Slow all the same, more than 0.7 s each; paths below ``tests``."""


def is_slow(item: pytest.Function, module: str) -> bool:
    """``module`` is the path of its file below ``tests``, with slashes."""
    return module in MODULES or not FIXTURES.isdisjoint(item.fixturenames)
