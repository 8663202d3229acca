"""YAML 1.2 to plain data, with the line and column of every value, within stated limits.

ruamel.yaml parses the text into events; the tree is built here, so that depth, aliases, duplicate keys
and tags are checked as they come and no limit can be outrun. Scalars follow the core schema of YAML 1.2
(2009, section 10.3): null, true and false, integers, floats; a date stays text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.reader import ReaderError

from equipoise.scenario.messages import fault
from equipoise.scenario.values import InputError

SIZE_LIMIT = 4_000_000
DEPTH_LIMIT = 32
ALIAS_LIMIT = 200
NODE_LIMIT = 200_000

KeyPath = tuple[str | int, ...]

_NULL = {"", "~", "null", "Null", "NULL"}
_BOOL = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INT = re.compile(r"[-+]?[0-9]+\Z")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")


@dataclass(frozen=True)
class Document:
    """Plain data of one file, and where each value stands (line and column from 1)."""

    data: Any
    marks: dict[KeyPath, tuple[int, int]]
    file: str | None
    hidden: int = 0
    """Leading parts of a path that a person does not see (a CSV's rows have no key)."""

    def place(self, path: KeyPath) -> tuple[int | None, int | None]:
        """Line and column of the value at ``path``, or of the nearest value around it that has one."""
        for end in range(len(path), -1, -1):
            if path[:end] in self.marks:
                return self.marks[path[:end]]
        return (None, None)

    def fault(self, id: str, path: KeyPath, **names: Any) -> InputError:
        """An error about the value at ``path``."""
        line, column = self.place(path)
        return fault(id, file=self.file, line=line, column=column, field=dotted(path[self.hidden :]), **names)


def dotted(path: KeyPath) -> str | None:
    """``stages[1].burn_s``: the path as a person writes it; None for the whole file."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else (f".{part}" if text else part)
    return text or None


def read_bytes(path: Path) -> bytes:
    """The bytes of a file within the size limit. InputError: not found, unreadable, too large."""
    if not path.exists():
        raise fault("file-not-found", file=str(path), path=path)
    try:
        size = path.stat().st_size
        if path.is_file() and size > SIZE_LIMIT:
            raise fault("file-too-large", file=str(path), size=size, limit=SIZE_LIMIT)
        with path.open("rb") as file:
            raw = file.read(SIZE_LIMIT + 1)
    except OSError as error:
        raise fault("file-unreadable", file=str(path), path=path, reason=error.strerror) from error
    if len(raw) > SIZE_LIMIT:  # a pipe has no size until it is read
        raise fault("file-too-large", file=str(path), size=f"more than {SIZE_LIMIT}", limit=SIZE_LIMIT)
    return raw


def decode(raw: bytes, file: str | None) -> str:
    """UTF-8 text. InputError with the line of the first byte that is not."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise fault(
            "not-utf8", file=file, line=line, byte=f"0x{raw[error.start]:02x}", offset=error.start
        ) from error


def read_yaml(path: Path) -> Document:
    """The one document of a YAML file. InputError with line and column for every fault."""
    return read_yaml_text(decode(read_bytes(path), str(path)), str(path))


def read_yaml_text(text: str, file: str | None = None) -> Document:
    """As ``read_yaml``, from text in hand."""
    if len(text) > SIZE_LIMIT:
        raise fault("file-too-large", file=file, size=len(text), limit=SIZE_LIMIT)
    builder = _Builder(file)
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            builder.take(event)
    except ReaderError as error:
        raise fault(
            "yaml-syntax", file=file, problem=f"the character {error.character!r} is not allowed"
        ) from error
    except MarkedYAMLError as error:
        raise _syntax(error, text, file) from error
    except YAMLError as error:
        raise fault("yaml-syntax", file=file, problem=str(error).splitlines()[0]) from error
    if builder.documents == 0 or builder.root is None:
        raise fault("empty-file", file=file)
    return Document(builder.root, builder.marks, file)


def _syntax(error: MarkedYAMLError, text: str, file: str | None) -> InputError:
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return fault("yaml-syntax", file=file, problem=error.problem)
    line, column = mark.line + 1, mark.column + 1
    lines = text.splitlines()
    here = lines[mark.line] if mark.line < len(lines) else ""
    before = here[: len(here) - len(here.lstrip())]
    if "\\t" in str(error.problem) or "\t" in before or here[mark.column : mark.column + 1] == "\t":
        return fault("yaml-tab", file=file, line=line, column=column)
    return fault("yaml-syntax", file=file, line=line, column=column, problem=error.problem)


@dataclass
class _Open:
    """A mapping or list that has begun: its value, its path, and the key that waits for a value."""

    value: Any
    path: KeyPath
    anchor: str | None
    size: int = 1
    key: str | None = None
    first_lines: dict[str, int] = field(default_factory=dict)


@dataclass
class _Builder:
    """Builds the tree from events, one at a time."""

    file: str | None
    root: Any = None
    documents: int = 0
    marks: dict[KeyPath, tuple[int, int]] = field(default_factory=dict)
    anchors: dict[str, tuple[Any, int]] = field(default_factory=dict)
    stack: list[_Open] = field(default_factory=list)
    aliases: int = 0
    nodes: int = 0

    def take(self, event: Any) -> None:
        """One event of the parser."""
        if isinstance(event, DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise self._at("yaml-several-documents", event)
        elif isinstance(event, MappingStartEvent | SequenceStartEvent):
            self._open(event)
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            self._close(event)
        elif isinstance(event, ScalarEvent):
            self._scalar(event)
        elif isinstance(event, AliasEvent):
            self._alias(event)

    def _open(self, event: Any) -> None:
        self._refuse_tag(event)
        if self._wants_key():
            raise self._at("yaml-key-not-text", event)
        if len(self.stack) >= DEPTH_LIMIT:
            raise self._at("yaml-too-deep", event, limit=DEPTH_LIMIT)
        path = self._path()
        self.marks[path] = _mark(event)
        value: Any = {} if isinstance(event, MappingStartEvent) else []
        self.stack.append(_Open(value, path, event.anchor))

    def _close(self, event: Any) -> None:
        done = self.stack.pop()
        if done.anchor:
            self.anchors[done.anchor] = (done.value, done.size)
        self._put(done.value, done.size, event)

    def _scalar(self, event: Any) -> None:
        if self._wants_key():
            self._key(event)
            return
        self._refuse_tag(event)
        value = _plain(event.value) if event.implicit[0] else event.value
        self.marks[self._path()] = _mark(event)
        if event.anchor:
            self.anchors[event.anchor] = (value, 1)
        self._put(value, 1, event)

    def _key(self, event: Any) -> None:
        top = self.stack[-1]
        line = _mark(event)[0]
        if event.value in top.first_lines:
            raise self._at("yaml-duplicate-key", event, key=event.value, first=top.first_lines[event.value])
        top.first_lines[event.value] = line
        top.key = event.value
        self.marks[(*top.path, event.value, "")] = _mark(event)

    def _alias(self, event: Any) -> None:
        if self._wants_key():
            raise self._at("yaml-key-not-text", event)
        self.aliases += 1
        if self.aliases > ALIAS_LIMIT:
            raise self._at("yaml-too-many-aliases", event, limit=ALIAS_LIMIT)
        if event.anchor not in self.anchors:
            raise self._at("yaml-unknown-alias", event, alias=event.anchor)
        value, size = self.anchors[event.anchor]
        self.marks[self._path()] = _mark(event)
        self._put(value, size, event)

    def _put(self, value: Any, size: int, event: Any) -> None:
        if not self.stack:
            self.root = value
            return
        top = self.stack[-1]
        top.size += size
        if top.size > NODE_LIMIT:
            raise self._at("yaml-alias-bomb", event, limit=NODE_LIMIT)
        if isinstance(top.value, dict):
            top.value[top.key] = value
            top.key = None
        else:
            top.value.append(value)

    def _wants_key(self) -> bool:
        return bool(self.stack) and isinstance(self.stack[-1].value, dict) and self.stack[-1].key is None

    def _path(self) -> KeyPath:
        if not self.stack:
            return ()
        top = self.stack[-1]
        return (*top.path, top.key if isinstance(top.value, dict) and top.key is not None else len(top.value))

    def _refuse_tag(self, event: Any) -> None:
        tag = None if event.ctag is None else str(event.ctag)
        if tag not in (None, "", "!", "None"):
            raise self._at("yaml-tag", event, tag=tag)

    def _at(self, id: str, event: Any, **names: Any) -> InputError:
        line, column = _mark(event)
        return fault(id, file=self.file, line=line, column=column, **names)


def _mark(event: Any) -> tuple[int, int]:
    return (event.start_mark.line + 1, event.start_mark.column + 1)


def _plain(text: str) -> Any:
    if text in _NULL:
        return None
    if text in _BOOL:
        return _BOOL[text]
    if _INT.match(text):
        # A leading zero is text (a phone number, a day "07"), as a number it would be octal to some readers.
        return int(text) if len(text.lstrip("+-")) < 2 or text.lstrip("+-")[0] != "0" else text
    return float(text) if _FLOAT.match(text) else text
