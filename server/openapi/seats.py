"""Routes that keep a seat going: sign-in, changes, operations, events, live calls (M43)."""

from __future__ import annotations

from server import fields
from server.directory import STATES as PRESENCES
from server.live_calls import REVISION_MAX
from server.live_calls import STATES as LEG_STATES
from server.openapi.operations import EXAMPLE
from server.openapi.parts import (
    ID,
    TIME,
    YES_NO,
    Answer,
    Body,
    Endpoint,
    Query,
    Schema,
    many,
    one_of,
    or_null,
    ref,
    text,
    thing,
    whole,
)
from server.openapi.rows import QUOTE
from server.rights import Action

_NO_BODY = Answer("Done.", status=204)
LOGIN_MAX, PASSWORD_MAX, TOKEN_MAX, DEVICE_MAX = 64, 1_024, 256, 200
CURSOR_MAX = 2**53

SIGNED_IN_AGENT = thing(
    {"id": ID, "login": text(), "name": text(), "extension": text(), "role": text()}
)
OTHERS: Schema = {
    **many(thing({"device": text(), "started_at": TIME, "seen_at": TIME})),
    "description": "live sign-ins of the same agent elsewhere",
}
SESSION = thing(
    {
        "agent": SIGNED_IN_AGENT,
        "role": text(),
        "access_token": text(),
        "access_expires_s": whole(),
        "refresh_token": text(),
        "server_time": TIME,
        "others": OTHERS,
    }
)
_SESSION: dict[str, object] = {
    "agent": {"id": "agent-1001", "login": "1001", "name": "李娜", "extension": "1001",
              "role": "agent"},
    "role": "agent", "access_token": "eyJ…", "access_expires_s": 900, "refresh_token": "0kd…",
    "server_time": "2026-05-04T03:02:01.123Z", "others": [],
}  # fmt: skip

SIGNING_IN = (
    Endpoint(
        "GET", "/health", "Is the server there, and which wire does it speak", None,
        Answer("It is.", thing({"status": text(), "version": text(), "wire": whole(1)}),
               {"status": "ok", "version": "1.0", "wire": 1}),
    ),
    Endpoint(
        "GET", "/openapi.json", "This document", None,
        Answer("OpenAPI 3.1.", {"type": "object"}, {"openapi": "3.1.0"}),
    ),
    Endpoint(
        "POST", "/sign-in", "Begin a session", None,
        Answer("The session.", ref("Session"), _SESSION),
        body=Body(
            thing({"login": text(LOGIN_MAX), "password": text(PASSWORD_MAX),
                   "device": text(DEVICE_MAX)}, optional=["device"]),
            {"login": "1001", "password": "correct horse battery", "device": "desk-7"},
        ),
        errors={401: ["wrong-credentials"], 429: ["locked-out"]},
        more="Repeated failures are answered 429 with Retry-After.",
    ),
    Endpoint(
        "POST", "/refresh", "A new access token for a refresh token", None,
        Answer("The session goes on.", ref("Session"), _SESSION),
        body=Body(thing({"refresh_token": text(TOKEN_MAX)}), {"refresh_token": "0kd…"}),
        errors={401: ["refresh-invalid", "session-ended"]},
        more="A refresh token is good once; one that comes again ends its session.",
    ),
    Endpoint(
        "POST", "/sign-out", "End the session of a refresh token", None, _NO_BODY,
        body=Body(thing({"refresh_token": text(TOKEN_MAX)}), {"refresh_token": "0kd…"}),
    ),
)  # fmt: skip

_PAGE = thing(
    {
        "tables": {
            "type": "object",
            "additionalProperties": thing({
                "columns": many(text()), "rows": many({"type": "array"}), "deleted": many(ID),
            }),
        },
        "next": whole(),
        "newest": whole(),
        "more": YES_NO,
        "scope": text(),
    }
)  # fmt: skip

FEED = (
    Endpoint(
        "GET", "/changes", "A page of changes after a cursor", Action.READ_CHANGES,
        Answer(
            "Each changed row once, as it is now; `next` is the next cursor, `scope` is sent back"
            " with it.",
            _PAGE,
            {"tables": {"segments": {"columns": ["id", "name", "rule"],
                                     "rows": [["s1", "一般", ""]], "deleted": []}},
             "next": 7, "newest": 7, "more": False, "scope": "5f1c.0"},
        ),
        query=(
            Query("after", whole(0, CURSOR_MAX), "the last cursor, 0 for everything", 0, True),
            Query("limit", {**whole(1), "default": 5_000}, "at most so many changes", 500),
            Query("scope", text(100), "the text of the page before", ""),
        ),
        errors={409: ["scope-changed", "cursor-ahead", "cursor-too-old"]},
        more="What a role may keep is the server's decision. After each 409 a seat starts at 0.",
    ),
    Endpoint(
        "GET", "/digest", "What the tables amount to, to find silent drift", Action.READ_CHANGES,
        Answer(
            "Digests of the tables the role may keep, at one sequence number.",
            thing({
                "sequence": whole(),
                "tables": {
                    "type": "object",
                    "additionalProperties": thing(
                        {"rows": whole(), "digest": text(pattern="^[0-9a-f]+$")}
                    ),
                },
            }),
            {"sequence": 7, "tables": {"segments": {"rows": 1, "digest": "00c0ffee00c0ffee"}}},
        ),
        query=(Query("tables", text(500), "names with commas; empty: all", "segments"),),
    ),
    Endpoint(
        "POST", "/operations", "Deliver what agents did, each exactly once",
        Action.SEND_OPERATIONS,
        Answer(
            "A result for each operation, in their order.",
            thing({"results": many(ref("OperationResult"))}),
            {"results": [{"id": EXAMPLE["id"], "outcome": "applied", "reason": "", "version": 4,
                          "server": {}}]},
        ),
        body=Body(
            {**thing({"operations": many(ref("Operation"), 100)}), "additionalProperties": True},
            {"operations": [EXAMPLE]},
        ),
        errors={413: ["too-large"], 408: ["too-slow"]},
        more="One that cannot be applied is answered in words and stops nobody.",
    ),
    Endpoint(
        "GET", "/events", "Server-sent events: something has changed", Action.READ_CHANGES,
        Answer(
            'A stream: `event: changed` with `{"newest": N}`, at most ten a second;'
            ' `event: session` with `{"kind": "ended", "wipe"}` or'
            ' `{"kind": "second-sign-in", "device", "at"}`; a comment line now and then.',
            text(), 'event: changed\ndata: {"newest": 7}\n\n', media="text/event-stream",
        ),
        query=(
            Query("pages", one_of("1"), "with `event: page`: few changes come along", "1"),
        ),
    ),
)  # fmt: skip

ATTACHMENT = thing(
    {
        "customer_id": or_null(ID), "customer_name": text(fields.LINE_MAX),
        "category_id": or_null(ID), "question": text(fields.TEXT_MAX),
        "answer": text(fields.TEXT_MAX), "basis": text(fields.TEXT_MAX),
        "follow_up": text(fields.TEXT_MAX), "quotes": many(QUOTE, fields.QUOTES_MAX),
    },
    optional=["customer_id", "customer_name", "category_id", "question", "answer", "basis",
              "follow_up", "quotes"],
)  # fmt: skip
_LEG: dict[str, Schema] = {
    "call_id": text(fields.LINE_MAX, 1), "state": one_of(*LEG_STATES),
    "direction": one_of("incoming", "outgoing"), "name": text(fields.LINE_MAX),
    "number": text(fields.LINE_MAX), "queue": text(fields.LINE_MAX),
    "menu_path": text(fields.LINE_MAX), "dialled": text(fields.LINE_MAX),
    "waited_s": or_null(whole(most=fields.SECONDS_MAX)), "started_at": TIME,
    "attachment": ATTACHMENT, "revision": whole(most=REVISION_MAX),
}  # fmt: skip
_WRITTEN: dict[str, object] = {
    "call_id": "1700000000.42", "state": "ringing", "direction": "incoming",
    "started_at": "2026-05-04T03:02:01Z", "revision": 1_777_000_000_000,
}  # fmt: skip
_READ: dict[str, object] = {
    **_WRITTEN, "interaction_id": "i1",
    "agent": {"id": "agent-1001", "name": "李娜", "extension": "1001"}, "name": "", "number": "",
    "queue": "", "menu_path": "", "dialled": "", "waited_s": None, "attachment": {},
}  # fmt: skip

LIVE = (
    Endpoint(
        "PUT", "/legs/{leg_id}", "What one agent's leg of a call is now", Action.TAKE_CALLS,
        Answer("The revision that is kept.", thing({"revision": whole()}), {"revision": 1}),
        body=Body(
            thing(_LEG, optional=["name", "number", "queue", "menu_path", "dialled", "waited_s",
                                  "attachment"]),
            _WRITTEN,
        ),
        errors={403: ["not-yours"]},
        more="Of two writes the higher revision stays.",
    ),
    Endpoint(
        "GET", "/legs", "The legs of one call, or the calls that ring at colleagues",
        Action.TAKE_CALLS,
        Answer("Legs; who began last stands first.", thing({"legs": many(ref("Leg"))}),
               {"legs": [_READ]}),
        query=(
            Query("call_id", text(fields.LINE_MAX), "the exchange's name of the call",
                  "1700000000.42"),
            Query("state", one_of("ringing"), "instead of a call: all that ring", "ringing"),
        ),
    ),
    Endpoint(
        "PUT", "/presence", "What the one who asks does now", Action.SHOW_PRESENCE, _NO_BODY,
        body=Body(thing({"state": one_of(*PRESENCES), "since": TIME}),
                  {"state": "ready", "since": "2026-05-04T03:02:01Z"}),
        errors={403: ["not-yours"]},
    ),
    Endpoint(
        "GET", "/directory", "Who may be called, and the queues", Action.READ_DIRECTORY,
        Answer(
            "Agents by extension, queues in their order.",
            thing({
                "agents": many(thing({"id": ID, "name": text(), "extension": text(),
                                      "state": one_of(*PRESENCES), "since": text()})),
                "queues": many(thing({"name": text(), "number": text()})),
            }),
            {"agents": [{"id": "agent-1001", "name": "李娜", "extension": "1001",
                         "state": "ready", "since": "2026-05-04T03:02:01Z"}], "queues": []},
        ),
    ),
)  # fmt: skip

SCHEMAS: dict[str, Schema] = {
    "Session": SESSION,
    "Leg": thing(
        {
            **_LEG, "interaction_id": ID,
            "agent": thing({"id": ID, "name": text(), "extension": text()}),
        }
    ),
}  # fmt: skip

ENDPOINTS = (*SIGNING_IN, *FEED, *LIVE)
