"""Files that belong to an article: forms, tables, the law's own text (M29, step ⑨).

What a file is, its name and its first bytes must agree on; nothing that a viewer would run is
taken, so no pages and no drawings with script.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath

from sqlalchemy import Connection, delete, func, insert, select

from server import fields
from server.database import Transaction
from server.errors import ApiError
from server.ids import uuid7
from server.tables import WIRE_COLUMNS, articles, attachment_files, attachments

SIZE_MAX = 20 * 1024 * 1024
PER_ARTICLE = 20
NAME_MAX = 200

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


def add_attachment(transaction: Transaction, article_id: str, file: File) -> dict[str, object]:
    """Keep a file with its article; the row as the wire has it.

    Raises ApiError 404, 409 when there are enough, 415 for a kind of file that is not taken.
    """
    connection = transaction.connection
    held = select(articles.c.id).where(articles.c.id == article_id).with_for_update()
    if connection.execute(held).first() is None:
        raise ApiError(404, "not-found", "There is no such article.")
    name = plain_name(file.name)
    media_type = kind_of(name, file.content)
    many = select(func.count()).where(attachments.c.article_id == article_id)
    if connection.execute(many).scalar_one() >= PER_ARTICLE:
        raise ApiError(409, "too-many", f"An article has at most {PER_ARTICLE} files.")
    row: dict[str, object] = {
        "id": uuid7(), "article_id": article_id, "name": name, "media_type": media_type,
        "size": len(file.content), "digest": hashlib.sha256(file.content).hexdigest(),
    }  # fmt: skip
    connection.execute(insert(attachments).values(**row))
    connection.execute(insert(attachment_files).values(id=row["id"], content=file.content))
    transaction.changed("attachments", str(row["id"]))
    return row


def remove_attachment(transaction: Transaction, attachment_id: str) -> bool:
    """False when there is none."""
    gone = select(attachments.c.id).where(attachments.c.id == attachment_id)
    if transaction.connection.execute(gone).first() is None:
        return False
    transaction.connection.execute(
        delete(attachment_files).where(attachment_files.c.id == attachment_id)
    )
    transaction.connection.execute(delete(attachments).where(attachments.c.id == attachment_id))
    transaction.changed("attachments", attachment_id)
    return True


def read_attachment(connection: Connection, attachment_id: str) -> dict[str, object] | None:
    """The row as the wire has it."""
    columns = [attachments.c[name] for name in WIRE_COLUMNS["attachments"]]
    row = connection.execute(
        select(*columns).where(attachments.c.id == attachment_id)
    ).one_or_none()
    return None if row is None else dict(row._mapping)


def read_content(connection: Connection, attachment_id: str) -> bytes | None:
    content: bytes | None = connection.execute(
        select(attachment_files.c.content).where(attachment_files.c.id == attachment_id)
    ).scalar_one_or_none()
    return content


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
