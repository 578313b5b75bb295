"""Tests of this folder may use the exchange; the report of a failed one says what it did."""

from __future__ import annotations

import subprocess
from collections.abc import Generator

import pytest

from installer.exchange.service import ServiceError
from tests.exchange.asterisk import Exchange
from tests.exchange.fixtures import exchange

__all__ = ["exchange"]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    used = getattr(item, "funcargs", {}).get("exchange")
    if report.when == "call" and report.failed and isinstance(used, Exchange):
        try:
            told = used.account_of_itself()
        except (OSError, ServiceError, subprocess.TimeoutExpired) as problem:
            told = str(problem)
        report.sections.append(("the exchange", told))
    return report
