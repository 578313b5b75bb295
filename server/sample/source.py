"""What the sample centre is built from: the files under ``resources/sample_centre`` (step ⑨)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from importlib.resources import files
from itertools import accumulate
from random import Random
from typing import Any, Generic, TypeVar

import orjson

from server.errors import StartError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Weighted(Generic[T]):
    """A choice among things that are not equally frequent."""

    items: tuple[T, ...]
    totals: tuple[float, ...] = field(repr=False)

    def draw(self, random: Random, count: int) -> list[T]:
        return random.choices(self.items, cum_weights=self.totals, k=count)


def weighted(items: Sequence[T], weights: Sequence[float]) -> Weighted[T]:
    return Weighted(tuple(items), tuple(accumulate(weights)))


@dataclass(frozen=True, slots=True)
class Segment:
    id: str
    name: str
    rule: str
    company: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where a customer is; ``landline`` is a pattern in E.164 with ``#`` for a digit."""

    city: str
    districts: tuple[str, ...]
    landline: str


@dataclass(frozen=True, slots=True)
class Menu:
    path: str
    queue: str
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Talk:
    """What is asked and answered in one category, with the articles that may be quoted."""

    questions: tuple[str, ...]
    answers: tuple[str, ...]
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """The building blocks; ``articles``, ``categories`` and ``fixed`` as in their files.

    ``queues`` are numbers and names as the exchange of ``installer/exchange`` has them;
    ``queue_categories`` what their callers mostly ask about; ``tickets`` are of ``fixed``, by
    their place in it from 1.
    """

    categories: list[dict[str, Any]]
    articles: list[dict[str, Any]]
    fixed: list[dict[str, Any]]
    taken_numbers: frozenset[str]
    agents: tuple[str, ...]
    segments: Weighted[Segment]
    places: Weighted[Place]
    surnames: Weighted[str]
    given: dict[str, tuple[str, ...]]
    brands: tuple[str, ...]
    industries: tuple[str, ...]
    company_suffixes: Weighted[str]
    shops: tuple[str, ...]
    mobiles: tuple[str, ...]
    labels: dict[str, tuple[str, ...]]
    warnings: Weighted[tuple[str, frozenset[str]]]
    notes: dict[str, tuple[str, ...]]
    menus: Weighted[Menu]
    queues: tuple[tuple[str, str], ...]
    queue_categories: tuple[tuple[str, str], ...]
    talks: dict[str, Talk]
    follow_ups: Weighted[str]
    hours: Weighted[int]
    months: dict[int, float]
    notices: tuple[dict[str, Any], ...] = ()
    units: tuple[dict[str, Any], ...] = ()
    tickets: tuple[dict[str, Any], ...] = ()
    files: tuple[dict[str, Any], ...] = ()
    files_notice: str = ""


def load_source() -> Source:
    """Read the building blocks. Raises StartError when they are not there or damaged."""
    try:
        names = _read("names")
        articles = _read("articles")["articles"]
        fixed = _read("fixed_customers")
        found = _build(names, _read("categories")["categories"], articles, fixed)
        work, attached = _read("tickets"), _read("article_files")
        return replace(
            found,
            notices=tuple(_read("notices")["notices"]),
            units=tuple(work["units"]),
            tickets=tuple(work["tickets"]),
            files=tuple(attached["files"]),
            files_notice=attached["notice"],
        )
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise StartError(f"The sample centre's files cannot be read ({error!r}).") from error


def _read(name: str) -> dict[str, Any]:
    path = files("resources") / "sample_centre" / f"{name}.json"
    found: dict[str, Any] = orjson.loads(path.read_bytes())
    return found


def _by_weight(entries: Sequence[dict[str, Any]]) -> Weighted[str]:
    return weighted([e["text"] for e in entries], [e["weight"] for e in entries])


def _build(
    names: dict[str, Any],
    categories: list[dict[str, Any]],
    articles: list[dict[str, Any]],
    fixed: dict[str, Any],
) -> Source:
    country = names["numbers"]["country_code"]
    taken = {number for customer in fixed["customers"] for number in customer["numbers"]}
    weights = {name: [e["weight"] for e in names[name]] for name in ("segments", "regions", "menu")}
    in_force: dict[str, list[str]] = {}
    for article in articles:
        if article["valid_until"] is None:
            in_force.setdefault(article["category"], []).append(article["id"])
    return Source(
        categories=categories,
        articles=articles,
        fixed=fixed["customers"],
        taken_numbers=frozenset(taken | set(fixed["reserved_numbers"])),
        agents=tuple(names["agents"]),
        segments=weighted(
            [Segment(e["id"], e["name"], e["rule"], e["kind"] == "company")
             for e in names["segments"]],
            weights["segments"],
        ),
        places=weighted(
            [Place(e["city"], tuple(e["districts"]),
                   country + e["area_code"].lstrip("0") + e["landline_pattern"])
             for e in names["regions"]],
            weights["regions"],
        ),
        surnames=_by_weight(names["surnames"]),
        given={kind: tuple(found) for kind, found in names["given_characters"].items()},
        brands=tuple(names["companies"]["brand_characters"]),
        industries=tuple(names["companies"]["industries"]),
        company_suffixes=_by_weight(names["companies"]["suffixes"]),
        shops=tuple(names["companies"]["small_shop"]),
        mobiles=tuple(country + pattern for pattern in names["numbers"]["mobile_patterns"]),
        labels={kind: tuple(found) for kind, found in names["phone_labels"].items()},
        warnings=weighted(
            [(e["text"], frozenset(e["segments"])) for e in names["warnings"]],
            [e["weight"] for e in names["warnings"]],
        ),
        notes={kind: tuple(found) for kind, found in names["notes"].items()},
        menus=weighted(
            [Menu(e["path"], e["queue"], tuple(e["categories"])) for e in names["menu"]],
            weights["menu"],
        ),
        queues=tuple(names["queue_numbers"].items()),
        queue_categories=tuple(names["queue_categories"].items()),
        talks={
            category: Talk(tuple(e["questions"]), tuple(e["answers"]),
                           tuple(in_force.get(category, ())))
            for category, e in names["templates"].items()
        },
        follow_ups=_by_weight(names["follow_ups"]),
        hours=weighted(
            [e["hour"] for e in names["hour_weights"]],
            [e["weight"] for e in names["hour_weights"]],
        ),
        months={e["month"]: e["weight"] for e in names["month_weights"]},
    )  # fmt: skip
