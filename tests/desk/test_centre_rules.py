"""The centre's rules as the desk follows them."""

from __future__ import annotations

from agent_app.desk.centre_rules import CentreRules
from agent_app.domain import centre_rules as domain
from agent_app.domain.centre_rules import WrapUpRule
from agent_app.domain.ids import CategoryId
from agent_app.domain.knowledge import Category
from agent_app.runtime.tasks import Tasks
from agent_app.store.errors import StoreError
from tests.desk.fakes import FakeRules
from tests.desk.rigs import run_with_tasks, settle

INVOICES = Category(CategoryId("05"), None, "发票", "Invoices", 5)


def test_this_seats_wrap_up_holds_until_the_centres_is_known() -> None:
    async def story(tasks: Tasks) -> None:
        source = FakeRules(domain.CentreRules(WrapUpRule(30), {"发票专席": CategoryId("05")}))
        rules = CentreRules(source=source, categories=lambda: (INVOICES,), wrap_up_s=45,
                            tasks=tasks)  # fmt: skip
        changes: list[WrapUpRule] = []
        rules.changed.connect(lambda: changes.append(rules.wrap_up()))
        assert rules.wrap_up() == WrapUpRule(45)
        assert rules.queue_category("发票专席") is None
        assert rules.queue_category("发票") == "05"
        rules.refresh()
        await settle()
        assert changes == [WrapUpRule(30)]
        assert rules.queue_category("发票专席") == "05"

    run_with_tasks(story)


def test_rules_that_cannot_be_read_leave_those_that_hold() -> None:
    async def story(tasks: Tasks) -> None:
        source = FakeRules(domain.CentreRules(WrapUpRule(30)))
        rules = CentreRules(source=source, categories=tuple, wrap_up_s=45, tasks=tasks)
        faults: list[str] = []
        rules.fault.connect(faults.append)
        rules.refresh()
        await settle()
        source.fault = StoreError("disk")
        rules.refresh()
        await settle()
        assert (rules.wrap_up(), faults) == (WrapUpRule(30), ["disk"])

    run_with_tasks(story)
