"""Numbers as people write them into a table, in the one spelling that the seats look up (step ⑨).

The seats spell what an exchange says with rules of their own; ``tests/contract`` proves that both
come to the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

import phonenumbers
from phonenumbers import PhoneNumberFormat

SHORT_LIMIT = 6
"""Digits of a short code or an extension, which is kept as it is."""

_SEPARATORS = re.compile(r"[\s\-‐-―−ー_~.·/()\[\]【】]+")
_EXTENSION = re.compile(
    r"[(\[]?\s*(?:转?分机号?|转|内线|extension|ext\.?|x|p|#|,)\s*:?\s*\d{1,8}\s*[)\]]?\s*$",
    re.IGNORECASE,
)
_DASHED_EXTENSION = re.compile(r"^(0\d{2,3}[-\s]?\d{7,8})\s*[-\s(]\s*\d{1,5}\)?$")
_DIGITS = re.compile(r"\+?\d+", re.ASCII)
_SHORT_IN_CHINA = re.compile(r"1[0-2]\d{1,4}|9[56]\d{3,7}", re.ASCII)
_HOME_PREFIX = re.compile(r"^(?:\+|00)86")
"""Some exchanges write it before everything, also before 110."""
_LOCAL = re.compile(r"[2-8]\d{6,7}", re.ASCII)
_RAW_LIMIT = 80


@dataclass(frozen=True, slots=True)
class NumberRules:
    """The centre's setting ``numbers``; ``area_code`` is without its 0."""

    country: str = "CN"
    area_code: str = ""
    short_codes: frozenset[str] = frozenset()


def read_rules(setting: Mapping[str, object]) -> NumberRules:
    codes = setting.get("short_codes", [])
    return NumberRules(
        country=str(setting.get("country", "CN")),
        area_code=str(setting.get("area_code", "")).removeprefix("0"),
        short_codes=frozenset(map(str, codes)) if isinstance(codes, list) else frozenset(),
    )


def normal_number(raw: str, rules: NumberRules) -> str | None:
    """E.164, or a short code as it is; None for what is no number."""
    text = unicodedata.normalize("NFKC", raw[:_RAW_LIMIT]).strip()
    if text in rules.short_codes:
        return text
    text = _EXTENSION.sub("", text)
    if match := _DASHED_EXTENSION.match(text):
        text = match[1]
    digits = _SEPARATORS.sub("", text)
    if not _DIGITS.fullmatch(digits) or not digits.strip("+0"):
        return None
    if (home := _HOME_PREFIX.sub("", digits)) != digits and rules.country == "CN":
        short = len(home) <= SHORT_LIMIT or _SHORT_IN_CHINA.fullmatch(home)
        digits = home if short and home.strip("0") else digits
    if digits in rules.short_codes or len(digits) <= SHORT_LIMIT:
        return digits.removeprefix("+")
    if rules.country == "CN" and _SHORT_IN_CHINA.fullmatch(digits):
        return digits
    return _public(digits, rules)


def _public(digits: str, rules: NumberRules) -> str | None:
    if digits.startswith("00"):
        digits = f"+{digits[2:]}"
    candidates = [digits]
    if rules.area_code and _LOCAL.fullmatch(digits):
        trunk = "0" if rules.country == "CN" else ""
        candidates.insert(0, f"{trunk}{rules.area_code}{digits}")
    for candidate in candidates:
        try:
            number = phonenumbers.parse(candidate, rules.country)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return None
