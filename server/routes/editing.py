"""Files of articles, and who was told an answer that has changed (M29, step ⑨)."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from anyio import to_thread
from fastapi import APIRouter, Depends, Query, Request, Response

from server import fields
from server.attachments import (
    SIZE_MAX,
    File,
    add_attachment,
    read_attachment,
    read_content,
    remove_attachment,
)
from server.audit import Audited, record, saw
from server.database import Transaction
from server.rights import Action, may
from server.routes.paths import existing, id_in_path, not_found
from server.services import InServices, Services, allowed, answer
from server.tokens import Identity
from server.told import Asked, read_told
from server.uploads import receive_whole

router = APIRouter()

Writing = Annotated[Identity, Depends(allowed(Action.EDIT_ARTICLES))]
Reading = Annotated[Identity, Depends(allowed(Action.READ_ARTICLES))]
Asking = Annotated[Identity, Depends(allowed(Action.READ_TOLD))]


@router.post("/articles/{article_id}/attachments")
async def new_attachment(
    request: Request, services: InServices, identity: Writing, article_id: str, name: str
) -> Response:
    """Keep the body as a file of the article; 201 with its row."""
    wanted = id_in_path(article_id)
    file = File(name, await receive_whole(request, most_bytes=SIZE_MAX))

    def add(transaction: Transaction) -> dict[str, object]:
        row = add_attachment(transaction, wanted, file)
        record(
            transaction, identity=identity, action=Audited.CHANGE, table="attachments",
            record=str(row["id"]), detail={"article": wanted, "added": True},
        )  # fmt: skip
        return row

    return answer(await to_thread.run_sync(lambda: services.database.run(add)), 201)


@router.get("/attachments/{record_id}")
def attachment(services: InServices, identity: Reading, record_id: str) -> Response:
    """The file itself, never as a page of this server."""
    wanted = id_in_path(record_id)
    with services.database.read() as connection:
        row = read_attachment(connection, wanted)
        content = None if row is None else read_content(connection, wanted)
    if row is None or content is None:
        raise not_found()
    saw(services.database, identity, table="attachments", records=[wanted], by="opened")
    name = quote(str(row["name"]), safe="")
    return Response(
        content,
        media_type="application/octet-stream",
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{name}",
            "X-Content-Type-Options": "nosniff",
        },
    )


@router.delete("/attachments/{record_id}")
def gone_attachment(services: InServices, identity: Writing, record_id: str) -> Response:
    """Take a file away from its article."""
    wanted = id_in_path(record_id)

    def remove(transaction: Transaction) -> bool:
        done = remove_attachment(transaction, wanted)
        if done:
            record(
                transaction, identity=identity, action=Audited.CHANGE, table="attachments",
                record=wanted, detail={"removed": True},
            )  # fmt: skip
        return done

    if not services.database.run(remove):
        raise not_found()
    return Response(status_code=204)


@router.get("/articles/{article_id}/told")
def told(
    services: InServices,
    identity: Asking,
    article_id: str,
    before_version: Annotated[int, Query(ge=1, le=fields.VERSION_MAX)],
    before: str = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Response:
    """Who was told an older version, the newest first; whom it was, for those who may know."""
    wanted = id_in_path(article_id)
    asked = Asked(
        wanted, before_version, fields.text("before", before), limit,
        people=may(identity.role, Action.READ_CUSTOMERS),
    )  # fmt: skip
    with services.database.read() as connection:
        found = existing(read_told(connection, asked))
    _note_seen(services, identity, found["rows"])
    return answer(found)


def _note_seen(services: Services, identity: Identity, rows: object) -> None:
    people = [row["customer_id"] for row in rows] if isinstance(rows, list) else []
    known = sorted({str(one) for one in people if one})
    saw(services.database, identity, table="customers", records=known, by="told an old answer")
