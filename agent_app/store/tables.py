"""The two files as SQLAlchemy sees them (steps ④ and ⑦).

``CACHE`` can be fetched again from the server; ``WORK`` is what only this seat has. The migrations
make the files; ``tests/store/test_migrations.py`` proves that both say the same.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Index,
    Integer,
    MetaData,
    Row,
    Select,
    Table,
    Text,
    func,
    literal_column,
)

AnyRow = Row[*tuple[Any, ...]]
AnySelect = Select[*tuple[Any, ...]]

CACHE = MetaData()
WORK = MetaData()


def _text(name: str, *, default: str | None = "") -> Column[str]:
    return Column(name, Text, nullable=default is None, server_default=default)


def _id(name: str = "id") -> Column[str]:
    return Column(name, Text, primary_key=True, nullable=False)


def _number(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False, server_default="0")


settings = Table("settings", CACHE, _id(), _number("version"), _text("value"))
"""The centre's own: skills, reasons, wrap-up, calendar, customer fields; ``value`` is JSON."""

segments = Table("segments", CACHE, _id(), _text("name"), _text("rule"))

categories = Table(
    "categories", CACHE, _id(), _text("parent_id", default=None), _text("name"),
    _text("name_en"), _number("position"),
)  # fmt: skip

articles = Table(
    "articles", CACHE, _id(), _number("version"), _text("category_id"), _text("title"),
    _text("question"), _text("answer"), _text("basis"), _text("keywords"), _text("region"),
    _text("valid_from", default=None), _text("valid_until", default=None),
    Column("sample", Boolean, nullable=False, server_default="0"), _text("pinyin"),
    _text("initials"), _text("owner_id"), _text("owner_name"), _text("variant_of"),
    Index("articles_by_variant", "variant_of"),
)  # fmt: skip

attachments = Table(
    "attachments", CACHE, _id(), _text("article_id"), _text("name"), _text("media_type"),
    _number("size"), _text("digest"), Index("attachments_by_article", "article_id"),
)  # fmt: skip
"""Files that belong to an article; their bytes are the server's to give."""

article_drafts = Table(
    "article_drafts", CACHE, _id(), _number("version"), _text("article_id"),
    _number("base_version"), _text("category_id", default=None), _text("title"),
    _text("question"), _text("answer"), _text("basis"), _text("keywords"), _text("region"),
    _text("valid_from", default=None), _text("valid_until", default=None), _text("owner_id"),
    _text("variant_of"), _text("note"), _text("state"), _text("author_id"),
    _text("author_name"), _text("reviewer_name"), _text("remark"), _text("changed_at"),
)  # fmt: skip

notices = Table(
    "notices", CACHE, _id(), _number("version"), _text("title"), _text("body"),
    Column("must_read", Boolean, nullable=False, server_default="0"), _text("author_name"),
    _text("published_at"), _text("expires_at", default=None),
)  # fmt: skip

customers = Table(
    "customers", CACHE, _id(), _number("version"), _text("kind"), _text("name"),
    _text("segment_id", default=None), _text("region"), _number("arrears_cents"),
    _text("warning"), _text("notes"), _text("company"), _text("id_number"), _text("address"),
    _text("pinyin"), _text("initials"), _text("merged_into", default=None), _text("custom"),
    Index("customers_by_name", "name", "region", "company"),
    Index("customers_by_initials", "initials"),
    Index("customers_by_region", "region"),
)  # fmt: skip
Index("customers_by_company", customers.c.company,
      sqlite_where=customers.c.company != literal_column("''"))  # fmt: skip
Index("customers_by_given", func.substr(customers.c.name, literal_column("2")))
Index("customers_by_brand", func.substr(customers.c.name, literal_column("3")),
      sqlite_where=customers.c.kind == literal_column("'company'"))  # fmt: skip
spelling = func.replace(customers.c.pinyin, literal_column("' '"), literal_column("''"))
"""The pinyin as it is typed; a question has it exactly like this, or its index is not used."""
Index("customers_by_spelling", spelling)

phones = Table(
    "phones", CACHE, _id(), _text("customer_id"), _text("number"), _text("label"),
    Index("phones_by_number", "number", "customer_id", "label"),
    Index("phones_by_customer", "customer_id"),
)  # fmt: skip
phones_tail = func.substr(phones.c.number, literal_column("-4"))
"""The last four digits; written like this wherever it is asked for."""
Index("phones_by_tail", phones_tail, phones.c.number)

interactions = Table(
    "interactions", CACHE, _id(), _number("version"), _text("customer_id", default=None),
    _text("agent_id"), _text("agent_name"), _text("direction"), _text("exchange_call_id"),
    _text("caller_name"), _text("number"), _text("dialled"), _text("queue"), _text("menu_path"),
    Column("waited_s", Integer), _text("started_at"), _text("answered_at", default=None),
    _text("ended_at", default=None), _number("talk_s"), _text("end_reason"),
    _text("category_id", default=None), _text("question"), _text("answer"), _text("follow_up"),
    _text("quotes"), _text("basis"), _text("customer_name"),
    Index("interactions_by_customer", "customer_id", "started_at"),
    Index("interactions_by_number", "number", "started_at"),
    Index("interactions_by_time", "started_at"),
)  # fmt: skip

gap_reports = Table(
    "gap_reports", CACHE, _id(), _number("version"), _text("article_id", default=None),
    Column("article_version", Integer), _text("asked"), _text("missing"),
    _text("category_id", default=None), _text("interaction_id"), _text("reporter_id"),
    _text("reporter_name"), _text("owner_id"), _text("owner_name"), _text("state"),
    _text("outcome"), _text("outcome_article_id", default=None),
    Column("outcome_version", Integer), _text("reported_at"), _text("changed_at"),
)  # fmt: skip

tickets = Table(
    "tickets", CACHE, _id(), _number("version"), _text("number"), _text("kind"), _text("title"),
    _text("body"), _text("customer_id", default=None), _text("customer_name"), _text("contact"),
    _text("interaction_id"), _text("category_id", default=None), _text("holder_id"),
    _text("holder_name"), _text("due_at"), _text("state"), _text("outcome"), _text("author_id"),
    _text("author_name"), _text("made_at"), _text("changed_at"),
    Index("tickets_by_customer", "customer_id", "state", "due_at"),
    Index("tickets_by_call", "interaction_id"),
)  # fmt: skip
"""What could not be answered in a call, with who must and by when (工单)."""

grades = Table(
    "grades", CACHE, _id(), _number("digit"), _text("name"), _text("name_en"),
    Column("satisfied", Boolean, nullable=False, server_default="0"), _text("at"),
)  # fmt: skip
"""What callers said of their calls; ``id`` is the ``exchange_call_id`` of the call's interactions,
of which there may be several, or none yet."""

replica = Table(
    "replica", CACHE, Column("id", Integer, primary_key=True), _number("cursor"), _text("scope"),
    _text("compared_at"),
)  # fmt: skip
"""One row, id 1: the last sequence number applied, what of the centre this role gets, and when
the copy was last found to be the same as the server's."""

drafts = Table(
    "drafts", WORK, _id("interaction_id"), _text("state"), _text("body"), _text("changed_at"),
)  # fmt: skip

own_interactions = Table(
    "own_interactions", WORK, _id(), _text("operation_id"), _text("customer_id", default=None),
    _text("started_at"), _text("payload"), _text("title"), _text("made_at"),
    Column("delivered", Boolean, nullable=False, server_default="0"), _number("version"),
    Index("own_interactions_by_customer", "customer_id", "started_at"),
)  # fmt: skip
"""What this seat saved; ``payload`` holds the wire's columns, ``title`` what the outbox shows,
``version`` is the server's once it has it, 0 before."""

outbox = Table(
    "outbox", WORK, Column("position", Integer, primary_key=True), _text("id"), _text("kind"),
    _text("record"), _text("author"), _text("made_at"), _text("payload"), _text("base"),
    _text("title"), _text("state"), _number("attempts"), _text("detail"), _text("server"),
    _text("after"), _text("not_before"), _text("previous"),
    Index("outbox_by_id", "id", unique=True),
    Index("outbox_by_record", "record", "position"),
)  # fmt: skip
"""``after``: the record that the server must have first. A decision of hers is not sent before
``not_before``, and until then ``previous`` (JSON) is what it was decided about."""

customer_edits = Table(
    "customer_edits", WORK, Column("position", Integer, primary_key=True), _text("operation_id"),
    _text("customer_id"), _text("payload"), _text("numbers"), _text("made_at"),
    _number("version"), Column("is_new", Boolean, nullable=False, server_default="0"),
    Index("customer_edits_by_customer", "customer_id", "position"),
    Index("customer_edits_by_operation", "operation_id", unique=True),
)  # fmt: skip
"""What was changed of customers here; ``position`` is the outbox's, ``version`` the server's once
it has the edit, 0 before. ``numbers`` are those of ``payload``, each between two spaces."""

customer_drafts = Table(
    "customer_drafts", WORK, _id("customer_id"), _text("interaction_id"), _text("body"),
    _text("changed_at"),
)  # fmt: skip
"""Changes of a customer that are typed and not saved."""

decided = Table(
    "decided", WORK, Column("number", Integer, primary_key=True), _text("id"), _text("kind"),
    _text("record"), _text("author"), _text("title"), _text("made_at"), _text("decided_at"),
    _text("detail"), _text("payload"), _text("entry"),
    Column("making", Boolean, nullable=False, server_default="0"),
    Index("decided_by_record", "record"),
)  # fmt: skip
"""What she wrote and then did not want sent, to be read for a while: ``payload`` holds the words,
``entry`` the outbox's row as it was, to bring it back. ``making``: it would have made the
record."""

calls = Table(
    "calls", WORK, _id(), _text("interaction_id"), _text("direction"), _text("name"),
    _text("number"), _text("normal"), _text("queue"), _text("started_at"),
    _text("answered_at", default=None), _text("ended_at", default=None), _number("talk_s"),
    _text("end_reason"), Column("encrypted", Boolean), _text("transferred_by"),
    _text("transferred_to"), Column("seen", Boolean, nullable=False, server_default="0"),
)  # fmt: skip
"""The seat's call history; ``id`` is a UUIDv7 and therefore the order of time."""

article_uses = Table(
    "article_uses", WORK, _id("agent_id"), _id("article_id"), _number("opened"),
    _number("quoted"), _text("last_at"),
    Column("favourite", Boolean, nullable=False, server_default="0"),
)  # fmt: skip
"""What each agent read and quoted on this seat."""

typed = Table(
    "typed", WORK, _id("kind"), _id("record"), _text("body"), _text("changed_at"),
)  # fmt: skip
"""What is typed into a small form and not sent; ``body`` is JSON of that ``kind`` of form."""

ahead = Table(
    "ahead", WORK, Column("position", Integer, primary_key=True), _text("operation_id"),
    _text("kind"), _text("record"), _text("author"), _text("made_at"), _text("payload"),
    _text("base"), _text("title"), _number("version"),
    Index("ahead_by_operation", "operation_id", unique=True),
    Index("ahead_by_record", "record"),
)  # fmt: skip
"""What the server took, as it was sent: shown until the feed brings ``version``, and offered again
to a server that was restored from a copy. Of customers it may hold a whole ID number."""


def person_of_ticket(table: Table) -> ColumnElement[str]:
    """Whose an undelivered ticket is; written like this wherever it is asked for."""
    return func.json_extract(table.c.payload, literal_column("'$.customer_id'"))


for _table, _name in ((outbox, "outbox_by_person"), (ahead, "ahead_by_person")):
    Index(_name, person_of_ticket(_table),
          sqlite_where=_table.c.kind == literal_column("'ticket.save'"))  # fmt: skip

notice_reads = Table("notice_reads", WORK, _id("notice_id"), _text("read_at"))
"""Notices that she has read, here or on another seat."""

gap_seen = Table("gap_seen", WORK, _id("report_id"), _text("seen_at"))
"""Her gap reports whose outcome she has seen."""

state_spans = Table(
    "state_spans", WORK, Column("id", Integer, primary_key=True), _text("state"),
    _text("began_at"), _number("lasted_ms"),
    Column("lasts", Boolean, nullable=False, server_default="0"),
    Index("state_spans_by_time", "began_at"),
)  # fmt: skip
"""What she was doing since when and how long; one row at most ``lasts`` still."""

day_notes = Table("day_notes", WORK, _id("day"), _text("told"), _text("compared"))
"""JSON: the figures that the centre has of this seat's day, and what it said of all agents'."""

day_seat = Table("day_seat", WORK, _id())
"""One row: what this file is called at the centre, where it sends its part of a day."""
