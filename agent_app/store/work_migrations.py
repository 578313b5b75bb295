"""How the file of an agent's own work came to its schema, step by step (step ⑦)."""

from __future__ import annotations

from agent_app.store.migrations import Migration

WORK_MIGRATIONS: tuple[Migration, ...] = (
    Migration(1, "drafts, what this seat saved, outbox", (
        """CREATE TABLE drafts (
            interaction_id TEXT NOT NULL PRIMARY KEY,
            state TEXT NOT NULL DEFAULT '',
            body TEXT NOT NULL DEFAULT '',
            changed_at TEXT NOT NULL DEFAULT '')""",
        """CREATE TABLE own_interactions (
            id TEXT NOT NULL PRIMARY KEY,
            operation_id TEXT NOT NULL DEFAULT '',
            customer_id TEXT,
            started_at TEXT NOT NULL DEFAULT '',
            payload TEXT NOT NULL DEFAULT '',
            title TEXT NOT NULL DEFAULT '',
            made_at TEXT NOT NULL DEFAULT '',
            delivered BOOLEAN NOT NULL DEFAULT 0)""",
        "CREATE INDEX own_interactions_by_customer ON own_interactions (customer_id, started_at)",
        """CREATE TABLE outbox (
            position INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL DEFAULT '',
            kind TEXT NOT NULL DEFAULT '',
            record TEXT NOT NULL DEFAULT '',
            author TEXT NOT NULL DEFAULT '',
            made_at TEXT NOT NULL DEFAULT '',
            payload TEXT NOT NULL DEFAULT '',
            base TEXT NOT NULL DEFAULT '',
            title TEXT NOT NULL DEFAULT '',
            state TEXT NOT NULL DEFAULT '',
            attempts INTEGER NOT NULL DEFAULT 0,
            detail TEXT NOT NULL DEFAULT '',
            server TEXT NOT NULL DEFAULT '')""",
        "CREATE UNIQUE INDEX outbox_by_id ON outbox (id)",
        "CREATE INDEX outbox_by_record ON outbox (record, position)",
    )),
    Migration(2, "the seat's call history", (
        """CREATE TABLE calls (
            id TEXT NOT NULL PRIMARY KEY,
            interaction_id TEXT NOT NULL DEFAULT '',
            direction TEXT NOT NULL DEFAULT '',
            name TEXT NOT NULL DEFAULT '',
            number TEXT NOT NULL DEFAULT '',
            normal TEXT NOT NULL DEFAULT '',
            queue TEXT NOT NULL DEFAULT '',
            started_at TEXT NOT NULL DEFAULT '',
            answered_at TEXT,
            ended_at TEXT,
            talk_s INTEGER NOT NULL DEFAULT 0,
            end_reason TEXT NOT NULL DEFAULT '',
            encrypted BOOLEAN,
            transferred_by TEXT NOT NULL DEFAULT '',
            transferred_to TEXT NOT NULL DEFAULT '',
            seen BOOLEAN NOT NULL DEFAULT 0)""",
    )),
    Migration(3, "customers edited here, what waits for another record, what was decided", (
        "ALTER TABLE outbox ADD COLUMN after TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE outbox ADD COLUMN not_before TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE outbox ADD COLUMN previous TEXT NOT NULL DEFAULT ''",
        """CREATE TABLE customer_edits (
            position INTEGER NOT NULL PRIMARY KEY,
            operation_id TEXT NOT NULL DEFAULT '',
            customer_id TEXT NOT NULL DEFAULT '',
            payload TEXT NOT NULL DEFAULT '',
            numbers TEXT NOT NULL DEFAULT '',
            made_at TEXT NOT NULL DEFAULT '',
            version INTEGER NOT NULL DEFAULT 0,
            is_new BOOLEAN NOT NULL DEFAULT 0)""",
        "CREATE INDEX customer_edits_by_customer ON customer_edits (customer_id, position)",
        "CREATE UNIQUE INDEX customer_edits_by_operation ON customer_edits (operation_id)",
        """CREATE TABLE customer_drafts (
            customer_id TEXT NOT NULL PRIMARY KEY,
            interaction_id TEXT NOT NULL DEFAULT '',
            body TEXT NOT NULL DEFAULT '',
            changed_at TEXT NOT NULL DEFAULT '')""",
        """CREATE TABLE decided (
            number INTEGER NOT NULL PRIMARY KEY,
            id TEXT NOT NULL DEFAULT '',
            kind TEXT NOT NULL DEFAULT '',
            record TEXT NOT NULL DEFAULT '',
            author TEXT NOT NULL DEFAULT '',
            title TEXT NOT NULL DEFAULT '',
            made_at TEXT NOT NULL DEFAULT '',
            decided_at TEXT NOT NULL DEFAULT '',
            detail TEXT NOT NULL DEFAULT '',
            payload TEXT NOT NULL DEFAULT '',
            entry TEXT NOT NULL DEFAULT '',
            making BOOLEAN NOT NULL DEFAULT 0)""",
        "CREATE INDEX decided_by_record ON decided (record)",
    )),
    Migration(4, "which articles are reached for on this seat", (
        """CREATE TABLE article_uses (
            agent_id TEXT NOT NULL,
            article_id TEXT NOT NULL,
            opened INTEGER NOT NULL DEFAULT 0,
            quoted INTEGER NOT NULL DEFAULT 0,
            last_at TEXT NOT NULL DEFAULT '',
            favourite BOOLEAN NOT NULL DEFAULT 0,
            PRIMARY KEY (agent_id, article_id))""",
    )),
    Migration(5, "small forms, what the server took and did not send back, what was read", (
        """CREATE TABLE typed (
            kind TEXT NOT NULL,
            record TEXT NOT NULL,
            body TEXT NOT NULL DEFAULT '',
            changed_at TEXT NOT NULL DEFAULT '',
            PRIMARY KEY (kind, record))""",
        """CREATE TABLE ahead (
            position INTEGER NOT NULL PRIMARY KEY,
            operation_id TEXT NOT NULL DEFAULT '',
            kind TEXT NOT NULL DEFAULT '',
            record TEXT NOT NULL DEFAULT '',
            author TEXT NOT NULL DEFAULT '',
            made_at TEXT NOT NULL DEFAULT '',
            payload TEXT NOT NULL DEFAULT '',
            base TEXT NOT NULL DEFAULT '',
            title TEXT NOT NULL DEFAULT '',
            version INTEGER NOT NULL DEFAULT 0)""",
        "CREATE UNIQUE INDEX ahead_by_operation ON ahead (operation_id)",
        """CREATE TABLE notice_reads (
            notice_id TEXT NOT NULL PRIMARY KEY,
            read_at TEXT NOT NULL DEFAULT '')""",
        """CREATE TABLE gap_seen (
            report_id TEXT NOT NULL PRIMARY KEY,
            seen_at TEXT NOT NULL DEFAULT '')""",
    )),
    Migration(6, "which version of what was saved here the server has", (
        "ALTER TABLE own_interactions ADD COLUMN version INTEGER NOT NULL DEFAULT 0",
    )),
    Migration(7, "what her days are added up from, and what the centre was told of them", (
        """CREATE TABLE state_spans (
            id INTEGER NOT NULL PRIMARY KEY,
            state TEXT NOT NULL DEFAULT '',
            began_at TEXT NOT NULL DEFAULT '',
            lasted_ms INTEGER NOT NULL DEFAULT 0,
            lasts BOOLEAN NOT NULL DEFAULT 0)""",
        "CREATE INDEX state_spans_by_time ON state_spans (began_at)",
        """CREATE TABLE day_notes (
            day TEXT NOT NULL PRIMARY KEY,
            told TEXT NOT NULL DEFAULT '',
            compared TEXT NOT NULL DEFAULT '')""",
        "CREATE TABLE day_seat (id TEXT NOT NULL PRIMARY KEY)",
    )),
    Migration(8, "whose the tickets are that the server did not send back yet", (
        "CREATE INDEX ahead_by_record ON ahead (record)",
        """CREATE INDEX outbox_by_person ON outbox (json_extract(payload, '$.customer_id'))
            WHERE kind = 'ticket.save'""",
        """CREATE INDEX ahead_by_person ON ahead (json_extract(payload, '$.customer_id'))
            WHERE kind = 'ticket.save'""",
    )),
)  # fmt: skip
