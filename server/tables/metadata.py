"""Where every table of the centre is registered (step ⑨)."""

from __future__ import annotations

from sqlalchemy import MetaData

metadata = MetaData()
