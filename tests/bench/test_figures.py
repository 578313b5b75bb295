"""How the figures are made out of what was measured."""

from __future__ import annotations

from bench.articles import articles, pages
from bench.imports import summary
from bench.spread import quantile, ratio, spread

IMPORTS = """\
import time: self [us] | cumulative | imported package
import time:       200 |        200 |   ui.theme
import time:      1500 |       1700 | ui
some other line
import time:      9000 |       9000 | sqlalchemy
"""


def test_quantiles_are_values_that_were_measured() -> None:
    hundred = [float(number) for number in range(1, 101)]
    assert quantile(hundred, 0.95) == 95
    assert quantile(hundred, 0.99) == 99
    assert quantile(hundred[:10], 0.95) == 10
    assert quantile([7.0], 0.99) == 7


def test_a_spread_of_nothing_is_nothing() -> None:
    assert spread([]) == {"n": 0, "median": 0.0, "p95": 0.0, "p99": 0.0, "max": 0.0}


def test_a_spread_does_not_mind_the_order() -> None:
    assert spread([3, 1, 2]) == spread([1, 2, 3])
    assert spread([3, 1, 2])["max"] == 3


def test_nothing_is_compared_with_nothing() -> None:
    assert ratio(1, 0) == 0
    assert ratio(3, 2) == 1.5


def test_an_import_is_counted_for_itself_and_for_its_package() -> None:
    found = summary(IMPORTS)
    assert found["modules"] == 3
    assert found["all_ms"] == 10.7
    assert list(found["dearest_modules_ms"]) == ["sqlalchemy", "ui", "ui.theme"]
    assert found["dearest_packages_ms"] == {"sqlalchemy": 9.0, "ui": 1.7}


def test_an_enlarged_knowledge_base_begins_with_the_sample_and_is_the_same_every_time() -> None:
    rows = articles(300)
    assert rows[:80] == articles(80)
    assert rows == articles(300)
    assert len({str(row[0]) for row in rows}) == 300


def test_the_last_page_of_a_knowledge_base_says_that_it_is_the_last() -> None:
    found = pages(articles(300))
    assert [page.more for page in found] == [True, False]
    assert sum(len(page.rows.get("articles", [])) for page in found) == 300
