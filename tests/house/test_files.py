"""What must be in the checkout, and what must never be."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from tests.house.tree import ROOT, project_files

# Written in pieces, or this file would be the first to contain them.
REGISTRIES = re.compile(
    rb"(https?://|index-url|registry)[^ ]*("
    + b"|".join([rb"py" + rb"pi", rb"pythonho" + rb"sted", rb"npm" + rb"js"])
    + rb"|deb"
    + rb"ian\.org)",
    re.IGNORECASE,
)
MACHINE_PATHS = re.compile(
    rb"(?<![\w.])/(ro" + rb"ot|ho" + rb"me/\w+|wo" + rb"rk|opt/wh" + rb"eels)/"
)
PICTURES_MOST_BYTES = 4_000_000
BINARY = {".png", ".wav", ".ogg", ".flac", ".ico", ".ttf", ".otf", ".gz", ".opus"}


def _lines_with(pattern: re.Pattern[bytes]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{number}"
        for path in project_files()
        if path.suffix not in BINARY
        for number, line in enumerate(path.read_bytes().splitlines(), start=1)
        if pattern.search(line)
    ]


def test_no_file_names_the_host_of_a_registry() -> None:
    assert not _lines_with(REGISTRIES)


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    assert not _lines_with(MACHINE_PATHS)


def test_the_licence_is_the_one_that_the_package_states() -> None:
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "GNU GENERAL PUBLIC LICENSE" in licence
    assert "Version 3, 29 June 2007" in licence
    assert 'license = "GPL-3.0-or-later"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_the_ci_runs_make_test_and_nothing_else() -> None:
    script = ROOT / ".ci" / "run"
    commands = [
        line
        for line in script.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    assert os.access(script, os.X_OK)
    assert commands == ["set -eu", 'cd "$(dirname "$0")/.."', "exec make test </dev/null"]


def test_every_target_of_the_makefile_is_listed_by_help() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    declared = re.findall(r"^\.PHONY: (.*)$", text, re.MULTILINE)[0].split()
    listed = subprocess.run(
        ["make", "--no-print-directory", "help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert [line.split()[1] for line in listed.splitlines()] == declared


def test_the_pictures_of_the_documents_are_there_shown_and_small() -> None:
    texts = [path.read_text(encoding="utf-8") for path in project_files() if path.suffix == ".md"]
    shown = {Path(name).name for text in texts for name in re.findall(r"\(([\w/.-]+\.png)\)", text)}
    there = {path.name: path for path in project_files() if path.suffix == ".png"
             if path.relative_to(ROOT).parts[0] == "docs"}  # fmt: skip
    assert shown == there.keys()
    assert sum(path.stat().st_size for path in there.values()) < PICTURES_MOST_BYTES
