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
    "owner_id": text(description="an agent's id, empty for nobody"),
    "owner_name": text(),
    "variant_of": text(description="the article whose regional answer it is; empty for none"),
}
FILE: dict[str, Schema] = {
    "id": ID,
    "name": text(),
    "media_type": text(),
    "size": whole(),
    "digest": text(description="SHA-256, hexadecimal"),
}
ATTACHMENT: dict[str, Schema] = {"id": ID, "article_id": ID, **FILE}
DRAFT: dict[str, Schema] = {
    "id": ID,
    "version": whole(1),
    "article_id": text(description="empty for an article that is not published yet"),
    "base_version": whole(),
    "category_id": or_null(ID),
    "title": text(),
    "question": text(),
    "answer": text(),
    "basis": text(),
    "keywords": text(),
    "region": text(),
    "valid_from": or_null(DAY),
    "valid_until": or_null(DAY),
    "owner_id": text(),
    "variant_of": text(),
    "note": text(),
    "state": one_of("writing", "in-review", "returned", "scheduled", "published", "dropped"),
    "author_id": ID,
    "author_name": text(),
    "reviewer_name": text(),
    "remark": text(description="the reviewer's"),
    "changed_at": TIME,
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
    "basis": text(),
    "customer_name": text(description="the customer's name as it was then"),
    "quotes": many(QUOTE),
}
GAP_REPORT: dict[str, Schema] = {
    "id": ID,
    "version": whole(1),
    "article_id": or_null(ID),
    "article_version": or_null(whole(1)),
    "asked": text(),
    "missing": text(),
    "category_id": or_null(ID),
    "interaction_id": text(),
    "reporter_id": ID,
    "reporter_name": text(),
    "owner_id": text(description="an agent's id, empty for nobody"),
    "owner_name": text(),
    "state": one_of("open", "taken", "answered", "declined"),
    "outcome": text(description="what the reporter is told"),
    "outcome_article_id": or_null(ID),
    "outcome_version": or_null(whole(1)),
    "reported_at": TIME,
    "changed_at": TIME,
}
TICKET: dict[str, Schema] = {
    "id": ID,
    "version": whole(1),
    "number": text(description="the day and which of its tickets, from the server"),
    "kind": one_of("consult", "complaint", "tip-off", "suggestion", "help", "fault"),
    "title": text(),
    "body": text(),
    "customer_id": or_null(ID),
    "customer_name": text(description="the customer's name as it was then"),
    "contact": text(description="the number to call back"),
    "interaction_id": text(),
    "category_id": or_null(ID),
    "holder_id": text(description="an agent's id, empty when a unit holds it"),
    "holder_name": text(),
    "due_at": TIME,
    "state": one_of("open", "closed"),
    "outcome": text(),
    "author_id": ID,
    "author_name": text(),
    "made_at": TIME,
    "changed_at": TIME,
}
GRADE: dict[str, Schema] = {
    "id": text(description="the exchange's name for the call"),
    "digit": whole(most=9),
    "name": text(description="what the digit meant then"),
    "name_en": text(),
    "satisfied": YES_NO,
    "at": TIME,
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
    "attachments": ATTACHMENT,
    "article_drafts": DRAFT,
    "notices": NOTICE,
    "customers": CUSTOMER,
    "phones": {"id": ID, "customer_id": ID, "number": text(), "label": text()},
    "interactions": INTERACTION,
    "gap_reports": GAP_REPORT,
    "tickets": TICKET,
    "grades": GRADE,
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
