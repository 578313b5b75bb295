"""The files of the sample centre's articles, put together from their lines (step ⑨)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

from server.attachments import kind_of

Row = tuple[object, ...]


def file_rows(files: Sequence[dict[str, Any]], notice: str) -> Iterator[tuple[Row, Row]]:
    """A row of ``attachments`` and one of ``attachment_files`` for each; ``notice``, which says
    that all of it is invented, is each file's last line."""
    for number, file in enumerate(files, 1):
        text = "\r\n".join((*file["lines"], "", notice, ""))
        content = text.encode("utf-8-sig")  # spreadsheets take it for the system's own otherwise
        name: str = file["name"]
        digest = hashlib.sha256(content).hexdigest()
        facts = (name, kind_of(name, content), len(content), digest)
        file_id = f"01930000-0000-7000-8000-{number:012x}"
        yield (file_id, file["article"], *facts), (file_id, *facts, content)
