"""A seat of its own process for ``test_killed``: keeps what it is told and says when it is kept."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from pathlib import Path

from agent_app.domain.editing import DraftForm, DraftWords
from agent_app.domain.ids import AgentId, InteractionId
from agent_app.store.store import Store
from tests.domain.examples import call, draft
from tests.store.rigs import KEY, page, row

BASIS = "国发〔2023〕13号"


async def main(folder: Path) -> None:
    store = await Store.open(folder, KEY)
    for n in range(1_000_000):
        name = InteractionId(f"i-{n:06}")
        summary = draft(interaction_id=name, call=call(interaction_id=name), question=f"问{n}")
        await store.drafts.put(summary)
        say(f"draft {name}")
        await store.drafts.put(replace(summary, answer=f"答{n}"))
        say(f"edited {name}")
        for end in range(1, len(BASIS) + 1):  # key by key
            await store.drafts.put(replace(summary, answer=f"答{n}", basis=BASIS[:end]))
            say(f"typed {name} {end}")
        form = DraftForm(f"d-{n}", DraftWords(answer=f"官方答复{n}"))
        await store.article_drafts.keep(form)
        say(f"article d-{n}")
        if n % 3 == 0:
            await store.drafts.put(replace(summary, answer=f"答{n}", basis=BASIS, parked=True))
            say(f"parked {name}")
        elif n % 2:
            await store.summaries.save(summary, agent_id=AgentId("u-1"), agent_name="李娜")
            say(f"saved {name}")
        await store.replica.apply(page(n + 1, customers=[row("customers", id=f"c-{n}")]))


def say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
