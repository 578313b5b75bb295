"""A knowledge base that only remembers, and examples of what is in one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLocale, QObject, Signal

from agent_app.desk.library import Asked, Difference, FetchedFile, History
from agent_app.domain import markdown
from agent_app.domain.ids import ArticleId, CategoryId, InteractionId
from agent_app.domain.knowledge import (
    EVERYWHERE,
    Article,
    Attachment,
    Category,
    Reading,
    SearchHit,
    SearchResults,
    SearchScope,
    Suggestion,
    SuggestionReason,
    Suggestions,
)
from agent_app.domain.shelf import ShelfRow
from agent_app.domain.versions import ArticleVersion, compare
from ui.summary.categories import CategoryTree


class FakeKnowledge(QObject):
    results_changed = Signal(object)
    suggestions_changed = Signal(object)
    article_opened = Signal(object)
    reading_changed = Signal(object)
    gone = Signal(str)
    reloaded = Signal()
    categories_changed = Signal(object)
    ready_changed = Signal(bool)

    def __init__(self, articles: dict[ArticleId, Article]) -> None:
        super().__init__()
        self.articles = articles
        self.categories: tuple[Category, ...] = CATEGORIES
        self.ready = True
        self.asked: list[str] = []
        self.scopes: list[SearchScope] = []
        self.regions: tuple[str, ...] = ("浙江省",)
        self.opened: list[ArticleId] = []
        self.looked_again: list[ArticleId] = []
        self.proposed: dict[InteractionId, Suggestions] = {}

    def search(self, text: str, scope: SearchScope = EVERYWHERE) -> int:
        self.asked.append(text)
        self.scopes.append(scope)
        return len(self.asked)

    def suggestions(self, interaction_id: InteractionId) -> Suggestions | None:
        return self.proposed.get(interaction_id)

    def open(self, article_id: ArticleId) -> None:
        self.opened.append(article_id)

    def look_again(self, article_id: ArticleId) -> None:
        self.looked_again.append(article_id)

    def answer(self, *hits: SearchHit, generation: int = 0, total: int = 0) -> None:
        """Results of the newest query, unless told which."""
        at = generation or len(self.asked)
        self.results_changed.emit(SearchResults(at, self.asked[at - 1], hits, total or len(hits)))

    def become_ready(self) -> None:
        self.ready = True
        self.ready_changed.emit(True)

    def bring(self, article_id: ArticleId, **beside: Any) -> None:
        """The article has come; ``beside`` is what of a Reading is not empty."""
        article = self.articles[article_id]
        self.reading_changed.emit(Reading(article, markdown.html(article.answer), **beside))
        self.article_opened.emit(article)

    def propose(self, interaction_id: InteractionId, *rows: Suggestion) -> None:
        self.proposed[interaction_id] = Suggestions(interaction_id, rows)
        self.suggestions_changed.emit(self.proposed[interaction_id])


class FakeLibrary(QObject):
    """Remembers what was asked of the server."""

    history_changed = Signal(object)
    compared = Signal(object)
    file_changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[ArticleId] = []
        self.comparisons: list[tuple[ArticleVersion, ArticleVersion]] = []
        self.fetched: list[Attachment] = []

    def ask_history(self, article_id: ArticleId) -> None:
        self.asked.append(article_id)
        self.history_changed.emit(History(article_id, Asked.ASKING))

    def compare(self, old: ArticleVersion, new: ArticleVersion) -> None:
        self.comparisons.append((old, new))

    def fetch(self, attachment: Attachment) -> None:
        self.fetched.append(attachment)

    def tell(self, *versions: ArticleVersion, asked: Asked = Asked.KNOWN) -> None:
        self.history_changed.emit(History(self.asked[-1], asked, versions))

    def answer_comparison(self) -> None:
        old, new = self.comparisons[-1]
        parts = compare(old.article, new.article)
        self.compared.emit(Difference(self.asked[-1], old, new, parts))

    def bring(self, asked: Asked, path: Path | None = None, problem: str = "") -> None:
        self.file_changed.emit(FetchedFile(self.fetched[-1], asked, path, problem))


class FakeShelf(QObject):
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[ShelfRow, ...] = ()
        self.starred: set[ArticleId] = set()
        self.quoted: list[ArticleId] = []

    def put(self, *rows: ShelfRow) -> None:
        self.rows = rows
        self.changed.emit()

    def is_favourite(self, article_id: ArticleId) -> bool:
        return article_id in self.starred

    def note_quoted(self, article_id: ArticleId) -> None:
        self.quoted.append(article_id)

    def set_favourite(self, article_id: ArticleId, favourite: bool) -> None:
        (self.starred.add if favourite else self.starred.discard)(article_id)
        self.changed.emit()


def hit(number: int, title: str = "子女教育专项附加扣除标准", *, valid: bool = True) -> SearchHit:
    return SearchHit(
        ArticleId(f"K{number}"), 3, title, "个人所得税 › 专项附加扣除",
        "按照每个子女每月2000元的标准定额扣除", ((0, 4),), valid,
    )  # fmt: skip


def suggestion(number: int, kind: str = "queue", detail: str = "个税咨询") -> Suggestion:
    return Suggestion(
        ArticleId(f"K{number}"), 3, f"建议{number}：子女教育专项附加扣除标准",
        SuggestionReason(kind, detail),
    )  # fmt: skip


def article(number: int = 1, **facts: object) -> Article:
    base = Article(
        ArticleId(f"K{number}"), 3, CategoryId("01.01"), "子女教育专项附加扣除标准",
        "我家孩子上小学，个税里子女教育每个月能扣多少？",
        "纳税人的子女接受全日制学历教育的相关支出，按照每个子女每月2000元的标准定额扣除。"
        "年满3岁至小学入学前处于学前教育阶段的子女，同样适用。父母可以选择由其中一方按标准的"
        "100%扣除，也可以选择由双方分别按50%扣除，一个纳税年度内不能变更。",
        "示例：《个人所得税专项附加扣除办法（样例文本）》第二章", "子女教育", "全国",
        date(2023, 1, 1), None, True, "", "",
    )  # fmt: skip
    return replace(base, **facts)  # type: ignore[arg-type]


def articles() -> dict[ArticleId, Article]:
    return {ArticleId(f"K{number}"): article(number) for number in range(1, 10)}


def categories() -> tuple[Category, ...]:
    names = (
        ("01", None, "个人所得税", "Individual income tax"),
        ("01.01", "01", "专项附加扣除", "Special additional deductions"),
        ("01.02", "01", "综合所得汇算", "Annual reconciliation"),
        ("02", None, "增值税", "Value-added tax"),
        ("02.01", "02", "税率与征收率", "Rates and levy rates"),
        ("02.02", "02", "小规模纳税人", ""),
    )
    return tuple(
        Category(CategoryId(key), None if above is None else CategoryId(above), name, english, at)
        for at, (key, above, name, english) in enumerate(names)
    )


CATEGORIES = categories()


def planted(
    categories: tuple[Category, ...] = CATEGORIES,
    language: QLocale.Language = QLocale.Language.Chinese,
) -> CategoryTree:
    """The tree as it is shown in that language."""
    before = QLocale()
    QLocale.setDefault(QLocale(language))
    tree = CategoryTree(categories)
    QLocale.setDefault(before)
    return tree
