"""Everything that is typed on a seat and may not be on the disk yet (step ⑥)."""

from __future__ import annotations

from typing import Protocol


class Typed(Protocol):
    """Keeps what is typed into it."""

    async def flush(self) -> None:
        """Return when everything typed so far is on the disk, or was refused by it."""


class TypedWords:
    """Written down before the seat ends or forgets."""

    def __init__(self, *forms: Typed) -> None:
        self._forms = forms

    def add(self, *forms: Typed) -> None:
        """Forms are built after what forgets them."""
        self._forms += forms

    async def flush(self) -> None:
        for form in self._forms:
            await form.flush()
