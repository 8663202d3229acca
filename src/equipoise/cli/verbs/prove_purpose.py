"""``equipoise prove purpose``: whom each site newly protects, beside whose missiles it reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from equipoise.cli.output import Progress, emit_json, emit_table

if TYPE_CHECKING:
    from equipoise.guarantee import SitePurpose

NOTE = (
    "People: of the site's owner, newly met over its own systems (upper bound), against assessed threats. "
    "Flights: share of the other side's deterrent that the site reaches, each launch area counting the same; "
    "in brackets those that the owner's own systems do not reach anyway. Mirrored: in the line from the "
    "threats to the people whom they threaten. Farther: 1,000 km away from the nearest launch area. Neither "
    "is a proposal. Not computed: the facts hold no sensor that the place rests on."
)


def prove_purpose(
    scenario: Annotated[
        str, typer.Argument(metavar="[SCENARIO]", help="A scenario's name, or a YAML file.")
    ] = "lisbon-2010",
    quick: Annotated[bool, typer.Option("--quick", help="A coarser grid of places and times.")] = False,
    json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Set whom each site protects beside whose missiles it reaches.

    One row for each place with interceptors: people newly met against the assessed threats, beside flights
    of the other side's deterrent newly reached; then the same for a mirrored site and for one farther away.

    \b
    Examples:
      equipoise prove purpose --quick
      equipoise prove purpose lisbon-2010 --quick --json
    """
    from equipoise.guarantee import judge_purpose, purpose_to_json
    from equipoise.scenario import load_scenario

    declared = load_scenario(scenario)
    with Progress() as progress:
        sites = judge_purpose(declared, quick=quick, progress=progress)
    if json:
        head = {"scenario": declared.id, "digest": declared.digest}
        emit_json({**head, "sites": purpose_to_json(sites), "note": NOTE})
        return
    emit_table(
        "Purpose, site by site",
        (
            "architecture",
            "place",
            "",
            "interceptors",
            "people newly met",
            "as declared",
            "after burnout",
            "worst",
        ),
        [
            (
                s.architecture,
                s.place,
                s.kind,
                ", ".join(s.interceptors),
                _people(s),
                *(f"{100 * share:.0f} % ({100 * new:.0f} %)" for _, share, new in s.reached),
            )
            for s in sites
        ],
        note=NOTE,
    )


def _people(site: SitePurpose) -> str:
    if site.people is None:
        return "not computed"
    return f"{site.people / 1e6:.1f} of {site.threatened / 1e6:.0f} million"
