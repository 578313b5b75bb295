"""The tracked files and the parsed modules that the house rules are checked on."""

from __future__ import annotations

import ast
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("agent_app", "ui", "sip", "sync", "server", "resources")
"""What is shipped; the rest (tests, bench, installer) obeys fewer rules."""


@dataclass(frozen=True, slots=True)
class Module:
    path: str  # from the root, with slashes
    source: str
    tree: ast.Module

    @property
    def package(self) -> str:
        return self.path.partition("/")[0]

    @property
    def is_shipped(self) -> bool:
        return self.package in PACKAGES


@cache
def project_files() -> tuple[Path, ...]:
    """Tracked files and new ones that git would not ignore."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout
    names = listing.decode().split("\0")
    return tuple(ROOT / name for name in names if name and (ROOT / name).is_file())


@cache
def modules() -> tuple[Module, ...]:
    found = []
    for path in project_files():
        if path.suffix == ".py":
            source = path.read_text(encoding="utf-8")
            name = path.relative_to(ROOT).as_posix()
            found.append(Module(name, source, ast.parse(source, name)))
    return tuple(found)


def imports(tree: ast.AST) -> list[tuple[str, int]]:
    """Absolute names imported anywhere below ``tree``, with their line.

    ``from PySide6 import QtGui`` gives ``PySide6`` and ``PySide6.QtGui``: one cannot see from the
    text whether the second is a module.
    """
    found: list[tuple[str, int]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.append((node.module, node.lineno))
            found += [(f"{node.module}.{alias.name}", node.lineno) for alias in node.names]
    return found
