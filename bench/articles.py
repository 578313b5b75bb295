"""Knowledge bases of any size: the sample's articles, then mixtures of their titles and texts."""

from __future__ import annotations

import random

from bench.centre import SEED, reference
from server.pinyin import spell
from server.sample.source import load_source
from sync.wire import TABLES, ChangePage, Json

PAGE = 5_000
LONGEST_TITLE = 40
_AT = {name: place for place, name in enumerate(TABLES["articles"])}

Article = list[Json]
"""A row in the order of ``TABLES["articles"]``."""


def articles(size: int) -> list[Article]:
    """``size`` articles, spelt as the server spells them; the same ones for the same size."""
    sample = reference(load_source())["articles"]
    chance = random.Random(SEED)
    found = sample[:size]
    while len(found) < size:
        one, two, three = chance.choices(sample, k=3)
        found.append(_mixed(one, two, three, chance, f"mixed-{len(found)}"))
    return found


def pages(rows: list[Article]) -> list[ChangePage]:
    """The rows as a sync brings them, with the sample's categories."""
    tree = reference(load_source())["categories"]
    parts = [{"categories": tree}]
    parts += [{"articles": rows[at : at + PAGE]} for at in range(0, len(rows), PAGE)]
    last = len(parts)
    return [
        ChangePage(part, {}, number, last, more=number < last)
        for number, part in enumerate(parts, start=1)
    ]


def texts(row: Article) -> tuple[str, ...]:
    """What another search engine may be given: title, question, answer, keywords, spelling."""
    names = ("title", "question", "answer", "keywords", "pinyin", "initials")
    title, question, answer, keywords, pinyin, initials = (str(row[_AT[name]]) for name in names)
    return title, question, answer, keywords, pinyin.replace(" ", ""), initials


def _mixed(
    one: Article, two: Article, three: Article, chance: random.Random, article_id: str
) -> Article:
    """The beginning of one title and the end of another, with the texts of a third."""
    mixed = list(one)
    first, second = str(one[_AT["title"]]), str(two[_AT["title"]])
    cut = chance.randrange(2, len(first))
    title = (first[:cut] + second[cut // 2 :])[:LONGEST_TITLE]
    mixed[_AT["id"]], mixed[_AT["title"]] = article_id, title
    mixed[_AT["pinyin"]], mixed[_AT["initials"]] = spell(title)
    for name, row in (("question", two), ("keywords", two), ("answer", three)):
        mixed[_AT[name]] = row[_AT[name]]
    return mixed
