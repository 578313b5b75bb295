CREATE TABLE segments (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL DEFAULT '',
    rule TEXT NOT NULL DEFAULT '');
CREATE TABLE categories (
    id TEXT NOT NULL PRIMARY KEY,
    parent_id TEXT,
    name TEXT NOT NULL DEFAULT '',
    name_en TEXT NOT NULL DEFAULT '',
    position INTEGER NOT NULL DEFAULT 0);
CREATE TABLE articles (
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
    initials TEXT NOT NULL DEFAULT '');
CREATE TABLE customers (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 0,
    kind TEXT NOT NULL DEFAULT '',
    name TEXT NOT NULL DEFAULT '',
    segment_id TEXT,
    region TEXT NOT NULL DEFAULT '',
    arrears_cents INTEGER NOT NULL DEFAULT 0,
    warning TEXT NOT NULL DEFAULT '',
    notes TEXT NOT NULL DEFAULT '');
CREATE TABLE phones (
    id TEXT NOT NULL PRIMARY KEY,
    customer_id TEXT NOT NULL DEFAULT '',
    number TEXT NOT NULL DEFAULT '',
    label TEXT NOT NULL DEFAULT '');
CREATE INDEX phones_by_number ON phones (number, customer_id, label);
CREATE INDEX phones_by_customer ON phones (customer_id);
CREATE TABLE interactions (
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
    quotes TEXT NOT NULL DEFAULT '');
CREATE INDEX interactions_by_customer ON interactions (customer_id, started_at);
CREATE TABLE replica (id INTEGER NOT NULL PRIMARY KEY, cursor INTEGER NOT NULL DEFAULT 0);
INSERT INTO replica (id, cursor) VALUES (1, 0);
PRAGMA user_version = 1;
