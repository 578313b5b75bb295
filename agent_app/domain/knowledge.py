"""Articles: one official answer per question, in versions; how they are found and suggested."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from agent_app.domain.ids import ArticleId, CategoryId, InteractionId


@dataclass(frozen=True, slots=True)
class Category:
    """``syllables`` spell ``name``, one for each character; "" for what is not spelt."""

    category_id: CategoryId
    parent_id: CategoryId | None
    name: str
    name_en: str
    position: int
    syllables: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    article_id: ArticleId
    version: int
    category_id: CategoryId
    title: str
    question: str
    answer: str
    basis: str
    keywords: str
    """Words and synonyms, separated by spaces."""
    region: str
    valid_from: date
    valid_until: date | None
    sample: bool
    pinyin: str
    initials: str
    owner_id: str = ""
    owner_name: str = ""
    """Who answers for it; "" for nobody."""
    variant_of: ArticleId | None = None
    """The article of which this is a region's own variant."""

    @property
    def group(self) -> ArticleId:
        """The same for all variants of one answer."""
        return self.variant_of or self.article_id

    def valid_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


@dataclass(frozen=True, slots=True)
class SearchScope:
    """Where to look: a category with all below it, a region (with what holds everywhere), in force.

    The empty scope is the whole base.
    """

    category_id: CategoryId | None = None
    region: str = ""
    in_force: bool = False


EVERYWHERE = SearchScope()
NATIONWIDE = "全国"
"""The region of an article that holds in every region."""


@dataclass(frozen=True, slots=True)
class SearchHit:
    """``marks`` are half-open ranges of code points in ``title`` that matched, in order.

    ``region`` is the one that the answer is for, "" for the whole country.
    """

    article_id: ArticleId
    version: int
    title: str
    category: str
    snippet: str
    marks: tuple[tuple[int, int], ...]
    valid: bool
    region: str = ""


@dataclass(frozen=True, slots=True)
class SearchResults:
    """``generation`` grows with every query; results of an older one are dropped."""

    generation: int
    query: str
    hits: tuple[SearchHit, ...]
    total: int
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that belongs to an article; its bytes are at the server. ``size`` in bytes."""

    attachment_id: str
    article_id: ArticleId
    name: str
    media_type: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Reading:
    """An article with what is read beside it.

    ``answer_html`` is safe (``domain.markdown``). ``variants`` are the answers for other regions,
    ``related`` at most five others about the same.
    """

    article: Article
    answer_html: str = ""
    variants: tuple[Article, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    related: tuple[SearchHit, ...] = ()


@dataclass(frozen=True, slots=True)
class SuggestionReason:
    """``kind`` is queue, menu, category, history or typed; ``detail`` is what matched."""

    kind: str
    detail: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    article_id: ArticleId
    version: int
    title: str
    reason: SuggestionReason


@dataclass(frozen=True, slots=True)
class Suggestions:
    interaction_id: InteractionId
    rows: tuple[Suggestion, ...]
