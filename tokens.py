"""Access tokens: signed, short-lived, read without asking the database (step ⑨)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import jwt

from server.errors import ApiError
from server.keys import Key, KeyFile

CLOCKS_DIFFER_S = 60
"""Between the server processes of one centre, at most."""
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

    def __init__(self, *, keys: KeyFile, lifetime_s: int, clock: Callable[[], float]) -> None:
        self._keys = keys
        self._clock = clock
        self.lifetime_s = lifetime_s

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
        key = self._keys.newest()
        return jwt.encode(claims, key.secret, algorithm=_ALGORITHM, headers={"kid": key.kid})

    def read(self, token: str) -> Identity:
        """Who a token speaks for. Raises ApiError 401 ``token-expired`` or ``token-invalid``."""
        try:
            # The times are checked below, against our own clock.
            claims = jwt.decode(
                token,
                self._key_of(token).secret,
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

    def _key_of(self, token: str) -> Key:
        """The key that a token names. Raises InvalidTokenError for one that signs no more."""
        kid = jwt.get_unverified_header(token).get("kid")
        key = self._keys.find(kid) if isinstance(kid, str) else None
        if key is None:
            raise jwt.InvalidTokenError("the token names no key that is known here")
        if key.retired_at is not None:
            last_s = key.retired_at + self.lifetime_s + CLOCKS_DIFFER_S
            if last_s <= self._clock():
                raise jwt.InvalidTokenError("the token's key is no longer in use")
        return key


def bearer_of(header: str) -> str:
    """The token in an ``Authorization`` header. Raises ApiError 401 ``token-missing``."""
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise ApiError(
            401, "token-missing", "Sign in first.", {"WWW-Authenticate": 'Bearer realm="zuoxi"'}
        )
    return token.strip()
