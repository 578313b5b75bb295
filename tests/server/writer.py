"""Two of many writers, as a process that may be killed at any moment.

``python -m tests.server.writer DIR URL NAME COUNT``: says a line for every act that is committed,
``+ID`` for a row written, ``-ID`` for one deleted.
"""

from __future__ import annotations

import random
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from sqlalchemy import delete, insert, update

from server.database import Database, Transaction, connect
from server.settings import Settings
from server.tables import segments

WRITERS = 2


def write(database: Database, name: str, count: int, say: Callable[[str], None]) -> None:
    """New rows, changed rows, deleted rows, several at once, and some acts that are given up."""
    chance = random.Random(name)
    mine: list[str] = []
    for n in range(count):
        act = chance.choice(["new", "new", "change", "delete", "give up"])
        row = f"{name}-{n}"
        if act == "new" or not mine:
            database.run(lambda transaction, row=row: put(transaction, row))  # type: ignore[misc]
            mine.append(row)
            say(f"+{row}")
        elif act == "change":
            rows = chance.sample(mine, min(3, len(mine)))
            database.run(lambda transaction, rows=rows, n=n: change(transaction, rows, n))  # type: ignore[misc]
        elif act == "delete":
            gone = mine.pop(chance.randrange(len(mine)))
            say(f"?{gone}")
            database.run(lambda transaction, gone=gone: drop(transaction, gone))  # type: ignore[misc]
            say(f"-{gone}")
        else:
            with suppress(ZeroDivisionError):
                database.run(lambda transaction, row=row: give_up(transaction, row))  # type: ignore[misc]


def give_up(transaction: Transaction, row: str) -> None:
    put(transaction, f"{row}-never")
    raise ZeroDivisionError


def put(transaction: Transaction, row: str) -> None:
    transaction.connection.execute(insert(segments).values(id=row, name=row, rule=""))
    transaction.changed("segments", row)


def change(transaction: Transaction, rows: list[str], n: int) -> None:
    for row in sorted(rows):
        transaction.connection.execute(
            update(segments).where(segments.c.id == row).values(rule=f"changed {n}")
        )
        transaction.changed("segments", row)


def drop(transaction: Transaction, row: str) -> None:
    transaction.connection.execute(delete(segments).where(segments.c.id == row))
    transaction.changed("segments", row)


def main(directory: Path, url: str, name: str, count: int) -> None:
    database = connect(Settings(directory, database_url=url))
    lock = threading.Lock()

    def say(line: str) -> None:
        with lock:
            sys.stdout.write(line + "\n")
            sys.stdout.flush()

    say("ready")
    sys.stdin.readline()
    threads = [
        threading.Thread(target=write, args=(database, f"{name}{n}", count, say))
        for n in range(WRITERS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    database.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]))
