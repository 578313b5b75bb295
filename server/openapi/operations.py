"""Every kind of operation with what it carries (M43)."""

from __future__ import annotations

from collections.abc import Collection

from server import (
    articles,
    customer_fields,
    draft_publishing,
    fields,
    gap_reports,
    ordered,
    sightings,
    tickets,
)
from server.openapi.days import DAY_PART
from server.openapi.parts import (
    ANY_OBJECT,
    DAY,
    ID,
    TIME,
    YES_NO,
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

_LINE = text(fields.LINE_MAX)
_LONG = text(fields.TEXT_MAX)
_SECONDS = whole(most=fields.SECONDS_MAX)
_NOBODY: Schema = {
    **text(fields.ID_MAX, pattern="^([0-9A-Za-z][0-9A-Za-z_.:-]*)?$"),
    "description": "an id, or empty for none",
}


def _open(properties: dict[str, Schema], *, needed: Collection[str] = ()) -> Schema:
    """An object whose properties may all be left out but those ``needed``."""
    return thing(properties, optional=[name for name in properties if name not in needed])


INTERACTION = _open(
    {
        "id": ID, "customer_id": or_null(ID), "agent_id": ID, "agent_name": _LINE,
        "direction": one_of("incoming", "outgoing"), "exchange_call_id": _LINE,
        "caller_name": _LINE, "number": _LINE, "dialled": _LINE, "queue": _LINE,
        "menu_path": _LINE, "waited_s": or_null(_SECONDS), "started_at": TIME,
        "answered_at": or_null(TIME), "ended_at": or_null(TIME), "talk_s": _SECONDS,
        "end_reason": _LINE, "category_id": or_null(ID), "question": _LONG, "answer": _LONG,
        "follow_up": _LONG, "basis": _LONG, "customer_name": _LINE,
        "quotes": many(QUOTE, fields.QUOTES_MAX),
    }
)  # fmt: skip
NUMBER = thing(
    {"number": text(20, pattern=r"^(\+[1-9][0-9]{4,14}|[0-9*#]{2,20})$"), "label": _LINE},
    optional=["label"],
)
CUSTOMER = _open(
    {
        "id": ID, "kind": one_of("person", "company"), "name": _LINE, "segment_id": or_null(ID),
        "region": _LINE, "arrears_cents": whole(most=customer_fields.MONEY_MAX), "warning": _LINE,
        "notes": _LONG, "company": _LINE, "address": _LINE,
        "custom": {**ANY_OBJECT, "description": "replaces all; a masked value stays what it is"},
        "id_number": text(
            customer_fields.ID_NUMBER_MAX,
            description="the whole number, or empty; the masked one changes nothing",
        ),
        "phones": {
            **many(NUMBER, customer_fields.PHONES_MAX),
            "description": "replaces all, in this order",
        },
    }
)  # fmt: skip
ARTICLE = _open(
    {
        "id": ID, "category_id": ID, "title": _LINE, "question": _LONG,
        "answer": text(articles.ANSWER_MAX), "basis": _LONG, "keywords": _LINE, "region": _LINE,
        "valid_from": DAY, "valid_until": or_null(DAY), "owner_id": _NOBODY,
        "variant_of": _NOBODY,
    }
)  # fmt: skip
_WORDS: dict[str, Schema] = {
    "category_id": or_null(ID), "title": _LINE, "question": _LONG,
    "answer": text(articles.ANSWER_MAX), "basis": _LONG, "keywords": _LINE, "region": _LINE,
    "valid_from": or_null(DAY), "valid_until": or_null(DAY), "owner_id": _NOBODY,
    "variant_of": _NOBODY,
}  # fmt: skip
DRAFT = _open(
    {
        "id": ID, "article_id": _NOBODY, "base_version": whole(most=fields.VERSION_MAX), **_WORDS,
        "note": _LONG, "state": one_of("writing", "in-review", "returned", "dropped"),
        "remark": _LONG,
    }
)  # fmt: skip
PUBLISHED = _open(
    {
        "version": whole(most=fields.VERSION_MAX), **_WORDS,
        "files": {
            **many(ID, draft_publishing.FILES_MAX),
            "description": "those that the draft was seen to bring and to take away; none: []",
        },
    },
    needed=["version"],
)  # fmt: skip
NOTICE = _open(
    {
        "id": ID, "title": _LINE, "body": _LONG, "must_read": YES_NO, "published_at": TIME,
        "expires_at": or_null(TIME),
    }
)  # fmt: skip
GAP = _open(
    {
        "id": ID, "article_id": or_null(ID),
        "article_version": or_null(whole(most=fields.VERSION_MAX)), "asked": _LONG,
        "missing": _LONG, "category_id": or_null(ID), "interaction_id": text(fields.ID_MAX),
        "reported_at": TIME, "state": one_of(*gap_reports.STATES), "outcome": _LONG,
        "outcome_article_id": or_null(ID),
        "outcome_version": or_null(whole(most=fields.VERSION_MAX)),
    }
)  # fmt: skip
TICKET = _open(
    {
        "id": ID, "kind": one_of(*tickets.KINDS), "title": _LINE, "body": _LONG,
        "customer_id": or_null(ID), "customer_name": _LINE, "contact": _LINE,
        "interaction_id": text(fields.ID_MAX), "category_id": or_null(ID), "holder_id": _NOBODY,
        "holder_name": _LINE, "due_at": TIME, "state": one_of(*tickets.STATES), "outcome": _LONG,
        "made_at": TIME,
        "number": text(
            20, pattern=r"^([0-9]{8}-[0-9]{4,9})?$",
            description="of a ticket that is offered again: the one it had before a restoration",
        ),
    }
)  # fmt: skip
_CATEGORY: dict[str, Schema] = {
    "id": ID, "parent_id": or_null(ID), "name": _LINE, "name_en": _LINE,
    "position": whole(most=ordered.POSITION_MAX),
}  # fmt: skip
_SEGMENT: dict[str, Schema] = {"id": ID, "name": _LINE, "rule": _LONG}
_WAS = "the values that the edit was made on; where the row has others, it is a conflict"

PAYLOADS: dict[str, Schema] = {
    "interaction.save": INTERACTION,
    "customer.save": CUSTOMER,
    "customer.see": thing({"customer_id": ID, "by": one_of(*sightings.PLACES)}),
    "customer.merge": thing({"merged": ID}),
    "notice.read": thing({"read_at": TIME}),
    "notice.save": NOTICE,
    "article.save": ARTICLE,
    "draft.save": DRAFT,
    "draft.publish": PUBLISHED,
    "gap.save": GAP,
    "ticket.save": TICKET,
    "category.save": _open({**_CATEGORY, "was": {**_open(_CATEGORY), "description": _WAS}}),
    "segment.save": _open({**_SEGMENT, "was": {**_open(_SEGMENT), "description": _WAS}}),
    "setting.save": _open({"id": ID, "value": ANY_OBJECT}, needed=["value"]),
    "day.save": DAY_PART,
}
"""What each kind carries; tests compare the names with the checks of each."""

WORDS: dict[str, str] = {
    "interaction.save": "One call with its summary; a new one is the author's own.",
    "customer.save": (
        "A customer, field by field. An edit of one that was merged away lands on the kept one,"
        " or is a conflict where the two differ."
    ),
    "customer.see": (
        "The author was shown a customer out of the seat's own copy; written into the audit."
    ),
    "customer.merge": (
        "The record keeps, `merged` is merged into it: numbers and interactions move, what only"
        " one of them has stays, and the other remains with `merged_into`."
    ),
    "notice.read": "The author has read the notice; the first time counts.",
    "notice.save": "Publishes or changes a notice; a changed one keeps its readers.",
    "article.save": (
        "Publishes a new version; `base` names the newest version for each change. Refused where"
        " two people must have seen an answer."
    ),
    "draft.save": (
        "Writes a draft, sends it to review, gives it back or drops it; `base` names the draft's"
        " newest version for each change."
    ),
    "draft.publish": (
        "Makes the reviewed draft the article's next version, at once or on its first day;"
        " `version` is the draft as it was read. In `base`, `version` is the article's that was"
        " seen, where the article moved on."
    ),
    "gap.save": (
        "Reports an answer that is missing or wrong, takes, answers or declines a report; `base`"
        " names the newest version. The server says whose it is."
    ),
    "ticket.save": (
        "Makes a ticket, which gets its number then (the one it had, when it is offered again"
        " after a restoration, where that is still free), or changes some of its fields: its author"
        " the words and whose it is, its holder, a specialist or a supervisor the rest."
    ),
    "category.save": "Rows have no version: an edit says what it saw in `was`.",
    "segment.save": "Rows have no version: an edit says what it saw in `was`.",
    "day.save": (
        "One seat's part of the author's day, whole; the record is the agent's id, a dot and"
        " the day. Of two the one made last is kept."
    ),
    "setting.save": 'Replaces the setting\'s value; `base` is `{"value": version}`.',
}


def _operation(kind: str) -> Schema:
    return {
        **thing(
            {
                "id": {**ID, "description": "made by the seat; means this one act for ever"},
                "kind": {"type": "string", "const": kind},
                "record": ID,
                "author": {**ID, "description": "the agent who is signed in"},
                "made_at": TIME,
                "base": {
                    "type": "object",
                    "description": "for each field, the version that the edit was made on",
                    "additionalProperties": whole(most=fields.VERSION_MAX),
                },
                "payload": PAYLOADS[kind],
            },
            optional=["base"],
        ),
        "description": WORDS[kind],
    }


def _name(kind: str) -> str:
    record, act = kind.split(".")
    return f"{act.capitalize()}{record.capitalize()}"


RESULT = thing(
    {
        "id": text(fields.ID_MAX),
        "outcome": one_of("applied", "already-applied", "conflict", "rejected"),
        "reason": text(description="in words, for a conflict and a rejected operation"),
        "version": whole(),
        "server": {
            **ANY_OBJECT,
            "description": "in a conflict the row as it is, a customer's with its `phones`, and"
            " `field_versions` where fields have versions of their own",
        },
    }
)

SCHEMAS: dict[str, Schema] = {_name(kind): _operation(kind) for kind in PAYLOADS} | {
    "Operation": {"oneOf": [ref(_name(kind)) for kind in PAYLOADS]},
    "OperationResult": RESULT,
}
EXAMPLE: dict[str, object] = {
    "id": "01990000-0000-7000-8000-000000000001",
    "kind": "customer.save",
    "record": "01910000-0000-7000-8000-000000000001",
    "author": "agent-1001",
    "made_at": "2026-05-04T03:05:01.123Z",
    "base": {"notes": 3, "phones": 1},
    "payload": {
        "notes": "Calls back in the morning.",
        "phones": [{"number": "+8613800138000", "label": "mobile"}],
    },
}
