"""Finding customers: what was typed, taken apart, and what is shown of whoever fits (M18, step ⑥).

The seat looks in its own copy; what the copy does not hold (whole ID numbers, a part in the middle
of a name) the server is asked for.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from agent_app.domain.customers import CustomerKind
from agent_app.domain.ids import CustomerId

TYPED_MAX = 200
WORDS_MAX = 6
TAIL_MIN = 4
"""So many last digits say something; the server holds it so, too."""
LOCAL_MAX = 8
"""A number of so many digits has no area code."""

_NUMBER = re.compile(r"\+?[0-9*#()./-]{2,}")
_ID_NUMBER = re.compile(r"[0-9]{14,17}[0-9X]|[0-9A-HJ-NPQRTUWXY]{15,18}|[0-9]{15}")
_WIDE = str.maketrans("()", "（）")
_LETTERS = re.compile(r"[0-9a-z]+")


class FoundBy(StrEnum):
    """Why a row is shown, the surest first; the server's words for it."""

    NUMBER = "number"
    ID_NUMBER = "id-number"
    NAME = "name"
    PINYIN = "pinyin"
    INITIALS = "initials"
    COMPANY = "company"
    REGION = "region"
    SOUND = "sound"
    PART_OF_NAME = "part-of-name"


@dataclass(frozen=True, slots=True)
class CustomerHit:
    """One row. ``number`` is the one that fits what was typed, else the first.

    ``provisional``: something of it, or its merging, is only on this seat (待同步).
    """

    customer_id: CustomerId
    name: str
    kind: CustomerKind
    company: str
    region: str
    segment: str
    number: str
    number_label: str
    last_spoke_at: datetime | None
    found_by: FoundBy
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class CustomersFound:
    """``more``: there are others that fit; typing more narrows them down."""

    hits: tuple[CustomerHit, ...] = ()
    more: bool = False


NOBODY_FOUND = CustomersFound()


@dataclass(frozen=True, slots=True)
class Typed:
    """``words`` in one form of writing; ``digits`` is set where all of it is a number."""

    words: tuple[str, ...]
    digits: str = ""

    @property
    def whole(self) -> str:
        return " ".join(self.words)

    @property
    def empty(self) -> bool:
        return not self.words

    @property
    def tail(self) -> str:
        """The last digits of a number; of a whole one without the zero before an area code.

        "" for too few.
        """
        rest = self.digits if len(self.digits) <= LOCAL_MAX else self.digits.lstrip("0")
        return rest if len(rest) >= TAIL_MIN else ""

    @property
    def may_be_id(self) -> bool:
        """A whole ID or company number: only the server has those."""
        return bool(_ID_NUMBER.fullmatch("".join(self.words).upper()))


def read_typed(text: str) -> Typed:
    """Never fails, whatever was pasted."""
    shown = "".join(c if c.isprintable() else " " for c in text[:TYPED_MAX])
    words = tuple(map(_as_written, unicodedata.normalize("NFKC", shown).split()[:WORDS_MAX]))
    joined = "".join(words)
    digits = re.sub(r"[^0-9*#]", "", joined) if _NUMBER.fullmatch(joined) else ""
    return Typed(words, digits)


def _as_written(word: str) -> str:
    """Brackets among Chinese as companies write them: 杭州聚顺（集团）有限公司."""
    return word if word.isascii() else word.translate(_WIDE)


def letters_of(word: str) -> str:
    """Latin letters and digits as pinyin is compared; "" for a word with anything else."""
    return "".join(_LETTERS.findall(word.lower())) if word.isascii() else ""


@dataclass(frozen=True, slots=True)
class Said:
    """What a customer says of himself, for comparing one that is changed here."""

    name: str
    region: str = ""
    company: str = ""
    address: str = ""
    numbers: tuple[str, ...] = ()

    def fits(self, typed: Typed) -> FoundBy | None:
        """Why every word fits; None when one does not."""
        if typed.digits:
            found = any(number_fits(number, typed) for number in self.numbers)
            return FoundBy.NUMBER if found else None
        parts = {FoundBy.NAME: self.name, FoundBy.COMPANY: self.company,
                 FoundBy.REGION: self.region}  # fmt: skip
        why: FoundBy | None = None
        for word in typed.words:
            folded = word.casefold()
            here = next((by for by, text in parts.items() if folded in text.casefold()), None)
            if here is None and folded in self.address.casefold():
                here = FoundBy.REGION
            if here is None:
                return None
            why = why or here
        return why


def number_fits(number: str, typed: Typed) -> bool:
    """The number begins or ends as typed; a short code is itself or nothing."""
    digits = number.removeprefix("+")
    if typed.digits == digits:
        return True
    if not number.startswith("+") or not typed.tail:
        return False
    return digits.endswith(typed.tail) or digits.removeprefix("86").startswith(typed.tail)
