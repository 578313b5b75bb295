"""Invented customers of the sample centre and their numbers (step ⑨)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from server.sample.source import Place, Segment, Source

SECOND_NUMBER = 0.22
SHARED_NUMBER = 0.02
ARREARS = 0.06
SHORT_CODES = ("60001", "60002", "60003")
"""Second numbers of the first invented companies: internal codes that must match exactly."""


@dataclass(frozen=True, slots=True)
class Person:
    """One customer with ``numbers`` (E.164 or a short code) and their labels."""

    id: str
    company: bool
    name: str
    segment_id: str
    region: str
    arrears_cents: int
    warning: str
    notes: str
    numbers: tuple[str, ...]
    labels: tuple[str, ...]
    id_number: str


def invented_id(place: int, *, company: bool) -> str:
    """An ID number (18 digits) or company number that nobody has: region 999999 is not assigned."""
    if company:
        return f"99999999ZX{place:08d}"
    year, month, day = 1940 + place % 65, 1 + place % 12, 1 + place % 28
    return f"999999{year}{month:02d}{day:02d}{place // 65 % 10_000:04d}"


class People:
    """Makes customers one batch after the other; the same order for the same random source."""

    def __init__(self, source: Source, random: Random) -> None:
        self._source = source
        self._random = random
        self._made = 0
        self._last_number = {True: "", False: ""}
        self._short_codes = list(reversed(SHORT_CODES))

    def make(self, count: int) -> Iterator[Person]:
        source, random = self._source, self._random
        drawn = zip(
            source.segments.draw(random, count),
            source.places.draw(random, count),
            source.warnings.draw(random, count),
            strict=True,
        )
        for segment, place, (warning, warned) in drawn:
            kind = "company" if segment.company else "person"
            numbers = self._numbers(segment, place)
            labels = source.labels[kind]
            yield Person(
                id=f"01910000-0000-7000-8000-{self._made:012x}",
                company=segment.company,
                name=self._company(place) if segment.company else self._name(segment),
                segment_id=segment.id,
                region=place.city + random.choice(place.districts),
                arrears_cents=self._arrears(),
                warning=warning if segment.id in warned else "",
                notes=random.choice(source.notes[kind]),
                numbers=numbers,
                labels=labels[: len(numbers)],
                id_number=invented_id(self._made, company=segment.company),
            )
            self._made += 1

    def _arrears(self) -> int:
        random = self._random
        return random.randrange(1_000, 8_000_000) if random.random() < ARREARS else 0

    def _name(self, segment: Segment) -> str:
        random = self._random
        kind = "elder" if segment.id == "care-group" else random.choice(("male", "female"))
        pool = self._source.given[kind]
        surname = self._source.surnames.draw(random, 1)[0]
        first = random.choice(pool)
        if random.random() < 0.25:
            return surname + first
        return surname + first + random.choice(self._source.given["any"])

    def _company(self, place: Place) -> str:
        random = self._random
        brand = random.choice(self._source.brands) + random.choice(self._source.brands)
        city = place.city.removesuffix("市")
        if random.random() < 0.2:
            return f"{city}{brand}{random.choice(self._source.shops)}"
        suffix = self._source.company_suffixes.draw(random, 1)[0]
        return f"{city}{brand}{random.choice(self._source.industries)}{suffix}"

    def _numbers(self, segment: Segment, place: Place) -> tuple[str, ...]:
        random = self._random
        shared = self._last_number[segment.company]
        if shared and random.random() < SHARED_NUMBER:
            first = shared
        else:
            mobile = random.choice(self._source.mobiles)
            first = self._fresh([place.landline] if segment.company else [mobile])
        self._last_number[segment.company] = first
        if segment.company and self._short_codes:
            return first, self._short_codes.pop()
        if random.random() < SECOND_NUMBER:
            second = self._fresh([random.choice(self._source.mobiles), place.landline])
            return (first, second) if second != first else (first,)
        return (first,)

    def _fresh(self, patterns: Sequence[str]) -> str:
        """A number that no fixed customer has and no scenario needs to be unknown."""
        while True:
            pattern = self._random.choice(patterns)
            blanks = pattern.count("#")
            digits = f"{self._random.randrange(10**blanks):0{blanks}d}"
            number = pattern.replace("#" * blanks, digits)
            if number not in self._source.taken_numbers:
                return number


def fixed_people(source: Source) -> Iterator[Person]:
    """The invented customers that practice scenarios and the demo know by name."""
    for place, entry in enumerate(source.fixed, start=90_000_000):
        yield Person(
            id=entry["id"],
            company=entry["kind"] == "company",
            name=entry["name"],
            segment_id=entry["segment"],
            region=entry["region"],
            arrears_cents=entry["arrears_cents"],
            warning=entry["warning"],
            notes=entry["notes"],
            numbers=tuple(entry["numbers"]),
            labels=tuple(entry["labels"]),
            id_number=invented_id(place, company=entry["kind"] == "company"),
        )
