"""The packed words are the ones that phonenumbers ships."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

import pytest

from agent_app.domain import regions as module
from agent_app.domain.regions import pack, regions, unpack


def test_the_longest_prefix_of_a_number_wins() -> None:
    found = unpack(
        pack({
            "861": {"zh": "甲"},
            "8613": {"zh": "乙"},
            "861300001": {"zh": "丙"},
            "862": {"en": "only English"},
            "441": {"zh": "elsewhere"},
        })
    )  # fmt: skip
    assert found.find("1200000000") == "甲"
    assert found.find("1300000000") == "乙"
    assert found.find("13000010000") == "丙"
    assert found.find("13000020000") == "乙"
    assert found.find("2012345678") == ""
    assert found.find("123") == ""


def test_known_numbers_have_their_region() -> None:
    assert regions().find("57187123456") == "浙江省杭州市"
    assert regions().find("0000000") == ""


@pytest.mark.processes  # three seconds of somebody else's tables
def test_the_shipped_file_is_made_from_the_installed_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: dict[str, bytes] = {}
    monkeypatch.setattr(Path, "write_bytes", lambda path, data: written.update({path.name: data}))
    monkeypatch.delitem(sys.modules, "agent_app.domain.regions")
    runpy.run_module("agent_app.domain.regions", run_name="__main__")
    assert (
        Path(module.__file__).with_name("regions_cn.bin").read_bytes() == written["regions_cn.bin"]
    )
