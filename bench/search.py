"""Key press → results, without the painting: how long a search takes at each key.

``python -m bench.search`` prints medians and 99th percentiles, writes ``build/bench/search.json``.
Times are of one run on one machine; the ratio between the sizes is what counts.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import statistics
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

from agent_app.domain.ids import ArticleId, CategoryId
from agent_app.domain.knowledge import Article, Category
from agent_app.store.search import KnowledgeIndex

SAMPLE = Path("resources/sample_centre")
OUT = Path("build/bench/search.json")
TODAY = date(2026, 3, 2)
TYPED = (
    "子女教育专项附加扣除", "个人所得税", "增值税13%", "grsds", "gerensuodeshui", "各人锁得税",
    "个税年终奖", "发票开错了怎么办", "zzs", "小规模纳税人", "房贷利息", "社保缴费基数",
)  # fmt: skip
"""Typed one key after the other; each beginning is a search."""


def sample() -> tuple[list[Article], list[Category]]:
    """The sample centre's articles, as the server would ship them without their spelling."""
    rows = json.loads((SAMPLE / "articles.json").read_text("utf-8"))["articles"]
    tree = json.loads((SAMPLE / "categories.json").read_text("utf-8"))["categories"]
    articles = [
        Article(
            article_id=ArticleId(row["id"]),
            version=row["version"],
            category_id=CategoryId(row["category"]),
            title=row["title"],
            question=row["question"],
            answer=row["answer"],
            basis=row["basis"],
            keywords=" ".join([*row["keywords"], *row["synonyms"]]),
            region=row["region"],
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_until=None,
            sample=True,
            pinyin="",
            initials="",
        )
        for row in rows
    ]
    categories = [
        Category(CategoryId(one["id"]), one["parent"], one["name"], one["name_en"], place)
        for place, one in enumerate(tree)
    ]
    return articles, categories


def enlarged(articles: list[Article], size: int, seed: int = 7) -> list[Article]:
    """``size`` articles: the sample's, then mixtures of their titles and texts."""
    chance = random.Random(seed)  # repeatable
    found = list(articles[:size])
    while len(found) < size:
        one, two, three = chance.choices(articles, k=3)
        cut = chance.randrange(2, len(one.title))
        found.append(
            replace(
                one,
                article_id=ArticleId(f"X{len(found)}"),
                title=(one.title[:cut] + two.title[cut // 2 :])[:40],
                question=two.question,
                answer=three.answer,
                keywords=two.keywords,
            )
        )
    return found


async def measure(size: int) -> dict[str, float]:
    articles, categories = sample()
    index = KnowledgeIndex()
    began = time.perf_counter()
    await index.rebuild(enlarged(articles, size), categories)
    built_s = time.perf_counter() - began
    keys = [text[:end] for text in TYPED for end in range(1, len(text) + 1)]
    for key in keys:  # warm
        await index.search(key, today=TODAY)
    taken = []
    for key in keys * 5:
        began = time.perf_counter()
        await index.search(key, today=TODAY)
        taken.append((time.perf_counter() - began) * 1000)
    index.close()
    taken.sort()
    return {
        "articles": size,
        "build_s": round(built_s, 3),
        "searches": len(taken),
        "median_ms": round(statistics.median(taken), 3),
        "p99_ms": round(taken[int(len(taken) * 0.99)], 3),
        "over_a_frame": round(sum(one > 16.7 for one in taken) / len(taken), 5),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[81, 5_000, 114_000])
    results = [asyncio.run(measure(size)) for size in parser.parse_args().sizes]
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps({"search": results}, indent=1) + "\n", "utf-8")
    for one in results:
        print(  # the bench's report
            f"{one['articles']:>8.0f} articles: {one['median_ms']:.2f} ms median, "
            f"{one['p99_ms']:.2f} ms p99 per key; built in {one['build_s']:.1f} s"
        )


if __name__ == "__main__":
    main()
