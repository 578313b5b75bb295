"""Articles proposed for this call, with the reason for each, keeping still when they should (⑥).

New rows wait while the mouse is over the list or she types: a row must not change under a click or
a key that is already on its way. Rows of another call never wait.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from agent_app.desk.focus import Focus
from agent_app.desk.knowledge import Knowledge
from agent_app.domain.ids import InteractionId
from agent_app.domain.knowledge import Suggestion, SuggestionReason, Suggestions
from ui.record_words import shown_names
from ui.rows.row import Row

SHOWN = 5
SETTLE_MS = 1500


class SuggestionsViewModel(QObject):
    """Signals:
    changed: other rows are shown.
    """

    changed = Signal()

    def __init__(
        self,
        *,
        knowledge: Knowledge,
        focus: Focus,
        settle_ms: int = SETTLE_MS,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._knowledge = knowledge
        self._selected: InteractionId | None = focus.selected
        self._rows: tuple[Row, ...] = ()
        self._hovered = False
        self._settling = QTimer(self, interval=settle_ms, singleShot=True)
        self._settling.timeout.connect(self._catch_up)
        knowledge.suggestions_changed.connect(self._on_suggestions)
        focus.changed.connect(self._on_focus)
        self._take()

    @property
    def rows(self) -> tuple[Row, ...]:
        return self._rows

    @property
    def advice(self) -> str:
        """What stands in the empty list."""
        if self._selected is None:
            return self.tr("During a call, articles for its queue, menu and question stand here.")
        return self.tr("Nothing to suggest for this call yet. Search above.")

    def hold_still(self) -> None:
        """She typed: the rows stay as they are until she pauses."""
        self._settling.start()

    def hover(self, over: bool) -> None:
        self._hovered = over
        self._catch_up()

    def _catch_up(self) -> None:
        if self._may_move():
            self._take()

    def _may_move(self) -> bool:
        """Nothing to mistake yet, or nobody is about to act on a row."""
        return not self._rows or not (self._hovered or self._settling.isActive())

    def _take(self) -> None:
        found = None if self._selected is None else self._knowledge.suggestions(self._selected)
        rows = () if found is None else self._rows_of(found)
        if rows != self._rows:
            self._rows = rows
            self.changed.emit()

    def _rows_of(self, found: Suggestions) -> tuple[Row, ...]:
        return tuple(self._row(place, s) for place, s in enumerate(found.rows[:SHOWN], start=1))

    def _row(self, place: int, suggestion: Suggestion) -> Row:
        return Row(
            key=suggestion.article_id,
            title=suggestion.title,
            lines=(self._reason(suggestion.reason),),
            lead=str(place),
        )

    def _reason(self, reason: SuggestionReason) -> str:
        match reason.kind:
            case "queue":
                words = self.tr("because of the queue: {detail}")
            case "menu":
                words = self.tr("because of the menu: {detail}")
            case "category":
                words = self.tr("because of the category: {detail}")
            case "history":
                words = self.tr("the caller asked before: {detail}")
            case "typed":
                words = self.tr("because of the question: {detail}")
            case _:
                return reason.detail
        named = shown_names(self._knowledge.categories)
        return words.format(detail=named.get(reason.detail, reason.detail))

    def _on_suggestions(self, suggestions: Suggestions) -> None:
        if suggestions.interaction_id == self._selected:
            self._catch_up()

    def _on_focus(self, selected: InteractionId | None) -> None:
        self._selected = selected
        self._settling.stop()
        self._take()
        self.changed.emit()
