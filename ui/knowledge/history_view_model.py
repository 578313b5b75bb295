"""How an article was before: its versions, and what two of them say otherwise (step ⑥)."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from agent_app.desk.library import Asked, Difference, History, Library
from agent_app.domain.knowledge import Article
from agent_app.domain.versions import ArticleVersion, Change, PartDifference, Passage
from agent_app.runtime.clock import Clock
from ui.formatting import joined, moment
from ui.rows.row import Row

ANSWER = "answer"
"""The part of an article that is always shown: it is what callers are told."""


class HistoryViewModel(QObject):
    """Signals:
    changed: shown or not, versions, or the difference.
    """

    changed = Signal()

    def __init__(self, library: Library, clock: Clock, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._clock = clock
        self._article: Article | None = None
        self._history: History | None = None
        self._chosen = 0
        self._wanted = 0
        self._difference: Difference | None = None
        library.history_changed.connect(self._on_history)
        library.compared.connect(self._on_compared)

    @property
    def shown(self) -> bool:
        return self._article is not None

    @property
    def title(self) -> str:
        return "" if self._article is None else self._article.title

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(self._row(one) for one in self._versions)

    @property
    def chosen(self) -> int:
        """The place of the version that is compared with the one before it."""
        return self._chosen

    @property
    def advice(self) -> str:
        """What stands in the empty list."""
        match None if self._history is None else self._history.asked:
            case Asked.OFFLINE:
                return self.tr("Older versions are at the server, which cannot be reached now.")
            case Asked.REFUSED:
                return self.tr("The server has no history of this article.")
            case _:
                return self.tr("The server is being asked …")

    @property
    def heading(self) -> str:
        """Which two versions are compared."""
        if not self._versions:
            return ""
        new, old = self._pair
        if old is None:
            return self.tr("Version {version} is the first one kept.").format(version=new.version)
        return self.tr("What version {new} says otherwise than version {old}").format(
            new=new.version, old=old.version
        )

    @property
    def parts(self) -> tuple[PartDifference, ...]:
        """The answer of the chosen version, and what differs from the one before it; () until it
        is known."""
        if not self._versions:
            return ()
        new, old = self._pair
        if old is not None and self._difference is None:
            return ()
        others = () if self._difference is None else self._difference.parts
        if any(one.part == ANSWER for one in others):
            return others
        return (PartDifference(ANSWER, (Passage(Change.SAME, new.article.answer),)), *others)

    def show(self, article: Article, version: int = 0) -> None:
        """The newest version is chosen, or the one that is named."""
        self._article, self._history, self._difference = article, None, None
        self._chosen, self._wanted = 0, version
        self._library.ask_history(article.article_id)
        self.changed.emit()

    def close(self) -> None:
        if self._article is not None:
            self._article = None
            self.changed.emit()

    def choose(self, place: int) -> None:
        if 0 <= place < len(self._versions) and place != self._chosen:
            self._chosen = place
            self._compare()
            self.changed.emit()

    @property
    def _versions(self) -> tuple[ArticleVersion, ...]:
        return () if self._history is None else self._history.versions

    @property
    def _pair(self) -> tuple[ArticleVersion, ArticleVersion | None]:
        new, *older = self._versions[self._chosen :]
        return new, older[0] if older else None

    def _compare(self) -> None:
        self._difference = None
        new, old = self._pair
        if old is not None:
            self._library.compare(old, new)

    def _row(self, one: ArticleVersion) -> Row:
        when = "" if one.saved_at is None else moment(one.saved_at, self._clock.now())
        who = one.author_name or self.tr("nobody knows by whom")
        return Row(
            key=str(one.version),
            title=self.tr("version {version}").format(version=one.version),
            trail=joined(who, when),
        )

    def _on_history(self, history: History) -> None:
        if self._article is not None and history.article_id == self._article.article_id:
            self._history, self._chosen = history, 0
            for place, one in enumerate(history.versions):
                if one.version == self._wanted:
                    self._chosen = place
            if history.versions:
                self._compare()
            self.changed.emit()

    def _on_compared(self, difference: Difference) -> None:
        if not self._versions or self._article is None:
            return
        new, old = self._pair
        if (difference.old, difference.new) == (old, new):
            self._difference = difference
            self.changed.emit()
