"""Files that belong to an article: forms, tables, the law's own text (M29, step ⑨).

What a file is, its name and its first bytes must agree on; nothing that a viewer would run is
taken, so no pages and no drawings with script. A version has the files that it had when it was
published, for ever: they come and go with drafts (``server.draft_files``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath

from sqlalchemy import Connection, insert, select

from server import fields
from server.database import Transaction
from server.errors import ApiError
from server.ids import uuid7
from server.tables import attachment_files, attachments

SIZE_MAX = 20 * 1024 * 1024
PER_ARTICLE = 20
NAME_MAX = 200
FACTS = ("id", "name", "media_type", "size", "digest")
"""What is said of a file besides its content."""

_ZIP = b"PK\x03\x04"
_OFFICE = "application/vnd.openxmlformats-officedocument."
KINDS: Mapping[str, tuple[str, bytes]] = {
    ".pdf": ("application/pdf", b"%PDF-"),
    ".png": ("image/png", b"\x89PNG\r\n\x1a\n"),
    ".jpg": ("image/jpeg", b"\xff\xd8\xff"),
    ".jpeg": ("image/jpeg", b"\xff\xd8\xff"),
    ".docx": (f"{_OFFICE}wordprocessingml.document", _ZIP),
    ".xlsx": (f"{_OFFICE}spreadsheetml.sheet", _ZIP),
    ".pptx": (f"{_OFFICE}presentationml.presentation", _ZIP),
    ".txt": ("text/plain", b""),
    ".csv": ("text/csv", b""),
}
"""By the end of the name: the media type, and how such a file begins."""


@dataclass(frozen=True, slots=True)
class File:
    """A file as it was sent."""

    name: str
    content: bytes


def keep_file(connection: Connection, file: File) -> dict[str, object]:
    """Keep the bytes; returns its facts. Raises ApiError 415 for a kind that is not taken."""
    name = plain_name(file.name)
    facts: dict[str, object] = {
        "id": uuid7(), "name": name, "media_type": kind_of(name, file.content),
        "size": len(file.content), "digest": hashlib.sha256(file.content).hexdigest(),
    }  # fmt: skip
    connection.execute(insert(attachment_files).values(**facts, content=file.content))
    return facts


def attach(transaction: Transaction, article_id: str, facts: Mapping[str, object]) -> None:
    """The version in force has this file from now on."""
    row = {name: facts[name] for name in FACTS}
    transaction.connection.execute(insert(attachments).values(**row, article_id=article_id))
    transaction.changed("attachments", str(row["id"]))


def files_of(connection: Connection, article_id: str) -> list[dict[str, object]]:
    """The facts of the files that the version in force has, by name."""
    rows = connection.execute(
        select(*(attachments.c[name] for name in FACTS))
        .where(attachments.c.article_id == article_id)
        .order_by(attachments.c.name, attachments.c.id)
    )
    return [{name: row._mapping[name] for name in FACTS} for row in rows]


def read_file(connection: Connection, file_id: str) -> File | None:
    row = connection.execute(
        select(attachment_files.c.name, attachment_files.c.content).where(
            attachment_files.c.id == file_id
        )
    ).one_or_none()
    return None if row is None else File(row.name, row.content)


def plain_name(name: str) -> str:
    """The file's own name, without folders. Raises RejectedError, ApiError 400."""
    own = PurePosixPath(PureWindowsPath(fields.text("name", name, longest=NAME_MAX)).name).name
    shown = "".join(mark for mark in own if mark.isprintable()).strip()
    if not shown:
        raise ApiError(400, "bad-request", "The file needs a name.")
    return shown


def kind_of(name: str, content: bytes) -> str:
    """The media type. Raises ApiError 415 ``not-taken``."""
    ending = PurePosixPath(name.lower()).suffix
    if ending not in KINDS:
        raise ApiError(415, "not-taken", f"Files are taken that end in {', '.join(KINDS)}.")
    media_type, begin = KINDS[ending]
    if not content.startswith(begin) or (not begin and b"\0" in content):
        raise ApiError(415, "not-taken", f"The file is not what its name says ({ending}).")
    return media_type
