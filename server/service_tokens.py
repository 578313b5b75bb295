"""Tokens of programs that tell the centre something: random, kept only as SHA-256 (M43, step ⑨).

A program cannot sign in and renew like a seat, so its token lasts until another one is made in its
place; a backup does not hold it. It may do what ``server.rights`` says that no person does.
"""

from __future__ import annotations

import secrets

from sqlalchemy import Connection, delete, insert, select

from server.audit import Audited, record
from server.database import Transaction
from server.refresh import TOKEN_BYTES, hash_of
from server.tables import service_tokens
from server.tokens import Identity

EXCHANGE = "exchange"
PREFIX = "zx-"
"""Tells such a token from an access token before anybody asks the database."""
ROLE = "service"


def make_token(transaction: Transaction, name: str, *, now: int) -> str:
    """The token of the program ``name``; the one before is void. Shown once, it is not kept."""
    token = PREFIX + secrets.token_urlsafe(TOKEN_BYTES)
    drop_token(transaction, name)
    transaction.connection.execute(
        insert(service_tokens).values(name=name, hash=hash_of(token), made_at=now)
    )
    record(
        transaction, identity=None, action=Audited.MAKE_TOKEN, table="service_tokens", record=name
    )
    return token


def drop_token(transaction: Transaction, name: str) -> bool:
    """The program may do nothing any more; False when it had no token."""
    gone = transaction.connection.execute(
        delete(service_tokens).where(service_tokens.c.name == name)
    ).rowcount
    if gone:
        record(
            transaction, identity=None, action=Audited.DROP_TOKEN, table="service_tokens",
            record=name,
        )  # fmt: skip
    return gone > 0


def program_of(connection: Connection, token: str) -> Identity | None:
    """Which program a token speaks for; None for a token of another kind, or one that is void."""
    if not token.startswith(PREFIX):
        return None
    name = connection.execute(
        select(service_tokens.c.name).where(service_tokens.c.hash == hash_of(token))
    ).scalar_one_or_none()
    return None if name is None else Identity(f"{ROLE}:{name}", "", ROLE, 0)
