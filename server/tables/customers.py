"""Who calls: customers in segments, their numbers, who was merged with whom (M18, step ⑨)."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    func,
    literal_column,
)

from server.columns import SORTED
from server.tables.metadata import metadata

segments = Table(
    "segments",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("rule", Text, nullable=False),
)

customers = Table(
    "customers",
    metadata,
    Column("id", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("name", SORTED, nullable=False),
    Column("segment_id", Text, ForeignKey("segments.id")),
    Column("region", SORTED, nullable=False),
    Column("arrears_cents", BigInteger, nullable=False),
    Column("warning", Text, nullable=False),
    Column("notes", Text, nullable=False),
    Column("company", SORTED, nullable=False, server_default=""),  # whom a person speaks for
    Column("id_number", Text, nullable=False, server_default=""),  # masked, as seats may keep it
    Column("address", Text, nullable=False, server_default=""),
    Column("pinyin", SORTED, nullable=False, server_default=""),  # of the name
    Column("initials", SORTED, nullable=False, server_default=""),
    Column("merged_into", Text, ForeignKey("customers.id")),
    Column("custom", Text, nullable=False, server_default="{}"),  # JSON: the centre's own fields
    Column("id_secret", Text, nullable=False, server_default=""),  # the whole ID or company number
    Column("field_versions", Text, nullable=False, server_default="{}"),  # JSON: field → version
    Column("custom_secrets", Text, nullable=False, server_default="{}"),  # JSON: whole values
    Index("customers_by_secret", "id_secret"),
    Index("customers_by_name", "name", "region", "id"),
    Index("customers_by_company", "company"),
    Index("customers_by_initials", "initials"),
    Index("customers_by_region", "region"),
)
spelling = func.replace(customers.c.pinyin, literal_column("' '"), literal_column("''"))
"""The pinyin as it is typed; has an index, so it stands in questions exactly like this."""
Index("customers_by_spelling", spelling)

customer_merges = Table(
    "customer_merges",
    metadata,
    Column("id", Text, primary_key=True),  # the operation that merged them
    Column("kept_id", Text, ForeignKey("customers.id"), nullable=False),
    Column("merged_id", Text, ForeignKey("customers.id"), nullable=False),
    Column("agent_id", Text, nullable=False),
    Column("merged_at", Text, nullable=False),
    Column("moved", Text, nullable=False),  # JSON: ids of phones and interactions that moved
    Index("customer_merges_by_kept", "kept_id"),
)

phones = Table(
    "phones",
    metadata,
    Column("id", Text, primary_key=True),
    Column("customer_id", Text, ForeignKey("customers.id"), nullable=False),
    Column("number", Text, nullable=False),  # E.164 or an exact short code
    Column("label", Text, nullable=False),
    Index("phones_by_number", "number"),
    Index("phones_by_customer", "customer_id"),
)

number_end = func.substr(phones.c.number, func.length(phones.c.number) - literal_column("3"))
"""How numbers are found by their end; has an index, so it stands in questions exactly like this."""
Index("phones_by_end", number_end, phones.c.number, phones.c.customer_id)
