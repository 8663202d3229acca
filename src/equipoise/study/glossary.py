"""The words of the report and the limits of the model: the same in every report."""

from __future__ import annotations

GLOSSARY: tuple[tuple[str, str], ...] = (
    ("architecture", "sites, interceptors and sensors that are proposed together, with a date."),
    ("as declared", "judged with the very operands that its owner declares, which coverage is counted "
                    "with too."),
    ("baseline", "what a side's members own nationally, each system alone; gains are counted from it."),
    ("break-even", "the value of one operand at which a verdict, or a mode's lead, turns."),
    ("can be met (upper bound)", "an interceptor can be at a point of the flight in time. Whether it "
                                 "hits is not asked."),
    ("command mode", "who releases an interceptor, on whose picture, with whose shots, for whose land."),
    ("adds nothing against it", "no interceptor of the other side stands in the row. What the other side "
                                "has of its own is judged in its own row."),
    ("after burnout", "judged as if an interceptor were let go when the protected missile has burnt out "
                      "and a track of it is made."),
    ("claim", "a published statement on reach, run under its own figures; what it left out runs over all "
              "that was stated."),
    ("commit before burnout", "an interceptor let go while the protected missile still burns: nobody can "
                              "know its path by then. A verdict that fails only so says that it turns on "
                              "the commit."),
    ("commit", "the moment an interceptor is let go, in seconds from the launch of the missile it is "
               "to meet."),
    ("cut-off", "the moment at which the last stage is shut down to land at a nearer place than full "
                "burn would."),
    ("deterrent", "one side's strategic missiles, whose reach of their ends a guarantee protects."),
    ("fire control", "organic: on the battery's own radar. Launch-on-remote: let go on another's "
                     "track, met on its own. "
     "Engage-on-remote: let go and met on another's track."),
    ("holds, fails, depends", "out of reach over the whole box of stated values; within reach over the "
                              "whole of it; or "
     "neither, and then on what."),
    ("loft", "the flight-path angle at burnout. Minimum energy is the loft whose cut-off comes earliest."),
    ("margin", "positive where out of reach: seconds from the latest commit that reaches to the "
               "earliest permitted one, "
     "or speed needed less speed declared."),
    ("measure", "an agreement that was on the table: the operand that it fixes, how that is verified, its "
                "remedy and its exit."),
    ("mirrored, farther", "points that a site is set against: as near to the threats and to the people whom "
                          "they threaten, on the other side of the line; and 1,000 km farther from the "
                          "nearest launch area of the other side's deterrent."),
    ("not guaranteed", "of a sea area: some place in the box is reached, and no place in it is named."),
    ("of no stated target (†)", "a sensor's range for which no size of target is given. It is used as a cap; "
                                "people met only through it are marked."),
    ("operand vector", "all that reach depends on for one battery under one author's claim: speed with "
                       "its altitude, time "
     "to burnout, altitude window, cap on flight time, range, place and number."),
    ("threatened", "within reach of an assessed threat at the scenario's date."),
    ("turns on", "the operand that, moved alone within its stated range, changes the verdict."),
    ("worst case", "every author's claim, every place in a declared area, first light as the picture, "
                   "and no agreement kept."),
    ("worst-off member", "the country or part of one, among those with threatened people, of which the "
                         "least share is met."),
)  # fmt: skip

LIMITS: tuple[str, ...] = (
    "Flight is that of a point mass, from published or assumed figures. The figures' own uncertainty "
    "is kilometres; "
    "the numerical error is metres.",
    "Kinematics and time are necessary for a defence and not sufficient. Discrimination, countermeasures, "
    "reliability, saturation and the number of interceptors are left out, so every count of people is "
    "an upper bound.",
    "Sensors see by geometry: horizon, sector and range. Refraction, clutter, jamming and weather "
    "above the clouds "
    "are left out. A range without a stated target is used as a cap and marked.",
    "People are those of today's towns of more than 15,000, scaled to today's national totals. The "
    "share seen in towns "
    "is printed beside each region; it is between a fifth and all of a country.",
    "Borders are those of Natural Earth 4.1, as packaged in 2019, for every date of a study. They say where "
    "people are counted; no position is taken on whose a place is.",
    "How an interceptor kills, by hit, fragments or a nuclear warhead, is outside this model for both sides.",
    "Launch areas and sea areas are coarse boxes. Results name countries and areas, and never a place.",
    "Decision times are stated ranges, for which no measured source is known.",
    "A verdict that holds binds only what was declared and inspected. It is no statement of safety.",
)
