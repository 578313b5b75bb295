"""Checks what an account is to be, as an administrator or a file says it (M42, step ⑨)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import orjson

from server import fields
from server.conflict import Value
from server.errors import RejectedError
from server.rights import Role

LOGIN_MAX = 64
NAME_MAX = 60
EXTENSION_MAX = 16
SKILLS_MAX = 50
SKILL_MAX = 32


def _login(name: str, value: object) -> str:
    found = fields.text(name, value, longest=LOGIN_MAX)
    if not found or not found.isprintable() or any(mark.isspace() for mark in found):
        raise RejectedError(f"{name} must be some characters without a space.")
    return found


def _name(name: str, value: object) -> str:
    found = fields.text(name, value, longest=NAME_MAX).strip()
    if not found or not found.isprintable():
        raise RejectedError(f"{name} must not be empty.")
    return found


def _extension(name: str, value: object) -> str:
    found = fields.text(name, value, longest=EXTENSION_MAX)
    if found and not (found.isascii() and found.isdigit()):
        raise RejectedError(f"{name} must be digits.")
    return found


def _role(name: str, value: object) -> str:
    found = fields.text(name, value)
    if found not in set(Role):
        raise RejectedError(f"{name} must be one of {', '.join(Role)}.")
    return found


def _skills(name: str, value: object) -> str:
    if not isinstance(value, list) or len(value) > SKILLS_MAX:
        raise RejectedError(f"{name} must be a list of at most {SKILLS_MAX} skills.")
    found = [fields.text(name, skill, longest=SKILL_MAX).strip() for skill in value]
    if not all(found) or len(set(found)) < len(found):
        raise RejectedError(f"{name} must not be empty or there twice.")
    return orjson.dumps(found).decode()


def _switch(name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise RejectedError(f"{name} must be true or false.")
    return value


_CHECKS: Mapping[str, Callable[[str, object], Value]] = {
    "name": _name,
    "extension": _extension,
    "role": _role,
    "skills": _skills,
    "disabled": _switch,
}


def read_new_agent(body: Mapping[str, object]) -> dict[str, Value]:
    """The columns of a new account. Raises RejectedError."""
    for name in ("login", "name", "role"):
        if name not in body:
            raise RejectedError(f"A new account needs {name}.")
    others = {name: value for name, value in body.items() if name != "login"}
    return {
        "extension": "", "skills": "[]", "disabled": False,
        "login": _login("login", body["login"]),
        **read_changes(others),
    }  # fmt: skip


def read_changes(body: Mapping[str, object]) -> dict[str, Value]:
    """The columns that shall change. Raises RejectedError."""
    unknown = sorted(set(body) - set(_CHECKS))
    if unknown:
        raise RejectedError(f"{unknown[0][:40]} is nothing that an account has.")
    return {name: _CHECKS[name](name, value) for name, value in body.items()}
