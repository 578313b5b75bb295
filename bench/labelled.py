"""Questions whose right answer is known: what an agent types, by kind, and which article is meant.

``labelled_queries.tsv`` was written by hand, a line an article of the sample centre: its title with
words dropped, in another order, with a homophone, with a character missing; then said in words that
the article has nowhere, as a caller would ask, and for some in a mixture of characters, figures and
pinyin. Titles, pinyin and initials follow from the article itself. The synonyms of the search were
written by the same hand: what they find here is a better case than a site's callers will be.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from agent_app.domain.ids import ArticleId
from agent_app.domain.knowledge import Article
from server.pinyin import spell

_FILE = Path(__file__).with_name("labelled_queries.tsv")
_SYLLABLES = 6
"""So many of a title's syllables or initials are typed before one looks up."""


@dataclass(frozen=True, slots=True)
class Labelled:
    kind: str
    text: str
    meant: ArticleId


def labelled(articles: Sequence[Article]) -> list[Labelled]:
    """All questions about ``articles``, kind by kind."""
    known = {article.article_id: article for article in articles}
    found = [*_written(known), *(one for article in articles for one in _derived(article))]
    return sorted(found, key=lambda one: one.kind)


def _written(known: dict[ArticleId, Article]) -> Iterator[Labelled]:
    head, *lines = _FILE.read_text("utf-8").splitlines()
    kinds = head.split("|")[1:]
    for line in lines:
        name, *texts = line.split("|")
        if (meant := ArticleId(name)) in known:
            for kind, text in zip(kinds, texts, strict=True):
                if text:
                    yield Labelled(kind, text, meant)
                if text and kind == "synonym":
                    yield Labelled("synonym in pinyin", spell(text)[0].replace(" ", ""), meant)


def _derived(article: Article) -> Iterator[Labelled]:
    meant, syllables = article.article_id, article.pinyin.split()[:_SYLLABLES]
    yield Labelled("title", article.title, meant)
    yield Labelled("pinyin", "".join(syllables), meant)
    yield Labelled("initials", article.initials[:_SYLLABLES], meant)
