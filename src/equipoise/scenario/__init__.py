"""The declared facts: parties and members, missiles, interceptors, sensors, sites, architectures, modes.

YAML and CSV come in through edge models with the line and column of every fault; frozen values go out, each
figure with its source and status. The catalogue of published facts ships here, and so does the ground:
countries, towns, borders.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from equipoise.scenario.values import STATUSES, Area, Figure, InputError, Status, unknown, weakest

if TYPE_CHECKING:
    from equipoise.scenario.checking import (
        CheckedFile,
        check_file,
    )
    from equipoise.scenario.claims_file import OwnClaims, load_claims
    from equipoise.scenario.command import (
        ReleaseRule,
        Sector,
    )
    from equipoise.scenario.digests import digest
    from equipoise.scenario.entries import (
        KINDS,
        EntryField,
        EntryLine,
        EntryPage,
        SourceLine,
        list_entries,
        list_sources,
        show_entry,
    )
    from equipoise.scenario.facts import load_catalogue
    from equipoise.scenario.facts_types import (
        Anchor,
        AnchorModel,
        Catalogue,
        ClaimPair,
        DeterrentArea,
        EndPlace,
        GeodesicPair,
        ObservedFlight,
        PublishedCase,
    )
    from equipoise.scenario.finding import (
        find_architecture,
        find_missile,
        find_mode,
        find_party,
    )
    from equipoise.scenario.geography import (
        ATTRIBUTION,
        Border,
        Towns,
        borders,
        countries,
        fill_area,
        find_country,
        inside,
        is_sea,
        land_km2,
        towns,
    )
    from equipoise.scenario.operands_file import load_operands, operands_example
    from equipoise.scenario.population import (
        PopulationCells,
        build_cells,
        regions_of,
    )
    from equipoise.scenario.private_check import (
        Flyer,
        PeersFile,
        PublicDisc,
        PublicStatement,
        RoleEntry,
        Shooter,
        load_flyers,
        load_peers,
        load_shooters,
    )
    from equipoise.scenario.reading import Document, Table, did_you_mean, fact_path, read_csv, read_yaml
    from equipoise.scenario.scenario_file import (
        load_missile,
        load_scenario,
        own_file_of,
        scenario_names,
    )
    from equipoise.scenario.starter import write_starter
    from equipoise.scenario.stated import (
        AlsoCounted,
        Asked,
        BurnoutProfile,
        StatedCommit,
        StatedFigures,
        StatedOperands,
        StatedPlace,
    )
    from equipoise.scenario.swap import swap_parties
    from equipoise.scenario.types import (
        Architecture,
        Battery,
        Country,
        End,
        EngagementRules,
        InterceptorClaim,
        InterceptorModel,
        InventedRegion,
        LaunchArea,
        Membership,
        MissileModel,
        Party,
        RangeClaim,
        Region,
        Scenario,
        SeaArea,
        Sensor,
        Site,
        Statement,
        Threat,
    )

_HOMES: dict[str, tuple[str, ...]] = {
    "checking": (
        "CheckedFile",
        "check_file",
    ),
    "claims_file": ("OwnClaims", "load_claims"),
    "command": (
        "ReleaseRule",
        "Sector",
    ),
    "digests": ("digest",),
    "entries": (
        "KINDS",
        "EntryField",
        "EntryLine",
        "EntryPage",
        "SourceLine",
        "list_entries",
        "list_sources",
        "show_entry",
    ),
    "facts": ("load_catalogue",),
    "facts_types": (
        "Anchor",
        "AnchorModel",
        "Catalogue",
        "ClaimPair",
        "DeterrentArea",
        "EndPlace",
        "GeodesicPair",
        "ObservedFlight",
        "PublishedCase",
    ),
    "finding": (
        "find_architecture",
        "find_missile",
        "find_mode",
        "find_party",
    ),
    "geography": (
        "ATTRIBUTION",
        "Border",
        "Towns",
        "borders",
        "countries",
        "fill_area",
        "find_country",
        "inside",
        "is_sea",
        "land_km2",
        "towns",
    ),
    "operands_file": ("load_operands", "operands_example"),
    "private_check": (
        "Flyer",
        "PeersFile",
        "PublicDisc",
        "PublicStatement",
        "RoleEntry",
        "Shooter",
        "load_flyers",
        "load_peers",
        "load_shooters",
    ),
    "population": (
        "PopulationCells",
        "build_cells",
        "regions_of",
    ),
    "reading": ("Document", "Table", "did_you_mean", "fact_path", "read_csv", "read_yaml"),
    "scenario_file": (
        "load_missile",
        "load_scenario",
        "own_file_of",
        "scenario_names",
    ),
    "starter": ("write_starter",),
    "stated": (
        "AlsoCounted",
        "Asked",
        "BurnoutProfile",
        "StatedCommit",
        "StatedFigures",
        "StatedOperands",
        "StatedPlace",
    ),
    "swap": ("swap_parties",),
    "types": (
        "Architecture",
        "Battery",
        "Country",
        "End",
        "EngagementRules",
        "InterceptorClaim",
        "InterceptorModel",
        "InventedRegion",
        "LaunchArea",
        "Membership",
        "MissileModel",
        "Party",
        "RangeClaim",
        "Region",
        "Scenario",
        "SeaArea",
        "Sensor",
        "Site",
        "Statement",
        "Threat",
    ),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "ATTRIBUTION",
    "KINDS",
    "STATUSES",
    "AlsoCounted",
    "Anchor",
    "AnchorModel",
    "Architecture",
    "Area",
    "Asked",
    "Battery",
    "Border",
    "BurnoutProfile",
    "Catalogue",
    "CheckedFile",
    "ClaimPair",
    "Country",
    "DeterrentArea",
    "Document",
    "End",
    "EndPlace",
    "EngagementRules",
    "EntryField",
    "EntryLine",
    "EntryPage",
    "Figure",
    "Flyer",
    "GeodesicPair",
    "InputError",
    "InterceptorClaim",
    "InterceptorModel",
    "InventedRegion",
    "LaunchArea",
    "Membership",
    "MissileModel",
    "ObservedFlight",
    "OwnClaims",
    "Party",
    "PeersFile",
    "PopulationCells",
    "PublicDisc",
    "PublicStatement",
    "PublishedCase",
    "RangeClaim",
    "Region",
    "ReleaseRule",
    "RoleEntry",
    "Scenario",
    "SeaArea",
    "Sector",
    "Sensor",
    "Shooter",
    "Site",
    "SourceLine",
    "StatedCommit",
    "StatedFigures",
    "StatedOperands",
    "StatedPlace",
    "Statement",
    "Status",
    "Table",
    "Threat",
    "Towns",
    "borders",
    "build_cells",
    "check_file",
    "countries",
    "did_you_mean",
    "digest",
    "fact_path",
    "fill_area",
    "find_architecture",
    "find_country",
    "find_missile",
    "find_mode",
    "find_party",
    "inside",
    "is_sea",
    "land_km2",
    "list_entries",
    "list_sources",
    "load_catalogue",
    "load_claims",
    "load_flyers",
    "load_missile",
    "load_operands",
    "load_peers",
    "load_scenario",
    "load_shooters",
    "operands_example",
    "own_file_of",
    "read_csv",
    "read_yaml",
    "regions_of",
    "scenario_names",
    "show_entry",
    "swap_parties",
    "towns",
    "unknown",
    "weakest",
    "write_starter",
]


def __getattr__(name: str) -> Any:
    """Public names are loaded when first asked for, so that a light verb does not load all of the room."""
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
