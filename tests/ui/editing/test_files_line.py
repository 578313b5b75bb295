"""The files of a draft: brought and taken away, and said why where that cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QFileDialog, QPushButton

from agent_app.desk.article_files import ArticleFiles
from agent_app.domain.editing import DraftState
from agent_app.domain.knowledge import Attachment
from agent_app.domain.link import ServerState
from sync.errors import Unreachable
from sync.told import DraftFileRow
from tests.desk.fakes_editing import ARTICLE, ME, a_draft
from tests.ui.editing.hands import WRITING, Open, choose, text
from tests.ui.window.hands import child


def test_files_go_and_stay_with_the_draft_and_need_the_server(open_page: Open) -> None:
    rig, page = open_page(WRITING)
    rig.written.drafts.files = (Attachment("f1", ARTICLE.article_id, "表.pdf", "", 5, ""),)
    rig.written.server.files["f1"] = DraftFileRow("f1", "表.pdf", "", 5, "", "")
    choose(page)
    here = child(page, QComboBox, "editing-files-list")
    remove = child(page, QPushButton, "editing-file-remove-button")
    assert (here.currentText(), remove.text()) == ("表.pdf", "Remove")
    rig.written.server.error = Unreachable("away")
    remove.click()
    assert text(page, "editing-files-note") == "Files need the server, and it is away now."
    rig.written.server.error = None
    remove.click()
    assert here.currentText() == "Goes: 表.pdf"
    assert rig.written.drafts.files[0].name == "表.pdf"  # what agents have
    assert remove.text() == "Keep"
    remove.click()
    assert (here.currentText(), remove.text()) == ("表.pdf", "Remove")
    child(page, QPushButton, "editing-new-button").click()
    assert not child(page, QPushButton, "editing-file-add-button").isEnabled()
    assert text(page, "editing-files-note") == "Save the draft; then it gets files."


def test_a_draft_opened_without_the_server_has_its_files_when_that_is_back(
    open_page: Open,
) -> None:
    rig, page = open_page(WRITING)
    rig.written.server.files["f2"] = DraftFileRow("f2", "新表.pdf", "", 5, "", "added")
    rig.written.server.error = Unreachable("away")
    rig.server(ServerState.OFFLINE)
    choose(page)
    assert text(page, "editing-files-note") == "Files need the server, and it is away now."
    assert not child(page, QComboBox, "editing-files-list").isVisible()
    rig.written.server.error = None
    rig.server(ServerState.ONLINE)
    assert child(page, QComboBox, "editing-files-list").currentText() == "New: 新表.pdf"
    assert text(page, "editing-files-note") == ""


def test_who_reviews_sees_the_files_and_changes_none(open_page: Open) -> None:
    rig, page = open_page(a_draft(), role="supervisor")
    rig.written.server.files["f2"] = DraftFileRow("f2", "新表.pdf", "", 5, "", "added")
    choose(page)
    assert child(page, QComboBox, "editing-files-list").currentText() == "New: 新表.pdf"
    assert child(page, QPushButton, "editing-file-open-button").isVisible()
    assert child(page, QPushButton, "editing-file-remove-button").isHidden()
    assert child(page, QPushButton, "editing-file-add-button").isHidden()


def test_choosing_a_file_stops_no_call(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    rig, page = open_page(WRITING)
    added: list[tuple[Path]] = []
    monkeypatch.setattr(rig.seat.article_files, "add", lambda *what: added.append(what))
    choose(page)
    child(page, QPushButton, "editing-file-add-button").click()
    dialog = child(page, QFileDialog, "editing-file-dialog")
    assert dialog.isVisible()
    assert not dialog.isModal()
    dialog.fileSelected.emit("/tmp/表.pdf")
    dialog.close()
    assert added == [(Path("/tmp/表.pdf"),)]


def test_a_file_goes_to_no_other_draft_than_it_was_chosen_for(open_page: Open) -> None:
    rig, page = open_page(WRITING, a_draft("w2", state=DraftState.WRITING, author_id=ME))
    rig.seat.editing.open("w1")
    child(page, QPushButton, "editing-file-add-button").click()
    dialog = child(page, QFileDialog, "editing-file-dialog")
    rig.seat.editing.refresh()
    assert dialog.isVisible(), "it is still the same draft"
    rig.seat.editing.open("w2")
    assert not dialog.isVisible()


def test_a_file_that_is_chosen_too_early_is_not_dropped_without_a_word(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    rig, page = open_page(WRITING)
    choose(page)
    child(page, QPushButton, "editing-file-add-button").click()
    dialog = child(page, QFileDialog, "editing-file-dialog")
    monkeypatch.setattr(ArticleFiles, "busy", property(lambda _files: True))
    dialog.fileSelected.emit("/tmp/表.pdf")
    assert rig.written.server.files == {}
    assert text(page, "editing-files-note") == (
        "The change before is still on its way: choose this file again after it."
    )
