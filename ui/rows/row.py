"""What one line of a list says, ready to paint (step ⑤).

View-models turn domain values into rows once per change, so that painting only looks things up.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list; every text is plain text.

    ``marks`` are half-open ranges of code points in ``title``. ``badge`` is a word that wants to be
    seen (待同步), ``trail`` is quiet text at the right of the title (a date). ``depth`` indents.
    ``shape`` is an icon before the title in the colour of ``tone`` (a colour's name in
    ``ui.theme.Colours``); what it means must stand in words as well.
    """

    key: str
    title: str
    lines: tuple[str, ...] = ()
    lead: str = ""
    trail: str = ""
    badge: str = ""
    marks: tuple[tuple[int, int], ...] = ()
    muted: bool = False
    depth: int = 0
    tip: str = ""
    shape: str = ""
    tone: str = ""

    @property
    def spoken(self) -> str:
        """What a screen reader says of the row."""
        parts = (self.title, self.badge, self.trail, *self.lines)
        return ", ".join(part for part in parts if part)
