"""Runs commands of ``zuoxi-server`` in the test's own process: a new one takes a second."""

from __future__ import annotations

import importlib
import io
import sys
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from server.command_line import COMMANDS, build_parser
from server.errors import StartError


@dataclass(frozen=True, slots=True)
class Done:
    """``complaint`` is the sentence with which a command gave up, empty when it did not."""

    code: int
    said: str
    complaint: str


def command(*arguments: str | Path, typed: str = "") -> Done:
    """One command, with ``typed`` on standard input."""
    options = build_parser().parse_args([str(each) for each in arguments])
    output, stdin = io.StringIO(), sys.stdin
    sys.stdin = io.StringIO(typed)
    try:
        with redirect_stdout(output):
            code: int = importlib.import_module(COMMANDS[options.command]).run(options)
    except StartError as error:
        return Done(1, output.getvalue(), str(error))
    finally:
        sys.stdin = stdin
    return Done(code, output.getvalue(), "")


def said(*arguments: str | Path, typed: str = "") -> str:
    """What a command says that ends well."""
    done = command(*arguments, typed=typed)
    assert done.code == 0, done
    return done.said


def complaint(*arguments: str | Path, typed: str = "") -> str:
    """The one sentence with which a command gives up."""
    done = command(*arguments, typed=typed)
    assert done.code == 1, done
    assert "\n" not in done.complaint
    return done.complaint
