"""The search that comes with SQLite, on the same articles: FTS5 with its trigram tokenizer."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable
from pathlib import Path

SHOWN = 20
SHORTEST = 3
"""The tokenizer knows no shorter words; those are looked for as SQLite suggests, with LIKE."""


class FullText:
    """A file of its own, as warm as its use makes it."""

    def __init__(self, path: Path, rows: Iterable[tuple[str, ...]]) -> None:
        began = time.perf_counter()
        self._database = sqlite3.connect(path)
        self._database.execute(
            "CREATE VIRTUAL TABLE articles USING fts5"
            "(title, question, answer, keywords, pinyin, initials, tokenize='trigram')"
        )
        self._database.executemany("INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?)", rows)
        self._database.execute("INSERT INTO articles (articles) VALUES ('optimize')")
        self._database.commit()
        self.built_s = time.perf_counter() - began

    def search(self, text: str) -> tuple[float, int]:
        """Milliseconds, and how many rows came back (at most 20)."""
        began = time.perf_counter_ns()
        if len(text) >= SHORTEST:
            rows = self._database.execute(
                "SELECT rowid, title FROM articles WHERE articles MATCH ? ORDER BY rank LIMIT ?",
                ('"' + text.replace('"', '""') + '"', SHOWN),
            ).fetchall()
        else:
            like = f"%{text}%"
            rows = self._database.execute(
                "SELECT rowid, title FROM articles WHERE title LIKE ? OR keywords LIKE ?"
                " OR initials LIKE ? LIMIT ?",
                (like, like, like, SHOWN),
            ).fetchall()
        return (time.perf_counter_ns() - began) / 1e6, len(rows)

    def places(self, text: str, limit: int) -> list[int]:
        """Which rows (counted from 0) answer best when any trigram of the text may match."""
        parts = {text[at : at + SHORTEST] for at in range(len(text) - SHORTEST + 1)} or {text}
        asked = " OR ".join('"' + part.replace('"', '""') + '"' for part in sorted(parts))
        rows = self._database.execute(
            "SELECT rowid FROM articles WHERE articles MATCH ? ORDER BY rank LIMIT ?",
            (asked, limit),
        ).fetchall()
        return [row - 1 for (row,) in rows]

    def close(self) -> None:
        self._database.close()
