"""Every figure and table of the report as rows, for the CSV beside it. Header names carry the units."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from equipoise.defence import Coverage
from equipoise.study import assumptions
from equipoise.study.gaps import undeclared
from equipoise.study.rows import Row, rows_of
from equipoise.study.sections import operand_table
from equipoise.study.types import Study

if TYPE_CHECKING:
    import polars as pl

Value = str | int | float | bool | None


@dataclass(frozen=True)
class Table:
    """A name, column heads with units, and rows. None = unknown or not declared."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    def to_polars(self) -> pl.DataFrame:
        """The same as a frame."""
        import polars as pl

        return pl.DataFrame(self.rows, schema=list(self.header), orient="row", infer_schema_length=None)

    def csv(self) -> str:
        """UTF-8 text with a header, decimal points and empty cells for what is unknown."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(self.header)
        writer.writerows([[_cell(v) for v in row] for row in self.rows])
        return text.getvalue()


def _cell(value: Value) -> str:
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def tables_of(study: Study) -> tuple[Table, ...]:
    """All tables, one a file."""
    return (
        summary_table(study),
        reach_table(study),
        clock_table(study),
        coverage_table(study),
        region_table(study),
        margin_table(study),
        break_even_table(study),
        gap_table(study),
        *word_tables(study),
    )


def summary_table(study: Study) -> Table:
    """The first table of the report: every row, over its mode's own range of decision times."""
    columns = (
        "gained_people_least", "gained_people_most", "met_share_least", "met_share_most", "threatened_people",
        "worst_off", "commit_s_early", "commit_s_late", "adds_against_deterrent", "declared", "after_burnout",
        "worst_case",
    )  # fmt: skip
    sides = [f"{name}_{p.id}" for p in study.scenario.parties for name in columns]
    header = (
        "architecture", "mode", "joined", "as_proposed", "computed", "decision_s_fast", "decision_s_slow",
        "operands", "joined_systems", *sides,
    )  # fmt: skip
    return Table("summary", header, tuple(_summary_row(r) for r in rows_of(study)))


def _summary_row(row: Row) -> tuple[Value, ...]:
    cells: list[Value] = []
    for side in row.sides:
        gained = (None, None) if side.gained is None else tuple(round(v) for v in side.gained)
        met = (None, None) if side.share_met is None or not row.computed else side.share_met
        commits = (None, None) if side.commit_s is None else side.commit_s
        verdicts = (v.verdict if v is not None and side.added else None for _, v in side.verdicts)
        cells += [*gained, *met, round(side.threatened), side.worst_off, *commits, side.added, *verdicts]
    keys = (row.architecture.id, row.mode.id, row.joined, row.as_proposed, row.computed, *row.decision_s)
    return (*keys, " | ".join(row.operands), " | ".join(a.id for a in row.joins), *cells)


def reach_table(study: Study) -> Table:
    """Figure: threats and their reach."""
    header = (
        "threat",
        "model",
        "model_by",
        "launch_area",
        "assessed",
        "azimuth_deg",
        "range_km",
        "any_range",
    )
    rows = [
        (r.threat, r.model, r.model_by, r.launch_area, r.assessed, float(a), float(round(d, 1)), r.any_range)
        for r in study.reaches
        for a, d in zip(r.azimuth_deg, r.range_km, strict=True)
    ]
    return Table("threat_reach", header, tuple(rows))


def clock_table(study: Study) -> Table:
    """Figure: the engagement's clock, seconds from the threat's launch."""
    header = (
        "architecture", "mode", "to_party", "first_light_s", "warning_s", "track_s",
        "decision_low_s", "decision_high_s",        "latest_commit_s", "meeting_s", "burnout_s", "impact_s",
    )  # fmt: skip
    rows = [
        (
            c.architecture,
            c.mode,
            c.party,
            c.first_light_s,
            c.warning_s,
            c.track_s,
            *c.decision_s,
            c.latest_commit_s,
            c.meeting_s,
            c.burnout_s,
            c.impact_s,
        )
        for c in study.clocks
    ]
    return Table("clock", header, tuple(rows))


def coverage_table(study: Study) -> Table:
    """Figures: command modes compared; one row an architecture, mode, timing, variant and party."""
    header = (
        "architecture", "mode", "joined", "timing", "variant", "decision_s", "stated_targets_only", "threats",
        "party", "threatened_people", "met_people", "met_share", "met_area_share",
    )  # fmt: skip
    every = [("assessed", c) for c in (study.baseline, *study.coverages, *study.stated_only)]
    every += [("projected", c) for c in study.projected]
    rows = [(*_row(study, c, kind, p.id),) for kind, c in every for p in study.scenario.parties]
    return Table("coverage", header, tuple(rows))


def _row(study: Study, c: Coverage, kind: str, party: str) -> tuple[Value, ...]:
    mine = [r for r in c.regions if r.party == party]
    threatened = sum(r.population_threatened for r in mine)
    return (
        c.architecture,
        c.mode,
        c.joined,
        c.timing,
        c.variant,
        float(c.decision_s),
        c.unmarked_only,
        kind,
        party,
        round(threatened),
        round(sum(r.population_met for r in mine)) if study.computed(c) else None,
        c.population_fraction(party) if threatened > 0 and study.computed(c) else None,
        c.area_fraction(party) if threatened > 0 and study.computed(c) else None,
    )


def region_table(study: Study) -> Table:
    """Figure: coverage maps, by region, whole, at each timing. Regions only, never a place."""
    header = (
        "architecture", "mode", "joined", "timing", "decision_s", "region", "name", "country", "party",
        "people", "threatened_people", "met_people", "threatened_km2", "met_km2", "share_seen",
    )  # fmt: skip
    rows = [
        (
            c.architecture,
            c.mode,
            c.joined,
            c.timing,
            float(c.decision_s),
            r.region,
            r.name,
            r.country,
            r.party,
            round(r.population),
            round(r.population_threatened),
            round(r.population_met) if study.computed(c) else None,
            round(r.area_threatened_km2),
            round(r.area_met_km2) if study.computed(c) else None,
            r.share_seen,
        )
        for c in (study.baseline, *study.coverages)
        if c.variant == "whole"
        for r in c.regions
    ]
    return Table("regions", header, tuple(rows))


def margin_table(study: Study) -> Table:
    """Figure: margins of each guarantee; positive where it holds."""
    header = (
        "architecture", "mode", "joined", "protects", "rung", "verdict", "margin_s", "margin_km_s",
        "break_even_commit_s", "near_edge", "turns_on", "closed_by", "note",
    )  # fmt: skip
    rows = [
        (
            g.architecture,
            g.mode,
            g.joined,
            g.protects,
            g.rung,
            g.verdict,
            g.margin_s,
            g.margin_km_s,
            g.break_even_commit_s,
            g.near_edge,
            "; ".join(g.turns_on),
            "; ".join(g.closed_by),
            g.note,
        )
        for g in study.guarantees
    ]
    return Table("margins", header, tuple(rows))


def break_even_table(study: Study) -> Table:
    """Decision time at which a joint mode loses its lead over going alone."""
    header = ("architecture", "mode", "party", "break_even_decision_s", "people_met_alone", "reason")
    rows = [
        (b.architecture, b.mode, b.party, b.decision_s, round(b.population_alone), b.reason)
        for b in study.break_evens
    ]
    return Table("break_even", header, tuple(rows))


def gap_table(study: Study) -> Table:
    """What each proposal leaves undeclared."""
    rows: list[tuple[Value, ...]] = []
    for u in undeclared(study):
        rows += [(u.architecture, "noted", sentence, "") for sentence in u.sentences]
        rows += [(u.architecture, "moves", gap.question, " | ".join(gap.leaves_open)) for gap in u.gaps]
        rows += [
            (u.architecture, "does not move", gap.question, " | ".join(gap.leaves_open)) for gap in u.unmoved
        ]
    return Table("undeclared", ("architecture", "kind", "left_open", "answers_left_open"), tuple(rows))


def word_tables(study: Study) -> tuple[Table, ...]:
    """The report's long tables of words, which are not printed."""
    scenario = study.scenario
    assumed = [(grid.title, *row) for grid in assumptions.assumed(scenario) for row in grid.rows]
    operands = operand_table(rows_of(study))
    claims, statements = assumptions.claims(scenario), assumptions.statements(scenario)
    return (
        Table("assumptions", ("part", "of", "assumption", "status", "source"), tuple(assumed)),
        Table("operands", operands.heads, operands.rows),
        Table("interceptor_claims", claims.heads, claims.rows),
        Table("statements", statements.heads, statements.rows),
        Table("sources", ("source", "reference"), assumptions.sources(scenario)),
    )
