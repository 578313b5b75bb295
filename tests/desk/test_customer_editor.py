"""The editor keeps every word, saves what changed, and binds a new customer to the call."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from agent_app.domain.customer_edit import CustomerFields, CustomerForm, Phone, Problem, Wrong
from agent_app.domain.customers import CardState
from agent_app.domain.ids import CustomerId, InteractionId, OperationId
from tests.desk.fakes import a_customer
from tests.desk.fakes_records import a_form
from tests.ui.fakes import Rig, a_rig, known_callers


@pytest.fixture
def rig(qapp: QApplication) -> Rig:
    return a_rig(callers=known_callers())


def typed(rig: Rig, **changes: object) -> None:
    editing = rig.seat.customers.editing
    assert editing is not None
    rig.seat.customers.change(replace(editing.form.now, **changes))  # type: ignore[arg-type]


def wrong(rig: Rig) -> tuple[Wrong, ...]:
    editing = rig.seat.customers.editing
    assert editing is not None
    return editing.wrong


def known(rig: Rig) -> InteractionId:
    calling = rig.ring(number="13800138000")
    rig.seat.customers.open(calling)
    return calling


def unknown(rig: Rig) -> InteractionId:
    calling = rig.ring(number="13900139000", name="")
    rig.seat.customers.open(calling)
    return calling


def test_what_she_types_is_kept_and_saved(rig: Rig) -> None:
    known(rig)
    typed(rig, notes=" 周一再打 ")
    assert [form.now.notes for form in rig.customers.kept.values()] == [" 周一再打 "]
    told: list[object] = []
    rig.seat.customers.closed.connect(lambda: told.append("closed"))
    rig.seat.customers.saved.connect(told.append)
    rig.seat.customers.save()
    [(form, replacing)] = rig.customers.saved
    assert (form.now.notes, replacing) == ("周一再打", None)
    assert rig.seat.customers.editing is None
    assert rig.customers.kept == {}
    assert told[0] == "closed"
    assert len(told) == 2


def test_leaving_keeps_the_words_and_coming_back_brings_them(rig: Rig) -> None:
    calling = known(rig)
    typed(rig, notes="半句")
    rig.seat.customers.close()
    assert rig.seat.customers.editing is None
    rig.seat.customers.open(calling)
    editing = rig.seat.customers.editing
    assert editing is not None
    assert (editing.form.now.notes, editing.restored) == ("半句", True)
    rig.seat.customers.discard()
    assert rig.customers.kept == {}
    rig.seat.customers.open(calling)
    editing = rig.seat.customers.editing
    assert editing is not None
    assert not editing.restored


def test_saving_without_a_change_closes_and_queues_nothing(rig: Rig) -> None:
    known(rig)
    typed(rig, notes="下午回电  ")
    rig.seat.customers.save()
    assert rig.seat.customers.editing is None
    assert rig.customers.saved == []


def test_an_unknown_caller_becomes_a_customer_of_the_call(rig: Rig) -> None:
    calling = unknown(rig)
    editing = rig.seat.customers.editing
    assert editing is not None
    assert editing.form.is_new
    assert editing.form.now.phones == (Phone("+8613900139000"),)
    customer_id = editing.form.customer_id
    callers = rig.seat.cards._callers
    callers.customers[customer_id] = a_customer(customer_id, "新来的")  # type: ignore[attr-defined]
    typed(rig, name="新来的")
    rig.seat.customers.save()
    card = rig.seat.cards.card(calling)
    assert card is not None
    assert card.state is CardState.KNOWN
    draft = rig.seat.summaries.draft(calling)
    assert draft is not None
    assert (draft.customer_id, draft.customer_name) == (customer_id, "新来的")


def test_a_new_one_that_was_begun_is_there_again_for_its_call_only(rig: Rig) -> None:
    calling = unknown(rig)
    typed(rig, name="半个名")
    begun = rig.seat.customers.editing
    rig.seat.customers.close()
    rig.seat.customers.open(rig.ring("2", number="13700137000", call_id="exchange-2"))
    other = rig.seat.customers.editing
    rig.seat.customers.open(calling)
    again = rig.seat.customers.editing
    assert begun is not None
    assert other is not None
    assert again is not None
    assert other.form.now.name != "半个名"
    assert again.form == begun.form


def test_what_is_wrong_is_said_and_nothing_is_saved(rig: Rig) -> None:
    known(rig)
    typed(rig, id_number="3301**1234", phones=(Phone("abc"),))
    rig.seat.customers.save()
    assert wrong(rig) == (
        Wrong("id_number", Problem.NOT_WHOLE),
        Wrong("phones", Problem.NOT_A_NUMBER),
    )
    assert rig.customers.saved == []


def test_a_full_disk_is_said_and_the_form_stays(rig: Rig) -> None:
    known(rig)
    rig.customers.fault = "The disk is full."
    typed(rig, notes="x")
    rig.seat.customers.save()
    editing = rig.seat.customers.editing
    assert editing is not None
    assert (editing.fault, editing.form.now.notes) == ("The disk is full.", "x")
    rig.customers.fault = ""
    rig.seat.customers.save()
    assert len(rig.customers.saved) == 1


def test_a_form_that_cannot_be_opened_is_a_fault(rig: Rig) -> None:
    told: list[str] = []
    rig.seat.customers.fault.connect(told.append)
    rig.customers.fault = "The disk is gone."
    known(rig)
    rig.seat.customers.open_returned(OperationId("o1"))
    assert rig.seat.customers.editing is None
    assert told == ["The disk is gone."] * 2


def test_an_edit_that_was_sent_back_takes_its_old_place(rig: Rig) -> None:
    rig.customers.sent_back["o2"] = a_form()
    rig.seat.customers.open_returned(OperationId("o7"))
    assert rig.seat.customers.editing is None
    rig.seat.customers.open_returned(OperationId("o2"))
    typed(rig, region="宁波")
    rig.seat.customers.save()
    assert [replacing for _, replacing in rig.customers.saved] == ["o2"]


def test_nothing_happens_without_a_form_or_a_card(rig: Rig) -> None:
    rig.seat.customers.open(InteractionId("nobody"))
    rig.seat.customers.change(CustomerFields())
    rig.seat.customers.save()
    rig.seat.customers.close()
    rig.seat.customers.discard()
    assert rig.customers.saved == []


def test_a_customer_who_is_gone_is_made_anew(rig: Rig) -> None:
    rig.customers.forms.clear()
    known(rig)
    editing = rig.seat.customers.editing
    assert editing is not None
    assert isinstance(editing.form, CustomerForm)
    assert editing.form.is_new
    assert editing.form.customer_id != CustomerId("c1")


def test_somebody_who_was_looked_for_is_edited_without_a_call(rig: Rig) -> None:
    rig.seat.customers.open_customer(CustomerId("c1"))
    typed(rig, notes="周五再打")
    rig.seat.customers.close()
    rig.seat.customers.open_customer(CustomerId("c1"))
    editing = rig.seat.customers.editing
    assert editing is not None
    assert (editing.form.now.notes, editing.restored) == ("周五再打", True)
    rig.seat.customers.close()
    rig.seat.customers.open_customer(CustomerId("nobody"))
    assert rig.seat.customers.editing is None


def test_somebody_new_has_what_was_looked_for_in_vain(rig: Rig) -> None:
    rig.seat.customers.open_new("欧阳修", "13700137000")
    editing = rig.seat.customers.editing
    assert editing is not None
    assert (editing.form.now.name, editing.form.now.phones[0].number) == ("欧阳修", "13700137000")
    typed(rig, region="杭州")
    rig.seat.customers.close()
    rig.seat.customers.open_new()
    editing = rig.seat.customers.editing
    assert editing is not None
    assert (editing.form.now.name, editing.restored) == ("欧阳修", True)
    rig.seat.customers.save()
    assert rig.customers.saved[0][0].interaction_id is None


def test_without_a_disk_neither_form_opens(rig: Rig) -> None:
    said: list[str] = []
    rig.seat.customers.fault.connect(said.append)
    rig.customers.fault = "broken"
    rig.seat.customers.open_customer(CustomerId("c1"))
    assert said == ["broken"]


def test_what_the_disk_has_not_taken_is_there_when_she_comes_back(rig: Rig) -> None:
    told: list[str] = []
    rig.seat.customers.fault.connect(told.append)
    calling = known(rig)
    rig.customers.full = True
    typed(rig, notes="半句")
    rig.seat.customers.close()
    rig.seat.customers.open(calling)
    editing = rig.seat.customers.editing
    assert editing is not None
    assert (editing.form.now.notes, editing.restored) == ("半句", True)
    assert told == ["The disk is full."], "it was tried again when the form was closed"
    rig.customers.full = False
    rig.seat.customers.close()
    rig.seat.customers.open(calling)
    assert [form.now.notes for form in rig.customers.kept.values()] == ["半句"]


def test_words_typed_while_it_is_saved_stay_as_the_next_change(rig: Rig) -> None:
    known(rig)
    typed(rig, notes="一")
    rig.customers.meanwhile = lambda: typed(rig, notes="一二")
    rig.seat.customers.save()
    [(first, _)] = rig.customers.saved
    editing = rig.seat.customers.editing
    assert editing is not None
    form = editing.form
    assert (first.now.notes, form.before.notes, form.now.notes) == ("一", "一", "一二")
    assert form.seen == ("o9",), "she has seen her own edit: it is no conflict"
    assert rig.customers.kept[form.customer_id] == form
    rig.seat.customers.save()
    assert [saved.now.notes for saved, _ in rig.customers.saved] == ["一", "一二"]
    assert rig.seat.customers.editing is None


def test_a_refused_save_leaves_the_words_typed_meanwhile(rig: Rig) -> None:
    known(rig)
    typed(rig, notes="一")

    def full() -> None:
        typed(rig, notes="一二")
        rig.customers.fault = "The disk is full."

    rig.customers.meanwhile = full
    rig.seat.customers.save()
    editing = rig.seat.customers.editing
    assert editing is not None
    assert (editing.fault, editing.form.now.notes) == ("The disk is full.", "一二")


def test_a_save_that_fails_after_she_left_is_said_and_kept(rig: Rig) -> None:
    told: list[str] = []
    rig.seat.customers.fault.connect(told.append)
    calling = known(rig)
    typed(rig, notes="一")

    def leave() -> None:
        rig.seat.customers.close()
        rig.customers.fault = "The disk is full."

    rig.customers.meanwhile = leave
    rig.seat.customers.save()
    assert rig.seat.customers.editing is None, "no form opens by itself"
    assert "The disk is full." in told
    rig.customers.fault = ""
    rig.seat.customers.open(calling)
    editing = rig.seat.customers.editing
    assert editing is not None
    assert editing.form.now.notes == "一"
