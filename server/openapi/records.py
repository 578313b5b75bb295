"""Routes of customers, interactions, articles, notices and settings (M43)."""

from __future__ import annotations

from server import customer_search, customer_secrets, fields
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
from server.openapi.rows import CARD, FILE, NOTICE
from server.rights import Action

FOUND_BY = ("name", "number", "id-number", "pinyin", "initials", "sound", "company", "region",
            "part-of-name")  # fmt: skip

_CUSTOMER: dict[str, object] = {
    "id": "01910000-0000-7000-8000-000000000001", "version": 3, "kind": "person", "name": "张伟",
    "segment_id": "self-employed", "region": "杭州市西湖区", "arrears_cents": 0, "warning": "",
    "notes": "", "company": "", "id_number": "9999**********0001", "address": "",
    "pinyin": "zhang wei", "initials": "zw", "merged_into": None, "custom": {},
    "phones": [{"id": "01920000-0000-7000-8000-000000000001", "number": "+8613800138000",
                "label": "手机"}],
}  # fmt: skip


def limit(default: int, most: int) -> Query:
    return Query("limit", {**whole(1, most), "default": default}, "at most so many", default)


def _rows(name: str) -> Schema:
    return thing({"rows": many(ref(name))})


CUSTOMERS = (
    Endpoint(
        "GET", "/customers", "Find customers by what an agent types", Action.READ_CUSTOMERS,
        Answer(
            "The surest first; who was merged away is not among them.",
            thing({
                "rows": many(thing({**CARD, "found_by": one_of(*FOUND_BY)})), "more": YES_NO,
            }),
            {"rows": [{**_CUSTOMER, "found_by": "number"}], "more": False},
        ),
        query=(
            Query("q", text(customer_search.QUERY_MAX), "name, pinyin, initials, number or its"
                  " last four digits and more, whole ID number, company, region", "8000", True),
            limit(20, 200),
        ),
    ),
    Endpoint(
        "GET", "/customers/duplicates", "Pairs that may be one and the same",
        Action.READ_CUSTOMERS,
        Answer(
            "Pairs with the reasons for each; who was made first stands first.",
            thing({"rows": many(thing({
                "customers": {**many(ref("Customer"), 2), "minItems": 2},
                "reasons": many(
                    one_of("same-number", "same-id-number", "same-name-and-region")
                ),
            }))}),
            {"rows": [{"customers": [_CUSTOMER, _CUSTOMER | {"id": "c2"}],
                       "reasons": ["same-number"]}]},
        ),
        query=(
            Query("customer_id", ID, "only those of this customer", "c2"),
            limit(50, 500),
        ),
    ),
    Endpoint(
        "GET", "/customers/{record}", "One customer with its numbers", Action.READ_CUSTOMERS,
        Answer("The card, masked.", ref("Customer"), _CUSTOMER), errors=NOT_FOUND,
    ),
    Endpoint(
        "GET", "/customers/{record}/history", "Who changed what, and what was merged",
        Action.READ_CUSTOMERS,
        Answer(
            "The newest first; with what was done to those that were merged into this one.",
            thing({
                "versions": many(thing({
                    "customer_id": text(), "at": TIME, "agent_id": text(), "agent_name": text(),
                    "action": text(), "detail": ANY_OBJECT,
                })),
                "merges": many(thing({
                    "kept_id": ID, "merged_id": ID, "at": TIME, "agent_id": ID,
                    "agent_name": text(), "moved": ANY_OBJECT,
                })),
            }),
            {"versions": [{"customer_id": "c1", "at": "2026-05-04T03:05:01Z",
                           "agent_id": "agent-1001", "agent_name": "李娜", "action": "change",
                           "detail": {"kind": "customer.save", "fields": ["notes"],
                                      "version": 3}}],
             "merges": []},
        ),
        errors=NOT_FOUND,
    ),
    Endpoint(
        "POST", "/customers/{record}/reveal", "The whole of a masked field",
        Action.REVEAL_CUSTOMERS,
        Answer("The value, empty when there is none.", thing({"value": text()}),
               {"value": "999999199003071234"}),
        body=Body(
            thing({
                "field": text(
                    customer_secrets.FIELD_MAX, pattern=r"^(id_number|custom\..*)$",
                    description="`id_number`, or `custom.` and a field's id",
                ),
                "reason": text(customer_secrets.REASON_MAX, 1, pattern=r"\S"),
            }),
            {"field": "id_number", "reason": "She asks for a refund to her account."},
        ),
        errors=NOT_FOUND,
        more="Who asked, for what and why is written into the audit in the same transaction.",
    ),
)  # fmt: skip

_INTERACTION: dict[str, object] = {
    "id": "i1", "version": 1, "customer_id": None, "agent_id": "agent-1001", "agent_name": "李娜",
    "direction": "incoming", "exchange_call_id": "", "caller_name": "", "number": "+8613800138000",
    "dialled": "12366", "queue": "", "menu_path": "", "waited_s": None,
    "started_at": "2026-05-04T03:02:01Z", "answered_at": None, "ended_at": None, "talk_s": 0,
    "end_reason": "", "category_id": None, "question": "", "answer": "", "follow_up": "",
    "basis": "", "customer_name": "", "quotes": [],
}  # fmt: skip

INTERACTIONS = (
    Endpoint(
        "GET", "/interactions", "Interactions that fit all conditions", Action.READ_INTERACTIONS,
        Answer("The newest first; `total` counts beyond the limit.",
               thing({"rows": many(ref("Interaction")), "total": whole()}),
               {"rows": [_INTERACTION], "total": 1}),
        query=(
            Query("number", text(fields.LINE_MAX), "exactly this number", "+8613800138000"),
            Query("customer_id", ID, "of this customer", "c1"),
            Query("operation_id", ID, "that this operation saved", "op1"),
            limit(50, 1_000),
        ),
    ),
    Endpoint(
        "GET", "/interactions/{record}", "One interaction", Action.READ_INTERACTIONS,
        Answer("The row.", ref("Interaction"), _INTERACTION), errors=NOT_FOUND,
    ),
)  # fmt: skip

_ARTICLE: dict[str, object] = {
    "id": "k1", "version": 2, "category_id": "vat", "title": "小规模纳税人", "question": "?",
    "answer": "。", "basis": "", "keywords": "", "region": "全国", "valid_from": "2023-01-01",
    "valid_until": None, "sample": True, "pinyin": "xiao gui mo na shui ren", "initials": "xgmnsr",
    "owner_id": "", "owner_name": "", "variant_of": "",
}  # fmt: skip
_NOTICE: dict[str, object] = {
    "id": "m1", "version": 1, "title": "停电", "body": "", "must_read": True,
    "author_name": "王强", "published_at": "2026-05-04T03:02:01Z", "expires_at": None,
}  # fmt: skip

KNOWLEDGE = (
    Endpoint(
        "GET", "/articles", "Articles in the order of their ids", Action.READ_ARTICLES,
        Answer("A page.", _rows("Article"), {"rows": [_ARTICLE]}),
        query=(
            Query("category_id", ID, "of this category", "vat"),
            Query("after", ID, "behind this id: the last one of the page before", "k1"),
            limit(100, 1_000),
        ),
    ),
    Endpoint(
        "GET", "/articles/{record}", "One article", Action.READ_ARTICLES,
        Answer("The newest version.", ref("Article"), _ARTICLE), errors=NOT_FOUND,
    ),
    Endpoint(
        "GET", "/articles/{record}/versions", "Every version an article had",
        Action.READ_ARTICLES,
        Answer(
            "The newest first; of one that was there before versions were kept, time and author"
            " are empty.",
            thing({"rows": many(thing({
                "version": whole(1), "saved_at": text(), "author": text(), "author_name": text(),
                "files": many(thing(FILE)), "article": ref("Article"),
            }))}),
            {"rows": [{"version": 2, "saved_at": "2026-05-04T03:02:01Z", "author": "agent-1009",
                       "author_name": "赵敏", "files": [], "article": _ARTICLE}]},
        ),
        errors=NOT_FOUND,
    ),
    Endpoint(
        "GET", "/categories", "The tree of topics", Action.READ_ARTICLES,
        Answer("In their order.", _rows("Category"), {"rows": [
            {"id": "vat", "parent_id": None, "name": "增值税", "name_en": "VAT", "position": 0}]}),
    ),
    Endpoint(
        "GET", "/segments", "Segments with their service rules", Action.READ_SETTINGS,
        Answer("All of them.", _rows("Segment"),
               {"rows": [{"id": "s1", "name": "一般", "rule": "核对名称"}]}),
    ),
    Endpoint(
        "GET", "/notices", "Every notice, and when the one who asks has read it",
        Action.READ_NOTICES,
        Answer("The newest first.",
               thing({"rows": many(thing({**NOTICE, "read_at": or_null(TIME)}))}),
               {"rows": [{**_NOTICE, "read_at": None}]}),
    ),
    Endpoint(
        "GET", "/notices/{record}/readers", "Who has read a notice, and who has not",
        Action.EDIT_NOTICES,
        Answer(
            "By login; accounts that are disabled are not missed.",
            thing({
                "readers": many(thing({"agent_id": ID, "agent_name": text(), "read_at": TIME})),
                "missing": many(thing({"agent_id": ID, "agent_name": text()})),
            }),
            {"readers": [], "missing": [{"agent_id": "agent-1001", "agent_name": "李娜"}]},
        ),
        errors=NOT_FOUND,
    ),
    Endpoint(
        "GET", "/settings", "What the centre sets for all its seats", Action.READ_SETTINGS,
        Answer("All of them.", _rows("Setting"),
               {"rows": [{"id": "wrap-up", "version": 1,
                          "value": {"seconds": 30, "auto_ready": True}}]}),
    ),
)  # fmt: skip

ENDPOINTS = (*CUSTOMERS, *INTERACTIONS, *KNOWLEDGE)
