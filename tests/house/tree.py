"""The tracked files and the parsed modules that the house rules are checked on."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("agent_app", "ui", "sip", "sync", "server", "resources")
"""What is shipped; the rest (tests, bench, installer) obeys fewer rules."""


@dataclass(frozen=True, slots=True)
class Module:
    """What the rules ask of a file. The parsed tree is not kept: a thousand of them are millions
    of objects, through which every collection of garbage would go in every later test."""

    path: str  # from the root, with slashes
    lines: int
    says_why: bool  # has a docstring, or nothing at all
    imports: tuple[tuple[str, int], ...]  # see ``imports``
    inner_imports: tuple[int, ...]  # lines of those below the top
    classes: tuple[tuple[str, int], ...]
    type_checking: tuple[int, ...]  # lines that name it

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
    return tuple(
        read(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))
        for path in project_files()
        if path.suffix == ".py"
    )


def read(path: str, source: str) -> Module:
    tree = ast.parse(source, path)
    nodes = list(ast.walk(tree))
    found = [node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)]
    top = {id(node) for node in _outside_definitions(tree)}
    return Module(
        path=path,
        lines=len(source.splitlines()),
        says_why=not source.strip() or bool(ast.get_docstring(tree)),
        imports=tuple(name for node in found for name in imports(node)),
        inner_imports=tuple(node.lineno for node in found if id(node) not in top),
        classes=tuple((n.name, n.lineno) for n in nodes if isinstance(n, ast.ClassDef)),
        type_checking=tuple(
            node.lineno
            for node in nodes
            if (isinstance(node, ast.Name) and node.id == "TYPE_CHECKING")
            or (isinstance(node, ast.Attribute) and node.attr == "TYPE_CHECKING")
        ),
    )


def imports(node: ast.Import | ast.ImportFrom) -> list[tuple[str, int]]:
    """Absolute names that are imported, with their line.

    ``from PySide6 import QtGui`` gives ``PySide6`` and ``PySide6.QtGui``: one cannot see from the
    text whether the second is a module.
    """
    if isinstance(node, ast.Import):
        return [(alias.name, node.lineno) for alias in node.names]
    if not node.module or node.level:
        return []
    below = [(f"{node.module}.{alias.name}", node.lineno) for alias in node.names]
    return [(node.module, node.lineno), *below]


def _outside_definitions(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node that stands in no function and no class."""
    for node in ast.iter_child_nodes(tree):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node
            yield from _outside_definitions(node)
