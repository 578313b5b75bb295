"""One file of customers on its way into the database, in slices that hold nobody up (M18, step ⑨).

The file is read twice: once to see that it can be read to its end and how long it is, then to take
it over. So a file that breaks off in the middle changes nothing.
"""

from __future__ import annotations

import importlib
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from sqlalchemy import insert
from sqlalchemy.exc import SQLAlchemyError

from server.database import Database, Transaction
from server.imports.author import Author
from server.imports.columns import Centre, Columns, map_columns, read_centre
from server.imports.taking import Duplicates, Known, Outcome, Taking, foresee
from server.imports.wishes import RowError, Wish, read_wish
from server.job_runner import JobFailedError, Pulse
from server.jobs import set_progress
from server.masking import mask_id
from server.sheets.csv_file import first, open_csv
from server.sheets.rows import Sheet, SheetError, SheetRow
from server.tables import job_faults

SLICE_MIN, SLICE_MAX = 10, 500
SLICE_AIM_S = 0.1
"""One slice is one transaction: nobody else waits for longer, on SQLite, than about this."""
PAUSE_S = 0.002
"""Between two slices another writer gets its turn: SQLite has one, and no queue for it."""
LOOKED_AT = 2_000
PREVIEW_ROWS = 20
BAD = "bad"


@dataclass(frozen=True, slots=True)
class ImportTask:
    """With ``dry_run`` nothing is taken."""

    path: Path
    format: str
    duplicates: Duplicates
    dry_run: bool
    author: Author


@dataclass(frozen=True, slots=True)
class _Slice:
    wishes: Sequence[Wish]
    faults: Sequence[tuple[int, RowError]]
    end: int  # rows done with it


class ImportJob:
    """Blocks; runs in the thread of jobs."""

    def __init__(self, database: Database, task: ImportTask, *, clock: Callable[[], float]) -> None:
        self._database = database
        self._task = task
        self._clock = clock
        self._counts: Counter[str] = Counter()
        self._known = Known()
        self._preview: list[dict[str, object]] = []
        self._about: dict[str, object] = {}
        self._slice = SLICE_MIN

    def __call__(self, pulse: Pulse) -> None:
        """Raises JobFailedError in words, JobEndedError when it was cancelled."""
        try:
            self._run(pulse)
        except SheetError as error:
            raise JobFailedError(str(error)) from error
        except OSError as error:
            raise JobFailedError(f"The file cannot be read ({error.strerror}).") from error
        except SQLAlchemyError as error:
            raise JobFailedError("The database did not take these rows.") from error

    def _run(self, pulse: Pulse) -> None:
        with self._database.read() as connection:
            centre = read_centre(connection)
        sheet = self._open()
        columns = map_columns(first(sheet.rows), centre)
        self._about = {
            "encoding": sheet.encoding,
            "columns": columns.to_json(),
            "dry_run": self._task.dry_run,
            "duplicates": self._task.duplicates.value,
        }
        pulse.report = self._report(self._counts)
        total = 0
        for total, _ in enumerate(sheet.rows, start=1):
            if total % LOOKED_AT == 0:
                pulse.check()
        self._database.run(lambda t: self._set_progress(t, 0, self._counts, total=total))
        rows = self._open().rows
        first(rows)
        for part in self._slices(rows, columns, centre):
            pulse.check(PAUSE_S)
            began_s = time.monotonic()
            self._do(part, centre)
            self._fit(time.monotonic() - began_s)
            pulse.report = self._report(self._counts)

    def _fit(self, took_s: float) -> None:
        """The next slice is larger or smaller by how long this one took."""
        if took_s < SLICE_AIM_S / 2:
            self._slice = min(SLICE_MAX, self._slice * 2)
        elif took_s > SLICE_AIM_S:
            self._slice = max(SLICE_MIN, self._slice // 2)

    def _open(self) -> Sheet:
        if self._task.format == "csv":
            return open_csv(self._task.path)
        # Loaded only here: the library takes as long to load as the rest of the server.
        reader: Callable[[Path], Sheet] = importlib.import_module(
            "server.sheets.xlsx_file"
        ).open_xlsx
        return reader(self._task.path)

    def _slices(
        self, rows: Iterator[SheetRow], columns: Columns, centre: Centre
    ) -> Iterator[_Slice]:
        end = 0
        while part := list(islice(rows, self._slice)):
            end += len(part)
            wishes, faults = [], []
            for row in part:
                try:
                    wishes.append(read_wish(row, columns, centre))
                except RowError as error:
                    faults.append((row.number, error))
            yield _Slice(wishes, faults, end)

    def _do(self, part: _Slice, centre: Centre) -> None:
        outcomes = self._database.run(lambda t: self._work(t, part, centre))
        for outcome in outcomes.values():
            self._counts[outcome] += 1
        self._counts[BAD] += len(part.wishes) + len(part.faults) - len(outcomes)
        self._show(part.wishes, outcomes)

    def _work(self, transaction: Transaction, part: _Slice, centre: Centre) -> dict[int, Outcome]:
        """What became of each row of a slice, by its number; bad ones are not among them."""
        # What a transaction did is only known when it is kept; a dry run keeps nothing.
        known = self._known if self._task.dry_run else Known()
        known.look_up(transaction.connection, part.wishes)
        taking = Taking(transaction, centre, self._task.author, self._task.duplicates)
        outcomes: dict[int, Outcome] = {}
        faults = list(part.faults)
        for wish in part.wishes:
            try:
                outcomes[wish.number] = self._one(taking, wish, known)
            except RowError as error:
                faults.append((wish.number, error))
        taking.finish()
        if faults:
            transaction.connection.execute(
                insert(job_faults),
                [
                    {"job_id": self._task.author.job_id, "line": number,
                     "column_name": error.column, "reason": str(error)}
                    for number, error in faults
                ],
            )  # fmt: skip
        counts = self._counts + Counter(each.value for each in outcomes.values())
        counts[BAD] += len(faults)
        self._set_progress(transaction, part.end, counts)
        return outcomes

    def _one(self, taking: Taking, wish: Wish, known: Known) -> Outcome:
        if self._task.dry_run:
            return foresee(wish, known, duplicates=self._task.duplicates)
        return taking.take(wish, known)

    def _set_progress(
        self, transaction: Transaction, done: int, counts: Counter[str], total: int | None = None
    ) -> None:
        set_progress(
            transaction, self._task.author.job_id, now=self._clock(), rows_done=done,
            rows_total=total, report=self._report(counts),
        )  # fmt: skip

    def _report(self, counts: Counter[str]) -> dict[str, object]:
        named = {name: counts[name] for name in (*map(str, Outcome), BAD)}
        return {**self._about, **named, "preview": self._preview}

    def _show(self, wishes: Sequence[Wish], outcomes: Mapping[int, Outcome]) -> None:
        if not self._task.dry_run:
            return
        for wish in wishes[: PREVIEW_ROWS - len(self._preview)]:
            if wish.number in outcomes:
                values = dict(wish.payload)
                if "id_number" in values:
                    values["id_number"] = mask_id(wish.id_number)
                values.pop("custom", None)  # may hold what only some may see
                self._preview.append(
                    {"row": wish.number, "outcome": outcomes[wish.number], "values": values}
                )
