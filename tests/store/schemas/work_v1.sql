CREATE TABLE drafts (
    interaction_id TEXT NOT NULL PRIMARY KEY,
    state TEXT NOT NULL DEFAULT '',
    body TEXT NOT NULL DEFAULT '',
    changed_at TEXT NOT NULL DEFAULT '');
CREATE TABLE own_interactions (
    id TEXT NOT NULL PRIMARY KEY,
    operation_id TEXT NOT NULL DEFAULT '',
    customer_id TEXT,
    started_at TEXT NOT NULL DEFAULT '',
    payload TEXT NOT NULL DEFAULT '',
    title TEXT NOT NULL DEFAULT '',
    made_at TEXT NOT NULL DEFAULT '',
    delivered BOOLEAN NOT NULL DEFAULT 0);
CREATE INDEX own_interactions_by_customer ON own_interactions (customer_id, started_at);
CREATE TABLE outbox (
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
    server TEXT NOT NULL DEFAULT '');
CREATE UNIQUE INDEX outbox_by_id ON outbox (id);
CREATE INDEX outbox_by_record ON outbox (record, position);
PRAGMA user_version = 1;
