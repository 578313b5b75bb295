"""The locks and the list of third parties follow pyproject.toml."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.house.tree import ROOT


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def names(requirements: list[str]) -> set[str]:
    return {normal(re.split(r"[\[<>=!~; ]", requirement)[0]) for requirement in requirements}


def locked(lock: str) -> dict[str, str]:
    text = (ROOT / "requirements" / f"{lock}.lock").read_text(encoding="utf-8")
    found = re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE)
    return {normal(name): version for name, version in found}


def asked(lock: str) -> set[str]:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project, groups = config["project"], config["dependency-groups"]
    wanted = project["dependencies"] + groups["install"]
    if lock == "dev":
        wanted += groups["lock"] + [
            name for extra in project["optional-dependencies"].values() for name in extra
        ]
    return names(wanted)


@pytest.mark.parametrize("lock", ["run", "dev"])
def test_the_lock_holds_every_dependency_of_the_project(lock: str) -> None:
    assert asked(lock) <= locked(lock).keys()


def test_the_development_lock_holds_the_same_versions_as_the_other() -> None:
    assert locked("run").items() <= locked("dev").items()


@pytest.mark.parametrize("lock", ["run", "dev"])
def test_every_locked_package_has_hashes(lock: str) -> None:
    text = (ROOT / "requirements" / f"{lock}.lock").read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=[\w])", text)
    assert not [
        block.splitlines()[0]
        for block in blocks
        if re.match(r"[\w.-]+==", block) and "--hash=sha256:" not in block
    ]


def test_every_package_that_is_shipped_with_has_its_licence_listed() -> None:
    text = (ROOT / "THIRD_PARTY.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([^|]+) \|", text, re.MULTILINE)
    listed = {normal(name) for row in rows for name in re.findall(r"[\w.-]+", row)}
    assert locked("run").keys() <= listed
