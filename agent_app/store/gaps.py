"""Gap reports on the seat: hers, those to answer, and what is sent of them (steps ⑥ to ⑧).

Sending writes the outbox entry and the end of what was typed in one transaction; from then on the
lists show it, whether the server is there or not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

import orjson
from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from agent_app.domain.gaps import (
    NEWS_DAYS,
    GapAnswer,
    GapArticle,
    GapForm,
    GapLists,
    GapReport,
    GapState,
)
from agent_app.domain.ids import AgentId, ArticleId, CategoryId, ReportId
from agent_app.domain.link import SAVE_GAP
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
from agent_app.store.tables import articles, gap_reports, gap_seen
from agent_app.store.times import from_text, to_text
from agent_app.store.typed import drop_typed

FORM, ANSWER = "gap", "gap-answer"
LIMIT = 500
"""Rows of a list; who has more to do than that begins with the oldest."""
_BLANK: Mapping[str, object] = {
    str(column.name): 0 if column.name == "version" else "" for column in gap_reports.columns
} | dict.fromkeys(
    ("article_id", "article_version", "category_id", "outcome_article_id", "outcome_version")
)


class Gaps(OverCopy):
    """Reports of missing answers."""

    async def lists(self, agent_id: AgentId) -> GapLists:
        """Everything that concerns this agent."""
        return await self._readers.run(lambda: self._lists(agent_id))

    async def report(self, form: GapForm, *, agent_id: AgentId) -> None:
        """Send a new report; the same one a second time changes nothing."""
        now = to_text(self._now())
        article = form.article
        payload = {
            "id": form.report_id, "asked": form.asked.strip(), "missing": form.missing.strip(),
            "article_id": None if article is None else article.article_id,
            "article_version": None if article is None else article.version,
            "category_id": form.category_id, "interaction_id": form.interaction_id,
            "reported_at": now, "state": GapState.OPEN.value,
        }  # fmt: skip
        title = form.asked or form.missing if article is None else article.title
        sending = Sending(SAVE_GAP, form.report_id, agent_id, now, payload, {}, title)

        def job(connection: Connection) -> None:
            if not made_here(connection, SAVE_GAP, form.report_id):
                enqueue(connection, sending)
            drop_typed(connection, FORM, form.about)

        await self._outbox.write(job, {SAVE_GAP})

    async def decide(self, answer: GapAnswer, *, title: str, agent_id: AgentId) -> None:
        """Take, give back, answer or decline a report that is there already."""
        now = to_text(self._now())
        payload: dict[str, object] = {"state": answer.state.value}
        if answer.state.closed:
            payload["outcome"] = answer.outcome.strip()
            if answer.article is not None:
                payload["outcome_article_id"] = answer.article.article_id
                payload["outcome_version"] = answer.article.version

        def job(connection: Connection) -> None:
            seen = known_version(connection, SAVE_GAP, answer.report_id, answer.version)
            base = dict.fromkeys(payload, seen)
            enqueue(
                connection,
                Sending(SAVE_GAP, answer.report_id, agent_id, now, payload, base, title),
            )
            if answer.state.closed:
                drop_typed(connection, ANSWER, answer.report_id)

        await self._outbox.write(job, {SAVE_GAP})

    async def mark_seen(self, report_ids: Iterable[ReportId]) -> None:
        """She has seen what became of these."""
        now = to_text(self._now())
        rows = [{"report_id": one, "seen_at": now} for one in report_ids]
        statement = insert(gap_seen).on_conflict_do_nothing()
        if rows:
            await self._work.write(lambda c: c.execute(statement, rows).close())

    async def keep_form(self, form: GapForm) -> None:
        """What she has typed so far."""
        body = {"report_id": form.report_id, "asked": form.asked, "missing": form.missing}
        await self._typed.put(FORM, form.about, orjson.dumps(body).decode())

    async def typed_form(self, form: GapForm) -> GapForm | None:
        """What was typed about the same before; None where nothing was."""
        found = _words(await self._typed.get(FORM, form.about))
        if not found.get("report_id"):
            return None
        return GapForm(
            ReportId(found["report_id"]), found.get("asked", ""), found.get("missing", ""),
            form.article, form.category_id, form.interaction_id,
        )  # fmt: skip

    async def drop_form(self, form: GapForm) -> None:
        await self._typed.drop(FORM, form.about)

    async def keep_answer(self, report_id: ReportId, outcome: str) -> None:
        """Words of an answer that is not sent yet."""
        await self._typed.put(ANSWER, report_id, orjson.dumps({"outcome": outcome}).decode())

    async def typed_answer(self, report_id: ReportId) -> str:
        return _words(await self._typed.get(ANSWER, report_id)).get("outcome", "")

    # --- inside ----------------------------------------------------------------------------------

    def _lists(self, agent_id: AgentId) -> GapLists:
        with self._work.reading() as work:
            acts = acts_of(work, SAVE_GAP)
            seen = set(work.execute(select(gap_seen.c.report_id)).scalars())
        concerns = (
            (gap_reports.c.reporter_id == agent_id)
            | gap_reports.c.state.in_([GapState.OPEN.value, GapState.TAKEN.value])
            | gap_reports.c.id.in_(tuple(acts))
        )
        question = select(gap_reports).where(concerns).order_by(gap_reports.c.id)
        with self._cache.reading() as cache:
            rows = {row.id: plain(row) for row in cache.execute(question)}
            values = {
                record: found
                for record in {*rows, *acts}
                if (found := overlaid(rows.get(record), acts.get(record, ()), _BLANK))
            }
            named = _titles(cache, [one for one, _ in values.values()])
        for record, (one, waits) in values.items():
            made = acts.get(record, [])
            if record not in rows:
                one["reporter_id"] = made[0].author
            if waits and not made[-1].is_new and one["state"] != GapState.OPEN.value:
                one["owner_id"], one["owner_name"] = made[-1].author, ""
        reports = [_report(record, one, waits, named) for record, (one, waits) in values.items()]
        return self._sorted(reports, agent_id, seen)

    def _sorted(self, reports: list[GapReport], agent_id: AgentId, seen: set[str]) -> GapLists:
        reports.sort(key=lambda one: (one.reported_at, one.report_id))
        mine = [one for one in reversed(reports) if one.reporter_id == agent_id]
        to_do = [one for one in reports if not one.state.closed]
        to_do.sort(key=lambda one: one.owner_id != agent_id)
        since = self._now() - timedelta(days=NEWS_DAYS)
        news = [
            one
            for one in mine
            if one.state.closed and one.report_id not in seen and one.changed_at >= since
            and one.owner_id != agent_id
        ]  # fmt: skip
        return GapLists(tuple(mine[:LIMIT]), tuple(to_do[:LIMIT]), tuple(news))


def _titles(cache: Connection, rows: Iterable[Mapping[str, object]]) -> dict[str, tuple[str, str]]:
    """Title and category of every article that is meant."""
    wanted = {
        str(row[name])
        for row in rows
        for name in ("article_id", "outcome_article_id")
        if row[name] is not None
    }
    question = select(articles.c.id, articles.c.title, articles.c.category_id).where(
        articles.c.id.in_(wanted)
    )
    return {row.id: (row.title, row.category_id) for row in cache.execute(question)}


def _report(
    record: str, row: Mapping[str, object], waits: bool, named: Mapping[str, tuple[str, str]]
) -> GapReport:
    def article(name: str, version: str) -> GapArticle | None:
        if row[name] is None:
            return None
        title = named.get(str(row[name]), ("", ""))[0]
        return GapArticle(ArticleId(str(row[name])), _number(row[version]), title)

    reported_at = from_text(str(row["reported_at"]))
    changed = str(row["changed_at"])
    category = row["category_id"]
    return GapReport(
        report_id=ReportId(record),
        version=_number(row["version"]),
        state=GapState(str(row["state"])),
        asked=str(row["asked"]),
        missing=str(row["missing"]),
        reporter_id=AgentId(str(row["reporter_id"])),
        reporter_name=str(row["reporter_name"]),
        owner_id=AgentId(str(row["owner_id"])),
        owner_name=str(row["owner_name"]),
        reported_at=reported_at,
        changed_at=from_text(changed) if changed else reported_at,
        article=article("article_id", "article_version"),
        category_id=None if category is None else CategoryId(str(category)),
        interaction_id=str(row["interaction_id"]),
        outcome=str(row["outcome"]),
        outcome_article=article("outcome_article_id", "outcome_version"),
        provisional=waits,
    )


def _number(value: object) -> int:
    return 0 if value is None else int(str(value))


def _words(body: str) -> dict[str, str]:
    """What a form kept; of what cannot be read, nothing."""
    try:
        found = orjson.loads(body) if body else {}
    except orjson.JSONDecodeError:
        return {}
    return {k: v for k, v in found.items() if isinstance(v, str)} if isinstance(found, dict) else {}
