"""Answers in preparation on the seat: typed, saved, sent to review, published (steps ⑥ to ⑧).

Saving writes the outbox entry and the end of what was typed in one transaction; from then on the
lists show it, whether the server is there or not.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace

import orjson
from sqlalchemy import Connection, func, select

from agent_app.domain.editing import (
    ArticleDraft,
    DraftForm,
    DraftOverview,
    DraftState,
    DraftWords,
    tidy,
)
from agent_app.domain.ids import AgentId, CategoryId, OperationId
from agent_app.domain.link import PUBLISH_DRAFT, SAVE_DRAFT, OutboxState
from agent_app.store.ahead import Sending, acts_of, enqueue, overlaid, plain
from agent_app.store.centre_settings import setting
from agent_app.store.over_copy import OverCopy
from agent_app.store.put_away import put_away
from agent_app.store.tables import AnyRow, AnySelect, ahead, article_drafts, articles, outbox, typed
from agent_app.store.times import from_text, to_text
from agent_app.store.typed import drop_typed

_log = logging.getLogger(__name__)

FORM = "article"
RULE = "knowledge-review"
CLOSED_SHOWN = 300
"""Published and dropped drafts in the list; what is open is there in full."""

_WORDS = tuple(DraftWords.__dataclass_fields__)
_LONG = ("question", "answer", "basis", "note")
_OR_NULL = ("category_id", "valid_from", "valid_until")
_BLANK: Mapping[str, object] = {
    str(column.name): 0 if column.name in ("version", "base_version") else ""
    for column in article_drafts.columns
} | {"state": DraftState.WRITING.value, "category_id": None}
_SHORT = [column for column in article_drafts.columns if column.name not in _LONG]
_CLOSED = (DraftState.PUBLISHED.value, DraftState.DROPPED.value)


class ArticleDrafts(OverCopy):
    """Articles in preparation."""

    async def overview(self) -> DraftOverview:
        """Every draft without its long texts, the newest first, and the centre's rule."""
        return await self._readers.run(self._overview)

    async def draft(self, draft_id: str) -> ArticleDraft | None:
        """One draft in full, without what was typed and not saved; None where there is none."""
        return await self._readers.run(lambda: self._one(draft_id))

    async def typed_form(self, draft_id: str) -> DraftForm | None:
        """What was typed and not saved, or saved and refused by the server.

        None where nothing was, or it cannot be read.
        """
        typed_here = _decode(draft_id, await self._typed.get(FORM, draft_id))
        if typed_here is not None:
            return typed_here
        return await self._readers.run(lambda: self._refused(draft_id))

    async def keep(self, form: DraftForm) -> None:
        """What she has typed so far."""
        body = orjson.dumps({
            "article_id": form.article_id, "base_version": form.base_version,
            "version": form.version, "seen": form.seen, "words": asdict(form.words),
        })  # fmt: skip
        await self._typed.put(FORM, form.draft_id, body.decode())

    async def drop(self, draft_id: str) -> None:
        """She does not want what she typed."""
        await self._typed.drop(FORM, draft_id)

    async def save(self, form: DraftForm, *, state: DraftState, agent_id: AgentId) -> None:
        """Send the words, in that state."""
        words = tidy(form.words)
        payload: dict[str, object] = {
            **{name: getattr(words, name) or _nothing(name) for name in _WORDS},
            "article_id": form.article_id, "base_version": form.base_version, "state": state.value,
        }  # fmt: skip

        def job(connection: Connection) -> None:
            _put_refused_away(connection, form.draft_id, to_text(self._now()))
            version = _known(connection, form)
            new = version == 0 and not form.seen
            base = {} if new else dict.fromkeys(payload, version)
            sent = {"id": form.draft_id, **payload}
            made = Sending(SAVE_DRAFT, form.draft_id, agent_id, to_text(self._now()), sent, base,
                           words.title)  # fmt: skip
            enqueue(connection, made)
            drop_typed(connection, FORM, form.draft_id)

        await self._outbox.write(job, {SAVE_DRAFT})

    async def move(
        self, draft: ArticleDraft, state: DraftState, *, agent_id: AgentId, remark: str = ""
    ) -> None:
        """Take it back, give it back with a remark, drop it or pick it up again."""
        payload: dict[str, object] = {"state": state.value}
        if remark:
            payload["remark"] = remark
        await self._send(SAVE_DRAFT, draft, payload, agent_id)

    async def publish(
        self, draft: ArticleDraft, *, files: tuple[str, ...], agent_id: AgentId
    ) -> None:
        """Publish the draft as it was read: every word of it goes along, and which ``files`` she
        saw it bring or take away."""
        words = draft.form.words
        payload: dict[str, object] = {
            "version": draft.form.version,
            "files": files,
            **{name: getattr(words, name) or _nothing(name) for name in _WORDS if name != "note"},
        }
        base = {"version": draft.article_version} if draft.article_version else {}
        await self._send(PUBLISH_DRAFT, draft, payload, agent_id, base=base)

    # --- inside ----------------------------------------------------------------------------------

    async def _send(
        self,
        kind: str,
        draft: ArticleDraft,
        payload: Mapping[str, object],
        agent_id: AgentId,
        *,
        base: Mapping[str, int] | None = None,
    ) -> None:
        def job(connection: Connection) -> None:
            seen = base
            if seen is None:
                seen = dict.fromkeys(payload, _known(connection, draft.form))
            title = draft.form.words.title
            made = Sending(kind, draft.draft_id, agent_id, to_text(self._now()), payload, seen,
                           title)  # fmt: skip
            enqueue(connection, made)

        await self._outbox.write(job, {kind})

    def _refused(self, draft_id: str) -> DraftForm | None:
        """The words of a save that the server refused: they replace it when they are put right."""
        with self._work.reading() as work:
            row = work.execute(_refused_saves(draft_id)).first()
        return None if row is None else _form_of(row)

    def _overview(self) -> DraftOverview:
        with self._work.reading() as work:
            known = _Work(work)
            refused = {
                row.record: (form, row.made_at)
                for row in work.execute(_refused_saves())
                if (form := _form_of(row)) is not None
            }
            words = {
                row.record: (form, row.changed_at)
                for row in work.execute(select(typed).where(typed.c.kind == FORM))
                if (form := _decode(row.record, row.body)) is not None
            }
        with self._cache.reading() as cache:
            still = article_drafts.c.state.not_in(_CLOSED)
            found = [
                *cache.execute(select(*_SHORT).where(still)),
                *cache.execute(
                    select(*_SHORT)
                    .where(~still)
                    .order_by(article_drafts.c.changed_at.desc())
                    .limit(CLOSED_SHOWN)
                ),
            ]
            rows = {row.id: plain(row) for row in found}
            drafts = known.drafts(rows, {*rows, *known.acts})
            versions = _versions(cache, drafts)
            owners = tuple(
                (row.owner_id, row.owner_name)
                for row in cache.execute(
                    select(articles.c.owner_id, func.max(articles.c.owner_name).label("owner_name"))
                    .where(articles.c.owner_id != "")
                    .group_by(articles.c.owner_id)
                    .order_by(articles.c.owner_id)
                )
            )
            people = setting(cache, RULE).get("people")
            practice = setting(cache, "practice").get("value") is True
        saved = {
            draft.draft_id: replace(
                draft,
                article_version=versions.get(draft.form.article_id, 0),
                typed=draft.draft_id in words,
            )
            for draft in drafts
        }
        fresh = (
            replace(_unsaved(*one), refused=known.refused.get(record, ""))
            for record, one in {**refused, **words}.items()
            if record not in saved
        )
        every = sorted((*saved.values(), *fresh), key=lambda one: one.changed_at, reverse=True)
        return DraftOverview(
            tuple(every), 1 if practice or people == 1 else DraftOverview().people, owners
        )

    def _one(self, draft_id: str) -> ArticleDraft | None:
        with self._work.reading() as work:
            known = _Work(work)
        with self._cache.reading() as cache:
            question = select(article_drafts).where(article_drafts.c.id == draft_id)
            rows = {row.id: plain(row) for row in cache.execute(question)}
            drafts = known.drafts(rows, {draft_id} & {*rows, *known.acts})
            versions = _versions(cache, drafts)
        for draft in drafts:
            return replace(draft, article_version=versions.get(draft.form.article_id, 0))
        return None


class _Work:
    """What of the drafts only this seat knows; asked before the cache."""

    def __init__(self, work: Connection) -> None:
        self.acts = acts_of(work, SAVE_DRAFT)
        self._publishing = acts_of(work, PUBLISH_DRAFT)
        waiting = work.execute(
            select(outbox.c.record, outbox.c.id, outbox.c.state, outbox.c.detail).where(
                outbox.c.kind.in_((SAVE_DRAFT, PUBLISH_DRAFT))
            )
        ).all()
        self._seen: dict[str, tuple[OperationId, ...]] = {}
        for row in waiting:
            self._seen[row.record] = (*self._seen.get(row.record, ()), OperationId(row.id))
        aside = [row for row in waiting if row.state != OutboxState.WAITING.value]
        self._set_aside = {row.record for row in aside}
        self.refused = {
            row.record: row.detail for row in aside if row.state == OutboxState.REJECTED.value
        }

    def drafts(
        self, rows: Mapping[str, Mapping[str, object]], records: Iterable[str]
    ) -> list[ArticleDraft]:
        found = []
        for record in records:
            row = rows.get(record)
            over = overlaid(row, self.acts.get(record, ()), _BLANK)
            if over is not None:
                cached = 0 if row is None else int(str(row["version"]))
                found.append(self._draft(record, *over, cached))
        return found

    def _draft(
        self, record: str, row: Mapping[str, object], waits: bool, cached: int
    ) -> ArticleDraft:
        """``cached``: the version that the cache has of it, 0 for none."""
        author, name = str(row["author_id"]), str(row["author_name"])
        changed = str(row["changed_at"])
        for act in self.acts.get(record, ()):
            if act.is_ahead_of(cached):
                changed = max(changed, act.made_at)
                if "title" in act.payload:
                    author, name = act.author, ""
        publishing = any(act.is_ahead_of(cached) for act in self._publishing.get(record, ()))
        form = DraftForm(
            draft_id=record,
            words=_words(row),
            article_id=str(row["article_id"]),
            base_version=int(str(row["base_version"])),
            version=int(str(row["version"])),
            seen=self._seen.get(record, ()),
        )
        return ArticleDraft(
            form=form,
            state=DraftState(str(row["state"])),
            author_id=AgentId(author),
            author_name=name,
            reviewer_name=str(row["reviewer_name"]),
            remark=str(row["remark"]),
            changed_at=from_text(changed),
            waits=waits,
            publishing=publishing,
            set_aside=record in self._set_aside,
            refused=self.refused.get(record, ""),
        )


def _words(row: Mapping[str, object]) -> DraftWords:
    texts = {name: str(row.get(name) or "") for name in _WORDS if name != "category_id"}
    category = row.get("category_id")
    return DraftWords(category_id=None if category is None else CategoryId(str(category)), **texts)


def _unsaved(form: DraftForm, changed_at: str) -> ArticleDraft:
    """What was typed and never saved."""
    return ArticleDraft(
        form=form,
        state=DraftState.WRITING,
        author_id=AgentId(""),
        author_name="",
        reviewer_name="",
        remark="",
        changed_at=from_text(changed_at),
        typed=True,
    )


def _versions(cache: Connection, drafts: Iterable[ArticleDraft]) -> dict[str, int]:
    wanted = {draft.form.article_id for draft in drafts if draft.form.article_id}
    question = select(articles.c.id, articles.c.version).where(articles.c.id.in_(wanted))
    return {row.id: row.version for row in cache.execute(question)}


def _known(connection: Connection, form: DraftForm) -> int:
    """The draft's version as she saw it; of her entries that went out since, what they made."""
    question = select(func.max(ahead.c.version)).where(ahead.c.operation_id.in_(form.seen))
    return max(form.version, connection.execute(question).scalar() or 0)


def _refused_saves(draft_id: str = "") -> AnySelect:
    """Of one draft, or of all; oldest first."""
    question = select(outbox).where(
        outbox.c.kind == SAVE_DRAFT, outbox.c.state == OutboxState.REJECTED.value
    )
    if draft_id:
        question = question.where(outbox.c.record == draft_id)
    return question.order_by(outbox.c.position)


def _form_of(row: AnyRow) -> DraftForm | None:
    """The words of an entry of the outbox; None for one that only moves the draft along."""
    payload = orjson.loads(row.payload)
    if "title" not in payload:
        return None
    return DraftForm(
        draft_id=row.record,
        words=_words(payload),
        article_id=payload["article_id"],
        base_version=payload["base_version"],
        version=max(orjson.loads(row.base).values(), default=0),
    )


def _put_refused_away(connection: Connection, draft_id: str, now: str) -> None:
    """The draft is sent anew, whole: what was refused of it is kept to be read."""
    for row in connection.execute(_refused_saves(draft_id)).all():
        put_away(connection, row, orjson.loads(row.payload), now)


def _nothing(name: str) -> str | None:
    return None if name in _OR_NULL else ""


def _decode(draft_id: str, body: str) -> DraftForm | None:
    if not body:
        return None
    try:
        found = orjson.loads(body)
        words = {name: found["words"].get(name, "") for name in _WORDS}
        return DraftForm(
            draft_id=draft_id,
            words=DraftWords(**words | {"category_id": words["category_id"] or None}),
            article_id=found["article_id"],
            base_version=int(found["base_version"]),
            version=int(found["version"]),
            seen=tuple(OperationId(one) for one in found["seen"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        # Left where it is: a later version may read it.
        _log.exception("%s: what was typed of this article cannot be read", draft_id)
        return None
