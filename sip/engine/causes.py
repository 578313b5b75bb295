"""Why a registration failed, out of what the exchange or the system said (step ①).

Statuses are those of RFC 3261; errors are pjlib's numbers: the system's own errno comes shifted by
PJ_ERRNO_START_SYS.
"""

from __future__ import annotations

import errno

from sip.messages import RegistrationCause

_SYSTEM, _SYSTEM_END = 120_000, 170_000
_CERTIFICATE = 171_173  # PJSIP_TLS_ECERTVERIF
_NAME_UNKNOWN = 70_018  # PJ_ERESOLVE
_NO_WAY = {
    errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL, errno.EPERM,
    10_051, 10_065, 10_050, 10_049,  # the same on Windows
}  # fmt: skip
_BY_STATUS = {
    401: RegistrationCause.WRONG_PASSWORD,
    403: RegistrationCause.WRONG_PASSWORD,
    407: RegistrationCause.WRONG_PASSWORD,
    404: RegistrationCause.UNKNOWN_EXTENSION,
    408: RegistrationCause.NO_ANSWER,
    480: RegistrationCause.NO_ANSWER,
}


def cause_of(status: int, error: int, *, answered: bool) -> RegistrationCause:
    """Return the cause of a REGISTER that ended with ``status`` or with pjlib's ``error``.

    ``answered`` tells the exchange's own statuses from those that the library makes up when
    nothing came back.
    """
    if 200 <= status < 300:
        return RegistrationCause.NONE
    if answered:
        fault = RegistrationCause.EXCHANGE_FAULT if 500 <= status < 600 else None
        return fault or _BY_STATUS.get(status, RegistrationCause.REFUSED)
    if error == _NAME_UNKNOWN or (_SYSTEM <= error < _SYSTEM_END and error - _SYSTEM in _NO_WAY):
        return RegistrationCause.NO_NETWORK
    return RegistrationCause.NO_ANSWER


def is_certificate_error(error: int) -> bool:
    """Whether a TLS connection was given up because of who the other side is."""
    return error == _CERTIFICATE
