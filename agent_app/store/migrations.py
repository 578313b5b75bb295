"""The files' schemas, step by step, so that an older seat's work is carried along (step ⑦).

A migration is released once and never edited after; each runs in one transaction that also sets
``PRAGMA user_version``. A file with a higher number than ours is refused in plain words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from agent_app.store.errors import NewerDatabaseError


@dataclass(frozen=True, slots=True)
class Migration:
    """``version`` is the number the file has afterwards; ``title`` is the log line."""

    version: int
    title: str
    statements: tuple[str, ...]


CACHE_MIGRATIONS: tuple[Migration, ...] = (
    Migration(1, "customers, phones, interactions, categories, articles, segments, cursor", (
        """CREATE TABLE segments (
            id TEXT NOT NULL PRIMARY KEY,
            name TEXT NOT NULL DEFAULT '',
            rule TEXT NOT NULL DEFAULT '')""",
        """CREATE TABLE categories (
            id TEXT NOT NULL PRIMARY KEY,
            parent_id TEXT,
            name TEXT NOT NULL DEFAULT '',
            name_en TEXT NOT NULL DEFAULT '',
            position INTEGER NOT NULL DEFAULT 0)""",
        """CREATE TABLE articles (
            id TEXT NOT NULL PRIMARY KEY,
            version INTEGER NOT NULL DEFAULT 0,
            category_id TEXT NOT NULL DEFAULT '',
            title TEXT NOT NULL DEFAULT '',
            question TEXT NOT NULL DEFAULT '',
            answer TEXT NOT NULL DEFAULT '',
            basis TEXT NOT NULL DEFAULT '',
            keywords TEXT NOT NULL DEFAULT '',
            region TEXT NOT NULL DEFAULT '',
            valid_from TEXT,
            valid_until TEXT,
            sample BOOLEAN NOT NULL DEFAULT 0,
            pinyin TEXT NOT NULL DEFAULT '',
            initials TEXT NOT NULL DEFAULT '')""",
        """CREATE TABLE customers (
            id TEXT NOT NULL PRIMARY KEY,
            version INTEGER NOT NULL DEFAULT 0,
            kind TEXT NOT NULL DEFAULT '',
            name TEXT NOT NULL DEFAULT '',
            segment_id TEXT,
            region TEXT NOT NULL DEFAULT '',
            arrears_cents INTEGER NOT NULL DEFAULT 0,
            warning TEXT NOT NULL DEFAULT '',
            notes TEXT NOT NULL DEFAULT '')""",
        """CREATE TABLE phones (
            id TEXT NOT NULL PRIMARY KEY,
            customer_id TEXT NOT NULL DEFAULT '',
            number TEXT NOT NULL DEFAULT '',
            label TEXT NOT NULL DEFAULT '')""",
        "CREATE INDEX phones_by_number ON phones (number, customer_id, label)",
        "CREATE INDEX phones_by_customer ON phones (customer_id)",
        """CREATE TABLE interactions (
            id TEXT NOT NULL PRIMARY KEY,
            version INTEGER NOT NULL DEFAULT 0,
            customer_id TEXT,
            agent_id TEXT NOT NULL DEFAULT '',
            agent_name TEXT NOT NULL DEFAULT '',
            direction TEXT NOT NULL DEFAULT '',
            exchange_call_id TEXT NOT NULL DEFAULT '',
            caller_name TEXT NOT NULL DEFAULT '',
            number TEXT NOT NULL DEFAULT '',
            dialled TEXT NOT NULL DEFAULT '',
            queue TEXT NOT NULL DEFAULT '',
            menu_path TEXT NOT NULL DEFAULT '',
            waited_s INTEGER,
            started_at TEXT NOT NULL DEFAULT '',
            answered_at TEXT,
            ended_at TEXT,
            talk_s INTEGER NOT NULL DEFAULT 0,
            end_reason TEXT NOT NULL DEFAULT '',
            category_id TEXT,
            question TEXT NOT NULL DEFAULT '',
            answer TEXT NOT NULL DEFAULT '',
            follow_up TEXT NOT NULL DEFAULT '',
            quotes TEXT NOT NULL DEFAULT '')""",
        "CREATE INDEX interactions_by_customer ON interactions (customer_id, started_at)",
        "CREATE TABLE replica (id INTEGER NOT NULL PRIMARY KEY, cursor INTEGER NOT NULL DEFAULT 0)",
        "INSERT INTO replica (id, cursor) VALUES (1, 0)",
    )),
    Migration(2, "the centre's settings and notices, more of a customer; fetched from the start", (
        """CREATE TABLE settings (
            id TEXT NOT NULL PRIMARY KEY,
            version INTEGER NOT NULL DEFAULT 0,
            value TEXT NOT NULL DEFAULT '')""",
        """CREATE TABLE notices (
            id TEXT NOT NULL PRIMARY KEY,
            version INTEGER NOT NULL DEFAULT 0,
            title TEXT NOT NULL DEFAULT '',
            body TEXT NOT NULL DEFAULT '',
            must_read BOOLEAN NOT NULL DEFAULT 0,
            author_name TEXT NOT NULL DEFAULT '',
            published_at TEXT NOT NULL DEFAULT '',
            expires_at TEXT)""",
        "ALTER TABLE customers ADD COLUMN company TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE customers ADD COLUMN id_number TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE customers ADD COLUMN address TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE customers ADD COLUMN pinyin TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE customers ADD COLUMN initials TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE customers ADD COLUMN merged_into TEXT",
        "ALTER TABLE customers ADD COLUMN custom TEXT NOT NULL DEFAULT ''",
        "UPDATE replica SET cursor = 0",
    )),
    Migration(3, "what the server sends to this role, and when the copy was compared with it", (
        "ALTER TABLE replica ADD COLUMN scope TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE replica ADD COLUMN compared_at TEXT NOT NULL DEFAULT ''",
    )),
    Migration(4, "articles in preparation, their files, reports of missing answers", (
        "ALTER TABLE articles ADD COLUMN owner_id TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE articles ADD COLUMN owner_name TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE articles ADD COLUMN variant_of TEXT NOT NULL DEFAULT ''",
        "CREATE INDEX articles_by_variant ON articles (variant_of)",
        "ALTER TABLE interactions ADD COLUMN basis TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE interactions ADD COLUMN customer_name TEXT NOT NULL DEFAULT ''",
        """CREATE TABLE attachments (
            id TEXT NOT NULL PRIMARY KEY,
            article_id TEXT NOT NULL DEFAULT '',
            name TEXT NOT NULL DEFAULT '',
            media_type TEXT NOT NULL DEFAULT '',
            size INTEGER NOT NULL DEFAULT 0,
            digest TEXT NOT NULL DEFAULT '')""",
        "CREATE INDEX attachments_by_article ON attachments (article_id)",
        """CREATE TABLE article_drafts (
            id TEXT NOT NULL PRIMARY KEY,
            version INTEGER NOT NULL DEFAULT 0,
            article_id TEXT NOT NULL DEFAULT '',
            base_version INTEGER NOT NULL DEFAULT 0,
            category_id TEXT,
            title TEXT NOT NULL DEFAULT '',
            question TEXT NOT NULL DEFAULT '',
            answer TEXT NOT NULL DEFAULT '',
            basis TEXT NOT NULL DEFAULT '',
            keywords TEXT NOT NULL DEFAULT '',
            region TEXT NOT NULL DEFAULT '',
            valid_from TEXT,
            valid_until TEXT,
            owner_id TEXT NOT NULL DEFAULT '',
            variant_of TEXT NOT NULL DEFAULT '',
            note TEXT NOT NULL DEFAULT '',
            state TEXT NOT NULL DEFAULT '',
            author_id TEXT NOT NULL DEFAULT '',
            author_name TEXT NOT NULL DEFAULT '',
            reviewer_name TEXT NOT NULL DEFAULT '',
            remark TEXT NOT NULL DEFAULT '',
            changed_at TEXT NOT NULL DEFAULT '')""",
        """CREATE TABLE gap_reports (
            id TEXT NOT NULL PRIMARY KEY,
            version INTEGER NOT NULL DEFAULT 0,
            article_id TEXT,
            article_version INTEGER,
            asked TEXT NOT NULL DEFAULT '',
            missing TEXT NOT NULL DEFAULT '',
            category_id TEXT,
            interaction_id TEXT NOT NULL DEFAULT '',
            reporter_id TEXT NOT NULL DEFAULT '',
            reporter_name TEXT NOT NULL DEFAULT '',
            owner_id TEXT NOT NULL DEFAULT '',
            owner_name TEXT NOT NULL DEFAULT '',
            state TEXT NOT NULL DEFAULT '',
            outcome TEXT NOT NULL DEFAULT '',
            outcome_article_id TEXT,
            outcome_version INTEGER,
            reported_at TEXT NOT NULL DEFAULT '',
            changed_at TEXT NOT NULL DEFAULT '')""",
        "CREATE INDEX interactions_by_number ON interactions (number, started_at)",
        "CREATE INDEX interactions_by_time ON interactions (started_at)",
        "UPDATE replica SET cursor = 0",
    )),
    Migration(5, "customers by name, spelling, company, region and last digits", (
        "CREATE INDEX customers_by_name ON customers (name, region, company)",
        "CREATE INDEX customers_by_initials ON customers (initials)",
        "CREATE INDEX customers_by_region ON customers (region)",
        "CREATE INDEX customers_by_company ON customers (company) WHERE company != ''",
        "CREATE INDEX customers_by_given ON customers (substr(name, 2))",
        "CREATE INDEX customers_by_brand ON customers (substr(name, 3)) WHERE kind = 'company'",
        "CREATE INDEX customers_by_spelling ON customers (replace(pinyin, ' ', ''))",
        "CREATE INDEX phones_by_tail ON phones (substr(number, -4), number)",
    )),
    Migration(6, "tickets; fetched from the start", (
        """CREATE TABLE tickets (
            id TEXT NOT NULL PRIMARY KEY,
            version INTEGER NOT NULL DEFAULT 0,
            number TEXT NOT NULL DEFAULT '',
            kind TEXT NOT NULL DEFAULT '',
            title TEXT NOT NULL DEFAULT '',
            body TEXT NOT NULL DEFAULT '',
            customer_id TEXT,
            customer_name TEXT NOT NULL DEFAULT '',
            contact TEXT NOT NULL DEFAULT '',
            interaction_id TEXT NOT NULL DEFAULT '',
            category_id TEXT,
            holder_id TEXT NOT NULL DEFAULT '',
            holder_name TEXT NOT NULL DEFAULT '',
            due_at TEXT NOT NULL DEFAULT '',
            state TEXT NOT NULL DEFAULT '',
            outcome TEXT NOT NULL DEFAULT '',
            author_id TEXT NOT NULL DEFAULT '',
            author_name TEXT NOT NULL DEFAULT '',
            made_at TEXT NOT NULL DEFAULT '',
            changed_at TEXT NOT NULL DEFAULT '')""",
        "CREATE INDEX tickets_by_customer ON tickets (customer_id, state, due_at)",
        "CREATE INDEX tickets_by_call ON tickets (interaction_id)",
        "UPDATE replica SET cursor = 0",
    )),
    Migration(7, "what callers said of their calls; fetched from the start", (
        """CREATE TABLE grades (
            id TEXT NOT NULL PRIMARY KEY,
            digit INTEGER NOT NULL DEFAULT 0,
            name TEXT NOT NULL DEFAULT '', name_en TEXT NOT NULL DEFAULT '',
            satisfied BOOLEAN NOT NULL DEFAULT 0, at TEXT NOT NULL DEFAULT '')""",
        "UPDATE replica SET cursor = 0",
    )),
)  # fmt: skip

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


def version_of(connection: Connection) -> int:
    """The file's ``user_version``, 0 for a file without tables."""
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def migrate(connection: Connection, migrations: Sequence[Migration], path: Path) -> list[str]:
    """Bring the file up to date, one transaction per migration; returns the titles of those run.

    Raises NewerDatabaseError, before anything is written, when the file is ahead of us.
    """
    with connection.begin():
        current = version_of(connection)
    if current > migrations[-1].version:
        raise NewerDatabaseError(path)
    done = []
    for migration in migrations:
        if migration.version <= current:
            continue
        with connection.begin():
            for statement in migration.statements:
                connection.exec_driver_sql(statement)
            connection.exec_driver_sql(f"PRAGMA user_version = {migration.version}")
        done.append(migration.title)
    return done
