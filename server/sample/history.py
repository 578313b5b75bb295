"""Two years of invented calls of the sample centre (step ⑨)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any, TypeVar

import orjson

from server.sample.people import Person
from server.sample.source import Source, weighted

DAYS = 730
UTC_OFFSET_H = 8
"""The offices keep China's time and open at eight, so a call's day is the same in UTC."""

CALL_ID = "01930000-0000-7000-8000-{:012x}"
HOTLINE = "12366"
ABANDONED = 0.07
OUTGOING = 0.05
UNKNOWN = 0.03
QUOTED = 0.6
WEEKEND = 0.12
ENDINGS = ("caller-hung-up", "agent-hung-up", "lost")

T = TypeVar("T")

Row = tuple[object, ...]
"""One interaction in the order of the table's columns."""


@dataclass(frozen=True, slots=True)
class Call:
    """One invented call before its times are drawn; ``person`` None when nobody knew the caller."""

    person: Person | None
    number: str
    agent: tuple[str, str]
    outgoing: bool
    queue: str
    menu_path: str
    day: date
    started_s: int
    abandoned: bool
    ending: str
    category: str
    question: str
    answer: str
    follow_up: str
    articles: tuple[str, ...]


class History:
    """Makes calls up to, and without, ``today``; the same for the same random source.

    ``made``: so many were made before, whose ids are taken.
    """

    def __init__(
        self,
        source: Source,
        random: Random,
        *,
        today: date,
        agents: Sequence[tuple[str, str]],
        made: int = 0,
    ) -> None:
        self._source = source
        self._random = random
        self._today = today
        self._agents = tuple(agents)
        self._made = made
        self._quotes = {
            a["id"]: {"article_id": a["id"], "version": a["version"], "title": a["title"]}
            for a in source.articles
        }
        self._basis = {a["id"]: str(a["basis"]) for a in source.articles}
        days = [today - timedelta(days=ago) for ago in range(1, DAYS + 1)]
        self._days = weighted(
            days,
            [source.months[d.month] * (WEEKEND if d.weekday() >= 5 else 1.0) for d in days],
        )
        self._endings = weighted(ENDINGS, (72, 25, 3))

    def make(self, people: Sequence[Person], count: int) -> Iterator[Row]:
        """``count`` calls of ``people``, of whom a few call often and many seldom."""
        source, random = self._source, self._random
        if not people or not count:
            return
        often = weighted(people, [random.random() ** 3 + 0.02 for _ in people])
        drawn = zip(
            often.draw(random, count),
            self._days.draw(random, count),
            source.hours.draw(random, count),
            source.menus.draw(random, count),
            source.follow_ups.draw(random, count),
            self._endings.draw(random, count),
            random.choices(self._agents, k=count),
            strict=True,
        )
        for person, day, hour, menu, follow_up, ending, agent in drawn:
            second = int(random.random() * 3_600)
            category = _pick(random, menu.categories)
            talk = source.talks[category]
            quoted = talk.articles and random.random() < QUOTED
            outgoing = random.random() < OUTGOING
            yield self._row(
                Call(
                    person=None if random.random() < UNKNOWN else person,
                    number=person.numbers[0],
                    agent=agent,
                    outgoing=outgoing,
                    queue="" if outgoing else menu.queue,
                    menu_path="" if outgoing else menu.path,
                    day=day,
                    started_s=(hour - UTC_OFFSET_H) * 3_600 + second,
                    abandoned=not outgoing and random.random() < ABANDONED,
                    ending=ending,
                    category=category,
                    question=self._fill(_pick(random, talk.questions), day, person.region),
                    answer=_pick(random, talk.answers),
                    follow_up=follow_up,
                    articles=(_pick(random, talk.articles),) if quoted else (),
                )
            )

    def fixed(self, people: dict[str, Person]) -> Iterator[Row]:
        """The calls that belong to the customers known by name."""
        for entry in self._source.fixed:
            person = people[entry["id"]]
            for call in entry["history"]:
                day = self._today - timedelta(days=call["days_ago"])
                second = int(self._random.random() * 8 * 3_600) + 3_600
                yield self._row(
                    Call(
                        person=person,
                        number=person.numbers[0],
                        agent=self._random.choice(self._agents),
                        outgoing=False,
                        queue=call["queue"],
                        menu_path="",
                        day=day,
                        started_s=second,
                        abandoned=False,
                        ending="caller-hung-up",
                        category=call["category"],
                        question=call["question"],
                        answer=call["answer"],
                        follow_up="",
                        articles=tuple(call["articles"]),
                    )
                )

    def _row(self, call: Call) -> Row:
        random = self._random
        waited_s = None if call.outgoing else min(int(random.expovariate(1 / 25)), 600)
        answered_s = call.started_s + 3 + int(random.random() * 11) + (waited_s or 0)
        talk_s = 0 if call.abandoned else min(int(random.lognormvariate(5.1, 0.6)) + 15, 3_000)
        day = call.day.isoformat()
        quotes = [self._quotes[name] for name in call.articles]
        basis = "；".join(dict.fromkeys(self._basis[name] for name in call.articles))
        made = self._made
        self._made += 1
        return (
            CALL_ID.format(made),
            1,
            None if call.person is None else call.person.id,
            call.agent[0],
            call.agent[1],
            "outgoing" if call.outgoing else "incoming",
            f"sample-{made}",
            "",
            call.number,
            call.number if call.outgoing else HOTLINE,
            call.queue,
            call.menu_path,
            waited_s,
            _moment(day, call.started_s),
            None if call.abandoned else _moment(day, answered_s),
            _moment(day, answered_s + talk_s),
            talk_s,
            "caller-gave-up" if call.abandoned else call.ending,
            None if call.abandoned else call.category,
            "" if call.abandoned else call.question,
            "" if call.abandoned else call.answer,
            "" if call.abandoned else call.follow_up,
            "" if call.abandoned else basis,
            "" if call.person is None else call.person.name,
            "[]" if call.abandoned else orjson.dumps(quotes).decode(),
            "{}",
        )

    def _fill(self, template: str, day: date, region: str) -> str:
        if "{" not in template:
            return template
        values: dict[str, Any] = {
            "year": day.year - 1,
            "month": self._random.randrange(1, 13),
            "amount": self._random.randrange(100, 500_000),
            "count": self._random.randrange(2, 31),
            "region": region,
        }
        return template.format_map(values)


def _moment(day: str, second: int) -> str:
    """A time of a UTC day; formatting by hand, because there are millions of them."""
    return f"{day}T{second // 3_600:02d}:{second // 60 % 60:02d}:{second % 60:02d}Z"


def _pick(random: Random, items: Sequence[T]) -> T:
    """``random.choice`` without its care about bias in the last of 53 bits, three times as fast."""
    return items[int(random.random() * len(items))]
