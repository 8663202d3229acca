"""A commented scenario to start one's own from: two invented parties on invented islands."""

from __future__ import annotations

from pathlib import Path

from equipoise.scenario.builders.defaults import room_path
from equipoise.scenario.messages import fault
from equipoise.scenario.scenario_file import STARTER


def write_starter(folder: str | Path) -> tuple[Path, ...]:
    """Write ``scenario.yaml`` into a new or empty folder and return the paths written.

    Raises InputError ``folder-taken`` where it holds anything, ``folder-unwritable`` where it cannot be made;
    then nothing is left half-written.
    """
    folder = Path(folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        found = "files" if folder.is_dir() else "a file of that name"
        raise fault("folder-taken", file=str(folder), path=folder, found=found)
    target, beside = folder / "scenario.yaml", folder / ".scenario.yaml.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        beside.write_text(room_path("scenarios", f"{STARTER}.yaml").read_text("utf-8"), "utf-8")
        beside.replace(target)
    except OSError as error:
        if folder.is_dir():
            beside.unlink(missing_ok=True)
        reason = error.strerror or str(error)
        raise fault("folder-unwritable", file=str(folder), path=folder, reason=reason) from error
    return (target,)
