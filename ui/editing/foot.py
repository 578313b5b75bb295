"""What can be done with the open draft, in one line of buttons (step ⑥)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from agent_app.desk.editing import KnowledgeEditing
from agent_app.domain.editing import DraftAct
from ui.buttons import push_button
from ui.editing.form_model import DraftFormModel
from ui.keys import KeyAction, KeyMap


class DraftFoot(QWidget):
    """Only what she may do is there. Giving back asks for the remark in the same line.

    Signals:
        refused: something is missing or wrong; the cursor should go there.
    """

    refused = Signal()

    def __init__(
        self,
        model: DraftFormModel,
        desk: KnowledgeEditing,
        keys: KeyMap,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("editing-foot")
        self._model = model
        self._desk = desk
        self._remark = QLineEdit()
        self._remark.setObjectName("editing-remark")
        self._remark.setAccessibleName(self.tr("Why it is given back"))
        self._remark.setPlaceholderText(self.tr("Why it is given back"))
        self._acts = {
            DraftAct.DROP: push_button(self, "editing-drop-button", self.tr("Drop")),
            DraftAct.TAKE_BACK: push_button(
                self, "editing-take-back-button", self.tr("Take back and write on")
            ),
            DraftAct.FOLLOW: push_button(
                self, "editing-follow-button", self.tr("Follow the newer version")
            ),
            DraftAct.ASK_TOLD: push_button(
                self, "editing-told-button", self.tr("Who was told the old answer")
            ),
            DraftAct.GIVE_BACK: push_button(self, "editing-give-back-button", self.tr("Give back")),
            DraftAct.WRITE: push_button(
                self, "editing-save-button", self.tr("Save draft"), keys.text(KeyAction.SAVE_DRAFT)
            ),
            DraftAct.SUBMIT: push_button(
                self,
                "editing-submit-button",
                self.tr("Send to review"),
                keys.text(KeyAction.SUBMIT_DRAFT),
            ),
            DraftAct.PUBLISH: push_button(
                self,
                "editing-publish-button",
                self.tr("Publish"),
                keys.text(KeyAction.PUBLISH_DRAFT),
            ),
        }
        self._discard = push_button(self, "editing-discard-button", self.tr("Forget unsaved words"))
        for act in (DraftAct.SUBMIT, DraftAct.PUBLISH):
            self._acts[act].setProperty("kind", "primary")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 0, 16, 8)
        line.setSpacing(8)
        line.addWidget(self._discard)
        for act in (DraftAct.DROP, DraftAct.TAKE_BACK, DraftAct.ASK_TOLD):
            line.addWidget(self._acts[act])
        line.addStretch(1)
        line.addWidget(self._remark, 4)
        for act in (DraftAct.GIVE_BACK, DraftAct.FOLLOW, DraftAct.WRITE, DraftAct.SUBMIT,
                    DraftAct.PUBLISH):  # fmt: skip
            line.addWidget(self._acts[act])

    def _connect(self) -> None:
        does = {
            DraftAct.DROP: self._desk.drop,
            DraftAct.TAKE_BACK: self._desk.take_back,
            DraftAct.FOLLOW: self._desk.follow,
            DraftAct.ASK_TOLD: self._model.ask_told,
            DraftAct.GIVE_BACK: self.give_back,
            DraftAct.WRITE: self.save,
            DraftAct.SUBMIT: self.submit,
            DraftAct.PUBLISH: self.publish,
        }
        for act, do in does.items():
            self._acts[act].clicked.connect(do)
        self._discard.clicked.connect(self._desk.discard)
        self._remark.returnPressed.connect(self.give_back)

    def show_state(self) -> None:
        """Which acts are hers now."""
        for act, button in self._acts.items():
            button.setVisible(self._model.may(act))
        editing = self._model.editing
        self._discard.setVisible(editing is not None and editing.typed)
        gives = self._model.may(DraftAct.GIVE_BACK)
        self._remark.setVisible(gives)
        if not gives:
            self._remark.clear()

    def save(self) -> None:
        self._desk.save()
        self._tell_refused()

    def submit(self) -> None:
        self._desk.submit()
        self._tell_refused()

    def publish(self) -> None:
        self._desk.publish()
        self._tell_refused()

    def give_back(self) -> None:
        """Without a reason the cursor goes to where it is written."""
        if self._remark.text().strip():
            self._desk.give_back(self._remark.text())
        else:
            self._remark.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _tell_refused(self) -> None:
        if self._model.first_wrong:
            self.refused.emit()
