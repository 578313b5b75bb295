"""What is typed into the search, key by key, and what kind of question each beginning is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

WORD, INITIALS, PINYIN, SINGLE = "Chinese word", "initials", "pinyin", "one character"
KINDS = (WORD, INITIALS, PINYIN, SINGLE)

_TYPED = {
    WORD: ("子女教育专项附加扣除", "个人所得税", "增值税发票", "社保缴费基数", "小规模纳税人",
           "年终奖", "房贷利息", "发票开错了怎么办"),
    INITIALS: ("grsds", "zzs", "xgmnsr", "nzj", "znjy"),
    PINYIN: ("gerensuodeshui", "zengzhishui", "fapiao", "nianzhongjiang"),
    SINGLE: tuple("税票房社退医学车"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """``text`` is what stands in the field after ``key`` was typed."""

    kind: str
    key: str
    text: str


def questions(*, quick: bool = False) -> Iterator[Question]:
    """Every key of every text; the first Chinese character of a word counts as one character."""
    for kind, texts in _TYPED.items():
        for text in texts[: 1 if quick else None]:
            for end in range(1, len(text) + 1):
                single = kind == WORD and end == 1
                yield Question(SINGLE if single else kind, text[end - 1], text[:end])


def type_key(field: QLineEdit, question: Question) -> None:
    """As a keyboard or an input method does it; the first key of a text replaces the last text."""
    if len(question.text) == 1:
        field.selectAll()
    if question.key.isascii():
        QTest.keyClick(field, Qt.Key(ord(question.key.upper())))
        return
    commit = QInputMethodEvent("", [])
    commit.setCommitString(question.key)
    QCoreApplication.sendEvent(field, commit)
