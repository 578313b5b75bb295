"""Tests of this folder may use the exchange; a failed one's report has its words and baresip's."""

from __future__ import annotations

import subprocess
from collections.abc import Generator

import pytest

from installer.exchange.service import ServiceError
from tests.exchange.asterisk import Exchange
from tests.exchange.fixtures import exchange

__all__ = ["exchange"]

CHARACTERS_TOLD = 4_000


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    given = getattr(item, "funcargs", {})
    used = given.get("exchange")
    if report.when == "call" and report.failed and isinstance(used, Exchange):
        try:
            told = used.account_of_itself()
        except (OSError, ServiceError, subprocess.TimeoutExpired) as problem:
            told = str(problem)
        report.sections.append(("the exchange", told))
        folder = given.get("tmp_path")
        for log in sorted(folder.glob("*/log")) if folder else ():
            words = log.read_text("utf-8", "replace")
            report.sections.append((f"baresip: {log.parent.name}", words[-CHARACTERS_TOLD:]))
    return report
