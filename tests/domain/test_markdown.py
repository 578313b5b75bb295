"""What editors write is shown as they meant it, and can do nothing else."""

from __future__ import annotations

import re

import pytest

from agent_app.domain.markdown import LONGEST, MOST_ELEMENTS, html, is_web, plain


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("每月**2000元**", "<p>每月<strong>2000元</strong></p>"),
        ("甲\n乙", "<p>甲<br>\n乙</p>"),
        ("- 甲\n- 乙", "<ul>\n<li>甲</li>\n<li>乙</li>\n</ul>"),
        ("3. 甲", '<ol start="3">\n<li>甲</li>\n</ol>'),
        ("# 标准", "<p><strong>标准</strong></p>"),
        ("[公告](https://example.cn/a)", '<p><a href="https://example.cn/a">公告</a></p>'),
        ("    缩进的一段", "<p>缩进的一段</p>"),
        ("甲\n----", "<p>甲</p>\n<hr>"),
        ("![流程图](https://example.cn/a.png)", "<p>［图：流程图］</p>"),
        ("![](https://example.cn/a.png)", "<p>［图］</p>"),
        ("13% 与 &lt;", "<p>13% 与 &amp;lt;</p>"),
    ],
)
def test_markdown_becomes_plain_elements(written: str, shown: str) -> None:
    assert html(written).strip() == shown


def test_a_table_keeps_its_cells() -> None:
    shown = html("| 档次 | 税率 |\n|---|---|\n| 一 | 3% |")
    assert shown.count("<td>") == shown.count("<th>") == 2
    assert "<td>3%</td>" in shown


@pytest.mark.parametrize(
    "odd",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        '<a href="https://a.cn" onclick="x()">甲</a>',
        "<svg onload=alert(1)><script>x</script></svg>",
        "<iframe src='file:///etc/passwd'></iframe>",
        "<style>p{background:url(http://a.cn)}</style>",
        "![](http://a.cn/x.png)",
        "![图](file:///etc/passwd)",
        "![图](data:image/svg+xml;base64,PHN2Zz4=)",
        "[甲](javascript:alert(1))",
        "[甲](JaVaScRiPt&colon;alert(1))",
        "[甲](file:///etc/passwd)",
        "[甲](//a.cn/x)",
        "[甲](data:text/html,x)",
        "<javascript:alert(1)>",
        "[甲][1]\n\n[1]: javascript:alert(1)",
    ],
)
def test_nothing_that_acts_or_loads_comes_out(odd: str) -> None:
    elements = re.findall(r"<[^>]*>", html(odd))
    assert set(elements) <= {"<p>", "</p>", "<br>"}, elements


def test_html_stays_the_text_that_it_is() -> None:
    assert html("<b>先</b> & 后").strip() == "<p>&lt;b&gt;先&lt;/b&gt; &amp; 后</p>"


@pytest.mark.parametrize(
    "odd",
    ["[" * 5_000_000, "*a **b " * 700_000, "> " * 2_500_000, "- " * 2_500_000, "税" * 5_000_000,
     "|a" * 9_000 + "\n" + "|-" * 9_000, "`" * 40_000, "<" * 5_000_000,
     "- 甲\n" * 1_000_000, "甲\n" * 2_500_000],
    ids=["brackets", "stars", "quotes", "points", "words", "table", "ticks", "tags", "list",
         "lines"],
)  # fmt: skip
def test_five_megabytes_of_anything_are_read_as_far_as_one_reads(odd: str) -> None:
    shown = html(odd)
    assert len(shown) < 10 * LONGEST
    assert shown.count("<") <= MOST_ELEMENTS
    assert len(plain(odd)) <= max(len(odd), 2 * LONGEST)


@pytest.mark.parametrize(
    ("address", "web"),
    [
        ("https://example.cn/a?b=1#c", True),
        ("HTTP://example.cn", True),
        ("https://", False),
        ("//example.cn", False),
        ("ftp://example.cn", False),
        ("javascript:alert(1)", False),
        ("http://[", False),
    ],
)
def test_an_address_of_the_web_has_its_scheme_and_a_host(address: str, web: bool) -> None:
    assert is_web(address) is web


@pytest.mark.parametrize(
    "text",
    ["", "每月2000元。", "  甲\n\n\n乙  ", "13%*2 与 <b>x</b> & &lt;", "1、甲\n2、乙"],
)
def test_plain_writing_comes_out_as_it_was_written(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("每月**2000元**，~~旧~~", "每月2000元，旧"),
        ("- 甲\n- 乙\n\n  又乙\n  1. 丙\n  2. 丁", "· 甲\n· 乙\n又乙\n1. 丙\n2. 丁"),
        ("# 题\n正文\n第二行", "题\n正文\n第二行"),
        ("| 档 | 率 |\n|-|-|\n| 一 | 3% |", "档 | 率\n一 | 3%"),
        ("见[公告](https://a.cn/1)。", "见公告（https://a.cn/1）。"),
        ("<https://a.cn/1>", "https://a.cn/1"),
        ("```\n代码\n```", "代码"),
        ("\\*甲\\*", "*甲*"),
        ("**甲**![图](https://a.cn/x.png)", "甲图"),
    ],
)
def test_markdown_is_quoted_as_words(written: str, words: str) -> None:
    assert plain(written) == words
