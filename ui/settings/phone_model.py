"""The phone's account: what is registered, what is wrong with it, and changing it (step ⑥)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from PySide6.QtCore import QObject, Signal

from agent_app.desk.account import AccountRefusal, AccountStatus
from agent_app.desk.phone import EngineState, PhoneStatus
from agent_app.desk.seat import Seat
from agent_app.settings import TransportSetting
from ui import words


@dataclass(frozen=True, slots=True)
class PhoneForm:
    """What stands in the fields; ``password`` "" leaves the one that is known."""

    user: str = ""
    registrar: str = ""
    domain: str = ""
    auth_user: str = ""
    transport: TransportSetting = TransportSetting.UDP
    ca_file: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class PhoneView:
    """``state`` is how the phone stands now, ``health`` the style sheet's word for it.

    ``answer`` is what became of the last save, ``note`` how long a password is known.
    """

    state: str
    health: str
    answer: str
    note: str
    password_hint: str
    can_save: bool


class PhoneSettingsModel(QObject):
    """View-model of the phone page.

    Signals:
        changed: PhoneView.
    """

    changed = Signal(object)

    def __init__(self, seat: Seat, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._view = self._compose()
        seat.account.changed.connect(self._on_change)
        seat.phone.status_changed.connect(self._on_change)
        seat.phone.call_changed.connect(self._on_change)

    @property
    def view(self) -> PhoneView:
        return self._view

    @property
    def practice(self) -> bool:
        """There is no exchange, so nothing to set up."""
        return self._seat.agent.practice

    def form(self) -> PhoneForm:
        """What is in force, for the fields; never the password."""
        settings = self._seat.account.status.settings
        host = _host(settings.registrar)
        return PhoneForm(
            user=settings.user or self._seat.agent.extension,
            registrar=settings.registrar,
            domain="" if settings.domain == host else settings.domain,
            auth_user=settings.auth_user,
            transport=settings.transport,
            ca_file=settings.ca_file,
        )

    def save(self, form: PhoneForm) -> None:
        """Register with this account from now on."""
        registrar = form.registrar.strip()
        before = self._seat.account.status.settings
        settings = replace(
            before,
            user=form.user.strip(),
            registrar=registrar,
            domain=form.domain.strip() or _host(registrar),
            auth_user=form.auth_user.strip(),
            transport=form.transport,
            ca_file=form.ca_file.strip(),
        )
        self._seat.account.save(settings, form.password or None)

    def register(self) -> None:
        self._seat.phone.register()

    def _on_change(self, _value: object) -> None:
        view = self._compose()
        if view != self._view:
            self._view = view
            self.changed.emit(view)

    def _compose(self) -> PhoneView:
        account, status = self._seat.account.status, self._seat.phone.status
        state, health = self._state(status)
        if self.practice:
            state = self.tr("The practice centre has no exchange: there is nothing to set up here.")
            health = ""
        note = self.tr("The password is kept in this system's keyring.")
        if self.practice:
            note = ""
        elif not account.lasting:
            note = self.tr(
                "This system has no keyring: the password is known until Zuoxi ends, "
                "and asked for at the next start."
            )
        hint = self.tr("as it is") if account.has_password else self.tr("not known yet")
        can_save = not self.practice and not account.busy and not self._seat.phone.calls
        return PhoneView(state, health, self._answer(account), note, hint, can_save)

    def _state(self, status: PhoneStatus) -> tuple[str, str]:
        if status.engine is not EngineState.READY:
            return self.tr("The phone is starting."), "warning"
        if status.registered is None:
            return self.tr("Not registered anywhere: no exchange is set."), "warning"
        if status.registered:
            text = self.tr("Extension {number} is registered.")
            return text.format(number=status.extension), "good"
        text = self.tr("Extension {number} is not registered. {why}").format(
            number=status.extension, why=words.registration_cause(status.cause)
        )
        detail = f" ({status.registration_detail})" if status.registration_detail else ""
        return f"{text}{detail}", "fault"

    def _answer(self, account: AccountStatus) -> str:
        if account.busy:
            return self.tr("Connecting …")
        if self._seat.phone.calls and not self.practice:
            return self.tr("During a call the account cannot be changed.")
        texts = {
            None: self.tr("Enter the password of this extension.") if account.password_wanted
            else "",
            AccountRefusal.IN_CALL: self.tr("During a call the account cannot be changed."),
            AccountRefusal.BUSY: self.tr("The last change is still under way."),
            AccountRefusal.NOT_KEPT: self.tr(
                "In force, but the keyring did not take the password: {why}"
            ).format(why=account.detail),
        }  # fmt: skip
        return texts[account.refusal]


def _host(registrar: str) -> str:
    """pbx.example of sip:pbx.example:5061;transport=tls; an IPv6 address keeps its brackets."""
    text = registrar.split(";", 1)[0]
    for scheme in ("sips:", "sip:"):
        text = text.removeprefix(scheme)
    if text.startswith("["):
        return text.partition("]")[0] + "]"
    return text.partition(":")[0]
