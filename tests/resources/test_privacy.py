"""Nothing that is shipped may look like somebody's data, or like official advice."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.resources import shipped

KNOWN_PLACEHOLDER = "+8613800138000"
"""The number that Chinese documentation uses for nobody in particular."""


@pytest.mark.parametrize("path", shipped.json_paths(), ids=lambda path: path.name)
def test_every_file_is_marked_as_a_sample(path: Path) -> None:
    document = shipped.document(path)
    assert document["sample"] is True
    assert "示例" in document["notice"]
    assert "虚构" in document["notice"]


@pytest.mark.parametrize("path", shipped.json_paths(), ids=lambda path: path.name)
def test_no_file_holds_what_looks_like_an_identity_bank_or_credit_number(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\d{14,}[\dXx]", text)
    assert not re.search(r"(?<![0-9A-Za-z])[0-9A-HJ-NPQRTUWXY]{18}(?![0-9A-Za-z])", text)
    assert not re.search(r"[\w.]+@\w+\.\w+", text)


def test_numbers_come_from_the_patterns_of_invented_numbers() -> None:
    numbers = shipped.names()["numbers"]
    patterns = [
        numbers["country_code"] + re.escape(pattern).replace(r"\#", r"\d")
        for pattern in numbers["mobile_patterns"]
    ] + [
        numbers["country_code"]
        + row["area_code"].lstrip("0")
        + re.escape(row["landline_pattern"]).replace(r"\#", r"\d")
        for row in shipped.names()["regions"]
    ]
    used = [n for row in shipped.fixed_customers() for n in row["numbers"]]
    for number in [*used, *shipped.reserved_numbers()]:
        invented = any(re.fullmatch(re.sub(r"^\+", r"\\+", p), number) for p in patterns)
        assert invented or number == KNOWN_PLACEHOLDER, number
