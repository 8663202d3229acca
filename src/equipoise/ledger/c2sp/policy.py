"""Trust policies (C2SP tlog-policy): which logs are known, who cosigns, and how many must."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from equipoise.ledger.c2sp.note import COSIGNS, KIND_WORDS, SIGNS_NOTE, VerifierKey, read_vkey
from equipoise.ledger.messages import LedgerError, fault

NONE = "none"
MAX_LINES = 1000
_CONTROL = re.compile(rb"[^\t\n\x20-\x7e\x80-\xff]")


@dataclass(frozen=True)
class Group:
    """Met when at least ``least`` of its members, witnesses or groups, are."""

    name: str
    least: int
    members: tuple[str, ...]


@dataclass(frozen=True)
class Policy:
    """What a checkpoint must carry: a signature of one of the logs, and cosignatures that meet the quorum."""

    logs: tuple[VerifierKey, ...]
    witnesses: dict[str, VerifierKey] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    quorum: str = NONE

    def is_met(self, cosigned: Iterable[VerifierKey]) -> bool:
        """Whether cosignatures by these keys reach the quorum."""
        have = set(cosigned)
        signed = {name for name, key in self.witnesses.items() if key in have}

        def met(name: str) -> bool:
            group = self.groups.get(name)
            return name in signed if group is None else sum(map(met, group.members)) >= group.least

        return self.quorum == NONE or met(self.quorum)

    @property
    def text(self) -> str:
        """The policy file."""
        lines = [f"log {key.text}" for key in self.logs]
        lines += [f"witness {name} {key.text}" for name, key in self.witnesses.items()]
        for group in self.groups.values():
            least = "all" if group.least == len(group.members) else str(group.least)
            lines.append(f"group {group.name} {least} {' '.join(group.members)}")
        return "".join(f"{line}\n" for line in (*lines, f"quorum {self.quorum}"))


def read_policy(data: bytes, *, file: str | None = None) -> Policy:
    """The policy of a file. LedgerError ``policy-malformed`` names the line and what is wrong there.

    Names are opaque octets: they are compared byte for byte and never normalised.
    """
    control = _CONTROL.search(data)
    if control:
        line = data.count(b"\n", 0, control.start()) + 1
        raise fault("policy-malformed", file=file, line=line, why=f"control character {control[0][0]:#04x}")
    rows = data.split(b"\n")
    if len(rows) > MAX_LINES:
        raise fault("policy-malformed", file=file, why=f"it has more than {MAX_LINES} lines")
    reading = _Reading(file)
    for number, row in enumerate(rows, start=1):
        words = [word.decode("utf-8", "surrogateescape") for word in re.split(rb"[ \t]+", row.strip(b" \t"))]
        if words != [""] and not words[0].startswith("#"):
            reading.take(number, words[0], words[1:])
    return reading.policy()


class _Reading:
    """A policy while its lines are read; each line may name only what stands above it."""

    def __init__(self, file: str | None) -> None:
        self._file, self._line = file, 0
        self._logs: list[VerifierKey] = []
        self._witnesses: dict[str, VerifierKey] = {}
        self._groups: dict[str, Group] = {}
        self._taken: set[str] = set()
        self._quorum: str | None = None

    def take(self, line: int, word: str, rest: list[str]) -> None:
        self._line = line
        readers = {
            "log": self._log,
            "witness": self._witness,
            "group": self._group,
            "quorum": self._set_quorum,
        }
        self._must(word in readers, "the line begins with none of log, witness, group, quorum")
        readers[word](rest)

    def policy(self) -> Policy:
        if self._quorum is None:
            raise fault("policy-malformed", file=self._file, why="no quorum line")
        return Policy(tuple(self._logs), self._witnesses, self._groups, self._quorum)

    def _log(self, rest: list[str]) -> None:
        self._must(len(rest) in (1, 2), "a log line is `log VKEY [URL]`")
        key = self._key(rest[0], SIGNS_NOTE)
        self._must(key.public_key not in {k.public_key for k in self._logs}, "this log's key stands twice")
        self._logs.append(key)

    def _witness(self, rest: list[str]) -> None:
        self._must(len(rest) in (2, 3), "a witness line is `witness NAME VKEY [URL]`")
        self._fresh(rest[0])
        key = self._key(rest[1], COSIGNS)
        known = {k.public_key for k in self._witnesses.values()}
        self._must(key.public_key not in known, "this witness's key stands twice")
        self._witnesses[rest[0]] = key

    def _group(self, rest: list[str]) -> None:
        self._must(len(rest) >= 3, "a group line is `group NAME all|any|K NAME...`")
        name, count, members = rest[0], rest[1], rest[2:]
        self._fresh(name)
        for member in members:
            self._defined(member)
            self._must(member not in self._taken, f"`{member}` is already a member of a group")
            self._taken.add(member)
        if count not in ("all", "any"):
            self._must(
                re.fullmatch(r"[1-9][0-9]{0,3}", count) is not None, f"`{count}` is no number of members"
            )
        least = {"all": len(members), "any": 1}.get(count) or int(count)
        self._must(least <= len(members), f"{least} of {len(members)} members cannot sign")
        self._groups[name] = Group(name, least, tuple(members))

    def _set_quorum(self, rest: list[str]) -> None:
        self._must(len(rest) == 1, "a quorum line is `quorum NAME`")
        self._must(self._quorum is None, "a second quorum line")
        if rest[0] != NONE:
            self._defined(rest[0])
        self._quorum = rest[0]

    def _key(self, text: str, kind: int) -> VerifierKey:
        key = read_vkey(text, file=self._file, line=self._line)
        self._must(key.kind == kind, f"this needs a key of type {KIND_WORDS[kind]}")
        return key

    def _fresh(self, name: str) -> None:
        known = name in self._witnesses or name in self._groups or name == NONE
        self._must(not known, f"the name `{name}` stands twice")

    def _defined(self, name: str) -> None:
        known = name in self._witnesses or name in self._groups
        self._must(known, f"`{name}` is not defined above this line")

    def _must(self, holds: bool, why: str) -> None:
        if not holds:
            raise self._wrong(why)

    def _wrong(self, why: str) -> LedgerError:
        return fault("policy-malformed", file=self._file, line=self._line, why=why)
