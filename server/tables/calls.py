"""What was said, what was missing in the answer, and the calls that are up now (step ⑨)."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, Table, Text

from server.tables.metadata import metadata

interactions = Table(
    "interactions",
    metadata,
    Column("id", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("customer_id", Text, ForeignKey("customers.id")),
    Column("agent_id", Text, ForeignKey("agents.id"), nullable=False),
    Column("agent_name", Text, nullable=False),
    Column("direction", Text, nullable=False),
    Column("exchange_call_id", Text, nullable=False),
    Column("caller_name", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("dialled", Text, nullable=False),
    Column("queue", Text, nullable=False),
    Column("menu_path", Text, nullable=False),
    Column("waited_s", Integer),
    Column("started_at", Text, nullable=False),
    Column("answered_at", Text),
    Column("ended_at", Text),
    Column("talk_s", Integer, nullable=False),
    Column("end_reason", Text, nullable=False),
    Column("category_id", Text, ForeignKey("categories.id")),
    Column("question", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("follow_up", Text, nullable=False),
    Column("basis", Text, nullable=False, server_default=""),
    Column("customer_name", Text, nullable=False, server_default=""),  # as it was then
    Column("quotes", Text, nullable=False),  # JSON
    Column("field_versions", Text, nullable=False),  # JSON: field → version that last changed it
    Index("interactions_by_customer", "customer_id", "started_at"),
    Index("interactions_by_number", "number", "started_at"),
    Index("interactions_by_call", "exchange_call_id"),
)

quoted_articles = Table(
    "quoted_articles",
    metadata,
    Column("article_id", Text, primary_key=True),
    Column("interaction_id", Text, ForeignKey("interactions.id"), primary_key=True),
    Column("version", Integer, nullable=False),  # the highest that was quoted
    Column("started_at", Text, nullable=False),
    Index("quoted_articles_by_time", "article_id", "started_at", "interaction_id"),
    Index("quoted_articles_by_call", "interaction_id"),
)
"""Who was told what: ``interactions.quotes`` the other way round."""

gap_reports = Table(
    "gap_reports",
    metadata,
    Column("id", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("article_id", Text),  # of the article that is wrong; none when one is missing
    Column("article_version", Integer),
    Column("asked", Text, nullable=False),
    Column("missing", Text, nullable=False),
    Column("category_id", Text),
    Column("interaction_id", Text, nullable=False),
    Column("reporter_id", Text, ForeignKey("agents.id"), nullable=False),
    Column("reporter_name", Text, nullable=False),
    Column("owner_id", Text, nullable=False),
    Column("owner_name", Text, nullable=False),
    Column("state", Text, nullable=False),  # open, taken, answered, declined
    Column("outcome", Text, nullable=False),  # what the reporter is told
    Column("outcome_article_id", Text),
    Column("outcome_version", Integer),
    Column("reported_at", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
)
"""Answers that were missing or wrong, as agents report them to who owns them (补充答案)."""

tickets = Table(
    "tickets",
    metadata,
    Column("id", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("number", Text, nullable=False),  # the day and which of its tickets, from the server
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("customer_id", Text, ForeignKey("customers.id")),
    Column("customer_name", Text, nullable=False),  # as it was then
    Column("contact", Text, nullable=False),  # the number to call back
    Column("interaction_id", Text, nullable=False),
    Column("category_id", Text),
    Column("holder_id", Text, nullable=False),  # "" when a unit holds it
    Column("holder_name", Text, nullable=False),
    Column("due_at", Text, nullable=False),
    Column("state", Text, nullable=False),  # open, closed
    Column("outcome", Text, nullable=False),
    Column("author_id", Text, ForeignKey("agents.id"), nullable=False),
    Column("author_name", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
    Column("field_versions", Text, nullable=False),  # JSON: field → version that last changed it
    Index("tickets_by_customer", "customer_id", "state", "due_at"),
    Index("tickets_by_number", "number"),
)
"""What could not be answered in the call, with who must and by when (工单)."""

ticket_days = Table(
    "ticket_days",
    metadata,
    Column("day", Text, primary_key=True),  # 20260504
    Column("last", Integer, nullable=False),
)
"""How many tickets got a number on a day."""

call_legs = Table(
    "call_legs",
    metadata,
    Column("id", Text, primary_key=True),  # the agent's interaction
    Column("call_id", Text, nullable=False),  # the exchange's name for the call
    Column("agent_id", Text, ForeignKey("agents.id"), nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("direction", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("queue", Text, nullable=False),
    Column("menu_path", Text, nullable=False),
    Column("dialled", Text, nullable=False),
    Column("waited_s", Integer),
    Column("started_at", Text, nullable=False),
    Column("attachment", Text, nullable=False),  # JSON
    Column("opened_at", BigInteger, nullable=False),  # Unix milliseconds, by the server's clock
    Column("updated_at", BigInteger, nullable=False),  # Unix seconds
    Index("call_legs_by_call", "call_id"),
    Index("call_legs_by_state", "state", "updated_at"),
    Index("call_legs_by_age", "updated_at"),
)

presence = Table(
    "presence",
    metadata,
    Column("agent_id", Text, ForeignKey("agents.id"), primary_key=True),
    Column("state", Text, nullable=False),
    Column("since", Text, nullable=False),
    Column("seen_at", BigInteger, nullable=False),  # Unix seconds
)

agent_days = Table(
    "agent_days",
    metadata,
    Column("id", Text, primary_key=True),  # agent's id, a dot, the day
    Column("agent_id", Text, ForeignKey("agents.id"), nullable=False),
    Column("day", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("figures", Text, nullable=False),  # JSON: seconds and counts by name
    Index("agent_days_by_day", "day"),
)
"""What each agent's seat adds up of her day."""

queues = Table(
    "queues",
    metadata,
    Column("number", Text, primary_key=True),  # what the exchange is asked for
    Column("name", Text, nullable=False),
    Column("position", Integer, nullable=False),
)
