"""The one door of the server: a good token, a session that lives, a role that may (step ⑨)."""

from __future__ import annotations

from server.revocation import EndedSessions
from server.rights import Action, require
from server.tokens import Identity, TokenSigner, bearer_of


class Gate:
    """Asks no database, so it may be asked anywhere. Thread-safe."""

    def __init__(self, *, signer: TokenSigner, ended: EndedSessions) -> None:
        self._signer = signer
        self._ended = ended

    def admit(self, authorization: str, action: Action) -> Identity:
        """Who asks, by the ``Authorization`` header.

        Raises ApiError 401 ``token-missing``, ``token-invalid``, ``token-expired`` or
        ``session-ended``, 403 ``not-allowed``.
        """
        identity = self._signer.read(bearer_of(authorization))
        self._ended.check(identity.session_id)
        require(identity.role, action)
        return identity

    def check_session(self, identity: Identity) -> None:
        """Again, for who was admitted a while ago. Raises ApiError 401 ``session-ended``."""
        self._ended.check(identity.session_id)
