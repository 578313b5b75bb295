"""Who fits what she typed, as rows, and what is said of it (step ⑥)."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from agent_app.desk.customer_finder import CentreState, Finding
from agent_app.desk.seat import Seat
from agent_app.domain.customer_edit import EDITING_ROLES
from agent_app.domain.customer_roles import EXPORTING, IMPORTING, MERGING, READING
from agent_app.domain.customer_search import CustomerHit, read_typed
from agent_app.domain.customers import CustomerKind
from agent_app.domain.ids import CustomerId
from agent_app.domain.roles import may
from ui.customers.words import found_by, waits
from ui.formatting import joined, moment, phone_number
from ui.rows.row import Row


class CustomersModel(QObject):
    """View-model of the search.

    Signals:
        changed: rows or what is said of them.
    """

    changed = Signal()

    def __init__(self, seat: Seat, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._finder = seat.people.finder
        self._rows: tuple[Row, ...] = ()
        self._finder.changed.connect(self._on_finding)
        self._make_rows()

    @property
    def text(self) -> str:
        """What was typed; it outlasts the page."""
        return self._finding.text

    @property
    def rows(self) -> tuple[Row, ...]:
        return self._rows

    @property
    def selected(self) -> str:
        customer = self._finder.customer
        return "" if customer is None else customer.customer_id

    @property
    def may_read(self) -> bool:
        return self._may(READING)

    @property
    def may_edit(self) -> bool:
        return self._may(EDITING_ROLES)

    @property
    def may_merge(self) -> bool:
        return self._may(MERGING)

    @property
    def may_import(self) -> bool:
        return self._may(IMPORTING)

    @property
    def may_export(self) -> bool:
        return self._may(EXPORTING)

    @property
    def can_ask(self) -> bool:
        """There is something to ask the server, and it is not being asked."""
        return bool(self.text.strip()) and self._finding.centre is not CentreState.ASKING

    @property
    def is_fault(self) -> bool:
        return bool(self._finding.fault) or self._finding.centre in (
            CentreState.OFFLINE, CentreState.REFUSED,
        )  # fmt: skip

    @property
    def status(self) -> str:
        """One line below the list."""
        finding = self._finding
        if finding.fault:
            text = self.tr("This computer's copy cannot be read: {reason}")
            return text.format(reason=finding.fault)
        match finding.centre:
            case CentreState.ASKING:
                return self.tr("The server is asked …")
            case CentreState.OFFLINE:
                return self.tr("The server cannot be reached; this is what is on this computer.")
            case CentreState.REFUSED:
                text = self.tr("The server did not answer this: {reason}")
                return text.format(reason=finding.problem)
        return self._found() if self.text.strip() else ""

    @property
    def empty_text(self) -> str:
        finding = self._finding
        if not self.may_read:
            return self.tr("Your role sees no customers; it may import them.")
        if not self.text.strip():
            return self.tr(
                "Type a name, its pinyin or initials, a number or its last digits, a company or a"
                " region. Several words narrow it down."
            )
        if finding.centre is CentreState.ANSWERED:
            return self.tr("The server knows nobody like that, either.")
        return self.tr(
            "Nobody on this computer. The server also looks for whole ID numbers and parts of"
            " names: press Enter."
        )

    def watch(self, on: bool) -> None:
        """The page is shown, or another one is."""
        self._finder.watch(on)

    def look_for(self, text: str) -> None:
        if self.may_read:
            self._finder.look_for(text)

    def ask_server(self) -> None:
        if self.can_ask and self.may_read:
            self._finder.ask_centre()

    def choose(self, key: str) -> None:
        self._finder.choose(CustomerId(key) if key else None)

    def make_new(self) -> None:
        """With what was looked for in vain."""
        if self.may_edit:
            typed = read_typed(self.text)
            vain = not self._rows
            name = typed.whole if vain and not typed.digits and not typed.may_be_id else ""
            number = self.text.strip() if vain and typed.digits else ""
            self._seat.customers.open_new(name, number)

    # --- inside ----------------------------------------------------------------------------------

    def _found(self) -> str:
        finding = self._finding
        if finding.may_be_id and not finding.found.hits:
            return self.tr("Whole ID numbers are known to the server only: ask it.")
        if finding.found.more:
            return self.tr("There are more; type more of it.")
        return self.tr("{count} found").format(count=len(finding.found.hits))

    @property
    def _finding(self) -> Finding:
        return self._finder.finding

    def _may(self, roles: frozenset[str]) -> bool:
        return may(self._seat.agent.role, roles)

    def _on_finding(self, _finding: object) -> None:
        self._make_rows()
        self.changed.emit()

    def _make_rows(self) -> None:
        words = read_typed(self.text).words
        self._rows = tuple(self._row(hit, words) for hit in self._finding.found.hits)

    def _row(self, hit: CustomerHit, words: tuple[str, ...]) -> Row:
        number = phone_number(hit.number)
        title = hit.name or number
        about = (number if hit.name else "", hit.company, hit.number_label)
        where = (hit.segment, hit.region, found_by(hit.found_by))
        spoke = hit.last_spoke_at
        company = hit.kind is CustomerKind.COMPANY
        return Row(
            key=hit.customer_id,
            title=title,
            lines=(joined(*about), joined(*where)),
            trail="" if spoke is None else moment(spoke, self._seat.clock.now()),
            badge=waits() if hit.provisional else "",
            marks=_marks(title, words),
            shape="company" if company else "person",
            tone="neutral",
            tip="\n".join(part for part in (title, joined(*about), joined(*where)) if part),
        )


def _marks(title: str, words: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """Where the typed words stand in the title, the first of each."""
    folded = title.casefold()
    if len(folded) != len(title):
        return ()
    found = ((folded.find(word.casefold()), len(word)) for word in words)
    return tuple(sorted((at, at + length) for at, length in found if at >= 0))
