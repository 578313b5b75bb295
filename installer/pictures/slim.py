"""Makes a picture of a window small: its most frequent colours stand for all of them.

A window has a few dozen colours and thousands of shades at the edges of letters; those take the
nearest of the 256 that a palette holds. A file becomes a third as large, and nobody sees it.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

PALETTE = 256
HUE = 0xFFE0E0E0
KEPT_HUES = 160
"""A small icon's green is rarer than each of the greys around a thousand letters."""
SMALLEST = 0
"""Qt's scale of 0 to 100 is the reverse of zlib's 9 to 0."""


def slim(picture: QImage) -> QImage:
    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    shades = Counter(memoryview(plain.constBits()).cast("I"))
    ordered = [shade for shade, _ in shades.most_common()]
    hues = dict[int, int]()  # the most frequent shade of each, the most frequent hue first
    for shade in ordered:
        hues.setdefault(shade & HUE, shade)
    palette = list(dict.fromkeys([*list(hues.values())[:KEPT_HUES], *ordered]))[:PALETTE]
    return plain.convertToFormat(
        QImage.Format.Format_Indexed8, palette, Qt.ImageConversionFlag.AvoidDither
    )


def save(picture: QImage, path: Path) -> None:
    """Raises OSError: the file could not be written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not picture.save(str(path), None, SMALLEST):
        raise OSError(f"{path} could not be written")
