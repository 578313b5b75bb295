"""Extension, exchange and password, with how the registration stands (step ⑥)."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from agent_app.settings import TransportSetting
from ui.choose_file import FileChoice
from ui.labels import plain_label
from ui.settings.phone_model import PhoneForm, PhoneSettingsModel, PhoneView
from ui.sign_in.password_field import PasswordField
from ui.theme import set_style_state


class PhonePage(QWidget):
    """Saving connects at once; nothing is saved by typing."""

    def __init__(self, model: PhoneSettingsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setObjectName("phone-page")
        self._state = plain_label(name="phone-state", role="heading")
        self._state.setWordWrap(True)
        self._user = self._field("phone-user")
        self._registrar = self._field("phone-exchange", "pbx.example")
        self._domain = self._field("phone-domain", self.tr("as the exchange"))
        self._auth_user = self._field("phone-auth-user", self.tr("as the extension"))
        self._transport = QComboBox(self)
        self._ca_file = self._field("phone-ca-file", self.tr("the system's"))
        self._browse = QPushButton(self.tr("Choose …"), self)
        self._password = PasswordField(name="phone-password", parent=self)
        self._note = plain_label(name="phone-password-note", role="caption")
        self._note.setWordWrap(True)
        self._answer = plain_label(name="phone-answer")
        self._answer.setWordWrap(True)
        self._register = QPushButton(self.tr("Register again"), self)
        self._save = QPushButton(self.tr("Save and connect"), self)
        self._lay_out()
        self._fill(model.form())
        self._save.clicked.connect(self._do_save)
        self._register.clicked.connect(model.register)
        self._files = FileChoice("phone-ca-file-dialog", self)
        self._files.chosen.connect(self._on_file)
        self._browse.clicked.connect(self._choose_file)
        model.changed.connect(self._show)
        self._show(model.view)

    def _field(self, name: str, hint: str = "") -> QLineEdit:
        field = QLineEdit(self)
        field.setObjectName(name)
        field.setPlaceholderText(hint)
        field.setMaxLength(200)
        return field

    def _lay_out(self) -> None:
        self._transport.setObjectName("phone-transport")
        for choice, text in (
            (TransportSetting.UDP, self.tr("UDP, not encrypted")),
            (TransportSetting.TCP, self.tr("TCP, not encrypted")),
            (TransportSetting.TLS, self.tr("TLS and SRTP, encrypted")),
        ):
            self._transport.addItem(text, choice.value)
        self._browse.setObjectName("phone-ca-file-button")
        authority = QHBoxLayout()
        authority.setSpacing(8)
        authority.addWidget(self._ca_file, 1)
        authority.addWidget(self._browse)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows: tuple[tuple[str, QWidget], ...] = (
            (self.tr("Extension"), self._user),
            (self.tr("Exchange"), self._registrar),
            (self.tr("Transport"), self._transport),
            (self.tr("Password"), self._password),
        )
        for text, field in rows:
            self._add(form, text, field)
        form.addRow("", self._note)
        form.addRow(self._caption(self.tr("Certificates"), self._ca_file), authority)
        self._add(form, self.tr("SIP domain"), self._domain)
        self._add(form, self.tr("Sign-in name"), self._auth_user)
        for field in (*(one for _, one in rows), self._ca_file, self._browse, self._domain,
                      self._auth_user):  # fmt: skip
            field.setEnabled(not self._model.practice)
        foot = QHBoxLayout()
        foot.addWidget(self._answer, 1)
        for name, button in (("phone-register-button", self._register),
                             ("phone-save-button", self._save)):  # fmt: skip
            button.setObjectName(name)
            button.setAutoDefault(False)
            foot.addWidget(button)
        self._save.setProperty("kind", "primary")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self._state)
        layout.addLayout(form)
        layout.addStretch(1)
        layout.addLayout(foot)

    def _add(self, form: QFormLayout, text: str, field: QWidget) -> None:
        form.addRow(self._caption(text, field), field)

    def _caption(self, text: str, field: QWidget) -> QWidget:
        caption = plain_label(text)
        caption.setBuddy(field)
        field.setAccessibleName(text)
        return caption

    def _fill(self, form: PhoneForm) -> None:
        self._user.setText(form.user)
        self._registrar.setText(form.registrar)
        self._domain.setText(form.domain)
        self._auth_user.setText(form.auth_user)
        self._transport.setCurrentIndex(self._transport.findData(form.transport.value))
        self._ca_file.setText(form.ca_file)

    def _show(self, view: PhoneView) -> None:
        self._state.setText(view.state)
        set_style_state(self._state, "state", view.health)
        self._answer.setText(view.answer)
        self._note.setText(view.note)
        self._note.setVisible(bool(view.note))
        self._password.setPlaceholderText(view.password_hint)
        self._save.setEnabled(view.can_save)
        self._register.setEnabled(not self._model.practice)

    def _do_save(self) -> None:
        form = PhoneForm(
            user=self._user.text(),
            registrar=self._registrar.text(),
            domain=self._domain.text(),
            auth_user=self._auth_user.text(),
            transport=TransportSetting(self._transport.currentData()),
            ca_file=self._ca_file.text(),
            password=self._password.take(),
        )
        self._model.save(form)

    def _choose_file(self) -> None:
        kinds = self.tr("Certificates")
        self._files.ask(kinds, (f"{kinds} (*.pem *.crt)",))

    def _on_file(self, path: Path) -> None:
        self._ca_file.setText(str(path))
