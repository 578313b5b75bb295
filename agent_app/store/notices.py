"""Notices on the seat: what holds, what she has read, what she writes (steps ⑥ to ⑧)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

import orjson
from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from agent_app.domain.ids import AgentId, NoticeId
from agent_app.domain.link import READ_NOTICE, SAVE_NOTICE
from agent_app.domain.notices import Notice, NoticeForm
from agent_app.store.ahead import (
    Sending,
    acts_of,
    enqueue,
    known_version,
    made_here,
    overlaid,
    plain,
)
from agent_app.store.over_copy import OverCopy
from agent_app.store.tables import notice_reads, notices
from agent_app.store.times import from_text, to_text
from agent_app.store.typed import drop_typed

FORM = "notice"
_BLANK: Mapping[str, object] = {
    "id": "", "version": 0, "title": "", "body": "", "must_read": False, "author_name": "",
    "published_at": "", "expires_at": None,
}  # fmt: skip


class Notices(OverCopy):
    """Notices, who read them, and the one she writes."""

    async def all(self) -> tuple[Notice, ...]:
        """Every notice, the newest first, with when she read it."""
        return await self._readers.run(self._all)

    async def read(self, notice: Notice, *, agent_id: AgentId) -> None:
        """Keep that she has read it, and tell the server; the first time counts."""
        now = to_text(self._now())
        statement = insert(notice_reads).values(notice_id=notice.notice_id, read_at=now)
        statement = statement.on_conflict_do_nothing()
        sending = Sending(
            READ_NOTICE, notice.notice_id, agent_id, now, {"read_at": now}, {}, notice.title
        )

        def job(connection: Connection) -> None:
            if connection.execute(statement).rowcount:
                enqueue(connection, sending)

        await self._outbox.write(job, {READ_NOTICE})

    async def note_reads(self, reads: Mapping[str, str]) -> bool:
        """What she read on other seats, as the server says; whether any of it was news."""
        statement = insert(notice_reads).on_conflict_do_nothing()
        rows = [{"notice_id": one, "read_at": at} for one, at in reads.items()]
        if not rows:
            return False

        def job(connection: Connection) -> bool:
            known = set(connection.execute(select(notice_reads.c.notice_id)).scalars())
            new = [row for row in rows if row["notice_id"] not in known]
            if new:
                connection.execute(statement, new)
            return bool(new)

        return await self._work.write(job)

    async def save(self, form: NoticeForm, *, agent_id: AgentId) -> None:
        """Send a new notice, or a changed one; a new one a second time changes nothing."""
        now = to_text(self._now())
        payload: dict[str, object] = {
            "title": form.title.strip(), "body": form.body.strip(), "must_read": form.must_read,
            "expires_at": None if form.until is None else end_of(form.until),
        }  # fmt: skip
        new = not form.version
        if new:
            payload |= {"id": form.notice_id, "published_at": now}

        def job(connection: Connection) -> None:
            record = form.notice_id
            if not (new and made_here(connection, SAVE_NOTICE, record)):
                base: dict[str, int] = {}
                if not new:
                    seen = known_version(connection, SAVE_NOTICE, record, form.version)
                    base = dict.fromkeys(payload, seen)
                enqueue(
                    connection,
                    Sending(SAVE_NOTICE, record, agent_id, now, payload, base, form.title),
                )
            drop_typed(connection, FORM, form.about)

        await self._outbox.write(job, {SAVE_NOTICE})

    async def keep_form(self, form: NoticeForm) -> None:
        """What she has typed so far."""
        until = "" if form.until is None else form.until.isoformat()
        body = {
            "notice_id": form.notice_id, "version": form.version, "title": form.title,
            "body": form.body, "must_read": form.must_read, "until": until,
        }  # fmt: skip
        await self._typed.put(FORM, form.about, orjson.dumps(body).decode())

    async def typed_form(self, form: NoticeForm) -> NoticeForm | None:
        """What was typed of the same notice, or of a new one; None where nothing was."""
        body = await self._typed.get(FORM, form.about)
        try:
            found = orjson.loads(body) if body else {}
            until = str(found.get("until", ""))
            return None if not found else NoticeForm(
                NoticeId(str(found["notice_id"])), int(found["version"]), str(found["title"]),
                str(found["body"]), bool(found["must_read"]),
                date.fromisoformat(until) if until else None,
            )  # fmt: skip
        except (ValueError, KeyError, TypeError, AttributeError):
            return None

    async def drop_form(self, form: NoticeForm) -> None:
        await self._typed.drop(FORM, form.about)

    # --- inside ----------------------------------------------------------------------------------

    def _all(self) -> tuple[Notice, ...]:
        with self._work.reading() as work:
            acts = acts_of(work, SAVE_NOTICE)
            reads = {row.notice_id: row.read_at for row in work.execute(select(notice_reads))}
        with self._cache.reading() as cache:
            rows = {row.id: plain(row) for row in cache.execute(select(notices))}
        found = []
        for record in {*rows, *acts}:
            seen = overlaid(rows.get(record), acts.get(record, ()), _BLANK)
            if seen is not None:
                found.append(_notice(record, seen[0], seen[1], reads.get(record, "")))
        found.sort(key=lambda one: (one.published_at, one.notice_id), reverse=True)
        return tuple(found)


def end_of(day: date) -> str:
    """The moment when a notice that holds until ``day`` does not hold any more."""
    return to_text(datetime.combine(day + timedelta(days=1), time()).astimezone(UTC))


def _notice(record: str, row: Mapping[str, object], waits: bool, read_at: str) -> Notice:
    expires = row["expires_at"]
    return Notice(
        notice_id=NoticeId(record),
        version=int(str(row["version"])),
        title=str(row["title"]),
        body=str(row["body"]),
        must_read=bool(row["must_read"]),
        author_name=str(row["author_name"]),
        published_at=from_text(str(row["published_at"])),
        expires_at=None if not expires else from_text(str(expires)),
        read_at=from_text(read_at) if read_at else None,
        provisional=waits,
    )
