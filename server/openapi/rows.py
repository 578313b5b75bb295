"""The rows of the centre's tables, as the single routes give them (M43)."""

from __future__ import annotations

from server import fields
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
    text,
    thing,
    whole,
)

QUOTE = thing({"article_id": ID, "version": whole(), "title": text(fields.LINE_MAX)})

CUSTOMER: dict[str, Schema] = {
    "id": ID,
    "version": whole(1),
    "kind": one_of("person", "company"),
    "name": text(),
    "segment_id": or_null(ID),
    "region": text(),
    "arrears_cents": whole(),
    "warning": text(),
    "notes": text(),
    "company": text(description="whom a person speaks for"),
    "id_number": text(description="masked; the whole of it is revealed on the record"),
    "address": text(),
    "pinyin": text(description="of the name, syllables separated by spaces"),
    "initials": text(),
    "merged_into": or_null(ID),
    "custom": {**ANY_OBJECT, "description": "the centre's own fields; sensitive ones masked"},
}
PHONE = thing({"id": ID, "number": text(), "label": text()})
CARD: dict[str, Schema] = {**CUSTOMER, "phones": many(PHONE)}

ARTICLE: dict[str, Schema] = {
    "id": ID,
    "version": whole(1),
    "category_id": ID,
    "title": text(),
    "question": text(),
    "answer": text(),
    "basis": text(),
    "keywords": text(),
    "region": text(),
    "valid_from": DAY,
    "valid_until": or_null(DAY),
    "sample": YES_NO,
    "pinyin": text(),
    "initials": text(),
}
NOTICE: dict[str, Schema] = {
    "id": ID,
    "version": whole(1),
    "title": text(),
    "body": text(),
    "must_read": YES_NO,
    "author_name": text(),
    "published_at": TIME,
    "expires_at": or_null(TIME),
}
INTERACTION: dict[str, Schema] = {
    "id": ID,
    "version": whole(1),
    "customer_id": or_null(ID),
    "agent_id": ID,
    "agent_name": text(),
    "direction": one_of("incoming", "outgoing"),
    "exchange_call_id": text(),
    "caller_name": text(),
    "number": text(description="E.164, or an exact short code"),
    "dialled": text(),
    "queue": text(),
    "menu_path": text(),
    "waited_s": or_null(whole()),
    "started_at": TIME,
    "answered_at": or_null(TIME),
    "ended_at": or_null(TIME),
    "talk_s": whole(),
    "end_reason": text(),
    "category_id": or_null(ID),
    "question": text(),
    "answer": text(),
    "follow_up": text(),
    "quotes": many(QUOTE),
}
CATEGORY: dict[str, Schema] = {
    "id": ID,
    "parent_id": or_null(ID),
    "name": text(),
    "name_en": text(),
    "position": whole(),
}
SEGMENT: dict[str, Schema] = {"id": ID, "name": text(), "rule": text()}
SETTING: dict[str, Schema] = {"id": ID, "version": whole(1), "value": ANY_OBJECT}

ROWS: dict[str, dict[str, Schema]] = {
    "settings": SETTING,
    "segments": SEGMENT,
    "categories": CATEGORY,
    "articles": ARTICLE,
    "notices": NOTICE,
    "customers": CUSTOMER,
    "phones": {"id": ID, "customer_id": ID, "number": text(), "label": text()},
    "interactions": INTERACTION,
}
"""Columns of each replicated table; a test compares their names with the tables'."""

SCHEMAS: dict[str, Schema] = {
    "Customer": thing(CARD),
    "Article": thing(ARTICLE),
    "Notice": thing(NOTICE),
    "Interaction": thing(INTERACTION),
    "Category": thing(CATEGORY),
    "Segment": thing(SEGMENT),
    "Setting": thing(SETTING),
}
