"""Brings a database to this version's tables with Alembic (step ⑨).

Loaded only when there is something to bring: importing Alembic costs a third of a server's start.
"""

from __future__ import annotations

from pathlib import Path

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext, RevisionStep
from alembic.script import ScriptDirectory
from sqlalchemy import Connection


def upgrade(connection: Connection, *, target: str = "head") -> None:
    """Run the missing migrations up to ``target`` inside the caller's transaction."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    script = ScriptDirectory.from_config(config)

    # Alembic's own signature; what it hands over is a revision or a tuple of heads.
    def steps(revision: str, _context: MigrationContext) -> list[RevisionStep]:
        return script._upgrade_revs(target, revision)

    with EnvironmentContext(config, script, fn=steps) as environment:
        environment.configure(connection=connection, target_metadata=None)
        environment.run_migrations()
