"""One study of the fictional starter scenario for all tests of the room: real figures, in a second or two."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from equipoise.scenario import Scenario, load_scenario, write_starter
from equipoise.study import Study, StudyResult, compute, write_study


@dataclass(frozen=True)
class Written:
    """A study, where it was written, and its page."""

    result: StudyResult
    folder: Path
    html: str

    @property
    def study(self) -> Study:
        return self.result.study


@pytest.fixture(scope="session")
def islands(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    """The two islands of ``equipoise init``."""
    folder = tmp_path_factory.mktemp("starter") / "islands"
    write_starter(folder)
    return load_scenario(str(folder / "scenario.yaml"))


@pytest.fixture(scope="session")
def study(islands: Scenario) -> Study:
    return compute(islands, quick=True)


@pytest.fixture(scope="session")
def written(study: Study, tmp_path_factory: pytest.TempPathFactory) -> Written:
    folder = tmp_path_factory.mktemp("written") / "report"
    result = write_study(study, folder)
    return Written(result, folder, (folder / "report.html").read_text(encoding="utf-8"))
