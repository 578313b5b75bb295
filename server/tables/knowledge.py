"""What the centre knows: categories, articles in versions, notices, settings (M29, step ⑨)."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, Table, Text

from server.tables.metadata import metadata

categories = Table(
    "categories",
    metadata,
    Column("id", Text, primary_key=True),
    Column("parent_id", Text, ForeignKey("categories.id")),
    Column("name", Text, nullable=False),
    Column("name_en", Text, nullable=False),
    Column("position", Integer, nullable=False),
)

articles = Table(
    "articles",
    metadata,
    Column("id", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("category_id", Text, ForeignKey("categories.id"), nullable=False),
    Column("title", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("basis", Text, nullable=False),
    Column("keywords", Text, nullable=False),
    Column("region", Text, nullable=False),
    Column("valid_from", Text, nullable=False),
    Column("valid_until", Text),
    Column("sample", Boolean, nullable=False),
    Column("pinyin", Text, nullable=False),
    Column("initials", Text, nullable=False),
    Column("owner_id", Text, nullable=False, server_default=""),  # an agent's id, "" for nobody
    Column("owner_name", Text, nullable=False, server_default=""),
    Column("variant_of", Text, nullable=False, server_default=""),  # whose regional answer it is
)

article_versions = Table(
    "article_versions",
    metadata,
    Column("article_id", Text, ForeignKey("articles.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("saved_at", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("body", Text, nullable=False),  # JSON: the article's columns as they were, and its files
)
"""Every version an article had; triggers refuse to change or delete one."""

article_drafts = Table(
    "article_drafts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("article_id", Text, nullable=False),  # "" for one that is not published yet
    Column("base_version", Integer, nullable=False),
    Column("category_id", Text, ForeignKey("categories.id")),
    Column("title", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("basis", Text, nullable=False),
    Column("keywords", Text, nullable=False),
    Column("region", Text, nullable=False),
    Column("valid_from", Text),
    Column("valid_until", Text),
    Column("owner_id", Text, nullable=False),
    Column("variant_of", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column(
        "state", Text, nullable=False
    ),  # writing, in-review, returned, scheduled, published, dropped
    Column("author_id", Text, nullable=False),
    Column("author_name", Text, nullable=False),
    Column("reviewer_name", Text, nullable=False),
    Column("remark", Text, nullable=False),  # the reviewer's
    Column("changed_at", Text, nullable=False),
    Index("article_drafts_by_state", "state", "valid_from"),
)
"""What editors write and review before it becomes a version."""

attachments = Table(
    "attachments",
    metadata,
    Column("id", Text, primary_key=True),
    Column("article_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("size", Integer, nullable=False),  # bytes
    Column("digest", Text, nullable=False),  # SHA-256, hexadecimal
    Index("attachments_by_article", "article_id"),
)
"""The files of the version in force."""

attachment_files = Table(
    "attachment_files",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("size", Integer, nullable=False),  # bytes
    Column("digest", Text, nullable=False),  # SHA-256, hexadecimal
    Column("content", LargeBinary, nullable=False),
)
"""Every file that a version had or a draft brings; seats fetch the bytes when somebody opens it."""

draft_files = Table(
    "draft_files",
    metadata,
    Column("draft_id", Text, ForeignKey("article_drafts.id"), primary_key=True),
    Column("file_id", Text, ForeignKey("attachment_files.id"), primary_key=True),
    Column("change", Text, nullable=False),  # added, removed
)
"""What the version that a draft becomes will have more, or not have any more."""

draft_writers = Table(
    "draft_writers",
    metadata,
    Column("draft_id", Text, ForeignKey("article_drafts.id"), primary_key=True),
    Column("agent_id", Text, primary_key=True),
)
"""Everybody who wrote any of a draft, its words or its files."""

notices = Table(
    "notices",
    metadata,
    Column("id", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("must_read", Boolean, nullable=False),
    Column("author_name", Text, nullable=False),
    Column("published_at", Text, nullable=False),
    Column("expires_at", Text),
)

notice_reads = Table(
    "notice_reads",
    metadata,
    Column("notice_id", Text, ForeignKey("notices.id"), primary_key=True),
    Column("agent_id", Text, ForeignKey("agents.id"), primary_key=True),
    Column("read_at", Text, nullable=False),
)

centre_settings = Table(
    "settings",
    metadata,
    Column("id", Text, primary_key=True),  # skills, reasons, wrap-up, calendar, customer-fields …
    Column("version", Integer, nullable=False),
    Column("value", Text, nullable=False),  # JSON object
)
