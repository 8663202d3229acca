"""The last questions put to ``keep``, so that ``keep why DIGEST`` can ask them again.

Only questions are kept (accord, days, files), never findings: those are worked out anew. They lie in the
user's cache folder; where that cannot be written nothing is kept, and nothing depends on it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

KEPT = 40


@dataclass(frozen=True)
class Question:
    """One question: which accord, which day, known at which day, which files, which further facts."""

    accord: str
    as_of: str
    known_at: str | None = None
    declarations: tuple[str, ...] = ()
    asked: Mapping[str, str] = field(default_factory=dict)
    holidays: str | None = None


def remember(question: Question) -> None:
    """Put a question in front of those kept; silently nothing where the folder cannot be written."""
    files = tuple(str(Path(f).resolve()) for f in question.declarations)
    holidays = None if question.holidays is None else str(Path(question.holidays).resolve())
    asked = replace(question, declarations=files, holidays=holidays)
    kept = [asked, *(q for q in remembered() if q != asked)][:KEPT]
    path = _path()
    beside = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text("".join(json.dumps(asdict(q)) + "\n" for q in kept), encoding="utf-8")
        os.replace(beside, path)
    except OSError:
        return


def remembered() -> list[Question]:
    """The questions kept, the last one first; a line that cannot be read is left out."""
    try:
        lines = _path().read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return []
    found = []
    for line in lines:
        try:
            kept = json.loads(line)
            found.append(Question(**{**kept, "declarations": tuple(kept["declarations"])}))
        except (ValueError, TypeError, KeyError):
            continue
    return found


def _path() -> Path:
    folder = os.environ.get("XDG_CACHE_HOME") or str(Path("~/.cache").expanduser())
    return Path(folder) / "equipoise" / "keep-questions.jsonl"
