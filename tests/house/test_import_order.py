"""What import-linter cannot say of the import order: external sub-modules, and completeness."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable

import pytest

from tests.house.tree import PACKAGES, ROOT, Module, modules

COMPOSITION_ROOT = ("agent_app/__main__.py", "agent_app/wiring", "agent_app/demo")
ALLOWED = {
    "pjsua2": ("sip/engine/",),
    "_pjsua2": ("sip/engine/",),
    "miniaudio": ("sip/engine/",),
    "sqlalchemy": ("agent_app/store/", "server/"),
    "sqlcipher3": ("agent_app/store/", "server/"),
    "sqlite3": ("agent_app/store/", "server/"),
    "requests": ("sync/",),
    "urllib3": ("sync/",),
    "PySide6.QtWidgets": ("ui/", *COMPOSITION_ROOT),
    "PySide6.QtGui": ("ui/", *COMPOSITION_ROOT),
    "fastapi": ("server/",),
    "starlette": ("server/",),
}
"""A library, and the only places that may name it."""

LAYER_EXCEPTIONS = {"agent_app/__init__.py"}


def breaches(found: Iterable[Module], library: str, places: tuple[str, ...]) -> list[str]:
    return [
        f"{module.path}:{line} imports {name}"
        for module in found
        if module.is_shipped and not module.path.startswith(places)
        for name, line in module.imports
        if name == library or name.startswith(f"{library}.")
    ]


@pytest.mark.parametrize("library", sorted(ALLOWED))
def test_a_library_is_named_only_where_it_belongs(library: str) -> None:
    assert not breaches(modules(), library, ALLOWED[library])


def test_every_part_of_the_application_has_a_place_in_the_import_order() -> None:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = config["tool"]["importlinter"]["contracts"]
    layers = next(c["layers"] for c in contracts if c["type"] == "layers")
    placed = {part.strip(" ()") for layer in layers for part in layer.split("|")}
    parts = {
        ".".join(module.path.removesuffix(".py").split("/")[:2])
        for module in modules()
        if module.package == "agent_app" and module.path not in LAYER_EXCEPTIONS
    }
    assert parts <= placed


def test_nothing_shipped_imports_tests_benches_or_the_installer() -> None:
    outside = ("tests", "bench", "installer")
    assert not [
        f"{module.path}:{line} imports {name}"
        for module in modules()
        if module.is_shipped
        for name, line in module.imports
        if name.partition(".")[0] in outside
    ]


def test_every_shipped_package_is_in_the_wheel_and_under_the_import_order() -> None:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = config["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    assert set(wheel) == set(PACKAGES) == set(config["tool"]["importlinter"]["root_packages"])
