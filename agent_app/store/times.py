"""Times as the files and the wire write them: ISO 8601 in UTC with a ``Z`` (steps ⑦ and ⑧)."""

from __future__ import annotations

from datetime import UTC, datetime


def to_text(moment: datetime) -> str:
    """Milliseconds, UTC; ``moment`` carries a zone. Such texts sort as the moments do."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def to_text_or_none(moment: datetime | None) -> str | None:
    return None if moment is None else to_text(moment)


def from_text(text: str) -> datetime:
    """Raises ValueError for what is no time; a time without a zone is taken as UTC."""
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def from_text_or_none(text: str | None) -> datetime | None:
    return None if text is None else from_text(text)
