"""Two years of invented calls of the sample centre (step ⑨)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from random import Random
from typing import Any

import orjson

from server.sample.people import Person
from server.sample.source import Source, weighted

DAYS = 730
LOCAL = timezone(timedelta(hours=8))
HOTLINE = "12366"
ABANDONED = 0.07
OUTGOING = 0.05
UNKNOWN = 0.03
QUOTED = 0.6
WEEKEND = 0.12
ENDINGS = ("caller-hung-up", "agent-hung-up", "lost")

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
    started: datetime
    abandoned: bool
    ending: str
    category: str
    question: str
    answer: str
    follow_up: str
    articles: tuple[str, ...]


class History:
    """Makes calls up to, and without, ``today``; the same for the same random source."""

    def __init__(
        self,
        source: Source,
        random: Random,
        *,
        today: date,
        agents: Sequence[tuple[str, str]],
    ) -> None:
        self._source = source
        self._random = random
        self._today = today
        self._agents = tuple(agents)
        self._made = 0
        self._titles = {a["id"]: (a["version"], a["title"]) for a in source.articles}
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
            clock = time(hour, random.randrange(60), random.randrange(60), tzinfo=LOCAL)
            category = random.choice(menu.categories)
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
                    started=datetime.combine(day, clock),
                    abandoned=not outgoing and random.random() < ABANDONED,
                    ending=ending,
                    category=category,
                    question=self._fill(random.choice(talk.questions), day, person.region),
                    answer=random.choice(talk.answers),
                    follow_up=follow_up,
                    articles=(random.choice(talk.articles),) if quoted else (),
                )
            )

    def fixed(self, people: dict[str, Person]) -> Iterator[Row]:
        """The calls that belong to the customers known by name."""
        for entry in self._source.fixed:
            person = people[entry["id"]]
            for call in entry["history"]:
                day = self._today - timedelta(days=call["days_ago"])
                hour, minute = self._random.randrange(9, 17), self._random.randrange(60)
                yield self._row(
                    Call(
                        person=person,
                        number=person.numbers[0],
                        agent=self._random.choice(self._agents),
                        outgoing=False,
                        queue=call["queue"],
                        menu_path="",
                        started=datetime.combine(day, time(hour, minute, tzinfo=LOCAL)),
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
        answered = call.started + timedelta(seconds=random.randrange(3, 14) + (waited_s or 0))
        talk_s = 0 if call.abandoned else min(int(random.lognormvariate(5.1, 0.6)) + 15, 3_000)
        ended = answered + timedelta(seconds=talk_s)
        quotes = [
            {"article_id": name, "version": self._titles[name][0], "title": self._titles[name][1]}
            for name in call.articles
        ]
        made = self._made
        self._made += 1
        return (
            f"01930000-0000-7000-8000-{made:012x}",
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
            _utc(call.started),
            None if call.abandoned else _utc(answered),
            _utc(ended),
            talk_s,
            "caller-gave-up" if call.abandoned else call.ending,
            None if call.abandoned else call.category,
            "" if call.abandoned else call.question,
            "" if call.abandoned else call.answer,
            "" if call.abandoned else call.follow_up,
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


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
