"""One seat's half of the synchronisation, on a server that is a function."""

from __future__ import annotations

from sync.auth import Auth
from sync.remote import Remote
from tests.sync.centre import Centre
from tests.sync.httpserver import api_for
from tests.sync.memory import MemoryTokens


def signed_in(centre: Centre) -> Auth:
    auth = Auth(api=api_for(centre), tokens=MemoryTokens(), device="desk-1")
    auth.sign_in("wang", "secret")
    return auth


def remote_to(centre: Centre, page_rows: int = 5000) -> Remote:
    return Remote(api=api_for(centre), auth=signed_in(centre), page_rows=page_rows)
