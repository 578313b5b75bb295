"""The Chinese is complete, belongs to the strings that are in the code, and is compiled."""

from __future__ import annotations

import re
import shutil
import string
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent_app.domain.agent_state import AgentState
from ui import words
from ui.language import Language, Languages

FOLDER = Path("resources/i18n")
TOOLS = Path(sys.executable).parent


def messages(path: Path) -> Iterator[tuple[str, str, ET.Element]]:
    for context in ET.parse(path).getroot().iter("context"):
        name = context.findtext("name") or ""
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            yield name, message.findtext("source") or "", translation


def tool(name: str, *arguments: str) -> None:
    command = [str(TOOLS / f"pyside6-{name}"), "-silent", *arguments]
    subprocess.run(command, check=True, timeout=60, capture_output=True)


def test_every_string_of_the_screen_is_translated(tmp_path: Path) -> None:
    fresh = tmp_path / "zuoxi_zh.ts"
    shutil.copy(FOLDER / "zuoxi_zh.ts", fresh)
    sources = sorted(str(path) for path in Path("ui").rglob("*.py"))
    tool("lupdate", "-locations", "none", "-no-obsolete", *sources, "-ts", str(fresh))
    untranslated = [
        f"{context}: {source}"
        for context, source, translation in messages(fresh)
        if translation.get("type") or not translation.text
    ]
    assert not untranslated
    kept = {message[:2] for message in messages(FOLDER / "zuoxi_zh.ts")}
    assert kept == {message[:2] for message in messages(fresh)}, "run resources/i18n/update"


def test_the_compiled_file_is_the_one_of_the_text(tmp_path: Path) -> None:
    compiled = tmp_path / "zuoxi_zh.qm"
    tool("lrelease", str(FOLDER / "zuoxi_zh.ts"), "-qm", str(compiled))
    assert compiled.read_bytes() == (FOLDER / "zuoxi_zh.qm").read_bytes()


def test_a_translation_has_no_placeholder_its_source_does_not_fill() -> None:
    dates = {"year", "month", "month_name", "day"}
    for context, source, translation in messages(FOLDER / "zuoxi_zh.ts"):
        wanted, offered = fields(translation.text or ""), fields(source)
        if context == "Formatting" and wanted <= dates and offered <= dates:
            continue
        assert wanted == offered, (context, source)


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize(
    ("state", "word"),
    [
        (AgentState.SIGNED_OUT, "签出"), (AgentState.READY, "空闲"), (AgentState.RINGING, "振铃"),
        (AgentState.TALKING, "通话"), (AgentState.ON_HOLD, "保持"), (AgentState.WRAP_UP, "整理"),
        (AgentState.NOT_READY, "示忙"), (AgentState.BREAK, "休息"), (AgentState.STUDY, "学习"),
        (AgentState.PRACTICE, "练习"),
    ],
)  # fmt: skip
def test_states_have_the_words_of_the_field(
    languages: Languages, state: AgentState, word: str
) -> None:
    languages.choose(Language.CHINESE)
    assert words.agent_state(state) == word
    languages.choose(Language.ENGLISH)
    assert re.fullmatch(r"[A-Z][a-z -]+", words.agent_state(state))
