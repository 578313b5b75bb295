"""What editors write in Markdown, as safe HTML and as plain words (step ⑥).

CommonMark with tables; HTML stays the text that it is. What comes out has passed an allow-list:
no script, no picture, no address but of the web, and nothing that is fetched by being shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from urllib.parse import urlsplit

import nh3
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

_ALLOWED = {"p", "br", "hr", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li",
            "a", "table", "thead", "tbody", "tr", "th", "td"}  # fmt: skip
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
_SCHEMES = frozenset({"http", "https"})
_UNUSUAL = ["code", "lheading", "reference", "entity"]
"""Rules that read something into plain writing: indented paragraphs, lines of dashes, ``&lt;``."""


class _Calm(RendererHTML):
    """Headings are strong lines; a picture is the words that stand for it."""

    def heading_open(self, *_: object) -> str:
        return "<p><strong>"

    def heading_close(self, *_: object) -> str:
        return "</strong></p>\n"

    def image(
        self, tokens: Sequence[Token], place: int, _options: OptionsDict, _env: EnvType
    ) -> str:
        words = tokens[place].content
        return escapeHtml(f"［图：{words}］" if words else "［图］")


def _reader() -> MarkdownIt:
    settings = {"html": False, "breaks": True, "linkify": False, "typographer": False}
    reader = MarkdownIt("commonmark", settings, renderer_cls=_Calm)
    reader.enable(["table", "strikethrough"]).disable(_UNUSUAL)
    reader.validateLink = is_web  # type: ignore[assignment,method-assign]
    return reader


def is_web(address: str) -> bool:
    """Whether this is an address that a browser may be given: http or https, with a host."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme.lower() in _SCHEMES and bool(parts.hostname)


_READER = _reader()
LONGEST = 40_000
"""Code points that are read; a book would hold up everything."""
MOST_ELEMENTS = 4_000
"""Tags that are laid out; 20 000 points of a list held up the window for two seconds."""
_MOST_LINES = 1_000


@lru_cache(maxsize=32)
def html(text: str) -> str:
    """Safe HTML of elements only, without styles; of too many elements, the bare words.

    Any thread; half a second at worst.
    """
    shown = nh3.clean(
        _READER.render(text[:LONGEST]),
        tags=_ALLOWED,
        attributes=_ATTRIBUTES,
        url_schemes=set(_SCHEMES),
        link_rel=None,
    )
    return shown if shown.count("<") <= MOST_ELEMENTS else _bare(text[:LONGEST])


def _bare(text: str) -> str:
    lines = escapeHtml(text).split("\n")
    return f"<p>{'<br>'.join(lines[:_MOST_LINES])} {' '.join(lines[_MOST_LINES:])}</p>"


def plain(text: str) -> str:
    """The words, for a field of plain text. What uses no Markdown comes out as it was written."""
    tokens = _READER.parse(text[:LONGEST])
    if _is_plain(tokens):
        return text
    return "\n".join(_lines(tokens))


def _is_plain(tokens: Sequence[Token]) -> bool:
    inner = (one for token in tokens for one in token.children or ())
    return all(one.type in ("paragraph_open", "paragraph_close", "inline") for one in tokens) and (
        all(one.type in ("text", "softbreak") and "\\" not in one.markup for one in inner)
    )


def _lines(tokens: Sequence[Token]) -> Iterator[str]:
    """One line each of paragraph, point of a list and row of a table."""
    marks, row = _Marks(), [""]
    for before, token in pairwise([tokens[0], *tokens]):
        marks.pass_by(token)
        words = _words(token.children or ())
        match token.type:
            case "tr_open":
                row = []
            case "tr_close":
                yield " | ".join(row)
            case "inline" if before.type in ("th_open", "td_open"):
                row.append(words)
            case "inline":
                yield marks.take() + words
            case "fence":
                yield token.content.rstrip("\n")


class _Marks:
    """What stands before the next point of the list that is being read."""

    def __init__(self) -> None:
        self._lists: list[int] = []
        self._next = ""

    def pass_by(self, token: Token) -> None:
        match token.type:
            case "ordered_list_open":
                self._lists.append(int(token.attrGet("start") or 1))
            case "bullet_list_open":
                self._lists.append(0)
            case "ordered_list_close" | "bullet_list_close":
                self._lists.pop()
            case "list_item_open":
                number = self._lists[-1]
                self._next = f"{number}. " if number else "· "
                self._lists[-1] += bool(number)

    def take(self) -> str:
        mark, self._next = self._next, ""
        return mark


def _words(inner: Sequence[Token]) -> str:
    """A link is its words with the address behind them, unless they are the address."""
    found, addresses = "", [""]
    for token in inner:
        match token.type:
            case "softbreak" | "hardbreak":
                found += "\n"
            case "link_open":
                addresses.append(str(token.attrGet("href") or ""))
            case "link_close":
                address = addresses.pop()
                found += "" if found.endswith(address) else f"（{address}）"
            case _:
                found += token.content
    return found
