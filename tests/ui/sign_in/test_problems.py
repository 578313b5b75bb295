from __future__ import annotations

import pytest

from ui.sign_in import SignInProblem
from ui.sign_in.problems import Severity, severity, words


@pytest.mark.parametrize("problem", SignInProblem)
def test_every_problem_has_its_own_whole_sentence(problem: SignInProblem) -> None:
    assert words(problem).endswith(".")
    assert [words(other) for other in SignInProblem].count(words(problem)) == 1


@pytest.mark.parametrize(
    ("problem", "look"),
    [
        (SignInProblem.WRONG_CREDENTIALS, Severity.FAULT),
        (SignInProblem.LOCKED, Severity.WARNING),
        (SignInProblem.UNREACHABLE, Severity.WARNING),
        (SignInProblem.NOT_A_SERVER, Severity.FAULT),
        (SignInProblem.PASSWORD_NEEDED, Severity.NEUTRAL),
        (SignInProblem.SESSION_ENDED, Severity.WARNING),
        (SignInProblem.OLD_PASSWORD, Severity.WARNING),
        (SignInProblem.OLD_PASSWORD_WRONG, Severity.FAULT),
        (SignInProblem.OTHER, Severity.FAULT),
    ],
)
def test_what_waiting_does_not_mend_looks_like_a_fault(
    problem: SignInProblem, look: Severity
) -> None:
    assert severity(problem) is look


def test_asking_for_the_password_says_that_it_opens_this_seats_data() -> None:
    assert "open the data on this seat" in words(SignInProblem.PASSWORD_NEEDED)
