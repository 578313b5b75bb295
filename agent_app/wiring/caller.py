"""``zuoxi call``: hands a number or link to the desk that runs, before anything heavy is loaded."""

from __future__ import annotations

import sys
from pathlib import Path

from agent_app.domain.links import LinkError, LinkFault, number_of
from agent_app.runtime.instance import tell_running
from agent_app.runtime.profile import usual_profile

DUTY = "duty"
_WORDS = {
    LinkFault.EMPTY: "there is no number in it",
    LinkFault.TOO_LONG: "it is too long to be a number",
    LinkFault.NO_NUMBER: "it names no telephone number",
    LinkFault.BROKEN: "it is damaged",
}


def call(link: str, profile: Path | None) -> int | None:
    """The exit code: 0 when a running desk took it, 2 for no number; None: no desk runs yet.

    An empty ``link`` (a click on the desk's icon) is for the window alone.

    The number goes into the dial field; dialling it is the agent's act.
    """
    try:
        if link:
            number_of(link)
    except LinkError as error:
        sys.stderr.write(f"zuoxi: this cannot be called, {_WORDS[error.fault]}.\n")
        return 2
    return 0 if tell_running(profile or usual_profile(DUTY), link) else None
