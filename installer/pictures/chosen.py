"""Which pictures the documents show: the file's name there, and where it lies among those taken."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"

SCENES = (
    "ringing", "talking", "searching", "article-history", "wrap-up", "unknown-caller",
    "call-transfer", "call-category", "call-callback", "call-ticket", "call-other-person",
    "gap-report", "customers-details", "customers-edit", "editing-draft", "page-gaps",
    "page-notices", "records-details", "page-my-day", "settings-sound", "outbox", "inbox", "keys",
)  # fmt: skip
SAMPLES = ("talking", "records-details")
"""Also shown in English, dark, and on the large screen."""

CHOSEN = {f"{scene}.png": f"zh-light-1366x768/{scene}.png" for scene in SCENES}
CHOSEN |= {f"{scene}-en.png": f"en-light-1366x768/{scene}.png" for scene in SAMPLES}
CHOSEN |= {f"{scene}-dark.png": f"zh-dark-1366x768/{scene}.png" for scene in SAMPLES}
CHOSEN |= {f"{scene}-large.png": f"zh-light-1920x1080/{scene}.png" for scene in SAMPLES}
