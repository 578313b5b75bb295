"""History and files of an article: what the server keeps is what a seat can read."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from agent_app.domain.ids import uuid7
from sync.library import CentreLibrary
from sync.told import KnowledgeServer
from sync.wire import TABLES, Operation, OperationKind, Outcome
from tests.contract.centre import Seat, serving, tell

PDF = b"%PDF-1.7 \x00\xff"


@pytest.mark.processes
def test_an_articles_versions_and_files_come_to_the_seat(tmp_path: Path) -> None:
    async def story(url: str) -> None:
        editor = Seat(url)
        editor.auth.sign_in("1009", "practice")
        article_id, version = _first_article(editor)
        edit = _edit(editor, article_id, version)
        draft = replace(
            edit, id=uuid7(), record=uuid7(), kind=OperationKind.SAVE_DRAFT,
            payload={"article_id": article_id, "base_version": version}, base={},
        )  # fmt: skip
        results = await editor.remote.operations([edit, draft])
        assert [one.outcome for one in results] == [Outcome.APPLIED] * 2
        centre = KnowledgeServer(api=editor.api, auth=editor.auth)
        await centre.add_file(draft.record, "标准.pdf", PDF)
        [sent] = await centre.draft_files(draft.record)
        centre.stop()
        library = CentreLibrary(api=editor.api, auth=editor.auth)
        new, old = await library.versions(article_id)
        assert (new.version, old.version) == (version + 1, version)
        assert new.article["answer"] == "新的口径"
        assert old.article["answer"] != "新的口径"
        assert new.author_name
        assert datetime.fromisoformat(new.saved_at).tzinfo is not None
        content = await library.attachment(sent.file_id)
        assert content == PDF
        assert sent.digest == hashlib.sha256(content).hexdigest()
        library.stop()
        editor.remote.close()

    tell(serving(tmp_path), story)


def _first_article(seat: Seat) -> tuple[str, int]:
    page = seat.auth.call(lambda token: seat.api.changes(0, 5_000, token))
    row = dict(zip(TABLES["articles"], page.rows["articles"][0], strict=True))
    return str(row["id"]), int(str(row["version"]))


def _edit(seat: Seat, article_id: str, version: int) -> Operation:
    session = seat.auth.session
    assert session is not None
    return Operation(
        id=uuid7(),
        kind=OperationKind.SAVE_ARTICLE,
        record=article_id,
        author=session.agent_id,
        made_at="2026-11-21T08:00:00Z",
        payload={"answer": "新的口径"},
        base={"answer": version},
    )
