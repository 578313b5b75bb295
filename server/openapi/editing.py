"""Routes of articles' files and of who was told an old answer (M43)."""

from __future__ import annotations

from server import attachments, fields
from server.openapi.parts import (
    ID,
    NOT_FOUND,
    TIME,
    YES_NO,
    Answer,
    Body,
    Endpoint,
    Query,
    many,
    one_of,
    or_null,
    text,
    thing,
    whole,
)
from server.openapi.records import limit
from server.openapi.rows import FILE
from server.rights import Action

_FILE = thing({**FILE, "change": one_of("", "added", "removed")})
_ADDED: dict[str, object] = {
    "id": "01910000-0000-7000-8000-0000000000bb", "name": "表格.txt",
    "media_type": "text/plain", "size": 5,
    "digest": "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",
    "change": "added",
}  # fmt: skip
_TOLD = thing(
    {
        "interaction_id": ID, "started_at": TIME, "agent_id": ID, "agent_name": text(),
        "customer_id": or_null(ID), "customer_name": text(), "number": text(),
        "version": whole(),
        "corrected_at": {**or_null(TIME), "description": "was told the newer answer then"},
    }
)  # fmt: skip

ENDPOINTS = (
    Endpoint(
        "GET", "/drafts/{draft_id}/files", "The files of a draft and of its article",
        Action.REVIEW_ARTICLES,
        Answer("By name; `change` is what publishing the draft does to each.",
               thing({"rows": many(_FILE)}), {"rows": [_ADDED]}),
        errors=NOT_FOUND,
    ),
    Endpoint(
        "POST", "/drafts/{draft_id}/files", "Keep a file with a draft",
        Action.EDIT_ARTICLES,
        Answer("The file's row.", _FILE, _ADDED, status=201),
        body=Body(text(), "hello", media=("application/octet-stream",)),
        query=(
            Query("name", text(attachments.NAME_MAX, 1), "with its ending", "表格.txt", True),
        ),
        errors={**NOT_FOUND, 409: ["too-many", "not-writable"], 415: ["not-taken"]},
        more=(
            f"At most {attachments.SIZE_MAX} bytes and {attachments.PER_ARTICLE} files an article;"
            f" taken are {', '.join(attachments.KINDS)}, when they begin as such files do. Agents"
            " see it once the draft is published; who brings it is the draft's author from then on."
        ),
    ),
    Endpoint(
        "DELETE", "/drafts/{draft_id}/files/{file_id}", "Let the next version not have a file",
        Action.EDIT_ARTICLES, Answer("One that the draft brought is gone.", status=204),
        errors={**NOT_FOUND, 409: ["not-writable"]},
    ),
    Endpoint(
        "PUT", "/drafts/{draft_id}/files/{file_id}", "Let the next version have it after all",
        Action.EDIT_ARTICLES, Answer("It stays.", status=204),
        errors={**NOT_FOUND, 409: ["not-writable"]},
    ),
    Endpoint(
        "GET", "/attachments/{record_id}", "The file itself", Action.READ_ARTICLES,
        Answer("Its bytes.", text(), "hello", media="application/octet-stream"),
        errors=NOT_FOUND,
        more="Also one that only an older version has. Written into the audit.",
    ),
    Endpoint(
        "GET", "/articles/{article_id}/told", "Who was told an older version",
        Action.READ_TOLD,
        Answer(
            "How many calls, by which agents, and the calls themselves, the newest first;"
            " `rows` is empty for a role without customers (`people` false). `next` goes into"
            " `before` for more, empty at the end.",
            thing({
                "total": whole(),
                "agents": many(thing({"agent_id": ID, "agent_name": text(), "calls": whole()})),
                "people": YES_NO, "rows": many(_TOLD), "next": text(),
            }),
            {"total": 1, "agents": [{"agent_id": "agent-1001", "agent_name": "李娜", "calls": 1}],
             "people": True, "next": "",
             "rows": [{"interaction_id": "i1", "started_at": "2026-05-04T03:02:01Z",
                       "agent_id": "agent-1001", "agent_name": "李娜", "customer_id": "c1",
                       "customer_name": "张伟", "number": "+8613800138000", "version": 1,
                       "corrected_at": None}]},
        ),
        query=(
            Query("before_version", whole(1, fields.VERSION_MAX), "versions older than this one",
                  2, True),
            Query("before", text(fields.LINE_MAX), "the `next` of the page before", ""),
            limit(50, 200),
        ),
        errors=NOT_FOUND,
    ),
)  # fmt: skip
