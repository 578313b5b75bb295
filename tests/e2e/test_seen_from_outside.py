"""A Chinese desk from outside: real keys, a real input method, and what a screen reader is told.

The desk, the input method (IBus with libpinyin) and the accessibility bus are processes in a
session of their own. Nothing here knows a widget or an object name: names are those read out.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from server.database import FILE_NAME
from tests.e2e.screen_reader import Control
from tests.e2e.screen_session import SeenDesk, a_desk, lacking, until

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(bool(lacking()), reason=f"not installed: {lacking()}"),
]

AGAIN_S = 5.0
SEARCH, ANSWER, FOLLOW_UP, QUESTION = "搜索知识库", "答复", "后续", "问题"
ARTICLE = "子女教育专项附加扣除标准"
AMOUNT = "每个子女每月2000元"
LATE, LATE_RATE = "税款滞纳金的计算", "万分之五"


@pytest.fixture
def desk() -> Iterator[SeenDesk]:
    """A fresh one: its first caller is always the same."""
    with a_desk("zh") as seen:
        seen.session.use_engine("libpinyin")
        press_until(seen, "F7", lambda: seen.reader.focused_name() == SEARCH)
        usable(seen, "让来电打进来")
        yield seen


def press_until(desk: SeenDesk, key: str, look: Callable[[], object]) -> None:
    """An input method that is still loading its words loses a key now and then: again, then."""

    def tried() -> bool:
        desk.session.press(key)
        with contextlib.suppress(AssertionError):
            until(f"{key} does it", look, limit_s=AGAIN_S)
            return True
        return bool(look())

    until(f"{key} does it", tried)


def usable(desk: SeenDesk, name: str) -> Control:
    """The control with this name, as soon as it shows and may be used."""

    return until(f"{name} can be used", lambda: can_be_used(desk, name))


def can_be_used(desk: SeenDesk, name: str) -> Control | None:
    found = desk.reader.find(name)
    return found if found is not None and found.is_("enabled") else None


def shown(desk: SeenDesk, words: str) -> Control:
    """Whatever has ``words`` in its name, as soon as it shows."""
    return until(words, lambda: next((c for c in desk.reader.controls() if words in c.name), None))


def keyboard_in(desk: SeenDesk, name: str) -> Control:
    def look() -> Control | None:
        found = desk.reader.focused()
        return found if found is not None and found.name == name else None

    return until(f"the keyboard is in {name}", look)


def holds(desk: SeenDesk, name: str, text: str) -> None:
    field = usable(desk, name)
    until(f"{name} holds {text}", lambda: desk.reader.text(field) == text,
          said=lambda: desk.reader.text(field))  # fmt: skip


def interactions(desk: SeenDesk) -> list[tuple[str, str, str]]:
    """Question, answer and follow-up of the last calls, as the practice centre's server has it."""
    path = desk.session.place / "profile" / "practice-server" / FILE_NAME
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as server:
        return server.execute(
            "SELECT question, answer, follow_up FROM interactions ORDER BY started_at DESC LIMIT 3"
        ).fetchall()


def test_a_call_is_worked_by_keys_alone_and_typed_with_an_input_method(desk: SeenDesk) -> None:
    keys, reader = desk.session, desk.reader
    press_until(desk, "ctrl+r", lambda: can_be_used(desk, "接听"))
    shown(desk, "张伟")
    press_until(desk, "F2", lambda: can_be_used(desk, "静音"))

    # She composes: it is not in the field yet, and no key of the call acts meanwhile.
    keys.press("F7")
    field = keyboard_in(desk, SEARCH)
    keys.type("zinvjiaoyu")
    keys.press("F8", "F11")
    assert reader.text(field) == ""
    keys.press("space")
    holds(desk, SEARCH, "子女教育")
    assert usable(desk, "静音").is_("enabled"), "the call is still up"
    shown(desk, ARTICLE)

    # Opened and quoted; the keyboard is in the answer.
    keys.press("Down", "Up", "Return")
    until("its text", lambda: AMOUNT in reader.text(usable(desk, "标准答复")))
    keys.press("ctrl+Return")
    keyboard_in(desk, ANSWER)
    until("quoted", lambda: AMOUNT in reader.text(usable(desk, ANSWER)))

    # A digit chooses the first word of the list and is not typed.
    keys.press("shift+Tab")
    keyboard_in(desk, QUESTION)
    keys.press("ctrl+a")
    keys.type("xuyaoshenmecailiao1")
    holds(desk, QUESTION, "需要什么材料")

    # Words and digits in one sentence; F8 in the middle of a word does not end the call.
    until("the keyboard is in the follow-up", lambda: _tab_to(desk, FOLLOW_UP))
    keys.type("duanxin 12366")
    keys.type("zhiyin")
    keys.press("F8", "space")
    holds(desk, FOLLOW_UP, "短信12366指引")
    assert reader.find("静音") is not None

    keys.press("F8")
    shown(desk, "坐席状态：整理")
    keys.press("F11")
    shown(desk, "坐席状态：练习")
    until("the server has it", lambda: _saved(desk, "需要什么材料", AMOUNT, "短信12366指引"))


def test_a_call_is_worked_by_the_names_of_the_accessibility_tree(desk: SeenDesk) -> None:
    reader = desk.reader
    reader.act(usable(desk, "让来电打进来"))
    reader.act(usable(desk, "接听"))
    usable(desk, "静音")
    assert not nameless(desk)

    # A screen reader puts the words in, marks the row it reads, and opens it as anybody does.
    reader.write(usable(desk, SEARCH), "税款滞纳金怎么计算")
    reader.act(row(desk, "找到的知识", LATE), "Toggle")
    reader.act(usable(desk, "找到的知识"), "SetFocus")
    desk.session.press("Return")
    until("its text", lambda: LATE_RATE in reader.text(usable(desk, "标准答复")))
    reader.act(usable(desk, "把这条知识引用到小结"))
    until("quoted", lambda: LATE_RATE in reader.text(usable(desk, ANSWER)))
    assert not nameless(desk)

    reader.write(usable(desk, QUESTION), "晚交<b>二十天</b>要交多少")
    reader.write(usable(desk, FOLLOW_UP), "已说明")
    reader.act(usable(desk, "挂断"))
    shown(desk, "坐席状态：整理")
    assert not nameless(desk)
    reader.act(usable(desk, "保存小结"))
    shown(desk, "坐席状态：练习")
    until(
        "the server has it", lambda: _saved(desk, "晚交<b>二十天</b>要交多少", LATE_RATE, "已说明")
    )


def row(desk: SeenDesk, listed: str, words: str) -> Control:
    """The row of the list of this name that begins with ``words``."""

    def look() -> Control | None:
        controls = desk.reader.controls()
        names = [control.name for control in controls]
        if listed not in names:
            return None
        below = controls[names.index(listed) + 1 :]
        rows = (c for c in below if c.role == "list item" and c.name.startswith(words))
        return next(rows, None)

    return until(f"{words} in {listed}", look)


def nameless(desk: SeenDesk) -> list[Control]:
    """Controls that show and that a screen reader has no word for."""
    controls = desk.reader.controls()
    assert len(controls) > 50
    return [c for c in controls if c.is_control and not c.name.strip()]


def _tab_to(desk: SeenDesk, name: str) -> bool:
    desk.session.press("Tab")
    found = desk.reader.focused()
    return found is not None and found.name == name


def _saved(desk: SeenDesk, question: str, answer: str, follow_up: str) -> bool:
    return any(
        (asked, said) == (question, follow_up) and answer in told
        for asked, told, said in interactions(desk)
    )
