"""What holds for every figure of a report, so that no definition has to say it again."""

from typing import Any, NamedTuple

from portal.engine.text import _l


class Convention(NamedTuple):
    title: Any
    text: Any


CONVENTIONS = (
    Convention(
        _l("The days of a period"),
        _l("A period runs from its first day to its last; both belong to it. Days are those of Vietnam, and a moment "
           "counts on its local day. What lasts over midnight counts once, on the day on which it began."),
    ),
    Convention(
        _l("What happened, and what there is"),
        _l("A figure of what happened counts what lies within the period. A figure of what there is counts what exists "
           "at the end of the last day; the first day plays no part in it."),
    ),
    Convention(
        _l("Entered in error"),
        _l("What was struck out counts nowhere, in no period, whenever that was done; what belongs to it goes with it. "
           "A report that was approved keeps its figures."),
    ),
    Convention(
        _l("Corrected, or not final"),
        _l("A corrected record counts with what it says now, in the period of its corrected day. What is a draft, "
           "waits for approval, was rejected, is only planned or was called off does not count; nor does a case that a "
           "military unit supervises."),
    ),
    Convention(
        _l("What came later"),
        _l("A closing, a leaving, a withdrawal or an outcome counts only if its own day is not after the last day of "
           "the period: what is recorded later with a later day changes no older figure."),
    ),
    Convention(
        _l("Day of the end, day of the beginning"),
        _l("An end day is the first day on which something is no more: who left on the last day is not counted at its "
           "end. Who joined on that day is."),
    ),
    Convention(
        _l("The same period of the year before"),
        _l("The same days and months a year earlier. 29/02 becomes 28/02, and the end of a month stays the end of that "
           "month."),
    ),
    Convention(
        _l("Who is one and the same"),
        _l("People, households, establishments and villages are told apart by their record, a person by the ID number "
           "where there is one, and never by name: two people of one name are two, one person spelled in two ways is "
           "one. In words of a list, capitals and runs of blanks make no difference."),
    ),
    Convention(
        _l("Nought, blank, rounded"),
        _l("Where there is no record the figure is 0; only a share of nothing is blank. Money is told in whole đồng, "
           "weights in grams to two places, shares in whole percent, halves up."),
    ),
)  # fmt: skip
