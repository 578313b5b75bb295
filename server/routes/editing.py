"""Files of articles, and who was told an answer that has changed (M29, step ⑨)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, TypeVar
from urllib.parse import quote

from anyio import to_thread
from fastapi import APIRouter, Depends, Query, Request, Response

from server import fields
from server.attachments import SIZE_MAX, File, read_file
from server.audit import Audited, record, saw
from server.database import Transaction
from server.draft_files import DraftFiles, is_unpublished, list_files
from server.rights import Action, may, require
from server.routes.paths import existing, id_in_path
from server.scope import is_practice
from server.services import InServices, Services, allowed, answer
from server.tokens import Identity
from server.told import Asked, read_told
from server.uploads import receive_whole

router = APIRouter()

Changed = TypeVar("Changed")
Writing = Annotated[Identity, Depends(allowed(Action.EDIT_ARTICLES))]
Reviewing = Annotated[Identity, Depends(allowed(Action.REVIEW_ARTICLES))]
Reading = Annotated[Identity, Depends(allowed(Action.READ_ARTICLES))]
Asking = Annotated[Identity, Depends(allowed(Action.READ_TOLD))]


@router.get("/drafts/{draft_id}/files")
def files(services: InServices, _identity: Reviewing, draft_id: str) -> Response:
    """What the version will have that the draft becomes, and what leaves with it."""
    wanted = id_in_path(draft_id)
    with services.database.read() as connection:
        return answer({"rows": list_files(connection, wanted)})


@router.post("/drafts/{draft_id}/files")
async def new_file(
    request: Request, services: InServices, identity: Writing, draft_id: str, name: str
) -> Response:
    """Keep the body as a file of the draft; 201 with its row."""
    file = File(name, await receive_whole(request, most_bytes=SIZE_MAX))

    def add(draft: DraftFiles) -> dict[str, object]:
        return draft.add(file)

    row = await to_thread.run_sync(lambda: _change(services, identity, draft_id, "added", add))
    return answer(row, 201)


@router.delete("/drafts/{draft_id}/files/{file_id}")
def gone_file(services: InServices, identity: Writing, draft_id: str, file_id: str) -> Response:
    """The next version will not have it."""
    wanted = id_in_path(file_id)
    _change(services, identity, draft_id, "removed", lambda draft: draft.remove(wanted))
    return Response(status_code=204)


@router.put("/drafts/{draft_id}/files/{file_id}")
def kept_file(services: InServices, identity: Writing, draft_id: str, file_id: str) -> Response:
    """The next version will have it after all."""
    wanted = id_in_path(file_id)
    _change(services, identity, draft_id, "kept", lambda draft: draft.keep(wanted))
    return Response(status_code=204)


def _change(
    services: Services, identity: Identity, draft_id: str, what: str,
    act: Callable[[DraftFiles], Changed],
) -> Changed:  # fmt: skip
    """In one transaction with its entry in the audit."""
    wanted = id_in_path(draft_id)

    def run(transaction: Transaction) -> Changed:
        draft = DraftFiles(transaction, wanted, author=identity, now_s=services.clock())
        done = act(draft)
        record(
            transaction, identity=identity, action=Audited.CHANGE, table="article_drafts",
            record=wanted, detail={"file": what},
        )  # fmt: skip
        return done

    return services.database.run(run)


@router.get("/attachments/{record_id}")
def attachment(services: InServices, identity: Reading, record_id: str) -> Response:
    """The file itself, never as a page of this server; one that only a draft has is for those who
    review drafts."""
    wanted = id_in_path(record_id)
    with services.database.read() as connection:
        file = existing(read_file(connection, wanted))
        if is_unpublished(connection, wanted) and not is_practice(connection):
            require(identity.role, Action.REVIEW_ARTICLES)
    saw(services.database, identity, table="attachments", records=[wanted], by="opened")
    name = quote(file.name, safe="")
    return Response(
        file.content,
        media_type="application/octet-stream",
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{name}",
            "X-Content-Type-Options": "nosniff",
        },
    )


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
