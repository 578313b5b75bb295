"""Routes of accounts, sessions and the audit (M42, M43)."""

from __future__ import annotations

from server import fields
from server.audit import Audited
from server.openapi.parts import (
    ANY_OBJECT,
    ID,
    NOT_FOUND,
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
from server.openapi.records import limit
from server.openapi.seats import LOGIN_MAX, OTHERS, PASSWORD_MAX, SIGNED_IN_AGENT
from server.rights import Action, Role

_ENTRY = thing(
    {
        "id": text(), "at": TIME, "agent_id": text(), "agent_name": text(), "session_id": text(),
        "action": one_of(*Audited), "table": text(), "record": text(), "detail": ANY_OBJECT,
    }
)  # fmt: skip

AUDIT = (
    Endpoint(
        "GET", "/audit", "Who did what, the newest first", Action.READ_AUDIT,
        Answer(
            "Entries that fit all conditions; `next` goes into `before` for more, empty at the"
            " end.",
            thing({"rows": many(_ENTRY), "next": text()}),
            {"rows": [{"id": "01990000-0000-7000-8000-000000000001",
                       "at": "2026-05-04T03:02:01.000001Z", "agent_id": "agent-1001",
                       "agent_name": "李娜", "session_id": "s", "action": "reveal",
                       "table": "customers", "record": "c1",
                       "detail": {"field": "id_number", "reason": "refund"}}], "next": ""},
        ),
        query=(
            Query("table", text(fields.LINE_MAX), "about rows of this table", "customers"),
            Query("record", text(fields.LINE_MAX), "about this record", "c1"),
            Query("agent_id", text(fields.LINE_MAX), "by this agent", "agent-1001"),
            Query("before", text(fields.LINE_MAX), "older than this entry", ""),
            limit(100, 1_000),
        ),
        more="That the audit was read is itself an entry.",
    ),
)  # fmt: skip

_ACCOUNT: dict[str, Schema] = {
    "id": ID, "login": text(), "name": text(), "extension": text(), "role": one_of(*Role),
    "skills": many(text()), "disabled": YES_NO,
}  # fmt: skip
_EXAMPLE: dict[str, object] = {
    "id": "agent-1001", "login": "1001", "name": "李娜", "extension": "1001", "role": "agent",
    "skills": ["tax"], "disabled": False,
}  # fmt: skip
_CHANGES: dict[str, Schema] = {
    "name": text(60, 1), "extension": text(16, pattern="^[0-9]*$"), "role": one_of(*Role),
    "skills": {**many(text(32, 1), 50), "uniqueItems": True}, "disabled": YES_NO,
}  # fmt: skip
_PASSWORD = text(PASSWORD_MAX, description="ten characters at least, and not a common one")

AGENTS = (
    Endpoint(
        "GET", "/agents", "Every account, also closed ones", Action.READ_AGENTS,
        Answer("By login; `live` counts sessions that did not end.",
               thing({"rows": many(thing({**_ACCOUNT, "live": whole()}))}),
               {"rows": [{**_EXAMPLE, "live": 1}]}),
    ),
    Endpoint(
        "POST", "/agents", "A new account", Action.EDIT_AGENTS,
        Answer("The account.", ref("Account"), _EXAMPLE, status=201),
        body=Body(
            thing({"login": text(LOGIN_MAX, 1), **_CHANGES, "password": _PASSWORD},
                  optional=["extension", "skills", "disabled", "password"]),
            {"login": "1001", "name": "李娜", "role": "agent"},
        ),
        errors={400: ["weak-password"], 409: ["login-taken"]},
        more="Without a password it waits for one before it can sign in.",
    ),
    Endpoint(
        "PUT", "/agents/{agent_id}", "Change an account", Action.EDIT_AGENTS,
        Answer("The account after the change; what is left out stays.", ref("Account"), _EXAMPLE),
        body=Body(thing(_CHANGES, optional=list(_CHANGES)), {"role": "supervisor"}),
        errors={**NOT_FOUND, 409: ["last-administrator"]},
        more="Another role, and closing the account, end its sessions.",
    ),
    Endpoint(
        "POST", "/agents/{agent_id}/password", "Give an agent a new password",
        Action.EDIT_AGENTS, Answer("Done; the agent's sessions have ended.", status=204),
        body=Body(thing({"password": _PASSWORD}), {"password": "correct horse battery"}),
        errors={400: ["weak-password"], **NOT_FOUND},
    ),
    Endpoint(
        "GET", "/agents/{agent_id}/sessions", "The last sign-ins of an agent",
        Action.READ_AGENTS,
        Answer(
            "The newest first.",
            thing({"rows": many(thing({
                "id": text(), "device": text(), "started_at": TIME, "seen_at": TIME,
                "ended_at": or_null(TIME), "reason": text(),
            }))}),
            {"rows": [{"id": "s", "device": "desk-7", "started_at": "2026-05-04T03:02:01Z",
                       "seen_at": "2026-05-04T03:02:01Z", "ended_at": None, "reason": ""}]},
        ),
        errors=NOT_FOUND,
    ),
    Endpoint(
        "POST", "/agents/{agent_id}/end-sessions", "End every session of an agent",
        Action.END_SESSIONS,
        Answer("How many there were.", thing({"ended": whole()}), {"ended": 1}),
        body=Body(thing({"wipe": YES_NO}, optional=["wipe"]), {"wipe": True}),
        errors=NOT_FOUND,
        more="With `wipe` their seats forget the centre's data.",
    ),
    Endpoint(
        "GET", "/sessions/me", "Who is signed in here, and where else", Action.OWN_ACCOUNT,
        Answer(
            "This session.",
            thing({
                "agent": SIGNED_IN_AGENT, "session_id": text(), "device": text(),
                "started_at": TIME, "others": OTHERS,
            }),
            {"agent": {"id": "agent-1001", "login": "1001", "name": "李娜",
                       "extension": "1001", "role": "agent"},
             "session_id": "s", "device": "desk-7", "started_at": "2026-05-04T03:02:01Z",
             "others": []},
        ),
        errors=NOT_FOUND,
    ),
    Endpoint(
        "POST", "/password", "Change one's own password", Action.OWN_ACCOUNT,
        Answer("Done; the agent's other sessions have ended.", status=204),
        body=Body(thing({"old": text(PASSWORD_MAX), "new": _PASSWORD}),
                  {"old": "correct horse battery", "new": "wrong zebra battery"}),
        errors={400: ["weak-password"], 403: ["wrong-password"], 429: ["locked-out"],
                **NOT_FOUND},
    ),
)  # fmt: skip

SCHEMAS: dict[str, Schema] = {"Account": thing(_ACCOUNT)}

ENDPOINTS = (*AGENTS, *AUDIT)
