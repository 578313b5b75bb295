"""Answers in preparation: their words, their states, and who may do what with them (step ⑥).

The server has the same rules and the last word (docs/wire.md); here they decide what is offered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from agent_app.domain.ids import AgentId, ArticleId, CategoryId, OperationId
from agent_app.domain.knowledge import Article

WRITING_ROLES = frozenset({"knowledge-editor"})
REVIEWING_ROLES = frozenset({"knowledge-editor", "supervisor"})
EDITING_ROLES = WRITING_ROLES | REVIEWING_ROLES
"""Who has drafts to see."""
LINE_MAX, TEXT_MAX, ANSWER_MAX = 1_000, 20_000, 200_000
"""Code points, as the server has them."""


class DraftState(StrEnum):
    WRITING = "writing"
    IN_REVIEW = "in-review"
    RETURNED = "returned"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    DROPPED = "dropped"

    @property
    def writable(self) -> bool:
        """While somebody reviews the words, they stand still."""
        return self in (DraftState.WRITING, DraftState.RETURNED)

    @property
    def open(self) -> bool:
        """Somebody has something to do with it, or it waits for its day."""
        return self not in (DraftState.PUBLISHED, DraftState.DROPPED)


class DraftAct(StrEnum):
    WRITE = "write"
    SUBMIT = "submit"
    TAKE_BACK = "take-back"
    GIVE_BACK = "give-back"
    PUBLISH = "publish"
    DROP = "drop"
    FOLLOW = "follow"  # stand on the article's newer version
    ASK_TOLD = "ask-told"


@dataclass(frozen=True, slots=True)
class DraftWords:
    """What the article will say; days as ``2026-05-04`` or as they were typed, "" for none."""

    category_id: CategoryId | None = None
    title: str = ""
    question: str = ""
    answer: str = ""
    basis: str = ""
    keywords: str = ""
    region: str = ""
    valid_from: str = ""
    valid_until: str = ""
    owner_id: str = ""
    variant_of: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class DraftForm:
    """The words on the screen. ``version`` is the draft's that they were written over, 0 for a new
    one; ``seen`` are entries of the outbox that were under way then."""

    draft_id: str
    words: DraftWords
    article_id: str = ""
    base_version: int = 0
    version: int = 0
    seen: tuple[OperationId, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleDraft:
    """A draft as this seat has it. ``article_version`` is the article's newest here, 0 for a new
    article. ``waits``: something of it is not at the server yet; ``publishing``: its publication;
    ``set_aside``: the server sent something of it back, ``refused`` is why its words were;
    ``typed``: words that were not saved.
    """

    form: DraftForm
    state: DraftState
    author_id: AgentId
    author_name: str
    reviewer_name: str
    remark: str
    changed_at: datetime
    article_version: int = 0
    waits: bool = False
    publishing: bool = False
    set_aside: bool = False
    refused: str = ""
    typed: bool = False

    @property
    def draft_id(self) -> str:
        return self.form.draft_id

    @property
    def moved_on(self) -> bool:
        """The article has a newer version than the one this was made on."""
        return self.state.open and self.article_version > self.form.base_version


@dataclass(frozen=True, slots=True)
class Editor:
    """Who looks at a draft; ``people``: how many must have seen an answer before agents do."""

    agent_id: AgentId
    role: str
    practice: bool = False
    people: int = 2

    @property
    def writes(self) -> bool:
        return self.practice or not self.role or self.role in WRITING_ROLES

    @property
    def reviews(self) -> bool:
        return self.practice or not self.role or self.role in REVIEWING_ROLES

    @property
    def edits(self) -> bool:
        return self.practice or not self.role or self.role in EDITING_ROLES


def acts(draft: ArticleDraft | None, who: Editor) -> frozenset[DraftAct]:
    """What she may do with a draft; None is one that was never saved."""
    if draft is None:
        return frozenset({DraftAct.WRITE, DraftAct.SUBMIT}) if who.writes else frozenset()
    if draft.publishing:
        return frozenset()
    found = _writing(draft) if who.writes else set()
    if who.reviews:
        found |= _reviewing(draft, who)
    return frozenset(found)


def _writing(draft: ArticleDraft) -> set[DraftAct]:
    if draft.state.writable:
        found = {DraftAct.WRITE, DraftAct.SUBMIT, DraftAct.DROP}
        return found | {DraftAct.FOLLOW} if draft.moved_on else found
    if draft.state in (DraftState.IN_REVIEW, DraftState.DROPPED):
        return {DraftAct.TAKE_BACK}
    return set()


def _reviewing(draft: ArticleDraft, who: Editor) -> set[DraftAct]:
    if draft.state is DraftState.PUBLISHED:
        return {DraftAct.ASK_TOLD} if draft.form.base_version else set()
    found: set[DraftAct] = set()
    if draft.state in (DraftState.IN_REVIEW, DraftState.SCHEDULED):
        found.add(DraftAct.GIVE_BACK)
    reviewed = draft.state is DraftState.IN_REVIEW and (
        who.people == 1 or draft.author_id != who.agent_id
    )
    alone = who.people == 1 and who.writes and draft.state.writable
    if (reviewed or alone) and not (draft.waits or draft.set_aside or draft.moved_on):
        found.add(DraftAct.PUBLISH)
    return found


class DraftProblem(StrEnum):
    NEEDED = "needed"
    NOT_A_DAY = "not-a-day"
    BEFORE_IT_BEGINS = "before-it-begins"
    TOO_LONG = "too-long"


def problems(words: DraftWords, *, whole: bool) -> Mapping[str, DraftProblem]:
    """What is wrong, by field; ``whole``: it shall be reviewed or published now."""
    found: dict[str, DraftProblem] = {}
    for name in ("valid_from", "valid_until"):
        text = getattr(words, name)
        if text and day_of(text) is None:
            found[name] = DraftProblem.NOT_A_DAY
    begin, until = day_of(words.valid_from), day_of(words.valid_until)
    if begin is not None and until is not None and until < begin:
        found["valid_until"] = DraftProblem.BEFORE_IT_BEGINS
    for name, most in _MOST.items():
        if len(str(getattr(words, name) or "")) > most:
            found[name] = DraftProblem.TOO_LONG
    if whole:
        empty = (name for name in _NEEDED if not str(getattr(words, name) or "").strip())
        found |= dict.fromkeys(empty, DraftProblem.NEEDED)
    return found


_NEEDED = ("title", "category_id", "answer", "valid_from")
_MOST = {
    "title": LINE_MAX, "keywords": LINE_MAX, "region": LINE_MAX, "question": TEXT_MAX,
    "basis": TEXT_MAX, "note": TEXT_MAX, "answer": ANSWER_MAX,
}  # fmt: skip


def day_of(text: str) -> date | None:
    """The day that was typed: ``2026-05-04``, ``2026.5.4``, ``2026年5月4日``; None for no day."""
    parts = text.strip().rstrip("日").replace("年", "-").replace("月", "-")
    numbers = parts.replace("/", "-").replace(".", "-").split("-")
    if len(numbers) != 3 or not all(one.isascii() and one.isdigit() for one in numbers):
        return None
    try:
        return date(*(int(one) for one in numbers))
    except ValueError:
        return None


def tidy(words: DraftWords) -> DraftWords:
    """As it is sent: days in one spelling, no blanks around lines."""
    return replace(
        words,
        title=words.title.strip(),
        keywords=words.keywords.strip(),
        region=words.region.strip(),
        valid_from=_iso(words.valid_from),
        valid_until=_iso(words.valid_until),
    )


def _iso(text: str) -> str:
    day = day_of(text)
    return text if day is None else day.isoformat()


def words_of(article: Article) -> DraftWords:
    """The article's words, to be written on."""
    return DraftWords(
        category_id=article.category_id,
        title=article.title,
        question=article.question,
        answer=article.answer,
        basis=article.basis,
        keywords=article.keywords,
        region=article.region,
        valid_from="" if article.valid_from == date.min else article.valid_from.isoformat(),
        valid_until="" if article.valid_until is None else article.valid_until.isoformat(),
        owner_id=article.owner_id,
        variant_of=article.variant_of or "",
    )


def as_article(form: DraftForm, before: Article | None) -> Article:
    """The words as agents would read them, for preview and comparison."""
    words = form.words
    return Article(
        article_id=ArticleId(form.article_id or form.draft_id),
        version=form.base_version + 1,
        category_id=words.category_id or CategoryId(""),
        title=words.title,
        question=words.question,
        answer=words.answer,
        basis=words.basis,
        keywords=words.keywords,
        region=words.region,
        valid_from=day_of(words.valid_from) or date.min,
        valid_until=day_of(words.valid_until),
        sample=before is not None and before.sample,
        pinyin="",
        initials="",
    )


@dataclass(frozen=True, slots=True)
class DraftOverview:
    """Every draft that is at hand, the newest first, without its long texts; ``owners`` are
    (id, name) of who has articles."""

    drafts: tuple[ArticleDraft, ...] = ()
    people: int = 2
    owners: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """One caller who was told an older answer; ``corrected_at``: was told the newer one since."""

    interaction_id: str
    at: datetime
    agent_name: str
    customer_name: str
    number: str
    version: int
    corrected_at: datetime | None


@dataclass(frozen=True, slots=True)
class ToldList:
    """Who was told versions before ``version``; ``people`` False: her role hears counts only.

    ``next`` asks for more, "" at the end; ``problem`` is why there is nothing.
    """

    article_id: ArticleId
    version: int
    title: str = ""
    asking: bool = False
    problem: str = ""
    total: int = 0
    agents: tuple[tuple[str, int], ...] = ()
    people: bool = False
    rows: tuple[Told, ...] = ()
    next: str = field(default="", repr=False)
