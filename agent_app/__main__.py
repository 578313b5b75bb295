"""``zuoxi``: reads the command line and runs one command, loading only what that one needs."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path

from agent_app import __version__
from agent_app.runtime.late_imports import import_late
from agent_app.runtime.plain_imports import keep_imports_plain

COMMANDS = {
    "": "agent_app.wiring.duty_session",
    "practice": "agent_app.wiring.practice_session",
    "demo": "agent_app.demo.session",
    "call": "agent_app.wiring.duty_session",
}

DESCRIPTION = """\
Zuoxi (坐席), the desk of a public-service hotline: softphone, caller card, knowledge base,
summary. Without a command it opens the desk for duty and asks whom to sign in.
"""

EPILOG = """\
examples:
  zuoxi practice                 learn and try everything; no exchange or server needed
  zuoxi practice --language en   the same in English
  zuoxi demo --out build/demo    one whole call, unattended, with screenshots and a report
  zuoxi call tel:12366           the number into the dial field of the desk that runs
  zuoxi links install            let tel: and sip: links of web pages and mails do the same
  zuoxi --profile /srv/seat7     the desk for duty with a folder of its own
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and end the process with its exit code."""
    options = _parser().parse_args(arguments)
    if options.command == "call":
        told: int | None = importlib.import_module("agent_app.wiring.caller").call(
            options.number, options.profile
        )
        if told is not None:
            return told
    if options.command == "links":
        done: int = importlib.import_module("agent_app.wiring.links").run(
            options.act, options.profile
        )
        return done
    keep_imports_plain()
    import_late()
    command = importlib.import_module(COMMANDS[options.command])
    session = importlib.import_module("agent_app.wiring.session")
    code: int = command.run(
        session.Options(
            profile=options.profile,
            language=options.language,
            theme=options.theme,
            out=options.out,
            dial=options.number,
        )
    )
    importlib.import_module("agent_app.runtime.loop").leave(code)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="zuoxi",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"zuoxi {__version__}")
    _add_common(parser, default=True)
    parser.set_defaults(command="", out=Path("build/demo"), number="")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    practice = commands.add_parser(
        "practice", help="open the practice centre", description="Open the practice centre."
    )
    practice.set_defaults(command="practice")
    demo = commands.add_parser(
        "demo",
        help="play one whole call unattended",
        description="Play one whole call unattended, with screenshots and report.json.",
    )
    demo.set_defaults(command="demo")
    demo.add_argument("--out", type=Path, default=Path("build/demo"), metavar="DIR",
                      help="where report and pictures go (default: %(default)s)")  # fmt: skip
    call = commands.add_parser(
        "call",
        help="put a number into the dial field of the desk",
        description="Put a number or a tel:, sip: or callto: link into the dial field of the desk"
        " that runs, or start one. Nothing is dialled.",
    )
    call.set_defaults(command="call")
    call.add_argument(
        "number",
        metavar="NUMBER-OR-LINK",
        nargs="?",
        default="",
        help="without one the window comes up",
    )
    links = commands.add_parser(
        "links",
        help="let tel:, sip: and callto: links open in the desk, or no longer",
        description="Make this program the one that tel:, sip:, sips: and callto: links of this"
        " user open, and show it among the programs; or give them back.",
    )
    links.set_defaults(command="links")
    links.add_argument("act", choices=("install", "remove"))
    for command in (practice, demo, call, links):
        _add_common(command, default=False)
    return parser


def _add_common(parser: argparse.ArgumentParser, *, default: bool) -> None:
    """Options that every command takes, before or after its name."""
    missing = argparse.SUPPRESS
    text = "" if default else missing
    parser.add_argument("--profile", type=Path, metavar="DIR", default=None if default else missing,
                        help="keep data and settings in this folder")  # fmt: skip
    parser.add_argument("--language", choices=("zh", "en"), default=text,
                        help="language of the screen (as set, Chinese at first)")  # fmt: skip
    parser.add_argument("--theme", choices=("system", "light", "dark"),
                        default=text, help="look of the screen")  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
