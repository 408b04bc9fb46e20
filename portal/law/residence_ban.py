"""Residence ban (cấm cư trú): after prison, not to live in the places that the judgment names."""

from datetime import date
from fractions import Fraction

from portal.law import absence, common, deadlines, hops, shortening, terms
from portal.law.hops import Done
from portal.law.rule import (
    AbsenceLimits,
    Due,
    Ground,
    Parameters,
    Refusal,
    Rule,
    Term,
    Unit,
    _,
    in_order,
    kept,
    only_2019,
    penal_code,
)
from portal.law.silent import no_show as no_show
from portal.law.silent import quarterly as quarterly
from portal.law.silent import residence_change as residence_change
from portal.law.silent import review as review
from portal.law.silent import review_ground as review_ground
from portal.law.silent import revocation as revocation
from portal.law.silent import revocation_ground as revocation_ground

TITLE = _("Residence ban")
WORK = Unit.WORKING_DAYS
LENGTH = "Bộ luật Hình sự 2015, Điều 42"

PARAMETERS = common.PARAMETERS | Parameters({
    "COM-ASSESS-MONTHLY": Rule(common.MONTHLY_ASSESSMENT, common.ASSESSED_SINCE_2026),
    "RB-TERM": Rule(_("Last day of the residence ban"), penal_code(0, LENGTH)),
    "RB-TERM.least": Rule(_("Shortest residence ban"), penal_code(12, LENGTH, Unit.MONTHS)),
    "RB-TERM.most": Rule(_("Longest residence ban"), penal_code(60, LENGTH, Unit.MONTHS)),
    "RB-PRENOTICE": Rule(
        _("The prison announces the person to the commune"), kept(2, "Điều 107 khoản 1", Unit.MONTHS)
    ),
    "RB-FILE.agency": Rule(_("The agency opens the execution file"), only_2019(5, "Điều 107 khoản 3", WORK)),
    "RB-FILE": Rule(_("Summon the person and open the supervision file"), only_2019(7, "Điều 107 khoản 4")),
    "RB-DUTIES": Rule(
        _("Not to live in the banned places, and to appear when asked"),
        kept(0, "Điều 109 khoản 2", Unit.NOTHING),
    ),
    "RB-VISIT": Rule(_("Longest visit to a banned place"), kept(5, "Điều 109 khoản 1 điểm a")),
    "RB-EXEMPT": Rule(
        _("The rest of the term may be waived from this day"),
        kept(Fraction(1, 2), "Điều 110; Bộ luật Hình sự 2015, Điều 62 khoản 6", Unit.SHARE),
    ),
    "RB-EXEMPT.session": Rule(_("The court sits on the waiver of the rest"), kept(15, "Điều 110")),
    "RB-EXEMPT.sent": Rule(_("The court sends its decision"), kept(3, "Điều 110", WORK)),
    "RB-HANDOVER": Rule(_("Hand over the supervision file"), kept(3, "Điều 107 khoản 5")),
    "RB-HANDOVER.certificate": Rule(_("Completion certificate"), kept(0, "Điều 107 khoản 5")),
    "RB-DEATH": Rule(_("Report the death to the court"), kept(3, "Điều 107 khoản 6", WORK)),
    "RB-DEATH.court": Rule(_("The court ends the execution after the death"), kept(3, "Điều 107 khoản 6", WORK)),
})  # fmt: skip

TOO_LONG = _("A visit to a banned place may last %(limit)s days; this one lasts %(asked)s.")


def last_day(term: Term, parameters: Parameters = PARAMETERS) -> Due:
    """The last day of the ban, itself included; it runs from the end of prison (RB-TERM)."""
    return terms.last_day(term, "RB-TERM", parameters)


def term_days(term: Term, parameters: Parameters = PARAMETERS) -> int:
    """The length of the ban in days."""
    return terms.days_of(term, parameters)


def calendar(term: Term, parameters: Parameters = PARAMETERS) -> list[Due]:
    """The days that follow from the ban alone: right to a waiver, hand-over, certificate, last day."""
    last = last_day(term, parameters)
    return in_order([
        terms.right(term, "RB-EXEMPT", parameters),
        common.hand_over(term, last.due_on, "RB-HANDOVER", parameters),
        deadlines.before(parameters, "RB-HANDOVER.certificate", last.due_on),
        last,
    ])  # fmt: skip


def reception(received_on: date, reception_on: date | None = None, parameters: Parameters = PARAMETERS) -> list[Due]:
    """The first steps after the certificate or file arrives; no helper is appointed here."""
    on_receipt, on_session = ("COM-ASSIGN-OFFICER", "RB-FILE"), ("COM-RECEPTION-REPORT", "COM-PLAN")
    return in_order(common.reception(received_on, reception_on, on_receipt, on_session, parameters))


def supervision(term: Term, parameters: Parameters = PARAMETERS) -> common.Supervision:
    """From the day the commune has the papers and the ban runs, to the last day or an earlier end."""
    last_on = last_day(term, parameters).due_on
    return common.supervision(term, last_on, common.hand_over(term, last_on, "RB-HANDOVER", parameters).due_on)


def monthly(term: Term, month: date, parameters: Parameters = PARAMETERS) -> list[Due]:
    """Roll-call and assessment from July 2026 on; a banned person never owes a self-report."""
    return common.monthly(supervision(term, parameters), month, ("COM-ROLLCALL",), parameters)


def absence_limits(leaves_on: date, days_of_term: int, parameters: Parameters = PARAMETERS) -> AbsenceLimits | None:
    """The limit of a visit to a banned place by the law in force on arrival there."""
    return absence.limits(parameters, leaves_on, days_of_term, "RB-VISIT")


def refuse_absence(
    leaves_on: date, returns_on: date, days_of_term: int, days_used: int,
    abroad: bool = False, medical: bool = False,  # noqa: ARG001
    parameters: Parameters = PARAMETERS,
) -> list[Refusal]:  # fmt: skip
    """Say why a visit to a banned place may not be permitted; say nothing if it may, with that commune's consent.

    Both days count. The act makes no exception for treatment, and is silent on going abroad.
    Source: Luật THAHS 41/2019/QH14, Điều 109.
    """
    asked = absence.days_asked(leaves_on, returns_on, parameters)
    bounds = absence.limits(parameters, leaves_on, days_of_term, "RB-VISIT")
    return absence.refuse(bounds, asked, days_used, too_long=TOO_LONG)


def prenotice(released_on: date, parameters: Parameters = PARAMETERS) -> Due | None:
    """By when the prison announces the person before the release (to the banned commune too); None before the act."""
    return (
        deadlines.before(parameters, "RB-PRENOTICE", released_on)
        if "RB-PRENOTICE" in parameters.on(released_on)
        else None
    )


def file_of_agency(received_on: date, parameters: Parameters = PARAMETERS) -> Due | None:
    """By when the agency opens its execution file; None since 01/07/2026 (RB-FILE)."""
    key = "RB-FILE.agency"
    return deadlines.after(parameters, key, received_on) if key in parameters.on(received_on) else None


def cut_steps(reported_on: date, done: Done = (), parameters: Parameters = PARAMETERS) -> list[Due]:
    """From the file at the court to the waiver of the rest: the session, the decision sent (RB-EXEMPT)."""
    return hops.hops(parameters, ("RB-EXEMPT.session", "RB-EXEMPT.sent"), reported_on, done)


def refuse_waiver(term: Term, decided_on: date, parameters: Parameters = PARAMETERS) -> list[Refusal]:
    """Say why the rest of the term may not be waived on a day (RB-EXEMPT)."""
    return shortening.refuse_waiver(term, decided_on, shortening.Scheme(eligible="RB-EXEMPT", interval=""), parameters)


def death(told_on: date, done: Done = (), parameters: Parameters = PARAMETERS) -> list[Due]:
    """From the commune's report of the death: the agency tells the court, the court ends the execution (RB-DEATH)."""
    return hops.hops(parameters, ("RB-DEATH", "RB-DEATH.court"), told_on, done)


CONSENT_MISSING = _("A visit to a banned place needs a good reason and the consent of the People's Committee there.")


def refuse_visit(arrives_on: date, *, consented: bool, parameters: Parameters = PARAMETERS) -> list[Refusal]:
    """Say that the commune to be visited has not consented; the length is for `refuse_absence` (RB-VISIT)."""
    return [] if consented else [parameters.on(arrives_on)["RB-VISIT"].forbids(CONSENT_MISSING)]


LIVES_THERE = _(
    "The person may not live in a place that the judgment bans, keeps the commitment and appears when asked."
)


def duties(day: date, parameters: Parameters = PARAMETERS) -> Ground:
    """What the person owes besides: no self-report is among it (RB-DUTIES)."""
    return parameters.on(day)["RB-DUTIES"].calls_for(LIVES_THERE)
