"""Files of customers that go to the centre and come from it: how far, how long still (M18)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

SURE_AFTER_S = 2.0
"""Before that, how fast it goes says nothing."""


class FileStep(StrEnum):
    """An import is looked at first (SENDING, CHECKING, CHECKED), then taken."""

    NONE = "none"
    SENDING = "sending"
    CHECKING = "checking"
    CHECKED = "checked"
    TAKING = "taking"
    MAKING = "making"  # the server writes an export
    FETCHING = "fetching"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def busy(self) -> bool:
        return self in _BUSY


_BUSY = frozenset(
    {FileStep.SENDING, FileStep.CHECKING, FileStep.TAKING, FileStep.MAKING, FileStep.FETCHING}
)


class Trouble(StrEnum):
    """Why it did not go, or goes on without a word of the server."""

    NONE = "none"
    OFFLINE = "offline"  # the server cannot be reached now; it is asked again
    CUT = "cut"  # the file did not arrive whole: nothing was taken
    REFUSED = "refused"  # ``words`` are the server's
    LOCAL = "local"  # a file of this computer; ``words`` are the system's
    JOB = "job"  # the server gave up; ``words`` are its reason


@dataclass(frozen=True, slots=True)
class Column:
    """``field`` is a part of a customer, "" for one that is left out."""

    header: str
    field: str


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """``row`` counts in the file; ``outcome`` is created, updated or skipped."""

    row: int
    outcome: str
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """As far as the file was read. ``encoding`` is how its text was understood."""

    encoding: str = ""
    columns: tuple[Column, ...] = ()
    preview: tuple[PreviewRow, ...] = ()
    created: int = 0
    updated: int = 0
    skipped: int = 0
    bad: int = 0


@dataclass(frozen=True, slots=True)
class FileWork:
    """``done`` and ``total`` are bytes while a file travels, else rows; total 0: not known yet.

    ``since_s`` is when this step began, on a clock that only goes forward. ``update``: rows about
    known customers change them.
    """

    step: FileStep = FileStep.NONE
    file_name: str = ""
    done: int = 0
    total: int = 0
    since_s: float = 0.0
    update: bool = True
    report: ImportReport = field(default_factory=ImportReport)
    trouble: Trouble = Trouble.NONE
    words: str = ""

    @property
    def part(self) -> float | None:
        """Between 0 and 1; None when nobody knows."""
        return min(1.0, self.done / self.total) if self.total else None

    def left_s(self, now_s: float) -> float | None:
        """How long it will take still if it goes on like this; None when it is too early to say."""
        took_s = now_s - self.since_s
        if not (self.step.busy and self.total and self.done) or took_s < SURE_AFTER_S:
            return None
        return took_s * max(0, self.total - self.done) / self.done


def read_report(report: Mapping[str, object]) -> ImportReport:
    """What the server says of an import; anything odd in it is left out."""
    return ImportReport(
        encoding=_text(report.get("encoding")),
        columns=tuple(
            Column(_text(one.get("header")), _text(one.get("field")))
            for one in _objects(report.get("columns"))
        ),
        preview=tuple(
            PreviewRow(_count(one.get("row")), _text(one.get("outcome")), values)
            for one in _objects(report.get("preview"))
            if isinstance(values := one.get("values"), dict)
        ),
        created=_count(report.get("created")),
        updated=_count(report.get("updated")),
        skipped=_count(report.get("skipped")),
        bad=_count(report.get("bad")),
    )


def _objects(value: object) -> Sequence[Mapping[str, object]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _count(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0
