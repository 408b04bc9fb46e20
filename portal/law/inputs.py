"""What the facts are called from which a day was computed (`Due.inputs`), in short words."""

from collections.abc import Mapping

from portal.law.rule import _

INPUTS: Mapping[str, str] = {
    "starts_on": _("first day of the term"),
    "months": _("months of the term"),
    "printed_ends_on": _("last day on the paper"),
    "months_cut": _("months cut"),
    "credit_days": _("days deducted"),
    "days_not_served": _("days not counted as served"),
    "share": _("share of the term"),
    "counted_from": _("counted from"),
    "counted_back_from": _("counted back from"),
    "length": _("length"),
    "hours": _("hours"),
    "first_on": _("first day of the duty"),
    "last_on": _("last day of the duty"),
    "covers_from": _("covers from"),
    "covers_to": _("covers to"),
    "last_round": _("last shortening"),
    "decided_on": _("day of the decision"),
    "released_on": _("day of the release"),
    "ended_on": _("end of the penalty"),
    "received_on": _("received on"),
    "presented_on": _("presented on"),
    "leaves_on": _("departure"),
    "returns_on": _("return"),
    "returned_on": _("returned on"),
}


def name(fact: str) -> str:
    """What a fact is called, to be translated; its own id where nobody has named it."""
    return INPUTS.get(fact, fact)
