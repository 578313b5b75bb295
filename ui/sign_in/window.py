"""The window that asks who she is: before the desk opens, and when the session ended (before ①)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from agent_app.runtime.clock import Clock, SystemClock
from ui.labels import ElidedLabel, plain_label
from ui.sign_in.credentials import Credentials
from ui.sign_in.message import SignInMessage
from ui.sign_in.model import SignInModel, SignInView
from ui.sign_in.password_field import PasswordField
from ui.sign_in.problems import SignInProblem
from ui.theme import set_style_state

WIDTH_PX = 400
LOGIN_LIMIT = 64


class SignInWindow(QWidget):
    """Never modal. With a parent it stands before it and takes no focus when it appears.

    Signals:
        submitted: Credentials; the window is busy until ``refuse``, ``set_busy(False)`` or
            ``finish``.
        cancelled: she closed the window or pressed Esc.
    """

    submitted = Signal(object)
    cancelled = Signal()

    def __init__(self, *, server: str, login: str = "", clock: Clock | None = None,
                 parent: QWidget | None = None) -> None:  # fmt: skip
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("sign-in-window")
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, parent is not None)
        self._address = server
        self._finished = False
        self._model = SignInModel(clock=clock or SystemClock(), parent=self)
        self._title = plain_label(name="sign-in-title", role="title", parent=self)
        self._server = ElidedLabel(name="sign-in-server", role="muted",
                                   mode=Qt.TextElideMode.ElideMiddle, parent=self)  # fmt: skip
        self._login_caption = plain_label(role="caption", parent=self)
        self._login = QLineEdit(login, self)
        self._password_caption = plain_label(role="caption", parent=self)
        self._caps_lock = plain_label(name="sign-in-caps-lock", role="caption", parent=self)
        self._password = PasswordField(name="sign-in-password", parent=self)
        self._message = SignInMessage(self)
        self._button = QPushButton(self)
        self._set_up()
        self._lay_out()
        self._write_texts()
        self._connect()

    # --- what the owner calls --------------------------------------------------------------------

    def set_busy(self, busy: bool) -> None:
        """Whether an attempt is under way: the fields are locked meanwhile."""
        self._model.set_busy(busy)

    def refuse(self, problem: SignInProblem, retry_after_s: float = 0, detail: str = "") -> None:
        """Say why she is not signed in and let her try, after the pause the server wants."""
        self._model.refuse(problem, retry_after_s, detail)
        self._focus_first_empty()
        self._message.announce()

    def finish(self) -> None:
        """She is signed in: close without ``cancelled``."""
        self._finished = True
        self.close()

    def bring_up(self, _visit: object = None) -> None:
        """To the front: she clicked a link or started the desk again, and it waits for her here."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    # --- building --------------------------------------------------------------------------------

    def _set_up(self) -> None:
        self._login.setObjectName("sign-in-login")
        self._login.setMaxLength(LOGIN_LIMIT)
        self._login_caption.setBuddy(self._login)
        self._password_caption.setBuddy(self._password)
        set_style_state(self._caps_lock, "state", "warning")
        self._caps_lock.hide()
        self._button.setObjectName("sign-in-button")
        self._button.setProperty("kind", "primary")
        self._button.setAutoDefault(True)  # Return presses it when it has the focus
        QWidget.setTabOrder(self._login, self._password)
        QWidget.setTabOrder(self._password, self._button)

    def _lay_out(self) -> None:
        password_line = QHBoxLayout()
        password_line.addWidget(self._password_caption, 1)
        password_line.addWidget(self._caps_lock)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(32, 24, 32, 24)
        layout.setSpacing(4)
        for above, item in ((0, self._title), (0, self._server), (12, self._login_caption),
                            (0, self._login), (8, password_line), (0, self._password),
                            (12, self._message), (8, self._button)):  # fmt: skip
            layout.addSpacing(above)
            if isinstance(item, QWidget):
                layout.addWidget(item)
            else:
                layout.addLayout(item)
        layout.addStretch(1)
        self.setFixedWidth(WIDTH_PX)

    def _connect(self) -> None:
        self._model.changed.connect(self._show)
        self._login.returnPressed.connect(self._on_login_return)
        self._password.returnPressed.connect(self._submit)
        self._password.caps_lock_changed.connect(self._caps_lock.setVisible)
        self._button.clicked.connect(self._submit)

    def _write_texts(self) -> None:
        self.setWindowTitle(self.tr("Sign in — Zuoxi"))
        self._title.setText(self.tr("Sign in"))
        self._server.setText(self.tr("Server: {address}").format(address=self._address))
        self._login_caption.setText(self.tr("Login"))
        self._login.setAccessibleName(self.tr("Login"))
        self._password_caption.setText(self.tr("Password"))
        self._password.setAccessibleName(self.tr("Password"))
        self._caps_lock.setText(self.tr("Caps Lock is on"))
        self._show(self._model.view)

    # --- what happens ----------------------------------------------------------------------------

    def _on_login_return(self) -> None:
        """Return in the first field leads on to the second, as long as that is empty."""
        if self._login.text().strip() and not self._password.text():
            self._password.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._submit()

    def _submit(self) -> None:
        login = self._login.text().strip()
        given = bool(self._password.text())
        if self._model.begin(login_given=bool(login), password_given=given):
            self.submitted.emit(Credentials(login, self._password.take()))
        elif self._model.view.can_submit:
            self._focus_first_empty()
            self._message.announce()

    def _focus_first_empty(self) -> None:
        field = self._password if self._login.text().strip() else self._login
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, view: SignInView) -> None:
        self._message.show_view(view)
        for field in (self._login, self._password):
            field.setReadOnly(view.busy)
            set_style_state(field, "locked", view.busy)
        text = self.tr("Signing in …") if view.busy else self.tr("Sign in")
        self._button.setText(text)
        self._button.setAccessibleName(text)
        self._button.setEnabled(view.can_submit)

    # --- events ----------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._finished = False
        self._focus_first_empty()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._write_texts()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._password.take()
        super().closeEvent(event)
        if not self._finished:
            self.cancelled.emit()
