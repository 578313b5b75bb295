"""Folding, spelling, ranking, snippets: the small pure parts."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_app.store.search import readings as module
from agent_app.store.search.entries import make_entry
from agent_app.store.search.question import QUERY_LIMIT, ask, spell
from agent_app.store.search.rank import marks
from agent_app.store.search.readings import pack, readings, unpack
from agent_app.store.search.snippet import snippet
from agent_app.store.search.synonyms import NO_SYNONYMS, Synonyms, tax_line
from agent_app.store.search.text import fold, fold_freely, parts, plain, units
from tests.store.search.rigs import article


@given(st.text())
def test_folding_keeps_every_code_point_in_its_place(text: str) -> None:
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [("ＡＢｃ１％", "abc1%"), ("㎡", "㎡"), ("a\x00b\u202ec", "a b c"), ("Ü", "ü"), ("İ", "İ")],
)
def test_folding_makes_plain(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_free_folding_may_change_the_length() -> None:
    assert fold_freely("㎡ＡＢ") == "m2ab"


def test_a_text_is_cut_into_runs() -> None:
    assert parts("增值税13.5%app2契 税_é") == ["增值税", "13.5", "app", "2", "契", "税", "é"]
    assert units("增值税13%契") == ["增值", "值税", "13", "契"]


def test_marks_of_a_document_are_taken_out_and_comparisons_are_not() -> None:
    assert plain("<p>收入<b>高</b></p>") == " 收入 高  "
    assert plain("收入<10万 且 >1万") == "收入<10万 且 >1万"


@pytest.mark.parametrize(
    ("letters", "cut"),
    [
        ("gerensuodeshui", (("ge", "ren", "suo", "de", "shui"), False)),
        ("xian", (("xian",), False)),
        ("zengzhis", (("zeng", "zhi", "s"), True)),
        ("zhuang", (("zhuang",), False)),
        ("grsds", ((), False)),
        ("vvv", ((), False)),
        ("s", ((), False)),
    ],
)
def test_pinyin_is_cut_into_the_fewest_syllables(
    letters: str, cut: tuple[tuple[str, ...], bool]
) -> None:
    assert spell(letters, readings()) == cut


def test_a_pasted_page_is_cut() -> None:
    question = ask("税收" * 9_000, readings())
    assert len(question.text) == QUERY_LIMIT


def test_readings_are_packed_and_unpacked() -> None:
    heard = unpack(pack(lambda character: {"税": "shui", "书": "shu"}.get(character, "")))
    assert heard.syllables == ("", "shu", "shui")
    assert [heard.find(one) for one in "税书契a😀"] == ["shui", "shu", "", "", ""]
    assert heard.prefixed("shu") == ("shu", "shui")


@pytest.mark.processes  # a dictionary of phrases is loaded
def test_the_shipped_readings_are_made_from_the_installed_dictionary(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    written: dict[str, bytes] = {}
    monkeypatch.setattr(Path, "write_bytes", lambda path, data: written.update({path.name: data}))
    monkeypatch.delitem(sys.modules, "agent_app.store.search.readings")
    runpy.run_module("agent_app.store.search.readings", run_name="__main__")
    shipped = Path(module.__file__).with_name("readings.bin")
    assert written == {shipped.name: shipped.read_bytes()}


def test_a_reading_is_the_first_one_without_tone() -> None:
    assert [module._spoken(one) for one in "税女㐀\u3404"] == ["shui", "nv", "qiu", "kua"]


SYNONYMS = Synonyms.parse(
    "个人所得税 个税\n住房贷款 房贷 按揭 贷 # what banks say\n\n# nothing\nalone\n"
)


def test_a_short_question_is_also_asked_in_the_articles_words() -> None:
    assert SYNONYMS.ideas == [["个人所得税", "个税"], ["住房贷款", "房贷", "按揭"]]
    assert SYNONYMS.variants("个税怎么交") == ("个人所得税怎么交",)
    assert SYNONYMS.variants("个税就是个人所得税") == ()
    assert len(SYNONYMS.variants("个税房贷按揭")) == 2
    assert SYNONYMS.variants("房贷的利息每年能抵多少个税") == ()


def test_words_of_a_text_that_stand_for_an_idea_are_found() -> None:
    found = SYNONYMS.sayings("按揭的个税，按揭")
    assert [(one.word, one.idea) for one in found] == [("按揭", "idea1"), ("个税", "idea0")]
    assert SYNONYMS.sayings("印花税") == ()


@pytest.mark.parametrize(
    ("letters", "syllables", "words"),
    [
        ("fangdai", ("fang", "dai"), ["房贷"]),
        ("qingwenfangdai", ("qing", "wen", "fang", "dai"), ["房贷"]),
        ("danhui", ("dan", "hui"), []),
        ("agjj", (), ["按个揭金"]),
        ("zfdk", (), []),
        ("fd", (), []),
    ],
)
def test_words_are_known_as_they_are_spelt(
    letters: str, syllables: tuple[str, ...], words: list[str]
) -> None:
    """From a syllable's beginning only; initials of the articles' own words are theirs."""
    known = Synonyms.parse("住房贷款 房贷 安徽 按个揭金")
    assert [one.word for one in known.spelt_sayings(letters, syllables)] == words


def test_the_tax_lines_synonyms_are_groups_of_different_words() -> None:
    for words in tax_line().ideas:
        assert len(words) == len(set(words)) > 1, words


LONG = "很" * 100 + "要找的词" + "长" * 100


@pytest.mark.parametrize(
    ("answer", "asked", "shown"),
    [
        ("短的回答", "", "短的回答"),
        ("第一行\n  第二行", "", "第一行 第二行"),
        (LONG, "", "…" + "很" * 12 + "要找的词" + "长" * 44 + "…"),
        ("别的", "这里有要找的词", "这里有要找的词"),
        ("<p>别的</p>", "", "别的"),
        ("- 每月**2000元**\n- 见[公告](https://a.cn/1)", "", "每月2000元 见公告"),
        ("# 标准\n| 档 | 率 |\n|---|:-:|\n| 一 | 3% |", "", "标准 档 率 一 3%"),
        ("财税[2016]36号与13%*2", "", "财税[2016]36号与13%*2"),
        ("全日制**要找的词**", "", "全日制要找的词"),
        ("", "只有问题", "只有问题"),
        ("", "", ""),
    ],
)
def test_a_snippet_is_one_plain_line_around_the_words(answer: str, asked: str, shown: str) -> None:
    question = ask("要找的词", readings())
    assert snippet(question, article("a", "题", answer=answer, question=asked)) == shown


@pytest.mark.parametrize(
    ("query", "title", "ranges"),
    [
        ("契税 契税", "契税与契税", ((0, 2), (3, 5))),
        ("个税", "个人所得税", ((0, 1), (4, 5))),
        ("qishui", "关于契税", ((2, 4),)),
        ("gy", "关于契税", ((0, 2),)),
        ("气水申包", "契税的申报", ((0, 2), (3, 5))),
        ("没有", "契税", ()),
        ("龘", "契税", ()),
    ],
)
def test_marks_are_ranges_of_the_title(
    query: str, title: str, ranges: tuple[tuple[int, int], ...]
) -> None:
    entry = make_entry(article("a", title), {}, readings(), NO_SYNONYMS)
    assert marks(ask(query, readings()), entry) == ranges
