"""The rules of style that no linter we use has."""

from __future__ import annotations

import ast
import re

from tests.house.tree import modules

LONGEST_FILE = 400
BANNED_NAMES = re.compile(r"(^|/)(utils?|helpers?|commons?|misc|base)(/|\.py$)")


def test_no_file_is_longer_than_the_limit() -> None:
    lengths = {module.path: len(module.source.splitlines()) for module in modules()}
    assert not {path: length for path, length in lengths.items() if length > LONGEST_FILE}


def test_every_module_says_why_it_exists() -> None:
    assert not [
        module.path
        for module in modules()
        if module.source.strip()
        and not module.path.rpartition("/")[2].startswith("test_")  # their names are sentences
        and not ast.get_docstring(module.tree)
    ]


def test_imports_stand_at_the_top_of_a_module() -> None:
    found = []
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                found += [
                    f"{module.path}:{inner.lineno}"
                    for inner in ast.walk(node)
                    if isinstance(inner, ast.Import | ast.ImportFrom)
                ]
    assert not found


def test_no_import_is_there_for_the_type_checker_alone() -> None:
    assert not [
        f"{module.path}:{node.lineno}"
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Name | ast.Attribute)
        and (node.id if isinstance(node, ast.Name) else node.attr) == "TYPE_CHECKING"
    ]


def test_no_module_is_a_drawer_for_anything() -> None:
    assert not [module.path for module in modules() if BANNED_NAMES.search(module.path)]


def test_no_class_is_a_manager() -> None:
    assert not [
        f"{module.path}:{node.lineno} {node.name}"
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef) and node.name.endswith("Manager")
    ]
