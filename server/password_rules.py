"""Which passwords a centre takes: long ones that are not the first to be guessed (step ⑨).

No rules about kinds of characters: they make passwords harder to keep, not to guess (NIST SP
800-63B, 5.1.1.2). The sample centre's are public and never pass through here.
"""

from __future__ import annotations

from server.errors import ApiError

SHORTEST = 10
LONGEST = 1_024
_FEW = 4
"""So many different characters at least."""

_STEMS = (
    "password", "passw0rd", "qwerty", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1q2w3e4r", "qazwsx",
    "iloveyou", "5201314", "woaini", "letmein", "welcome", "abc123", "admin", "administrator",
    "changeme", "monkey", "dragon", "taobao", "zuoxi", "practice", "12366", "12345",
)  # fmt: skip
"""What the passwords that are tried first are made of, here and in China."""
_RUNS = ("01234567890123456789", "98765432109876543210", "abcdefghijklmnopqrstuvwxyz")


def check_new_password(password: str, *, login: str) -> None:
    """Raises ApiError 400 ``weak-password`` with the reason in words."""
    reason = _weakness(password, login.casefold())
    if reason:
        raise ApiError(400, "weak-password", reason)


def _weakness(password: str, login: str) -> str:
    if len(password) < SHORTEST:
        return f"A password has at least {SHORTEST} characters."
    if len(password) > LONGEST:
        return f"A password has at most {LONGEST} characters."
    plain = password.casefold()
    rest = plain.replace(login, "") if login else plain
    if len(rest) < SHORTEST // 2:
        return "The password is too like the login."
    if len(set(plain)) < _FEW:
        return "The password repeats too few characters."
    for stem in sorted(_STEMS, key=len, reverse=True):
        rest = rest.replace(stem, "")
    if len(rest) < _FEW or any(plain in run or rest in run for run in _RUNS):
        return "The password is among the first that are guessed."
    return ""
