"""Passwords of accounts that the command line makes: typed, piped in, generated (M42, step ⑨)."""

from __future__ import annotations

import argparse
import getpass
import secrets
import sys
from dataclasses import dataclass, field

from server.errors import ApiError, StartError
from server.password_rules import check_new_password

_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that look like another."""


@dataclass(frozen=True, slots=True)
class NewPassword:
    """``generated``: nobody knows it yet but this process, so it must be shown once."""

    text: str = field(repr=False)
    generated: bool


def generate() -> str:
    """Four groups of four, 79 bits."""
    return "-".join("".join(secrets.choice(_SIGNS) for _ in range(4)) for _ in range(4))


def ask(options: argparse.Namespace, login: str) -> NewPassword:
    """The password for ``login``: typed twice at a terminal, or the first line of stdin.

    Raises StartError for a weak one.
    """
    if options.generate:
        return NewPassword(generate(), generated=True)
    if sys.stdin.isatty():
        typed = getpass.getpass(f"Password for {login}: ")
        if getpass.getpass("The same again: ") != typed:
            raise StartError("The two passwords are not the same.")
    else:
        typed = sys.stdin.readline().rstrip("\r\n")
        if not typed:
            raise StartError("No password came on standard input: pipe one in, or use --generate.")
    try:
        check_new_password(typed, login=login)
    except ApiError as error:
        raise StartError(error.message) from error
    return NewPassword(typed, generated=False)


def show(login: str, password: NewPassword) -> None:
    if password.generated:
        sys.stdout.write(f"The password of {login}, shown this once: {password.text}\n")
