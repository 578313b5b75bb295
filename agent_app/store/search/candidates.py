"""The first 80 articles that may be meant, from an index in memory (step ⑥).

tantivy scores units of two characters, syllable pairs and pairs of initials by BM25, titles
weighing most. Queries are built from terms and never parsed: there are no operators to get wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

import tantivy

from agent_app.domain.knowledge import NATIONWIDE, SearchScope
from agent_app.store.search.entries import Entry
from agent_app.store.search.question import Part, Question
from agent_app.store.search.readings import readings
from agent_app.store.search.text import is_han, pairs, units
from agent_app.store.search.tree import Line
from agent_app.store.search.turns import in_turns

LIMIT = 80
_HEAP_BYTES = 32_000_000
_LEAST_HEAP_BYTES = 15_000_000
"""Less tantivy refuses."""
_TITLE, _KEYS, _SAID, _BODY = 4.0, 3.0, 2.0, 1.0
_SOUND, _INITIALS, _CHARACTER = 1.5, 1.5, 0.5
_SHORT = 4
_EXPANSIONS = 24
_TERMS = ("title", "keys", "said", "body", "prefix", "sound", "initials", "category", "region")
_PREFIX = 2.0
_TEXTS = ("title", "keys", "said", "body")
_UNHEARD = 0.5
_LONGEST_PREFIX = 8


@dataclass(frozen=True, slots=True)
class Document:
    """An article at its row; ``line`` is its category and all above it."""

    row: int
    entry: Entry
    line: Line


class Candidates:
    """Made in a worker and never changed; asked from one thread.

    What ``changed`` makes shares the files in memory; each has its own view of them.
    """

    def __init__(self, index: tantivy.Index) -> None:
        index.reload()
        self._index = index
        self._schema = index.schema
        self._searcher = index.searcher()
        self._readings = readings()

    @classmethod
    def build(cls, documents: Iterable[Document]) -> Candidates:
        builder = tantivy.SchemaBuilder()
        for field in _TERMS:
            builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
        builder.add_unsigned_field("row", fast=True, indexed=True)
        index = tantivy.Index(builder.build())
        index.register_tokenizer(
            "whitespace", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        )
        _write(index, (), documents, _HEAP_BYTES)
        return cls(index)

    def changed(self, gone: Iterable[int], documents: Iterable[Document]) -> Candidates:
        """The rows ``gone`` are out, then ``documents`` are in."""
        _write(self._index, gone, documents, _LEAST_HEAP_BYTES)
        return Candidates(self._index)

    def find(self, question: Question, scope: SearchScope) -> list[tuple[int, float]]:
        """Rows and scores, best first. The question has at least one part."""
        terms = [term for part in question.parts for term in self._terms(part)]
        query = tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in terms])
        limits = list(self._limits(scope))
        if limits:
            query = tantivy.Query.boolean_query(
                [(tantivy.Occur.Must, one) for one in (query, *limits)]
            )
        hits = self._searcher.search(query, LIMIT, count=False).hits
        rows = self._searcher.fast_field_values("row", [address for _, address in hits])
        scores = [float(score) for score, _ in hits]
        return [(int(str(row)), score) for row, score in zip(rows, scores, strict=True)]

    def _limits(self, scope: SearchScope) -> Iterator[tantivy.Query]:
        if scope.category_id is not None:
            yield tantivy.Query.const_score_query(self._term("category", scope.category_id), 0.0)
        if scope.region:
            names = [self._term("region", one) for one in (scope.region, NATIONWIDE)]
            either = tantivy.Query.boolean_query([(tantivy.Occur.Should, one) for one in names])
            yield tantivy.Query.const_score_query(either, 0.0)

    def rarity(self, unit: str) -> float:
        """How much a unit or an idea says: its inverse document frequency; an unknown one says
        least."""
        often = max(self._searcher.doc_freq(field, unit) for field in _TEXTS)
        return log(1 + self._searcher.num_docs / often) if often else _UNHEARD

    def _terms(self, part: Part) -> Iterable[tantivy.Query]:
        for unit in part.units:
            yield self._boosted("title", unit, _TITLE)
            yield self._boosted("keys", unit, _KEYS)
            yield self._boosted("body", unit, _BODY)
        for saying in part.sayings:
            yield self._boosted("said", saying.idea, _SAID)
        if not part.han:
            yield self._boosted("prefix", part.text[:_LONGEST_PREFIX], _PREFIX)
        if part.han and 1 < len(part.text) <= _SHORT:
            for character in dict.fromkeys(part.text):
                yield self._boosted("title", character, _CHARACTER)
        for sound in self._sound_terms(part):
            yield self._boosted("sound", sound, _SOUND)
        if part.letters and len(part.text) > 1:
            for pair in dict.fromkeys(pairs(part.text)):
                yield self._boosted("initials", pair, _INITIALS)

    def _sound_terms(self, part: Part) -> list[str]:
        syllables = part.syllables
        if not part.unfinished:
            return _sound_units(syllables)
        endings = self._readings.prefixed(syllables[-1])[:_EXPANSIONS]
        found = _sound_units(syllables[:-1]) if len(syllables) > 2 else []
        return [*found, *(f"{syllables[-2]}_{ending}" for ending in endings)]

    def _boosted(self, field: str, value: str, boost: float) -> tantivy.Query:
        return tantivy.Query.boost_query(self._term(field, value), boost)

    def _term(self, field: str, value: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, value, "freq")


def _write(
    index: tantivy.Index, gone: Iterable[int], documents: Iterable[Document], heap_bytes: int
) -> None:
    writer = index.writer(heap_bytes, 1)
    for row in gone:
        writer.delete_documents_by_query(tantivy.Query.term_query(index.schema, "row", row))
    for document in in_turns(documents):
        writer.add_document(_fields(document))
    writer.commit()
    writer.wait_merging_threads()


def _fields(one: Document) -> tantivy.Document:
    entry, document = one.entry, tantivy.Document()
    document.add_unsigned("row", one.row)
    characters = [character for character in entry.title if is_han(character)]
    document.add_text("title", " ".join([*units(entry.title), *characters]))
    document.add_text("keys", " ".join(units(entry.keys)))
    document.add_text("said", " ".join(entry.ideas))
    document.add_text("body", " ".join(units(entry.body)))
    document.add_text("prefix", " ".join(_beginnings(entry)))
    document.add_text("sound", " ".join(_title_sounds(entry)))
    document.add_text("initials", " ".join(pairs(entry.initials) if entry.initials else []))
    document.add_text("category", " ".join(one.line))
    document.add_text("region", entry.article.region.replace(" ", ""))
    return document


def _beginnings(entry: Entry) -> set[str]:
    """What a word looks like while it is typed."""
    words = entry.words | entry.key_words
    return {word[:end] for word in words for end in range(1, min(len(word), _LONGEST_PREFIX) + 1)}


def _sound_units(syllables: Sequence[str]) -> list[str]:
    if len(syllables) == 1:
        return [syllables[0]] if syllables[0] else []
    return [f"{one}_{two}" for one, two in pairwise(syllables)]


def _title_sounds(entry: Entry) -> list[str]:
    heard = [sound for sound in entry.sounds if sound]
    return [*heard, *_sound_units(heard)] if len(heard) > 1 else heard
