"""One call as an agent works it, step by step, each step shown by what is on the screen."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from agent_app.demo import listening
from agent_app.demo.driver import Driver
from agent_app.demo.report import Report, StepFailedError
from agent_app.desk.scenarios import Scenario
from agent_app.domain.agent_state import AgentState
from agent_app.domain.ids import ArticleId, InteractionId
from agent_app.domain.knowledge import Article
from agent_app.wiring.practice_session import OpenPractice

HEARD = 0.8
"""Correlation of loudness over time from which on it is the same speech; see ``listening``."""

REMARK = "已短信发送办理指引。"


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the play takes place: window, recorded speaker, folder for the pictures."""

    practice: OpenPractice
    driver: Driver
    report: Report
    speaker: Path
    out: Path


class OneCall:
    """A caller rings, is served, and the summary is saved. What happens then is the caller's."""

    def __init__(self, stage: Stage, scenario: Scenario, name: str) -> None:
        self._stage = stage
        self._driver = stage.driver
        self._seat = stage.practice.centre.running.seat
        self._scenario = scenario
        self._name = name
        self._article: Article | None = None
        self._interaction: InteractionId | None = None

    @property
    def interaction_id(self) -> InteractionId:
        assert self._interaction is not None, "the call has not rung yet"
        return self._interaction

    async def play(self) -> None:
        """All steps up to the saved summary; raises StepFailedError at the first that fails."""
        for name, act in (
            ("a caller rings", self._ring),
            ("the card is shown", self._card),
            ("answered", self._answer),
            ("the caller's voice is heard", self._voice),
            ("the article is suggested", self._suggested),
            ("the article is found by search", self._searched),
            ("quoted", self._quote),
            ("the summary has written itself", self._composed),
            ("the summary is edited", self._edit),
            ("hung up, wrap-up runs", self._hang_up),
            ("saved with one key", self._save),
        ):
            await self._stage.report.step(f"{self._name}: {name}", act)

    async def _ring(self) -> str:
        self._driver.choose("scenario-chooser", self._scenario.title)
        self._driver.press("Ctrl+R")
        await self._driver.until("the desk rings", lambda: self._driver.enabled("answer-button"))
        self._interaction = self._seat.phone.calls[-1].interaction_id
        return self._driver.read("call-details")

    async def _card(self) -> str:
        driver = self._driver
        await driver.until(
            f"the card of {self._scenario.caller_name}",
            lambda: (
                driver.shown("caller-segment")
                and driver.read("caller-name") == self._scenario.caller_name
            ),
        )
        self._shoot("ringing")
        return driver.read("caller-name")

    async def _answer(self) -> str:
        self._driver.press("F2")
        await self._driver.until("the call is up", self._is(AgentState.TALKING))
        return self._driver.read("state-word")

    async def _voice(self) -> str:
        first = self._scenario.turns[0].recording
        spoken = listening.loudness(first)
        end_s = time.monotonic() + 3 * len(spoken) * listening.SLICE_S + 10
        while True:
            match = await asyncio.to_thread(listening.found_so_far, spoken, self._stage.speaker)
            if match.correlation >= HEARD:
                return f"correlation {match.correlation:.2f} with {first.name}"
            if time.monotonic() > end_s:
                raise StepFailedError(f"the speaker played something else: {match}")
            await asyncio.sleep(0.2)

    async def _suggested(self) -> str:
        article = await self._expected()
        driver = self._driver
        driver.click("question-field")
        driver.type(self._scenario.title)
        await driver.until(
            f"{article.title} is suggested",
            lambda: any(article.title in row for row in driver.rows("suggestions-list")),
        )
        return article.title

    async def _searched(self) -> str:
        article = await self._expected()
        driver = self._driver
        driver.press("F7")
        driver.type(article.title[:6])
        await driver.until(
            f"{article.title} is found",
            lambda: any(article.title in row for row in driver.rows("results-list")),
        )
        return f"{article.title[:6]} → {article.title}"

    async def _quote(self) -> str:
        article = await self._expected()
        driver = self._driver
        rows = driver.rows("results-list")
        row = next(at for at, text in enumerate(rows) if article.title in text)
        driver.click_row("results-list", row)
        await driver.until("the article opens", lambda: driver.shown("article-answer"))
        driver.press("Ctrl+Return")
        await driver.until(
            "the answer is in the summary", lambda: article.answer in driver.read("answer-field")
        )
        self._shoot("talking")
        return f"{article.article_id} version {article.version}"

    async def _composed(self) -> str:
        article = await self._expected()
        draft = self._seat.summaries.draft(self.interaction_id)
        if draft is None or draft.category_id is None:
            raise StepFailedError("the summary has no category")
        quoted = [(quote.article_id, quote.version) for quote in draft.quotes]
        if quoted != [(article.article_id, article.version)]:
            raise StepFailedError(f"the summary quotes {quoted}")
        return f"category {self._driver.read('category-field')}"

    async def _edit(self) -> str:
        self._driver.click("follow-up-field")
        self._driver.type(REMARK)
        if self._driver.read("follow-up-field") != REMARK:
            raise StepFailedError("the follow-up field holds something else")
        return REMARK

    async def _hang_up(self) -> str:
        self._driver.press("F8")
        await self._driver.until("wrap-up begins", self._is(AgentState.WRAP_UP))
        self._shoot("wrap-up")
        return self._driver.read("wrap-up-label")

    async def _save(self) -> str:
        self._driver.press("F11")
        await self._driver.until("free for the next call", self._is(AgentState.PRACTICE))
        return self._driver.read("save-status")

    async def _expected(self) -> Article:
        if self._article is None:
            store = self._stage.practice.centre.running.ground.store
            wanted = ArticleId(self._scenario.answer_articles[0])
            self._article = await store.knowledge.article(wanted)
        if self._article is None:
            raise StepFailedError("the article of this scenario is not in the knowledge base")
        return self._article

    def _is(self, state: AgentState) -> Callable[[], bool]:
        return lambda: self._seat.shift.status.state is state

    def _shoot(self, moment: str) -> None:
        self._driver.shoot(self._stage.out / f"{self._name.replace(' ', '-')}-{moment}.png")
