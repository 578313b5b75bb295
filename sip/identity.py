"""Who calls, read from an INVITE's headers (step ①).

The library hands over the whole request as text; the rules for who the caller is (RFC 3261 20.10,
RFC 3323, RFC 3325) and what the exchange adds stand here, apart from the engine, so that they can
be tested on plain strings. Pure functions, any thread; nothing here raises on any input.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from sip.messages import HeaderNames
from sip.text import NAME_LIMIT, NUMBER_LIMIT, clean_text, decode_swig

_COMPACT = {"f": "from", "t": "to", "i": "call-id", "m": "contact"}
_WITHHELD = {"id", "user", "header"}  # RFC 3323 4.2, RFC 3325 9.3
_QUOTED = re.compile(r'\s*"((?:[^"\\]|\\.)*)"?\s*(.*)', re.DOTALL)
_HIDDEN = re.compile(r";\s*privacy\s*=\s*\"?(\w+)", re.IGNORECASE)
_SECONDS = re.compile(r"\d{1,6}")


@dataclass(frozen=True, slots=True)
class Address:
    """A name-addr taken apart; ``user`` is unescaped, all three are clean text."""

    name: str
    user: str
    host: str
    uri: str


@dataclass(frozen=True, slots=True)
class CallerIdentity:
    """What an INVITE says of a call; the fields of IncomingCall under the same names."""

    call_id: str
    name: str
    number: str
    anonymous: bool
    dialled: str
    queue: str
    menu_path: str
    waited_s: int | None
    from_uri: str
    transferred_by: str = ""
    returned: str = ""


def read_headers(message: str) -> dict[str, str]:
    """Return the headers of a SIP request: lower-case full name → decoded value.

    ``message`` is what SWIG made of the datagram. Folded lines are joined, of several headers with
    one name the first counts, and bytes that are no UTF-8 are read as GB18030 header by header.
    """
    head = re.split(r"\r?\n\r?\n", message, maxsplit=1)[0]
    # Not splitlines(): a vertical tab or U+2028 in a name must not begin a header of its own.
    lines = re.split(r"\r?\n", re.sub(r"\r?\n[ \t]+", " ", head))[1:]
    found: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        key = name.strip().lower()
        if colon and key:
            found.setdefault(_COMPACT.get(key, key), decode_swig(value.strip()))
    return found


def parse_address(value: str) -> Address:
    """Take the first name-addr or addr-spec of ``value`` apart (quoted names with escapes too)."""
    name, rest = "", value
    if quoted := _QUOTED.match(value):
        name, rest = re.sub(r"\\(.)", r"\1", quoted[1], flags=re.DOTALL), quoted[2]
    if "<" in rest:
        before, _, inside = rest.partition("<")
        name = name or before.strip()
        uri = inside.partition(">")[0].strip()
    else:  # an addr-spec: what follows a semicolon belongs to the header (RFC 3261 20.10)
        uri = re.split(r"[;,]", rest, maxsplit=1)[0].strip()
    user, host = _user_and_host(uri)
    return Address(clean_text(name, NAME_LIMIT), user, host, clean_text(uri, 256))


def _user_and_host(uri: str) -> tuple[str, str]:
    scheme, colon, rest = uri.partition(":")
    if not colon:
        return "", clean_text(uri.lower(), 256)
    if scheme.lower() == "tel":
        return clean_text(rest.partition(";")[0], NUMBER_LIMIT), ""
    userinfo, at, hostport = rest.rpartition("@")
    user = re.split(r"[:;]", userinfo, maxsplit=1)[0] if at else ""
    host = re.split(r"[:;?>]", hostport, maxsplit=1)[0].lower()
    unescaped = unquote_to_bytes(user.encode("utf-8", "replace"))
    return clean_text(unescaped, NUMBER_LIMIT), clean_text(host, 256)


def identify(message: str, names: HeaderNames) -> CallerIdentity:
    """Return who calls and why, from the INVITE ``message``.

    P-Asserted-Identity counts over From. A caller is anonymous by RFC 3323: the host
    ``anonymous.invalid``, the user ``anonymous``, a Privacy header that covers the identity, or no
    user at all; then neither a number nor a name is told.
    """
    headers = read_headers(message)
    sender = parse_address(headers.get("from", ""))
    asserted = parse_address(headers.get("p-asserted-identity", ""))
    known = asserted if asserted.user else sender
    anonymous = _is_anonymous(known, headers.get("privacy", ""))
    waited = _SECONDS.fullmatch(headers.get(names.waited_s.lower(), ""))

    def extra(name: str, limit: int = NAME_LIMIT) -> str:
        return clean_text(headers.get(name.lower(), ""), limit)

    return CallerIdentity(
        call_id=extra(names.call_id) or clean_text(headers.get("call-id", "")),
        name="" if anonymous else known.name or sender.name,
        number="" if anonymous else known.user,
        anonymous=anonymous,
        dialled=extra(names.dialled, NUMBER_LIMIT) or parse_address(headers.get("to", "")).user,
        queue=extra(names.queue),
        menu_path=extra(names.menu_path),
        waited_s=int(waited[0]) if waited else None,
        from_uri=sender.uri,
        transferred_by=extra(names.transferred_by, NUMBER_LIMIT),
        returned=extra(names.returned),
    )


def connected(message: str) -> tuple[str, str] | None:
    """Return name and number of the other side from an answer, a re-INVITE or an UPDATE.

    P-Asserted-Identity (RFC 3325) counts over Remote-Party-ID. None where neither is there; two
    empty strings where the identity is withheld.
    """
    headers = read_headers(message)
    told = headers.get("p-asserted-identity", "") or headers.get("remote-party-id", "")
    if not told:
        return None
    privacy = headers.get("privacy", "")
    if hidden := _HIDDEN.search(headers.get("remote-party-id", "")):
        privacy = "id" if hidden[1].lower() in {"full", "uri"} else privacy
    known = parse_address(told)
    return ("", "") if _is_anonymous(known, privacy) else (known.name, known.user)


def _is_anonymous(known: Address, privacy: str) -> bool:
    asked = {part.strip().lower() for part in re.split(r"[;,]", privacy)}
    return (
        not known.user
        or known.user.lower() == "anonymous"
        or known.host == "anonymous.invalid"
        or bool(asked & _WITHHELD)
    )
