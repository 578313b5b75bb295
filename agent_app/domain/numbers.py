"""One spelling for every number, so that a caller is found however the exchange wrote it (step ④).

A public number becomes E.164; a short code (12366, 110, 95588, an extension) stays exactly as it
is and can therefore never match inside a customer's number. What fits neither stays exact too, so
that the same odd caller is recognised again; what holds no number at all becomes "".
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat

from agent_app.domain.regions import regions

_SCHEME = re.compile(r"^\s*(?:tel|sips?|callto):(?://)?", re.IGNORECASE)
_NAMED = re.compile(r"^[^<>]*<((?:tel|sips?):[^<>]*)>[^<>]*$", re.IGNORECASE)
_EXTENSION = re.compile(
    r"[(\[]?\s*(?:转?分机号?|转|内线|extension|ext\.?|x|p|#|,|;ext=)\s*:?\s*(\d{1,8})\s*[)\]]?\s*$",
    re.IGNORECASE,
)
_DASHED_EXTENSION = re.compile(r"^(.*\d)\s*[-\s(]\s*(\d{1,5})\)?$")
_SEPARATORS = re.compile(r"[\s\-‐-―−ー_~.·/()\[\]【】]+")
_DIGITS = re.compile(r"\d+", re.ASCII)

_CN_MOBILE = re.compile(r"1[3-9]\d{9}")
_CN_SERVICE = re.compile(r"[48]00\d{7}")
_CN_LANDLINE = re.compile(r"(?:10|2\d)[1-9]\d{7}|[3-9]\d{2}[1-9]\d{6,7}")
_CN_LOCAL = re.compile(r"[2-8]\d{6,7}")
_CN_SHORT = re.compile(r"1[0-2]\d{1,4}|9[56]\d{3,7}")
_CN_PREFIXES = ("+86", "0086")
_IP_PREFIXES = ("17951", "17911", "17901", "17900", "12593", "10193", "17909", "17931")

SHORT_LIMIT = 6
"""Digits of the longest short code or extension that needs no naming by the site."""
_E164_LIMIT = 15
_RAW_LIMIT = 80


class NumberKind(StrEnum):
    MOBILE = "mobile"
    LANDLINE = "landline"
    SERVICE = "service"  # 400 and 800
    FOREIGN = "foreign"
    SHORT = "short"  # exact: a short code or an extension
    OTHER = "other"  # digits that are no public number; exact
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Number:
    """``normal`` is what is stored and looked up: E.164, exact digits, or "".

    ``region`` is in words for China, an ISO country code abroad, "" when not known. ``shown`` is
    for the eye (138 0013 8000). ``extension`` was dialled behind the number; it identifies nobody.
    """

    normal: str
    kind: NumberKind
    region: str = ""
    shown: str = ""
    extension: str = ""


NOBODY = Number("", NumberKind.NONE)


def normalise(
    raw: str,
    *,
    country: str = "CN",
    area_code: str = "",
    short_codes: frozenset[str] = frozenset(),
    outside_prefix: str = "",
) -> Number:
    """The one number that ``raw`` spells. Pure; < 1 ms once warm (see ``warm_up``).

    ``area_code`` (with or without its 0) completes local numbers of seven or eight digits.
    ``short_codes`` are the site's own, kept exact before anything else is tried.
    ``outside_prefix`` (9 or 0 on many exchanges) is taken off when only the rest is a number.
    Normalising the result again changes nothing.
    """
    digits, extension = _digits(raw)
    bare = digits.removeprefix("+")
    if not bare.strip("0"):
        return NOBODY
    for prefix in _CN_PREFIXES:  # an exchange that writes +86 before everything, also before 110
        rest = digits.removeprefix(prefix)
        if rest != digits and (_CN_SHORT.fullmatch(rest) or len(rest) <= SHORT_LIMIT):
            return normalise(rest, country=country, area_code=area_code, short_codes=short_codes,
                             outside_prefix=outside_prefix)  # fmt: skip
    spellings = [digits, bare]
    if outside_prefix and bare.startswith(outside_prefix):
        spellings.append(bare.removeprefix(outside_prefix))
    for spelling in spellings:
        if spelling in short_codes or (country == "CN" and _CN_SHORT.fullmatch(spelling)):
            return Number(spelling, NumberKind.SHORT, shown=spelling, extension=extension)
        found = _public(spelling, country, area_code.removeprefix("0"))
        if found is not None:
            return _described(found, extension)
    return _exact(bare, extension)


def warm_up() -> None:
    """Load what the first call would load, off the way of a ringing call."""
    normalise("+8613800138000")


def _digits(raw: str) -> tuple[str, str]:
    """An optional + and digits, and the extension; "" when there is anything else in it."""
    text = unicodedata.normalize("NFKC", raw[:_RAW_LIMIT])
    if named := _NAMED.match(text):
        text = named[1]
    text = _SCHEME.sub("", text).partition("@")[0].strip()
    extension = ""
    if match := _EXTENSION.search(text):
        text, extension = text[: match.start()], match[1]
    elif match := _DASHED_EXTENSION.match(text):
        whole, before = _SEPARATORS.sub("", text), _SEPARATORS.sub("", match[1])
        if before.startswith("0") and _national(before) and not _national(whole):
            text, extension = before, match[2]
    text = _SEPARATORS.sub("", text.partition(";")[0])
    plus, rest = ("+", text[1:]) if text.startswith("+") else ("", text)
    return (plus + rest, extension) if _DIGITS.fullmatch(rest) else ("", "")


def _public(digits: str, country: str, area_code: str) -> PhoneNumber | None:
    """The public number these digits are, or None."""
    if country == "CN":
        national = _chinese(digits, area_code)
        if national is not None:
            return PhoneNumber(country_code=86, national_number=int(national))
        if not digits.startswith(("+", "00")) or digits.startswith(_CN_PREFIXES):
            return None
    if len(digits) <= SHORT_LIMIT:
        return None
    try:
        number = phonenumbers.parse(
            "+" + digits[2:] if digits.startswith("00") else digits, country
        )
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_possible_number(number) else None


def _chinese(digits: str, area_code: str) -> str | None:
    """The national number (no 0, no 86) that these digits are within China, or None."""
    for prefix in (*_CN_PREFIXES, "86", *_IP_PREFIXES):
        if digits.startswith(prefix) and (found := _national(digits.removeprefix(prefix))):
            return found
    if digits.startswith("0") or _CN_MOBILE.fullmatch(digits) or _CN_SERVICE.fullmatch(digits):
        return _national(digits)
    if area_code and _CN_LOCAL.fullmatch(digits):
        return _landline(area_code + digits)
    # Without its 0 only an area code that exists is believed.
    return _landline(digits) if regions().find(digits) else None


def _national(digits: str) -> str | None:
    rest = digits.removeprefix("0")
    if _CN_MOBILE.fullmatch(rest) or _CN_SERVICE.fullmatch(digits):
        return rest
    return _landline(rest)


def _landline(digits: str) -> str | None:
    return digits if _CN_LANDLINE.fullmatch(digits) else None


def _described(number: PhoneNumber, extension: str) -> Number:
    normal = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    if number.country_code != 86:
        shown = phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
        region = phonenumbers.region_code_for_number(number) or ""
        return Number(normal, NumberKind.FOREIGN, region, shown, extension)
    national = str(number.national_number)
    region = regions().find(national)
    if _CN_MOBILE.fullmatch(national):
        shown = f"{national[:3]} {national[3:7]} {national[7:]}"
        return Number(normal, NumberKind.MOBILE, region, shown, extension)
    if _CN_SERVICE.fullmatch(national):
        shown = f"{national[:3]} {national[3:6]} {national[6:]}"
        return Number(normal, NumberKind.SERVICE, "", shown, extension)
    area = 2 if national.startswith(("10", "2")) else 3
    local = national[area:]
    shown = f"0{national[:area]} {local[:-4]} {local[-4:]}"
    return Number(normal, NumberKind.LANDLINE, region, shown, extension)


def _exact(bare: str, extension: str) -> Number:
    if len(bare) > _E164_LIMIT:
        return NOBODY
    kind = NumberKind.SHORT if len(bare) <= SHORT_LIMIT else NumberKind.OTHER
    return Number(bare, kind, shown=bare, extension=extension)
