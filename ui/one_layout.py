"""Many widgets are shown and hidden, and their place is worked out once (step ⑤).

Qt lays out everything around a widget at the moment it is shown, so that twenty of them on the way
to one caller's card cost twenty layouts, of which the last one is seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QWidget


@contextmanager
def one_layout(*places: QWidget) -> Iterator[None]:
    """The layouts of ``places`` rest until the end; what changed meanwhile is laid out then.

    Inner places before those around them, which ask them how much room they want.
    """
    resting = [layout for place in places if (layout := place.layout()) is not None]
    for layout in resting:
        layout.setEnabled(False)
    try:
        yield
    finally:
        for layout in resting:
            layout.setEnabled(True)
        for layout in resting:
            layout.activate()
