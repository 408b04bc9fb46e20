"""The term of a case: its last day, its length, and the day on which a share of it has been served."""

from dataclasses import replace
from datetime import date, timedelta

from portal.law import policies
from portal.law.days import add_months, last_of_term, share_of_days, share_of_months
from portal.law.rule import Due, Parameter, Parameters, Refusal, Term, Value, _

PAPER_DIFFERS = _(
    "By the paper the last day is %(printed)s; computed, it is %(computed)s. The paper holds: please check it."
)
KEPT_DIFFERS = _(
    "The last day was worked out as %(kept)s; today it would be %(computed)s. It stays until two people take it over."
)
OTHER_READING = _("Counted to the day with the same number; by the other reading the last day is %(other)s.")
START_COUNTED = _("Counted with the start day; by the other reading the last day is %(other)s.")
UNUSUAL_LENGTH = _("The law knows terms of %(least)s to %(most)s months; this one has %(months)s: please check it.")
OVER_BEFORE_RECEIPT = _(
    "The term ended on %(last)s, before the file was received on %(received)s: nothing of it is left to be supervised "
    "here. Compare both days with the papers. If they are right, send the file back to the body that sent it, which "
    "certifies the end; it is opened here only for a reason that is written down."
)
CREDIT_SERVED = _("Days credited for detention count as served; without them the day would be %(other)s.")


def ends_on(term: Term, parameters: Parameters) -> date:
    """The last day as it was kept, or else as the facts give it."""
    return term.kept_ends_on or worked_out(term, parameters)


def worked_out(term: Term, parameters: Parameters) -> date:
    """The last day: of the newest paper that prints one, less later cuts; otherwise computed.

    A cut ends no earlier than the day on which it was decided. Days not counted as served come on top of a printed day;
    a credit for detention is already in it.
    """
    printed, later_cuts = _newest_paper(term)
    if printed is None:
        return computed_end(term, parameters)
    not_served = timedelta(days=max(0, -term.credit_days))
    return _shortened(term, printed + not_served, add_months(printed, -later_cuts) + not_served)


def computed_end(term: Term, parameters: Parameters) -> date:
    """The last day without regard to papers: months first, then days."""
    reading, credit = policies.reading(parameters, "term_end"), timedelta(days=term.credit_days)
    months_left = max(0, term.months - sum(cut.months for cut in term.cuts))
    uncut = last_of_term(term.starts_on, term.months, reading) - credit
    return _shortened(term, uncut, last_of_term(term.starts_on, months_left, reading) - credit)


def days_of(term: Term, parameters: Parameters) -> int:
    """The length in days of the term whose third bounds the absences (policy `third_of`)."""
    whole = policies.reading(parameters, "third_of") == "original_term"
    last = ends_on(term.otherwise(cuts=()) if whole else term, parameters)
    counted_from_start = policies.reading(parameters, "term_end") == "START_DAY_COUNTED"
    return (last - term.starts_on).days + counted_from_start


def last_day(term: Term, key: str, parameters: Parameters) -> Due:
    """The last day as a due, with what it was computed from and what one should know about it.

    A printed day is certain; a computed one follows one of two readings in use and is marked as unconfirmed.
    """
    parameter = parameters.on(term.starts_on)[key]
    due = parameter.due(ends_on(term, parameters), "end", **_facts(term))
    note, values = _remark(term, due.due_on, parameters)
    printed, _later = _newest_paper(term)
    return replace(due, note=note, note_values=values, confirmed=parameter.confirmed and printed is not None)


def right(term: Term, key: str, parameters: Parameters) -> Due | None:
    """The first day on which a share of the term is served and a right opens; None if no law ever grants it."""
    if (opened := parameters.first_day(key, lambda version: served_on(term, version, parameters))) is None:
        return None
    parameter, day = opened
    due = parameter.due(day, "right", starts_on=term.starts_on, months=term.months, share=str(parameter.share))
    if term.credit_days <= 0:
        return due
    without = served_on(term.otherwise(credit_days=0), parameter, parameters)
    return replace(due, confirmed=False, note=CREDIT_SERVED, note_values={"other": without})


def unusual_length(months: int, fixed_on: date, parameters: Parameters) -> Refusal | None:
    """Say that a term is shorter or longer than the penal code knows (SS-, NCR-, RS-, RB-TERM), where it sets bounds.

    The court fixes the length, and what its paper prints holds: so it is told and forbids nothing.
    """
    least_key = next((key for key in parameters.rules if key.endswith("-TERM.least")), None)
    if least_key is None:
        return None
    law = parameters.on(fixed_on)
    least, most = law[least_key], law[least_key.replace("least", "most")]
    if least.count <= months <= most.count:
        return None
    broken = least if months < least.count else most
    return broken.forbids(UNUSUAL_LENGTH, least=least.count, most=most.count, months=months)


def over_before_receipt(last: Due, received_on: date) -> Refusal | None:
    """Say that a term had ended when its file was received: it has its last day, and nobody is left to supervise."""
    if last.due_on >= received_on:
        return None
    numbers: dict[str, Value] = {"last": last.due_on, "received": received_on}
    return Refusal(OVER_BEFORE_RECEIPT, numbers, last.rule, last.source, last.confirmed, last.holds_from)


def served_on(term: Term, parameter: Parameter, parameters: Parameters) -> date:
    """The day on which a share of the term as first decided is served (policy `fraction_of_months`)."""
    months = share_of_months(term.months, parameter.share)
    if months is None or policies.reading(parameters, "fraction_of_months") == "days":
        day = term.starts_on + timedelta(days=share_of_days(term.starts_on, term.months, parameter.share))
    else:
        day = add_months(term.starts_on, months)
    return day - timedelta(days=term.credit_days)


def _newest_paper(term: Term) -> tuple[date | None, int]:
    """The last day printed on the newest paper that prints one, and the months cut since."""
    printed, months_since = term.printed_ends_on, 0
    in_it_already = term.printed_paper_on or date.min
    for cut in sorted(term.cuts, key=lambda cut: cut.decided_on):
        if printed is not None and cut.decided_on <= in_it_already:
            continue
        months_since += cut.months
        if cut.printed_ends_on is not None:
            printed, months_since = cut.printed_ends_on, 0
    return printed, months_since


def _shortened(term: Term, uncut: date, end: date) -> date:
    """A shortened end: no earlier than the last decision, no later than without any."""
    return min(uncut, max([end, *(cut.decided_on for cut in term.cuts)]))


def _facts(term: Term) -> dict[str, Value]:
    facts: dict[str, Value] = {"starts_on": term.starts_on, "months": term.months}
    if term.printed_ends_on is not None:
        facts["printed_ends_on"] = term.printed_ends_on
    if term.cuts:
        facts["months_cut"] = sum(cut.months for cut in term.cuts)
    if term.credit_days:
        facts["credit_days" if term.credit_days > 0 else "days_not_served"] = abs(term.credit_days)
    return facts


def _remark(term: Term, end: date, parameters: Parameters) -> tuple[str, dict[str, Value]]:
    """The one thing most worth knowing: a paper that differs, an unusual length, or the other reading."""
    printed, _later = _newest_paper(term)
    computed = computed_end(term, parameters)
    if term.kept_ends_on and (today := worked_out(term, parameters)) != end:
        return KEPT_DIFFERS, {"kept": end, "computed": today}
    if printed is not None and end != computed:
        return PAPER_DIFFERS, {"printed": end, "computed": computed}
    if unusual := unusual_length(term.months, term.starts_on, parameters):
        return UNUSUAL_LENGTH, dict(unusual.numbers)
    if printed is not None:
        return "", {}
    return _other_reading(term, end, parameters)


def _other_reading(term: Term, end: date, parameters: Parameters) -> tuple[str, dict[str, Value]]:
    corresponding = policies.reading(parameters, "term_end") == "CORRESPONDING_DAY"
    other = "START_DAY_COUNTED" if corresponding else "CORRESPONDING_DAY"
    other_end = worked_out(term, parameters.choosing("term_end", other))
    if other_end == end:
        return "", {}
    return OTHER_READING if corresponding else START_COUNTED, {"other": other_end}
