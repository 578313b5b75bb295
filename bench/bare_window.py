"""The least that a window costs: PySide6, one label, nothing of ours.

Prints the moment at which it was painted, in nanoseconds of the monotonic clock; stays until ended.
"""

from __future__ import annotations

import json
import sys

from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

from bench.painting import PaintWatch


def main() -> None:
    application = QApplication(["bare"])
    window = QMainWindow()
    window.setCentralWidget(QLabel("坐席"))
    window.resize(1200, 700)
    told: list[int] = []

    def tell(at_ns: int) -> None:
        if not told:
            told.append(at_ns)
            sys.stdout.write(json.dumps({"painted": at_ns}) + "\n")
            sys.stdout.flush()

    watch = PaintWatch([window], tell)
    window.show()
    application.exec()
    del watch


if __name__ == "__main__":
    main()
