"""The chapter on the private check: what it would open, to whom, under what promise; the protocol drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from equipoise.guarantee import private as check
from equipoise.study.captions import Caption
from equipoise.study.chapters.chapter import Chapter, Drawing, Progress
from equipoise.study.figures import to_svg
from equipoise.study.figures.private import Step, protocol_figure
from equipoise.study.sections import Grid
from equipoise.study.tables import Table
from equipoise.study.types import Study
from equipoise.study.wording import SIGNS, listed

BOTH = (("A", "B"), ("B", "A"))
TO_OBSERVER = (("A", "observer"), ("B", "observer"))
FROM_OBSERVER = (("observer", "A"), ("observer", "B"))
TO_ALL = (*TO_OBSERVER, *BOTH)
STEPS = (
    Step(
        "before: each party makes its vector on its own machine; each role finds both roots in the record",
        (),
        True,
    ),
    Step("statement, entries, roots and run: the same from each, or nothing more is sent", TO_ALL),
    Step("the same from the observer; then a seed for each party's mask", FROM_OBSERVER),
    Step("digest of the masked vector, under a nonce", TO_ALL),
    Step("public random weights; shares of the masks' product, and of a triple", FROM_OBSERVER),
    Step("masked vectors a + R_A and b + R_B", BOTH),
    Step("commitments to, then openings of, the shares that multiply the sum by a random factor", BOTH),
    Step("commitments to, then openings of, both last shares: zero, or a random number", BOTH),
    Step("the bit, and a digest of all that went between each two", TO_ALL),
    Step("after: three signed results in the record; an inspection can play all of it again", (), True),
)
"""The protocol from top to bottom."""
SEES = (
    (
        "A",
        "its own vector and key",
        "random numbers, digests, the bit",
        "B's vector, if the observer helps it",
    ),
    (
        "B",
        "its own vector and key",
        "random numbers, digests, the bit",
        "A's vector, if the observer helps it",
    ),
    (
        "observer",
        "a key that the masks follow from",
        "digests, the bit",
        "either vector, if the other party helps",
    ),
)


def chapter(study: Study, progress: Progress) -> Chapter | None:
    """None where no proposal has an interceptor with figures."""
    found = tuple(_found(study, progress))
    if not found:
        return None
    return Chapter(
        "private-check",
        "The private check: one bit about what neither side shows",
        _paragraphs(study, found),
        (_drawing(study, found[0]),),
        (_found_grid(study, found), _sees_grid()),
        (_promise_grid(),),
        (_table(),),
    )


def _found(study: Study, progress: Progress) -> Iterator[check.PublishedCheck]:
    """The proposal with the slowest interceptors and, unless quick, the next that are faster."""
    before, left = 0.0, 1 if study.quick else 2
    for architecture, party, speed in check.proposals(study.scenario):
        if speed > before and left:
            before, left = speed, left - 1
            progress(f"the private check of {architecture.id} on published inputs")
            inputs = check.inputs_of(study.scenario, architecture, party, study.scenario.id)
            yield check.published_check(study.scenario, inputs)


def _paragraphs(study: Study, found: Sequence[check.PublishedCheck]) -> tuple[str, ...]:
    said = found[0].domain.statement
    return (
        "Each side holds back the figures that decide: an interceptor's true speed and first commit, a "
        "missile's true boost. The private check asks one question of them without showing them: is there "
        "any cell of space and bin of time that can hold both an interceptor and a missile? Each side marks "
        "its own cells, outward, on its own machine, and commits to them in the record; three roles then "
        "open whether any cell is marked by both, and nothing else.",
        f"Below it is run on what is published, so that nothing in it is secret: "
        f"{listed([f.architecture for f in found], 3)}, {_slowest(found)}. For "
        f"{'the first' if len(found) > 1 else 'it'} the agreed subset is: {'; '.join(said.subset)}. Any "
        "other proposal runs by `prove --private --architecture ID`, in earnest by three roles, each on its "
        "own machine.",
        "The earliest permitted commit is one figure for all flights, the earliest burnout plus a track, and "
        "cells are coarse, so that the check errs one way only: holds is sound, and not shown may mean that "
        "they only come near. What it opened is told to all three roles and stands in the record; so does "
        "how many bits were opened before.",
    )


def _slowest(found: Sequence[check.PublishedCheck]) -> str:
    return f"the proposal{'s' if len(found) > 1 else ''} with the slowest interceptors"


def _found_grid(study: Study, found: Sequence[check.PublishedCheck]) -> Grid:
    names = {p.id: p.name for p in study.scenario.parties}
    columns = [_column(f, names) for f in found]
    rows = tuple(zip(_ITEMS, *columns, strict=True))
    note = (
        f"Told to both parties and the observer ({study.scenario.observer or 'to be agreed'}). No bit was "
        "opened here: both vectors were made on one machine from published inputs."
    )
    heads = ("", *(f.architecture for f in found))
    return Grid("What the check finds on published inputs", heads, rows, note)


_ITEMS = (
    "verdict on published inputs",
    "which means",
    "protects the deterrent of",
    "earliest commit after launch",
    "cells and bins",
    "entries",
    "marked by the interceptors' owner",
    "marked by the missiles' owner",
)


def _column(found: check.PublishedCheck, names: Mapping[str, str]) -> tuple[str, ...]:
    said, count = found.domain.statement, len(found.domain)
    cells = f"{len(found.domain.cell):,} of {said.cell_m / 1e3:g} km, {said.bins} of {said.bin_s:g} s"
    flown = round(found.share_flown * count)
    return (
        f"{SIGNS.get(found.word, '◐')} {found.word}",
        check.MEANS[found.word],
        names.get(found.protects, found.protects),
        f"{found.earliest_commit_s:.0f} s",
        cells,
        f"{count:,}",
        f"{round(found.share_reached * count):,}",
        f"{flown:,}" if flown else "none: no flight comes into the interceptors' reach at all",
    )


def _sees_grid() -> Grid:
    heads = ("role", "holds", "is shown", "could learn in collusion")
    note = "No two roles may collude: the observer must be one that neither party can turn."
    return Grid("Who sees what", heads, SEES, note)


def _promise_grid() -> Grid:
    rows = tuple((str(number), text) for number, text in enumerate(check.PROMISE, 1))
    return Grid("What is promised, and what is not", ("", "promise"), rows)


def _drawing(study: Study, found: check.PublishedCheck) -> Drawing:
    owner = [p.id for p in study.scenario.parties].index(found.domain.statement.owner)
    alt = f"Three roles, A, observer and B, and {len(STEPS)} steps between them; every step is in the table."
    caption = Caption(
        number=0,
        key="private_protocol",
        title="The private check, step by step",
        reads="Time runs downward. Arrows are messages; each is signed, of a fixed length, and its digest is "
        "kept by sender and receiver. A line with two heads is sent to the observer and to the other party. "
        "Dashed boxes lie before and after the run; looking in the record is `--record`. Masked vectors are "
        "all that is long: eight bytes an entry each way.",
        unit="no scale",
        case=f"{study.scenario.id}; the same for every statement",
        source="Beaver 1991 and 1995; Du and Atallah 2001; cures and their tests in the documentation",
        assumptions="no two roles collude",
        alt=alt,
        table="private_protocol",
    )
    return Drawing(caption, to_svg(protocol_figure(STEPS, owner), "private_protocol", alt))


def _table() -> Table:
    """The drawing's rows as data."""
    return Table("private_protocol", ("step", "between", "what"), tuple(_rows(STEPS)))


def _rows(steps: Sequence[Step]) -> list[tuple[int, str, str]]:
    between = [listed([f"{a} to {b}" for a, b in s.arrows], 4) if s.arrows else "each role" for s in steps]
    return [(number, between[number - 1], step.label) for number, step in enumerate(steps, 1)]
