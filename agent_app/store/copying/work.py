"""What the copying process does: fill a file page by page, or compare one (step ⑧)."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, select

from agent_app.store.copying.comparison import differing
from agent_app.store.copying.desk_line import DeskLine
from agent_app.store.copying.fresh_file import FILLING, FreshFile
from agent_app.store.copying.talk import Order, Outcome, Task
from agent_app.store.database import Database
from agent_app.store.tables import replica
from sync.api import ServerApi
from sync.copying import Compared, CopyProgress, CopyStage
from sync.digest import CentreDigest
from sync.errors import AccessExpired, RequestRefused, SessionEnded, StartOver
from sync.ports import Place
from sync.pull import check_follows
from sync.wire import ChangePage

T = TypeVar("T")
ATTEMPTS = 5
PAUSE_S = 1.0
"""Between two looks at a server that goes on meanwhile."""


def run(order: Order, line: DeskLine) -> Outcome:
    """Do as ordered. Raises SyncError and StoreError."""
    centre = _Centre(order, line)
    try:
        match order.task:
            case Task.FETCH:
                _Fetching(order, line, centre).run()
                return Outcome()
            case Task.COMPARE:
                return _compare_file(order, centre)
    finally:
        centre.close()


class _Centre:
    """The server, asked with the desk's tokens."""

    def __init__(self, order: Order, line: DeskLine) -> None:
        self._api = ServerApi(order.address)
        self._page_rows = order.page_rows
        self._line = line
        self.knows_digests = True

    def changes(self, place: Place, rows: int = 0) -> ChangePage:
        return self._signed(
            lambda token: self._api.changes(
                place.cursor, rows or self._page_rows, token, scope=place.scope
            )
        )

    def digest(self) -> CentreDigest | None:
        """None from a server that knows no digests."""
        try:
            return self._signed(self._api.digest)
        except RequestRefused as error:
            if error.status not in (400, 404):
                raise
            self.knows_digests = False
            return None

    def close(self) -> None:
        self._api.close()

    def _signed(self, request: Callable[[str], T]) -> T:
        token = self._line.token()
        try:
            return request(token)
        except AccessExpired:
            token = self._line.token(refused=token)
        try:
            return request(token)
        except AccessExpired as error:
            raise SessionEnded("the server refuses a token that it has just given") from error


class _Fetching:
    """One page is fetched and read while the one before is written."""

    def __init__(self, order: Order, line: DeskLine, centre: _Centre) -> None:
        self._file = FreshFile(Path(order.file), key=bytes.fromhex(order.key))
        self._line = line
        self._centre = centre
        self._ahead = ThreadPoolExecutor(1, "page-ahead")
        self._place = Place(0)

    def run(self) -> None:
        try:
            self._place = self._file.open()
            try:
                self._catch_up()
            except StartOver:
                if not self._place.cursor:
                    raise
                self._place = self._file.begin_anew()
                self._catch_up()
            self._build_indexes()
            self._file.complete()
        finally:
            self._file.close()
            self._ahead.shutdown(wait=False, cancel_futures=True)

    def _catch_up(self) -> None:
        """Write pages until the server has no more."""
        ahead = self._ask()
        more = True
        while more:
            page = ahead.result()
            check_follows(page, self._place.cursor)
            self._place = Place(page.next_cursor, page.scope)
            if more := page.more:
                ahead = self._ask()
            self._file.write(page)
            self._tell(CopyStage.FETCHING, page.newest)

    def _ask(self) -> Future[ChangePage]:
        place = self._place
        return self._ahead.submit(lambda: self._centre.changes(place))

    def _build_indexes(self) -> None:
        for statement in self._file.missing_indexes():
            self._tell(CopyStage.INDEXING, self._place.cursor)
            self._file.build(statement)
        self._catch_up()

    def _tell(self, stage: CopyStage, newest: int) -> None:
        self._line.say(CopyProgress(stage, self._place.cursor, newest))


def _compare_file(order: Order, centre: _Centre) -> Outcome:
    """Several looks, because the desk has to have applied what the server speaks of."""
    database = Database(Path(order.file), key=bytes.fromhex(order.key), settings=FILLING)
    outcome = Outcome()
    try:
        for attempt in range(ATTEMPTS):
            if attempt:
                time.sleep(PAUSE_S)
            with database.reading() as connection:
                outcome = _compared(connection, centre)
            if outcome.compared is not Compared.UNDECIDED or not centre.knows_digests:
                break
    finally:
        database.close_connections()
    return outcome


def _compared(connection: Connection, centre: _Centre) -> Outcome:
    """Only a copy that is exactly where the server is can be compared with it."""
    row = connection.execute(select(replica.c.cursor, replica.c.scope)).one()
    if centre.changes(Place(row.cursor, row.scope), rows=1).newest != row.cursor:
        return Outcome()
    found = centre.digest()
    if found is None or found.sequence != row.cursor:
        return Outcome()
    tables = differing(connection, found)
    return Outcome(Compared.DIFFERENT if tables else Compared.SAME, tables)
