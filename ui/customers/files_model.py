"""Importing and exporting in words: how far, how long still, what became of the rows (step ⑥)."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from agent_app.desk.customer_files import CustomerImport, FileDesk
from agent_app.domain.file_jobs import FileStep, FileWork, PreviewRow, Trouble
from ui.formatting import count, duration, joined, phone_number
from ui.record_words import part_name
from ui.rows.row import Row

TICK_MS = 1000


class FilesModel(QObject):
    """View-model of a file on its way.

    Signals:
        changed: the work, or only the time left.
    """

    changed = Signal()

    def __init__(self, desk: FileDesk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self.changed)
        desk.changed.connect(self._on_work)
        self._on_work(desk.work)

    @property
    def work(self) -> FileWork:
        return self._desk.work

    @property
    def busy(self) -> bool:
        return self.work.step.busy

    @property
    def permille(self) -> int | None:
        """For a progress bar; None where nobody knows."""
        part = self.work.part
        return None if part is None else round(part * 1000)

    @property
    def status(self) -> str:
        """What happens now, or how it ended."""
        work = self.work
        doing = {
            FileStep.SENDING: self.tr("The file is sent …"),
            FileStep.CHECKING: self.tr("The server reads the file; nothing is taken yet …"),
            FileStep.CHECKED: self.tr("Nothing is taken yet. Look how the file was understood."),
            FileStep.TAKING: self.tr("The server takes the rows …"),
            FileStep.MAKING: self.tr("The server writes the file …"),
            FileStep.FETCHING: self.tr("The file is fetched …"),
            FileStep.DONE: self.tr("Done."),
            FileStep.CANCELLED: self.tr("Stopped. What was taken before stays."),
        }
        return doing.get(work.step, "")

    @property
    def progress(self) -> str:
        """Rows and time, while it is busy."""
        work = self.work
        if not work.step.busy or not work.total or work.step is FileStep.SENDING:
            return ""
        text = self.tr("{done} of {total} rows").format(
            done=count(work.done), total=count(work.total)
        )
        left_s = self._desk.left_s
        if left_s is None:
            return text
        return f"{text} · " + self.tr("{time} left").format(time=duration(left_s))

    @property
    def trouble(self) -> str:
        """Why it did not go, or why there is no news."""
        work = self.work
        if work.trouble is Trouble.OFFLINE and work.step.busy:
            return self.tr(
                "The server cannot be reached. It goes on there if it can; it is asked again."
            )
        words = {
            Trouble.NONE: "",
            Trouble.OFFLINE: self.tr("The server cannot be reached: {reason}"),
            Trouble.CUT: self.tr(
                "The file did not reach the server whole, so nothing of it was taken."
                " Try again: {reason}"
            ),
            Trouble.REFUSED: self.tr("The server says no: {reason}"),
            Trouble.LOCAL: self.tr("The file on this computer: {reason}"),
            Trouble.JOB: self.tr("It could not be done: {reason}"),
        }
        return words[work.trouble].format(reason=work.words)

    def cancel(self) -> None:
        self._desk.cancel()

    def _on_work(self, work: FileWork) -> None:
        if work.step.busy and not self._timer.isActive():
            self._timer.start()
        elif not work.step.busy:
            self._timer.stop()
        self.changed.emit()


class ImportModel(FilesModel):
    """What an import adds: columns, first rows, counts."""

    def __init__(self, desk: CustomerImport, parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self._import = desk

    @property
    def desk(self) -> CustomerImport:
        return self._import

    @property
    def columns(self) -> str:
        """How each column was understood."""
        report = self.work.report
        if not report.columns:
            return ""
        known = [
            self.tr("{header} → {part}").format(header=one.header, part=self._part(one.field))
            for one in report.columns
            if one.field
        ]
        return self.tr("Columns: {columns}").format(columns=", ".join(known))

    @property
    def left_out(self) -> str:
        """Columns that mean nothing to a customer, and the text's encoding."""
        report = self.work.report
        left = [one.header for one in report.columns if not one.field and one.header]
        parts = []
        if left:
            parts.append(self.tr("Left out: {columns}").format(columns=", ".join(left)))
        if report.encoding:
            parts.append(self.tr("text read as {encoding}").format(encoding=report.encoding))
        return " · ".join(parts)

    @property
    def counts(self) -> str:
        """What will become, or became, of the rows."""
        work = self.work
        report = work.report
        if not report.columns:
            return ""
        numbers = {
            "created": count(report.created), "updated": count(report.updated),
            "skipped": count(report.skipped), "bad": count(report.bad),
        }  # fmt: skip
        if work.step in (FileStep.SENDING, FileStep.CHECKING, FileStep.CHECKED):
            text = self.tr(
                "Would be new: {created} · changed: {updated} · left out: {skipped} ·"
                " cannot be used: {bad}"
            )
        else:
            text = self.tr(
                "New: {created} · changed: {updated} · left out: {skipped} · not usable: {bad}"
            )
        return text.format(**numbers)

    @property
    def can_take(self) -> bool:
        report = self.work.report
        return self.work.step is FileStep.CHECKED and report.created + report.updated > 0

    @property
    def take_word(self) -> str:
        report = self.work.report
        return self.tr("Import {rows} rows").format(rows=count(report.created + report.updated))

    @property
    def can_report(self) -> bool:
        """There are rows that cannot be used, and a job that can name them."""
        return self.work.report.bad > 0 and not self.busy

    @property
    def saved(self) -> str:
        """Where the list of bad rows is now."""
        work = self.work
        if work.trouble is Trouble.NONE and work.words:
            return self.tr("Saved as {path}").format(path=work.words)
        return ""

    @property
    def preview(self) -> tuple[Row, ...]:
        return tuple(self._row(one) for one in self.work.report.preview)

    def _part(self, field: str) -> str:
        if field == "arrears_cents":
            return self.tr("Arrears")
        return part_name(field) or field.removeprefix("custom.")

    def _row(self, one: PreviewRow) -> Row:
        outcomes = {
            "created": (self.tr("new"), "plus", "ready"),
            "updated": (self.tr("changes a known one"), "edit", "attention"),
            "skipped": (self.tr("left out: known already"), "next", "neutral"),
        }
        word, shape, tone = outcomes.get(one.outcome, (one.outcome, "", ""))
        said = [_said(name, value) for name, value in one.values.items() if name != "name"]
        return Row(
            key=str(one.row),
            title=str(one.values.get("name", "")),
            lines=(joined(*said),),
            trail=self.tr("row {number}: {outcome}").format(number=one.row, outcome=word),
            shape=shape,
            tone=tone,
        )


def _said(name: str, value: object) -> str:
    if isinstance(value, list):
        numbers = [one.get("number") for one in value if isinstance(one, dict)]
        return ", ".join(phone_number(str(number)) for number in numbers if number)
    plain = name not in ("kind", "segment_id", "arrears_cents")
    return str(value) if plain and isinstance(value, str) else ""
