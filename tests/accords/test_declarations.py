"""A person's own declarations: what good files do, and the one message that each bad file gives."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from equipoise.accords import Finding, judge, load_facts, read_declarations, schema_json
from equipoise.accords.declarations import COLUMNS
from equipoise.scenario import InputError

HEAD = ",".join(COLUMNS) + "\n"
GOOD = "Belgium,battle_tanks,,,300,,,2012-01-01,2011-12-15,,annual exchange\n"
DAY = date(2012, 7, 25)


def written(folder: Path, text: str | bytes, name: str = "own.csv") -> str:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)


def found(folder: Path, rows: str, party: str, category: str, known_at: date | None = None) -> Finding:
    """The finding on a State's own level, by these rows alone beside what ships."""
    facts = load_facts()
    facts = facts.with_declarations(read_declarations(written(folder, HEAD + rows), facts))
    judged = judge("cfe", facts, DAY, known_at)
    return next(
        f
        for f in judged.findings
        if (f.obligation, f.party, f.category, f.reading) == ("cfe.VII", party, category, None)
    )


def test_an_own_declaration_decides_a_finding(tmp_path: Path) -> None:
    without = judge("cfe", load_facts(), DAY).findings
    silent = next(f for f in without if (f.party, f.category) == ("Belgium", "battle_tanks"))
    assert silent.verdict == "cannot be decided"
    assert any("334" in line for line in silent.why_not)
    said = found(tmp_path, GOOD, "Belgium", "battle_tanks")
    assert (said.verdict, said.margin) == ("complies", 34)


def test_two_figures_of_one_date_make_an_interval(tmp_path: Path) -> None:
    rows = GOOD + "Belgium,battle_tanks,,,340,,,2012-01-01,2012-02-01,an observer,\n"
    said = found(tmp_path, rows, "Belgium", "battle_tanks")
    assert (said.verdict, said.margin) == ("cannot be decided", None)
    counted = next(o for o in said.trace.operands if o.name == "counted")
    assert (counted.low, counted.high) == (300, 340)


def test_a_correction_replaces_what_the_same_declarer_said(tmp_path: Path) -> None:
    rows = GOOD + "Belgium,battle_tanks,,,340,,,2012-01-01,2012-08-01,,corrected\n"
    assert found(tmp_path, rows, "Belgium", "battle_tanks").margin == -6
    assert found(tmp_path, rows, "Belgium", "battle_tanks", date(2012, 7, 31)).margin == 34


def test_a_figure_older_than_a_year_does_not_speak(tmp_path: Path) -> None:
    old = GOOD.replace("2012-01-01", "2011-07-25").replace("2011-12-15", "2011-07-25")
    said = found(tmp_path, old, "Belgium", "battle_tanks")
    assert said.verdict == "cannot be decided"
    aside = [s for s in said.trace.children if not s.taken]
    assert "older than a year" in aside[0].operands[0].note
    still = old.replace("2011-07-25", "2011-07-26")
    assert found(tmp_path, still, "Belgium", "battle_tanks").verdict == "complies"


def test_bounds_decide_where_they_can(tmp_path: Path) -> None:
    assert found(tmp_path, GOOD.replace(",300,,", ",,,334"), "Belgium", "battle_tanks").margin == 0
    over = found(tmp_path, GOOD.replace(",300,,", ",,340,"), "Belgium", "battle_tanks")
    assert (over.verdict, over.margin) == ("breaches", -6)
    assert over.why_not[0] == "it would comply with at least 6 pieces fewer"


def test_pieces_in_transit_count_after_seven_days(tmp_path: Path) -> None:
    total = "Belgium,battle_tanks,,,350,,,2012-07-20,,,\n"
    passing = total + "Belgium,battle_tanks,,In transit,20,,,2012-07-20,,,\n"
    assert found(tmp_path, total, "Belgium", "battle_tanks").verdict == "breaches"
    assert found(tmp_path, passing, "Belgium", "battle_tanks").margin == 4
    stayed = passing.replace("2012-07-20", "2012-07-18")
    assert found(tmp_path, stayed, "Belgium", "battle_tanks").margin == -16


def test_internal_security_counts_above_its_allowance(tmp_path: Path) -> None:
    vehicles = "Belgium,acv,,,1000,,,2012-01-01,,,\nBelgium,aifv_internal_security,,,{},,,2012-01-01,,,\n"
    assert found(tmp_path, vehicles.format(1000), "Belgium", "acv").margin == 99
    assert found(tmp_path, vehicles.format(1100), "Belgium", "acv").margin == -1


def test_temporary_deployment_is_left_out_up_to_the_article(tmp_path: Path) -> None:
    rows = "".join(
        f"{state},battle_tanks,Art_V.1A_flank,active,{n},,,2012-07-01,,,\n"
        for state, n in (("Norway", 170), ("Turkey", 4650), ("Greece", 0), ("Iceland", 0))
    )
    absent = ("Belgium", "Canada", "Denmark", "France", "Germany", "Italy", "Luxembourg", "Netherlands",
              "Portugal", "Spain", "United Kingdom", "United States")  # fmt: skip
    rows += "".join(f"{s},battle_tanks,Art_V.1A_flank,active,0,,,2012-07-01,,,\n" for s in absent)
    facts = load_facts()
    over = facts.with_declarations(read_declarations(written(tmp_path, HEAD + rows), facts))
    rows += "Turkey,battle_tanks,Art_V.1A_flank,temporary,200,,,2012-07-01,,,\n"
    within = facts.with_declarations(read_declarations(written(tmp_path, HEAD + rows), facts))

    def flank(of: object) -> Finding:
        judged = judge("cfe", of, DAY)  # type: ignore[arg-type]
        return next(
            f for f in judged.findings
            if f.obligation == "cfe.V.1A active units"
            and (f.party, f.category) == ("group_West", "battle_tanks")
        )  # fmt: skip

    assert flank(over).margin == 4700 - 4820
    assert flank(within).margin == 4700 - 4820 + 153
    extra = [f for f in judge("cfe", within, DAY).findings if f.obligation == "cfe.V.1C"]
    assert [(f.party, f.verdict, f.margin) for f in extra] == [("Turkey", "breaches", -47)]


def test_a_minimum_is_no_limit_and_is_lowered_by_what_is_not_held(tmp_path: Path) -> None:
    """Four States promised to keep at least so many in storage, less what they hold below their level."""
    facts = load_facts()
    level = next(
        c.limit for c in facts.limits["CFE1990_max_levels"] if c.party == "Poland" and c.category == "acv"
    )
    assert level is not None
    promised = next(
        c.limit for c in facts.ceilings if (c.kind, c.party, c.category) == ("minimum", "Poland", "acv")
    )
    assert promised is not None
    for held, stored, verdict, margin in (
        (level, promised, "complies", 0),
        (level, promised - 1, "breaches", -1),
        (level, 9 * promised, "complies", 8 * promised),
        (level - 10, promised - 10, "complies", 0),
        (None, promised - 1, "cannot be decided", None),
    ):
        rows = f"Poland,acv,,stored,{stored},,,2012-07-01,,,\n"
        rows += f"Poland,acv,,,{held},,,2012-07-01,,,\n" if held is not None else ""
        own = facts.with_declarations(read_declarations(written(tmp_path, HEAD + rows), facts))
        found = [f for f in judge("cfe", own, DAY).findings if f.obligation == "cfe.storage minimum"]
        (said,) = (f for f in found if (f.party, f.category) == ("Poland", "acv"))
        assert (said.verdict, said.margin) == (verdict, margin)


@dataclass(frozen=True)
class Bad:
    """A bad file: the message that it gives, its line and field."""

    id: str
    text: str | bytes
    line: int
    field: str | None = None


ROWS = (
    Bad("unknown-party-of-accord", GOOD.replace("Belgium", "Belgum"), 2, "party"),
    Bad("unknown-category", GOOD.replace("battle_tanks", "tanks"), 2, "category"),
    Bad("unknown-zone", GOOD.replace("tanks,,", "tanks,Art_V,"), 2, "zone"),
    Bad("unknown-state", GOOD.replace("tanks,,,", "tanks,,mothballed,"), 2, "state"),
    Bad("not-whole", GOOD + GOOD.replace(",300,", ",-3,"), 3, "value"),
    Bad("not-whole", GOOD.replace(",300,", ",3.5,"), 2, "value"),
    Bad("not-whole", GOOD.replace(",300,,,", ",,3e2,,"), 2, "low"),
    Bad("not-whole", GOOD.replace(",300,", ",three,"), 2, "value"),
    Bad("not-whole", GOOD.replace(",300,", ",\u0663\u0660,"), 2, "value"),
    Bad("too-many-pieces", GOOD.replace(",300,", f",{10**9 + 1},"), 2, "value"),
    Bad("declaration-empty", GOOD.replace(",300,", ",,"), 2, "value"),
    Bad("declaration-twice", GOOD.replace(",300,,", ",300,,310"), 2, "value"),
    Bad("declaration-upside-down", GOOD.replace(",300,,,", ",,310,300,"), 2, "low"),
    Bad("declaration-missing", GOOD.replace("Belgium", ""), 2, "party"),
    Bad("declaration-missing", GOOD.replace("2012-01-01", ""), 2, "as_of"),
    Bad("not-a-day", GOOD.replace("2012-01-01", "2012-02-30"), 2, "as_of"),
    Bad("not-a-day", GOOD.replace("2012-01-01", "2012-01"), 2, "as_of"),
    Bad("not-a-day", GOOD.replace("2011-12-15", "15.12.2011"), 2, "declared_at"),
    Bad("csv-wrong-cells", GOOD.replace("annual", "annual,"), 2, None),
)
FILES = (
    Bad("csv-unknown-column", HEAD.replace("value", "amount") + GOOD, 1),
    Bad("csv-missing-column", HEAD.replace("state,", "") + GOOD, 1),
    Bad("csv-other-separator", (HEAD + GOOD).replace(",", ";"), 1),
    Bad("csv-other-separator", (HEAD + GOOD).replace(",", "\t"), 1),
    Bad("csv-byte-order-mark", b"\xef\xbb\xbf" + (HEAD + GOOD).encode(), 1),
    Bad("not-utf8", (HEAD + GOOD).replace("Belgium", "Côte").encode("latin-1"), 2),
    Bad("csv-empty", "", 1),
)


@pytest.mark.parametrize(
    "bad",
    [*(replace(b, text=HEAD + str(b.text)) for b in ROWS), *FILES],
    ids=lambda b: f"{b.id}-{b.field or 'file'}",
)
def test_a_bad_file_gives_its_message_at_its_line(bad: Bad, tmp_path: Path) -> None:
    path = written(tmp_path, bad.text)
    with pytest.raises(InputError) as caught:
        read_declarations(path, load_facts())
    told = caught.value
    assert (told.id, told.file, told.line) == (bad.id, path, bad.line), str(told)
    assert bad.field is None or told.field == bad.field
    assert told.hint


def test_a_file_beyond_the_stated_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("w") as file:
        file.write(HEAD)
        file.writelines(GOOD for _ in range(70_000))
    for each in (str(path), "/dev/zero"):
        with pytest.raises(InputError) as caught:
            read_declarations(each, load_facts())
        assert caught.value.id == "file-too-large"


def test_the_nearest_name_is_offered(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="did you mean `Belgium`"):
        read_declarations(written(tmp_path, HEAD + GOOD.replace("Belgium", "belgum")), load_facts())


def test_the_schema_lists_every_column_and_its_example_can_be_read(tmp_path: Path) -> None:
    told = schema_json(load_facts())
    assert tuple(c["name"] for c in told["columns"]) == COLUMNS
    (one,) = read_declarations(written(tmp_path, told["example"]), load_facts())
    assert one.party in told["parties"]
    assert one.category in told["categories"]
