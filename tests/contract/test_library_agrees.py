"""History and files of an article: what the server keeps is what a seat can read."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

import pytest
import requests

from agent_app.domain.ids import uuid7
from sync.library import CentreLibrary
from sync.wire import TABLES, Operation, OperationKind, Outcome
from tests.contract.centre import Seat, serving, tell

PDF = b"%PDF-1.7 \x00\xff"


@pytest.mark.processes
def test_an_articles_versions_and_files_come_to_the_seat(tmp_path: Path) -> None:
    async def story(url: str) -> None:
        editor = Seat(url)
        editor.auth.sign_in("1009", "practice")
        article_id, version = _first_article(editor)
        results = await editor.remote.operations([_edit(editor, article_id, version)])
        assert [one.outcome for one in results] == [Outcome.APPLIED]
        sent = editor.auth.call(lambda token: _send(url, token, article_id))
        library = CentreLibrary(api=editor.api, auth=editor.auth)
        new, old = await library.versions(article_id)
        assert (new.version, old.version) == (version + 1, version)
        assert new.article["answer"] == "新的口径"
        assert old.article["answer"] != "新的口径"
        assert new.author_name
        assert datetime.fromisoformat(new.saved_at).tzinfo is not None
        content = await library.attachment(str(sent["id"]))
        assert content == PDF
        assert sent["digest"] == hashlib.sha256(content).hexdigest()
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


def _send(url: str, token: str, article_id: str) -> dict[str, object]:
    answer = requests.post(
        f"{url}/api/v1/articles/{article_id}/attachments",
        params={"name": "标准.pdf"},
        data=PDF,
        headers={"Authorization": f"Bearer {token}"},
        timeout=20,
    )
    assert answer.status_code == 201, answer.text
    found = answer.json()
    assert isinstance(found, dict)
    return found
