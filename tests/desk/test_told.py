"""The list of who was told the old answer: in pages, only with the server, said in words."""

from __future__ import annotations

from agent_app.desk.told import NOT_ALLOWED, OFFLINE
from agent_app.domain.editing import ToldList
from agent_app.domain.ids import ArticleId
from sync.errors import RequestRefused, Unreachable
from tests.desk.fakes import HandClock
from tests.desk.fakes_editing import editing_rig
from tests.ui.fakes import InstantTasks

K1 = ArticleId("k1")


def test_the_list_comes_in_pages() -> None:
    rig = editing_rig(HandClock(), InstantTasks())
    shown: list[ToldList] = []
    rig.told.changed.connect(shown.append)
    rig.told.ask(K1, 4, "税率")
    assert [(one.asking, one.total, len(one.rows)) for one in shown] == [(True, 0, 0),
                                                                         (False, 3, 2)]  # fmt: skip
    rig.told.ask_more()
    rig.told.ask_more()
    assert rig.server.asked == [("k1", 4, ""), ("k1", 4, "more")]
    found = shown[-1]
    assert (len(found.rows), found.agents, found.next) == (3, (("李娜", 2), ("王强", 1)), "")
    assert [one.corrected_at is not None for one in found.rows] == [False, True, False]


def test_without_the_server_it_is_said() -> None:
    rig = editing_rig(HandClock(), InstantTasks())
    rig.server.error = Unreachable("no route")
    rig.told.ask(K1, 4, "税率")
    assert rig.told.list is not None
    assert rig.told.list.problem == OFFLINE
    for code, problem in (("not-allowed", NOT_ALLOWED), ("not-found", "There is none.")):
        rig.server.error = RequestRefused("There is none.", status=403, code=code)
        rig.told.ask(K1, 4, "税率")
        assert rig.told.list.problem == problem
    rig.told.close()
    assert rig.told.list is None
