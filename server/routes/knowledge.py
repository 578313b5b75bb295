"""Articles with their versions, categories, segments, notices and settings (M29, M32, step ⑨)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from server.articles import list_articles, read_article, read_versions
from server.centre_settings import read_settings
from server.notices import list_notices, read_readers
from server.ordered import list_categories, list_segments
from server.rights import Action
from server.routes.paths import existing, id_in_path, id_in_query
from server.services import InServices, allowed, answer
from server.tokens import Identity

router = APIRouter()

_ARTICLES = [Depends(allowed(Action.READ_ARTICLES))]
_SETTINGS = [Depends(allowed(Action.READ_SETTINGS))]
_READERS = [Depends(allowed(Action.EDIT_NOTICES))]
Reading = Annotated[Identity, Depends(allowed(Action.READ_NOTICES))]


@router.get("/articles", dependencies=_ARTICLES)
def articles(
    services: InServices,
    category_id: str | None = None,
    after: str | None = None,
    limit: Annotated[int, Query(ge=1, le=1_000)] = 100,
) -> Response:
    """Articles in the order of their ids, those behind ``after``."""
    wanted, behind = id_in_query("category_id", category_id), id_in_query("after", after)
    with services.database.read() as connection:
        return answer(
            {"rows": list_articles(connection, category_id=wanted, after=behind, limit=limit)}
        )


@router.get("/articles/{record}", dependencies=_ARTICLES)
def article(services: InServices, record: str) -> Response:
    with services.database.read() as connection:
        found = existing(read_article(connection, id_in_path(record)))
    return answer(found)


@router.get("/articles/{record}/versions", dependencies=_ARTICLES)
def versions(services: InServices, record: str) -> Response:
    with services.database.read() as connection:
        found = existing(read_versions(connection, id_in_path(record)))
    return answer({"rows": found})


@router.get("/categories", dependencies=_ARTICLES)
def all_categories(services: InServices) -> Response:
    with services.database.read() as connection:
        return answer({"rows": list_categories(connection)})


@router.get("/segments", dependencies=_SETTINGS)
def all_segments(services: InServices) -> Response:
    with services.database.read() as connection:
        return answer({"rows": list_segments(connection)})


@router.get("/notices")
def notices(services: InServices, identity: Reading) -> Response:
    """Every notice, the newest first, with when the one who asks has read it."""
    with services.database.read() as connection:
        return answer({"rows": list_notices(connection, identity.agent_id)})


@router.get("/notices/{record}/readers", dependencies=_READERS)
def readers(services: InServices, record: str) -> Response:
    with services.database.read() as connection:
        found = existing(read_readers(connection, id_in_path(record)))
    return answer(found)


@router.get("/settings", dependencies=_SETTINGS)
def settings(services: InServices) -> Response:
    with services.database.read() as connection:
        return answer({"rows": read_settings(connection)})
