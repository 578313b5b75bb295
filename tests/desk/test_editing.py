"""Writing and reviewing answers: typed words are kept, acts go out once, others' work is seen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from agent_app.desk.open_draft import Editing
from agent_app.domain.editing import DraftAct, DraftProblem, DraftState
from agent_app.domain.ids import ArticleId, CategoryId
from agent_app.store.errors import DiskFullError
from sync.told import DraftFileRow
from tests.desk.fakes import HandClock
from tests.desk.fakes_editing import (
    ARTICLE,
    ME,
    WORDS,
    EditingRig,
    FakeDrafts,
    a_draft,
    editing_rig,
)
from tests.ui.fakes import InstantTasks

WRITING = a_draft("w1", state=DraftState.WRITING, author_id=ME)


def rig(*drafts: object, role: str = "knowledge-editor", people: int = 2) -> EditingRig:
    kept = FakeDrafts(*drafts, people=people)  # type: ignore[arg-type]
    found = editing_rig(HandClock(), InstantTasks(), role=role, drafts=kept)
    found.editing.refresh()
    return found


def opened(found: EditingRig) -> Editing:
    assert found.editing.editing is not None
    return found.editing.editing


def test_what_she_types_is_kept_and_there_again() -> None:
    found = rig(WRITING)
    found.editing.open("w1")
    assert (opened(found).typed, opened(found).article) == (False, ARTICLE)
    found.editing.change(replace(WORDS, title="新"))
    assert found.drafts.typed["w1"].words.title == "新"
    found.editing.close()
    found.editing.open("w1")
    assert (opened(found).form.words.title, opened(found).restored) == ("新", True)
    found.editing.discard()
    assert (found.editing.editing, found.drafts.typed) == (None, {})


def test_a_word_that_the_disk_would_not_take_is_said_and_kept_on_the_screen() -> None:
    found = rig(WRITING)
    found.editing.open("w1")
    found.drafts.error = DiskFullError(Path("work.db"))
    found.editing.change(replace(WORDS, title="新"))
    assert opened(found).fault
    assert opened(found).form.words.title == "新"
    found.drafts.error = None
    found.editing.change(replace(WORDS, title="新的"))
    assert (opened(found).fault, found.drafts.typed["w1"].words.title) == ("", "新的")


def test_what_the_disk_has_not_taken_is_there_when_she_comes_back() -> None:
    found = rig(WRITING)
    found.editing.open("w1")
    found.drafts.error = DiskFullError(Path("work.db"))
    found.editing.change(replace(WORDS, title="新"))
    found.editing.close()
    found.editing.open("w1")
    assert (opened(found).form.words.title, opened(found).restored) == ("新", True)


def test_an_act_that_fails_is_said_in_its_own_draft() -> None:
    found = rig(WRITING, replace(a_draft("w2", author_id=ME), state=DraftState.WRITING))
    told: list[str] = []
    found.editing.fault.connect(told.append)
    found.editing.open("w1")
    found.editing.change(replace(WORDS, title="新"))

    def elsewhere() -> None:
        found.editing.open("w2")
        found.drafts.error = DiskFullError(Path("work.db"))

    found.drafts.meanwhile = elsewhere
    found.drafts.save_fails = True
    found.editing.save()
    assert (opened(found).form.draft_id, opened(found).fault) == ("w2", "")
    assert told[0] == str(DiskFullError(Path("work.db")))
    found.drafts.error, found.drafts.save_fails = None, False
    found.editing.open("w1")
    assert opened(found).form.words.title == "新", "what could not be sent is kept"


def test_an_act_that_fails_after_she_left_is_said() -> None:
    found = rig(a_draft())
    told: list[str] = []
    found.editing.fault.connect(told.append)
    found.editing.open("d1")
    found.drafts.meanwhile = found.editing.close
    found.drafts.save_fails = True
    found.editing.publish()
    assert told == [str(DiskFullError(Path("work.db")))]


def test_what_she_could_not_publish_is_not_told_as_hers_later() -> None:
    found = rig(a_draft())
    done: list[object] = []
    found.editing.published.connect(done.append)
    found.editing.open("d1")
    found.drafts.error = DiskFullError(Path("work.db"))
    found.editing.publish()
    found.drafts.error = None
    found.drafts.drafts["d1"] = a_draft(state=DraftState.PUBLISHED)
    found.editing.refresh()
    assert done == []


def test_saving_and_submitting_go_out_once_and_end_the_typing() -> None:
    found = rig(WRITING)
    sent: list[bool] = []
    found.editing.sent.connect(lambda: sent.append(True))
    found.editing.open("w1")
    found.editing.change(replace(WORDS, title="新"))
    found.editing.save()
    found.editing.submit()
    assert found.drafts.did == [("save", "w1", DraftState.WRITING),
                                ("save", "w1", DraftState.IN_REVIEW)]  # fmt: skip
    assert (len(sent), found.drafts.typed, opened(found).typed) == (2, {}, False)
    assert DraftAct.WRITE not in found.editing.acts


def test_words_typed_while_it_is_saved_stay_and_are_not_saved() -> None:
    found = rig(WRITING)
    shown: list[object] = []
    found.editing.open("w1")
    found.editing.opened.connect(shown.append)
    found.editing.change(replace(WORDS, title="新"))
    found.drafts.meanwhile = lambda: found.editing.change(replace(WORDS, title="新的标题"))
    found.editing.save()
    assert opened(found).form.words.title == "新的标题"
    assert opened(found).typed
    assert found.drafts.typed["w1"].words.title == "新的标题"
    assert found.drafts.drafts["w1"].form.words.title == "新"
    found.editing.save()
    assert found.drafts.drafts["w1"].form.words.title == "新的标题"
    assert (opened(found).typed, shown) == (False, [])  # the fields were never filled in anew


def test_what_is_missing_is_said_and_nothing_is_sent() -> None:
    found = rig()
    found.editing.new()
    found.editing.submit()
    assert opened(found).wrong["title"] is DraftProblem.NEEDED
    found.editing.change(replace(opened(found).form.words, title="x"))
    assert opened(found).wrong == {}
    assert found.drafts.did == []


def test_a_new_article_begins_today_and_is_hers() -> None:
    found = rig()
    found.editing.write_answer("停业登记", "怎么办？", CategoryId("01"))
    words = opened(found).form.words
    assert (words.title, words.question, words.owner_id) == ("停业登记", "怎么办？", ME)
    assert words.valid_from == "2026-11-20"
    found.editing.change(replace(words, answer="…"))
    assert [one.typed for one in found.editing.overview.drafts] == []
    found.editing.close()
    assert [one.typed for one in found.editing.overview.drafts] == [True]


def test_an_article_has_one_draft_at_a_time() -> None:
    found = rig(a_draft())
    found.editing.change_article(ARTICLE.article_id)
    assert opened(found).form.draft_id == "d1"
    found = rig(a_draft(state=DraftState.PUBLISHED))
    found.editing.change_article(ARTICLE.article_id)
    form = opened(found).form
    assert (form.draft_id == "d1", form.base_version, form.words.answer) == (
        False, 3, ARTICLE.answer,
    )  # fmt: skip
    found.editing.change_article(ArticleId("gone"))
    assert opened(found).form == form


def test_a_regions_variant_is_a_new_article_beside_the_first() -> None:
    found = rig()
    found.editing.make_variant(ARTICLE.article_id)
    form = opened(found).form
    assert (form.article_id, form.words.variant_of, form.words.region) == ("", "k1", "")


@pytest.mark.parametrize(
    ("draft", "act", "state"),
    [
        (a_draft(), "take_back", DraftState.WRITING),
        (WRITING, "drop", DraftState.DROPPED),
        (a_draft(state=DraftState.DROPPED), "take_back", DraftState.WRITING),
    ],
)
def test_a_draft_is_moved_along(draft: object, act: str, state: DraftState) -> None:
    found = rig(draft)
    name = next(iter(found.drafts.drafts))
    found.editing.open(name)
    getattr(found.editing, act)()
    assert found.drafts.did == [("move", name, state, "")]


def test_giving_back_says_why() -> None:
    found = rig(a_draft(), role="supervisor")
    found.editing.open("d1")
    found.editing.give_back("  ")
    assert found.drafts.did == []
    found.editing.give_back(" 依据缺文号 ")
    assert found.drafts.did == [("move", "d1", DraftState.RETURNED, "依据缺文号")]


def test_what_she_published_is_told_when_the_server_has_done_it() -> None:
    found = rig(a_draft())
    done: list[object] = []
    found.editing.published.connect(done.append)
    found.editing.open("d1")
    found.editing.publish()
    found.editing.publish()
    assert found.drafts.did == [("publish", "d1", 2)]
    assert (done, found.editing.acts) == ([], frozenset())
    now = a_draft(state=DraftState.PUBLISHED)
    found.drafts.drafts["d1"] = now
    found.editing.refresh()
    found.editing.refresh()
    assert done == [now]


def test_she_publishes_with_the_files_that_she_saw_and_no_others() -> None:
    found = rig(a_draft())
    for name, change in (("f1", "added"), ("f2", "removed"), ("f3", "")):
        found.server.files[name] = DraftFileRow(name, name, "", 1, "", change)
    found.files.show("d1", None)
    found.server.files["f4"] = DraftFileRow("f4", "f4", "", 1, "", "added")
    found.editing.open("d1")
    found.editing.publish()
    assert found.drafts.seen == ("f1", "f2")


def test_of_files_that_could_not_be_seen_she_publishes_none() -> None:
    found = rig(a_draft())
    found.server.files["f1"] = DraftFileRow("f1", "f1", "", 1, "", "added")
    found.files.show("other", None)
    found.editing.open("d1")
    found.editing.publish()
    assert (found.drafts.did, found.drafts.seen) == ([("publish", "d1", 2)], ())


def test_words_that_are_not_saved_are_published_by_nobody() -> None:
    found = rig(WRITING, people=1)
    found.editing.open("w1")
    assert DraftAct.PUBLISH in found.editing.acts
    found.editing.change(replace(WORDS, title="新"))
    assert DraftAct.PUBLISH not in found.editing.acts
    found.editing.publish()
    assert found.drafts.did == []


def test_a_draft_of_an_article_that_moved_on_can_follow_it() -> None:
    found = rig(replace(WRITING, article_version=5))
    found.editing.open("w1")
    found.editing.follow()
    assert found.drafts.did == [("save", "w1", DraftState.WRITING)]
    assert found.drafts.drafts["w1"].form.base_version == 5


def test_what_a_colleague_does_is_seen_and_her_typing_stays() -> None:
    found = rig(WRITING)
    shown: list[object] = []
    found.editing.opened.connect(shown.append)
    found.editing.open("w1")
    theirs = replace(WRITING, form=replace(WRITING.form, words=replace(WORDS, title="同事改")))
    found.drafts.drafts["w1"] = theirs
    found.editing.refresh()
    assert opened(found).form.words.title == "同事改"
    found.editing.change(replace(WORDS, title="我的"))
    found.drafts.drafts["w1"] = replace(theirs, state=DraftState.IN_REVIEW)
    found.editing.refresh()
    assert opened(found).form.words.title == "我的"
    assert len(shown) == 2


def test_search_brings_articles_for_the_newest_words_only() -> None:
    found = rig()
    hits: list[object] = []
    found.editing.hits_found.connect(hits.append)
    found.editing.search("免税")
    found.editing.search(" ")
    assert [len(one) for one in hits] == [1, 0]  # type: ignore[arg-type]
