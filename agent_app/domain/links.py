"""tel:, sip:, sips: and callto: links as a browser or a mail program hands them over.

What comes out is a number for the dial field, never a command: nothing is dialled from here, and
whatever is not plainly a number is refused in words.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from urllib.parse import unquote

LINK_LIMIT = 512
"""Characters of a link that anybody has a reason to send."""

_SCHEME = re.compile(r"(tel|sips?|callto):(?://)?", re.IGNORECASE)
_SEPARATORS = re.compile(r"[\s\-.()/‐-―−]+")
_NUMBER = re.compile(r"\+?[0-9*#]{1,32}|[*#][0-9*#]{0,31}")
_CONTEXT = re.compile(r"\+[0-9\-.()]{1,20}")
_EXTENSION = re.compile(r"[0-9]{1,8}")
_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")


class LinkFault(StrEnum):
    EMPTY = "empty"
    TOO_LONG = "too-long"
    NO_NUMBER = "no-number"  # a name, an e-mail address, a web page ...
    BROKEN = "broken"  # half an escape, control characters, text that is not UTF-8


class LinkError(ValueError):
    """Why there is no number in it; the words belong to the screen."""

    def __init__(self, fault: LinkFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def number_of(link: str) -> str:
    """The number that a link or a plain number names, as it goes into the dial field.

    RFC 3966: visual separators are dropped, ``;phone-context=+86…`` completes a local number,
    ``;ext=`` is kept behind an x; of a SIP address only the user part counts. Raises LinkError.
    """
    if len(link) > LINK_LIMIT:
        raise LinkError(LinkFault.TOO_LONG)
    text = _decoded(link.strip())
    if not text:
        raise LinkError(LinkFault.EMPTY)
    scheme = _SCHEME.match(text)
    name = "" if scheme is None else scheme[1].lower()
    rest = text if scheme is None else text[scheme.end() :]
    if name in ("sip", "sips"):
        rest = _user_part(rest)
    body, *parameters = rest.partition("?")[0].split(";")
    number = _SEPARATORS.sub("", body)
    if not _NUMBER.fullmatch(number):
        raise LinkError(LinkFault.NO_NUMBER)
    return _completed(number, parameters)


def _decoded(link: str) -> str:
    if _ESCAPE.search(link):
        raise LinkError(LinkFault.BROKEN)
    try:
        text = unquote(link, errors="strict")
    except UnicodeDecodeError as error:
        raise LinkError(LinkFault.BROKEN) from error
    if any(not character.isprintable() for character in text):
        raise LinkError(LinkFault.BROKEN)
    return unicodedata.normalize("NFKC", text).strip()


def _user_part(rest: str) -> str:
    """Of ``user:password@host;parameters``: the user; a host alone is nobody's number."""
    user, at, _host = rest.rpartition("@")
    if not at:
        raise LinkError(LinkFault.NO_NUMBER)
    return user.partition(":")[0]


def _completed(number: str, parameters: list[str]) -> str:
    extension = ""
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.lower() == "ext" and _EXTENSION.fullmatch(_SEPARATORS.sub("", value)):
            extension = _SEPARATORS.sub("", value)
        local = not number.startswith(("+", "*", "#"))
        if key.lower() == "phone-context" and local and _CONTEXT.fullmatch(value):
            number = _SEPARATORS.sub("", value) + number.removeprefix("0")
    return f"{number}x{extension}" if extension else number
