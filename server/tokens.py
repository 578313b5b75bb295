"""Access tokens: signed, short-lived, read without asking the database (step ⑨)."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import jwt

from server.errors import ApiError, StartError

KEY_BYTES = 32
_ALGORITHM = "HS256"
_ISSUER = "zuoxi"


@dataclass(frozen=True, slots=True)
class Identity:
    """Who asks: ``session_id`` names the sign-in, ``expires_at`` is in Unix seconds."""

    agent_id: str
    session_id: str
    role: str
    expires_at: int


class TokenSigner:
    """Issues and reads access tokens; ``clock`` gives Unix seconds. Thread-safe."""

    def __init__(self, *, key: bytes, lifetime_s: int, clock: Callable[[], float]) -> None:
        self._key = key
        self._clock = clock
        self.lifetime_s = lifetime_s

    def __repr__(self) -> str:
        return "TokenSigner(key=…)"

    def issue(self, *, agent_id: str, session_id: str, role: str) -> str:
        now = int(self._clock())
        claims = {
            "iss": _ISSUER,
            "sub": agent_id,
            "sid": session_id,
            "role": role,
            "iat": now,
            "exp": now + self.lifetime_s,
        }
        return jwt.encode(claims, self._key, algorithm=_ALGORITHM)

    def read(self, token: str) -> Identity:
        """Who a token speaks for. Raises ApiError 401 ``token-expired`` or ``token-invalid``."""
        try:
            # The times are checked below, against our own clock.
            claims = jwt.decode(
                token,
                self._key,
                algorithms=[_ALGORITHM],
                issuer=_ISSUER,
                options={
                    "verify_exp": False,
                    "verify_iat": False,
                    "require": ["exp", "sub", "sid", "role"],
                },
            )
            identity = Identity(
                agent_id=str(claims["sub"]),
                session_id=str(claims["sid"]),
                role=str(claims["role"]),
                expires_at=int(claims["exp"]),
            )
        except (jwt.InvalidTokenError, ValueError, TypeError) as error:
            raise ApiError(401, "token-invalid", "The access token is not valid.") from error
        if identity.expires_at <= self._clock():
            raise ApiError(401, "token-expired", "The access token has expired.")
        return identity


def load_key(path: Path) -> bytes:
    """The signing key of a centre, made on first use and readable by its owner only."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        pass
    except OSError as error:
        raise StartError(f"The token key {path} cannot be written ({error.strerror}).") from error
    else:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
    try:
        key = path.read_bytes()
    except OSError as error:
        raise StartError(f"The token key {path} cannot be read ({error.strerror}).") from error
    if len(key) < KEY_BYTES:
        raise StartError(f"The token key {path} is damaged: remove it, and all sign in again.")
    return key


def bearer_of(header: str) -> str:
    """The token in an ``Authorization`` header. Raises ApiError 401 ``token-missing``."""
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise ApiError(
            401, "token-missing", "Sign in first.", {"WWW-Authenticate": 'Bearer realm="zuoxi"'}
        )
    return token.strip()
