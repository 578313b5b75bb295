"""What an editor begins with: a draft, an article's newest version, a variant, nothing (step ⑥)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from agent_app.desk.keeping import Keeping
from agent_app.desk.open_draft import DraftKeeper, Editing
from agent_app.domain.editing import DraftForm, DraftWords, words_of
from agent_app.domain.ids import AgentId, ArticleId, uuid7
from agent_app.domain.knowledge import Article, Attachment, Reading
from agent_app.runtime.clock import Clock


class DraftOpening:
    """Each answer is a form to fill in, None where there is nothing. May raise a StoreError."""

    def __init__(
        self,
        *,
        keeper: DraftKeeper,
        keeping: Keeping[DraftForm],
        reading: Callable[[ArticleId], Awaitable[Reading | None]],
        owner_id: AgentId,
        clock: Clock,
    ) -> None:
        """What ``keeping`` has not on the disk yet counts; ``owner_id`` gets what is new."""
        self._keeper = keeper
        self._keeping = keeping
        self._reading = reading
        self._owner_id = owner_id
        self._clock = clock

    async def draft(self, draft_id: str) -> Editing | None:
        """That draft, with the words that were typed into it before and not saved."""
        await self._keeping.flush()
        waiting = (form for form in self._keeping.waiting if form.draft_id == draft_id)
        typed = next(waiting, None) or await self._keeper.typed_form(draft_id)
        draft = await self._keeper.draft(draft_id)
        form = typed or (None if draft is None else draft.form)
        if form is None:
            return None
        article, files = await self.known(form)
        kept = typed is not None
        return Editing(form, draft, article, files, typed=kept, restored=kept)

    def blank(self, words: DraftWords) -> Editing:
        """An article that is not there yet; it begins to hold today."""
        today = self._clock.now().astimezone().date().isoformat()
        words = replace(words, valid_from=words.valid_from or today,
                        owner_id=words.owner_id or self._owner_id)  # fmt: skip
        return Editing(DraftForm(uuid7(), words))

    async def change(self, article_id: ArticleId) -> Editing | None:
        """A new draft over the article's newest version."""
        reading = await self._reading(article_id)
        if reading is None:
            return None
        article = reading.article
        form = DraftForm(uuid7(), words_of(article), article_id, article.version)
        return Editing(form, article=article, files=reading.attachments)

    async def variant(self, article_id: ArticleId) -> Editing | None:
        """A new article beside that one, for a region she names."""
        reading = await self._reading(article_id)
        if reading is None:
            return None
        article = reading.article
        words = replace(words_of(article), region="", variant_of=article.group)
        return Editing(DraftForm(uuid7(), words))

    async def known(self, form: DraftForm) -> tuple[Article | None, tuple[Attachment, ...]]:
        """The version in force of what a draft is about."""
        reading = await self._reading(ArticleId(form.article_id)) if form.article_id else None
        return (None, ()) if reading is None else (reading.article, reading.attachments)
