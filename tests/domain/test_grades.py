"""A grade means what it meant when it was pressed; a day has a share only of what was graded."""

from __future__ import annotations

from datetime import UTC, datetime

from agent_app.domain.grades import DayGrades, Grade, Graded

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_a_day_without_grades_has_no_share() -> None:
    assert DayGrades().percent is None
    assert DayGrades(graded=8, satisfied=6).percent == 75


def test_a_grade_fits_what_is_looked_for() -> None:
    good = Grade(1, "满意", "Satisfied", satisfied=True, at=AT)
    bad = Grade(3, "不满意", "Dissatisfied", satisfied=False, at=AT)
    found = {one: [wanted for wanted in Graded if one.fits(wanted)] for one in (good, bad)}
    assert found == {
        good: [Graded.ANY, Graded.SATISFIED], bad: [Graded.ANY, Graded.DISSATISFIED],
    }  # fmt: skip
