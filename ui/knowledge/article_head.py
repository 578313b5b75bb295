"""What an article is: title, version, validity, owner, and whom it is for (step ⑥)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from ui.formatting import button_text
from ui.knowledge.article_view_model import ArticleViewModel, Validity, VariantChoice
from ui.labels import ElidedLabel, plain_label
from ui.rows.clipped import ClippedLabel
from ui.theme import set_style_state


class ArticleHead(QWidget):
    """Signals:
    wanted: key of another region's variant.
    history_wanted: she wants to see how it was before.
    """

    wanted = Signal(str)
    history_wanted = Signal()

    def __init__(self, view: ArticleViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._shown: tuple[VariantChoice, ...] = ()
        self._title = ClippedLabel(lines=3, name="article-title", role="heading")
        self._sample = plain_label(self.tr("Sample"), name="article-sample")
        self._sample.setProperty("chip", "practice")
        self._sample.setToolTip(self.tr("Written for practice; not for real callers"))
        self._meta = ElidedLabel(name="article-meta", role="caption")
        self._owner = ElidedLabel(name="article-owner", role="caption")
        self._history = _link("article-history-button", self.tr("History"))
        self._history.setAccessibleName(self.tr("Older versions of this article"))
        self._newer = _Notice("article-newer", self.tr("Show it"))
        self._proposal = _Notice("variant-proposal", self.tr("Show it"))
        self._variants = QToolButton()
        self._variants.setObjectName("variants-button")
        self._variants.setAccessibleName(self.tr("The answer for other regions"))
        self._variants.setProperty("kind", "quiet")
        self._variants.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self._variants)
        self._menu.setObjectName("variants-menu")
        self._variants.setMenu(self._menu)
        self._lay_out()
        self._history.clicked.connect(self.history_wanted)
        self._newer.button.clicked.connect(view.show_newer)
        self._proposal.button.clicked.connect(self._on_proposal)
        self._menu.triggered.connect(self._on_variant)

    def show_article(self) -> None:
        """What the view-model says now; the title only when it is another article's."""
        view, article = self._view, self._view.article
        if article is None:
            return
        self._title.setText(article.title)
        self._title.setAccessibleName(button_text(article.title))
        self._sample.setVisible(article.sample)
        self._meta.setText(view.meta)
        state = {Validity.IN_FORCE: "", Validity.NOT_YET: "warning", Validity.EXPIRED: "fault"}
        set_style_state(self._meta, "state", state[view.validity])
        self._owner.setText(view.owner)
        newer = view.newer_version
        self._newer.say(
            self.tr("Version {version} was published just now.").format(version=newer)
            if newer
            else ""
        )
        self._proposal.say(view.proposal_words)
        self._show_variants(view.variants)

    def _show_variants(self, variants: tuple[VariantChoice, ...]) -> None:
        """A country has more regions than a line has room."""
        self._variants.setVisible(bool(variants))
        if variants == self._shown:
            return
        self._shown = variants
        self._menu.clear()
        for one in variants:
            action = self._menu.addAction(button_text(one.region))
            action.setData(one.key)
            action.setCheckable(True)
            action.setChecked(one.current)
            if one.current:
                words = self.tr("Answer for {region}, {count} regions ▾")
                shown = words.format(region=one.region, count=len(variants))
                self._variants.setText(button_text(shown))

    def _on_variant(self, action: QAction) -> None:
        self.wanted.emit(str(action.data()))

    def _on_proposal(self) -> None:
        if (found := self._view.proposal) is not None:
            self.wanted.emit(found.article.article_id)

    def _lay_out(self) -> None:
        marks = QHBoxLayout()
        marks.setSpacing(8)
        marks.addWidget(self._sample)
        marks.addWidget(self._meta, 1)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self._history)
        below.addWidget(self._owner, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._title)
        layout.addLayout(marks)
        layout.addLayout(below)
        layout.addWidget(self._newer)
        layout.addWidget(self._proposal)
        layout.addWidget(self._variants, 0, Qt.AlignmentFlag.AlignLeft)


class _Notice(QWidget):
    """A sentence that wants to be seen, with the one thing to do about it."""

    def __init__(self, name: str, act: str) -> None:
        super().__init__()
        self._words = plain_label(name=name)
        self._words.setProperty("state", "warning")
        self._words.setWordWrap(True)
        self.button = _link(f"{name}-button", act)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._words, 1)
        layout.addWidget(self.button)
        self.hide()

    def say(self, words: str) -> None:
        self._words.setText(words)
        self.button.setAccessibleName(f"{words} {self.button.text()}".strip())
        self.setVisible(bool(words))


def _link(name: str, text: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(name)
    button.setProperty("kind", "link")
    return button
