"""The border for text: what strangers send becomes something that can be shown (steps ① and ②).

SIP carries bytes from anybody. Everything the engine reports passes through ``clean_text`` once,
so that no consumer has to think of encodings, control characters or text that turns a line round.
And everything that goes out passes the checks here, so that no header can be smuggled in. Markup
is left as it is: the screen shows plain text. Pure functions, any thread.
"""

from __future__ import annotations

import codecs
import re
from urllib.parse import quote

NAME_LIMIT = 128
"""Code points kept of a name; a longer one ends in an ellipsis."""
NUMBER_LIMIT = 64

_RAW_LIMIT = 65_536
_DIAL = re.compile(r"[0-9*#+]{1,32}")
_DTMF = re.compile(r"[0-9*#A-D]{1,32}")
_TOKEN = re.compile(r"[A-Za-z0-9.!%*_+`'~-]{1,64}")  # RFC 3261 25.1
_SIP_URI = re.compile(r"sips?:(?:[A-Za-z0-9*+._~!$&'()=,;?/%-]{1,128}@)?"
                      r"[A-Za-z0-9.:\[\]-]{1,255}(?:;[A-Za-z0-9._~%=;-]{1,128})?")  # fmt: skip
# What separates words becomes one space; what has no width or steers its neighbours goes.
_SPACES = re.compile(r"[\s\x1c-\x1f\x85\u2028\u2029]+")
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f"  # C0, DEL, C1
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"  # soft hyphen, joiners, fillers
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f"  # zero width, bidi marks, embeddings, isolates
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"  # fillers, variants, BOM
    "\ud800-\udfff\U000e0000-\U000e0fff]"  # lone surrogates, tags
)


def decode_bytes(raw: bytes) -> str:
    """Return ``raw`` as text: UTF-8, else GB18030, else UTF-8 with U+FFFD for what is broken.

    At most 64 KiB are looked at; a character cut in two by that limit is left out.
    """
    head, whole = raw[:_RAW_LIMIT], len(raw) <= _RAW_LIMIT
    for encoding in ("utf-8", "gb18030"):
        try:
            return codecs.getincrementaldecoder(encoding)("strict").decode(head, final=whole)
        except UnicodeDecodeError:
            continue
    return head.decode("utf-8", "replace")


def decode_swig(text: str) -> str:
    """Return a string that SWIG decoded with ``surrogateescape`` as ``decode_bytes`` would have."""
    if text.isascii():
        return text[:_RAW_LIMIT]
    return decode_bytes(text.encode("utf-8", "surrogateescape" if _escaped(text) else "replace"))


def _escaped(text: str) -> bool:
    return not any("\ud800" <= c <= "\udfff" and not "\udc80" <= c <= "\udcff" for c in text)


def clean_text(raw: str | bytes, limit: int = NAME_LIMIT) -> str:
    """Return ``raw`` fit to be shown on one line: at most ``limit`` code points, never raises.

    Runs of white space become one space; control, bidi and zero-width characters are gone.
    """
    text = decode_bytes(raw) if isinstance(raw, bytes) else decode_swig(raw)
    text = _UNSEEN.sub("", _SPACES.sub(" ", text)).strip()
    # Taking characters out can bring two spaces together.
    text = re.sub(" {2,}", " ", text)
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def is_dial_string(text: str) -> bool:
    """Say whether an agent may dial ``text``: ``[0-9*#+]{1,32}``."""
    return _DIAL.fullmatch(text) is not None


def is_dtmf(text: str) -> bool:
    """Say whether ``text`` can be sent as RFC 4733 digits: ``[0-9*#A-D]{1,32}``."""
    return _DTMF.fullmatch(text) is not None


def is_sip_uri(text: str) -> bool:
    """Say whether ``text`` is a plain SIP URI that may stand in a request line and a To header."""
    return len(text) <= 512 and _SIP_URI.fullmatch(text) is not None


def is_header(name: str, value: str) -> bool:
    """Say whether an extra header may be sent: a token, and a value without control characters."""
    return (
        _TOKEN.fullmatch(name) is not None
        and len(value) <= 1024
        and not _UNSEEN.search(value)
        and not re.search(r"[\r\n\u2028\u2029]", value)
    )


def sip_uri(user: str, host: str) -> str:
    """Return ``sip:user@host`` with the user part escaped by RFC 3261 (``#`` becomes ``%23``)."""
    escaped = quote(user, safe="*+-_.!~'()&=$,;?/")
    return f"sip:{escaped}@{host}" if user else f"sip:{host}"


def name_addr(name: str, uri: str) -> str:
    """Return a name-addr for an outgoing From: the name cleaned and quoted (RFC 3261 25.1)."""
    shown = clean_text(name)
    if not shown:
        return f"<{uri}>"
    escaped = shown.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}" <{uri}>'
