"""``zuoxi-server rotate``: a new secret signs access tokens from now on (M42, step ⑨)."""

from __future__ import annotations

import argparse
import sys
import time

from server.app import KEY_FILE
from server.audit import Audited, record
from server.commands.storage import configuration_from, opened_beside
from server.keys import rotate


def run(options: argparse.Namespace) -> int:
    settings = configuration_from(options).settings
    with opened_beside(settings) as database:
        left = rotate(
            settings.data_dir / KEY_FILE,
            now=int(time.time()),
            lifetime_s=settings.access_lifetime_s,
            forget_old=options.forget_old,
        )
        with database.write() as transaction:
            detail = {"forget_old": options.forget_old}
            record(transaction, identity=None, action=Audited.ROTATE, detail=detail)
    sys.stdout.write(
        f"A new key signs from now on; {left} older ones still verify. Running servers notice.\n"
    )
    return 0
