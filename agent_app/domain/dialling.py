"""What is dialled for a number: the site's rules as data (outside line, 0 for other provinces).

A rule looks at the normalised number (E.164, or a short code exactly as it is). The first one that
fits changes it, the others are not asked; a number that no rule fits is dialled as it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from agent_app.domain.numbers import Number

DIGITS_AT_ONCE = 32
"""The most that one dial string and one DTMF command hold."""

_DIAL = re.compile(r"[0-9*#+]{1,32}")
_FEATURE = re.compile(r"[*#][0-9*#]{0,31}")
_DTMF = re.compile(r"[0-9*#]+")
_SEPARATORS = re.compile(r"[\s\-‐-―−().·/]+")


@dataclass(frozen=True, slots=True)
class DialRule:
    """Conditions first: all that are given must hold.

    ``starts_with`` and the number of digits are of the normalised number, without counting a +.
    ``inside`` and ``outside`` are beginnings of the number's region in words ("浙江", "浙江 杭州");
    a number whose region is not known is in neither. Then ``strip`` characters (a + counts) are
    taken off the front and ``prefix`` is put there.
    """

    starts_with: str = ""
    min_digits: int = 1
    max_digits: int = 32
    inside: str = ""
    outside: str = ""
    strip: int = 0
    prefix: str = ""

    def fits(self, number: Number) -> bool:
        digits = len(number.normal.removeprefix("+"))
        region = number.region
        return (
            number.normal.startswith(self.starts_with)
            and self.min_digits <= digits <= self.max_digits
            and (not self.inside or region.startswith(self.inside))
            and (not self.outside or (bool(region) and not region.startswith(self.outside)))
        )

    def applied(self, normal: str) -> str:
        return self.prefix + normal[self.strip :]


def dial_string(number: Number, rules: Sequence[DialRule]) -> str:
    """What goes to the exchange, ``[0-9*#+]{1,32}``, or "" where a rule leaves nothing such."""
    rule = next((rule for rule in rules if rule.fits(number)), None)
    text = number.normal if rule is None else rule.applied(number.normal)
    return text if _DIAL.fullmatch(text) else ""


def feature_code(text: str) -> str:
    """A code of the exchange (``*43``, ``*8 1002``) without separators, "" for anything else."""
    code = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text[:80]))
    return code if _FEATURE.fullmatch(code) else ""


def dtmf_digits(text: str) -> str:
    """What was typed or pasted as digits to send, spaces and dashes dropped.

    "" when there is anything else in it: half a card number must not be sent in silence.
    """
    digits = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text))
    return digits if _DTMF.fullmatch(digits) else ""


def pieces(digits: str) -> tuple[str, ...]:
    """``digits`` in parts that one command holds."""
    return tuple(
        digits[start : start + DIGITS_AT_ONCE] for start in range(0, len(digits), DIGITS_AT_ONCE)
    )
