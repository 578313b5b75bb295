"""A file is chosen beside the work, where the last one lay."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from tests.ui.window.hands import child
from ui.choose_file import FileChoice


def test_the_next_file_is_looked_for_where_the_last_one_lay(page: QWidget, tmp_path: Path) -> None:
    file = tmp_path / "表.csv"
    file.touch()
    choice = FileChoice("a-dialog", page)
    heard: list[Path] = []
    choice.chosen.connect(heard.append)
    choice.ask("Choose")
    dialog = child(page, QFileDialog, "a-dialog")
    assert not dialog.isModal()
    assert Path(dialog.directory().absolutePath()) != Path.cwd(), "the program's own folder"
    dialog.fileSelected.emit(str(file))
    choice.close()
    choice.ask("Choose")
    dialogs = page.findChildren(QFileDialog, "a-dialog")
    assert Path(dialogs[-1].directory().absolutePath()) == tmp_path
    assert heard == [file]
    choice.close()


def test_a_folder_that_is_gone_is_no_place_to_begin(page: QWidget, tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    choice = FileChoice("a-dialog", page)
    choice.ask("Choose")
    child(page, QFileDialog, "a-dialog").fileSelected.emit(str(folder / "表.csv"))
    choice.close()
    folder.rmdir()
    choice.ask("Choose")
    dialog = page.findChildren(QFileDialog, "a-dialog")[-1]
    assert Path(dialog.directory().absolutePath()) == Path.home()
    choice.close()
