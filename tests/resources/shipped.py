"""The shipped content as the tests see it: plain JSON, read without any of the program's loaders.

The content feeds every step of the call, ① (the practice caller) to ⑨ (the sample server); it is
checked here on its own so that a bad file is found before a loader stumbles over it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
SAMPLE_CENTRE = RESOURCES / "sample_centre"
PRACTICE = RESOURCES / "practice"

Row = dict[str, Any]


def document(path: Path) -> Row:
    content = json.loads(path.read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content


def categories() -> list[Row]:
    rows: list[Row] = document(SAMPLE_CENTRE / "categories.json")["categories"]
    return rows


def leaves() -> set[str]:
    return {row["id"] for row in categories() if row["parent"] is not None}


def articles() -> list[Row]:
    rows: list[Row] = document(SAMPLE_CENTRE / "articles.json")["articles"]
    return rows


def names() -> Row:
    return document(SAMPLE_CENTRE / "names.json")


def queue_names() -> set[str]:
    return {row["name"] for row in names()["queues"]}


def fixed_customers() -> list[Row]:
    rows: list[Row] = document(SAMPLE_CENTRE / "fixed_customers.json")["customers"]
    return rows


def reserved_numbers() -> list[str]:
    rows: list[str] = document(SAMPLE_CENTRE / "fixed_customers.json")["reserved_numbers"]
    return rows


def scenario_paths() -> list[Path]:
    return sorted((PRACTICE / "scenarios").glob("*.json"))


def json_paths() -> list[Path]:
    return sorted(SAMPLE_CENTRE.glob("*.json")) + scenario_paths()
