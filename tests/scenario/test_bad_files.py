"""One small wrong file a fault: each gives its message, at its line, and nothing else gets through."""

from __future__ import annotations

from pathlib import Path

import pytest

from equipoise.scenario import InputError, check_file, load_missile, load_scenario, write_starter

from .faults import EDITS, Edit, bad_files, edited, expected


def told_by(path: Path) -> InputError:
    """The error that reading the file gives."""
    read = load_missile if path.name == "several_missiles.yaml" else check_file
    with pytest.raises(InputError) as caught:
        read(path)
    return caught.value


@pytest.mark.parametrize("path", bad_files(), ids=lambda p: p.name)
def test_a_bad_file_gives_its_message_at_its_line(path: Path) -> None:
    id, line, field = expected(path)
    told = told_by(path)
    assert (told.id, told.line) == (id, line)
    assert told.file == str(path)
    if field is not None:
        assert told.field == field
    assert str(told).startswith(f"{path}:" if line is None else f"{path}:{line}:")


@pytest.mark.parametrize("edit", EDITS, ids=lambda e: f"{e.id}: {e.new.split(chr(10))[0]}")
def test_a_wrong_word_in_a_scenario_is_told_at_its_line(edit: Edit, tmp_path: Path) -> None:
    (path,) = write_starter(tmp_path / "own")
    text, line = edited(path.read_text("utf-8"), edit)
    path.write_text(text, "utf-8")
    with pytest.raises(InputError) as caught:
        load_scenario(path)
    assert (caught.value.id, caught.value.line) == (edit.id, line), str(caught.value)


def test_the_nearest_name_stands_in_the_message(tmp_path: Path) -> None:
    (path,) = write_starter(tmp_path / "own")
    path.write_text(path.read_text("utf-8").replace("missiles: [lance]", "missiles: [lanze]"), "utf-8")
    with pytest.raises(InputError, match=r"`lanze`; did you mean `lance`\?"):
        load_scenario(path)


def test_the_field_is_written_as_a_person_counts() -> None:
    with pytest.raises(InputError) as caught:
        load_missile(
            "id: dart\npayload_kg: 5\nstages:\n- {propellant_kg: 900, empty_kg: 90, isp_s: 230, burn_s: 60,"
            " diameter_m: 1}\n- {propellant_kg: 300, empty_kg: 30, isp_s: 230, burn_s: -1, diameter_m: 1}\n"
        )
    assert caught.value.field == "stages[2].burn_s"
    assert caught.value.line == 5


def test_several_faults_tell_the_first_in_the_file() -> None:
    with pytest.raises(InputError) as caught:
        load_missile("id: dart\nstages: 7\npayload_kg: -1\n")
    assert caught.value.line == 2
