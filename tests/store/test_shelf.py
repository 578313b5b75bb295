"""What an agent reaches for is counted on the seat, for each agent apart."""

from __future__ import annotations

from pathlib import Path

from agent_app.domain.ids import AgentId, ArticleId
from tests.store.rigs import in_loop, opened

ANNA, BERT = AgentId("anna"), AgentId("bert")
ONE, TWO = ArticleId("K0001"), ArticleId("K0002")


@in_loop
async def test_opening_and_quoting_are_counted_for_the_agent_who_did_it(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.shelf.note_opened(ANNA, ONE)
        await store.shelf.note_opened(ANNA, ONE)
        await store.shelf.note_quoted(ANNA, ONE)
        await store.shelf.note_opened(BERT, TWO)
    async with opened(tmp_path) as store:
        [hers] = await store.shelf.uses(ANNA)
        [his] = await store.shelf.uses(BERT)
    assert (hers.article_id, hers.opened, hers.quoted, hers.favourite) == (ONE, 2, 1, False)
    assert (his.article_id, his.opened, his.quoted) == (TWO, 1, 0)


@in_loop
async def test_a_favourite_stays_one_while_it_is_read(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.shelf.set_favourite(ANNA, ONE, True)
        await store.shelf.note_opened(ANNA, ONE)
        [kept] = await store.shelf.uses(ANNA)
        assert (kept.favourite, kept.opened) == (True, 1)
        await store.shelf.set_favourite(ANNA, ONE, False)
        [given_up] = await store.shelf.uses(ANNA)
    assert (given_up.favourite, given_up.opened) == (False, 1)
