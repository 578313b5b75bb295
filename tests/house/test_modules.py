"""The rules of style that no linter we use has."""

from __future__ import annotations

import re

from tests.house.tree import modules, read

LONGEST_FILE = 400
BANNED_NAMES = re.compile(r"(^|/)(utils?|helpers?|commons?|misc|base)(/|\.py$)")


def test_no_file_is_longer_than_the_limit() -> None:
    lengths = {module.path: module.lines for module in modules()}
    assert not {path: length for path, length in lengths.items() if length > LONGEST_FILE}


def test_every_module_says_why_it_exists() -> None:
    assert not [
        module.path
        for module in modules()
        if not module.path.rpartition("/")[2].startswith("test_")  # their names are sentences
        and not module.says_why
    ]


def test_imports_stand_at_the_top_of_a_module() -> None:
    assert not [f"{module.path}:{line}" for module in modules() for line in module.inner_imports]


def test_no_import_is_there_for_the_type_checker_alone() -> None:
    assert not [f"{module.path}:{line}" for module in modules() for line in module.type_checking]


def test_no_module_is_a_drawer_for_anything() -> None:
    assert not [module.path for module in modules() if BANNED_NAMES.search(module.path)]


def test_no_class_is_a_manager() -> None:
    assert not [
        f"{module.path}:{line} {name}"
        for module in modules()
        for name, line in module.classes
        if name.endswith("Manager")
    ]


def test_what_the_rules_ask_for_is_read_from_a_file() -> None:
    source = """import a.b
from c import d
from . import near

if a.TYPE_CHECKING:
    import e

class OneManager:
    def act(self):
        from f import g
"""
    module = read("ui/some.py", source)
    assert dict(module.imports) == {"a.b": 1, "c": 2, "c.d": 2, "e": 6, "f": 10, "f.g": 10}
    assert module.inner_imports == (10,)
    assert module.type_checking == (5,)
    assert module.classes == (("OneManager", 8),)
    assert (module.says_why, module.lines) == (False, 10)
    assert read("ui/some.py", "").says_why
    assert read("ui/some.py", '"""Why."""').says_why
