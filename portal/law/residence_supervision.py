"""Residence supervision (quản chế): after prison, to live in the commune."""

from datetime import date
from enum import StrEnum
from fractions import Fraction

from portal.law import absence, common, competence, deadlines, hops, shortening, terms
from portal.law.breaches import Conduct
from portal.law.hops import Done
from portal.law.rule import (
    ACT_2019,
    OLD_ACT,
    AbsenceLimits,
    Due,
    Ground,
    Parameter,
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
    since_2026,
)
from portal.law.silent import no_show as no_show
from portal.law.silent import residence_change as residence_change
from portal.law.silent import review as review
from portal.law.silent import review_ground as review_ground
from portal.law.silent import revocation as revocation
from portal.law.silent import revocation_ground as revocation_ground

TITLE = _("Residence supervision")
WORK = Unit.WORKING_DAYS
LENGTH = "Bộ luật Hình sự 2015, Điều 43"
LAST_OF_2019 = date(2026, 6, 30)

PARAMETERS = common.PARAMETERS | Parameters({
    "COM-ASSESS-MONTHLY": Rule(common.MONTHLY_ASSESSMENT, common.ASSESSED_SINCE_2026),
    "RS-TERM": Rule(_("Last day of the residence supervision"), penal_code(0, LENGTH)),
    "RS-TERM.least": Rule(_("Shortest residence supervision"), penal_code(12, LENGTH, Unit.MONTHS)),
    "RS-TERM.most": Rule(_("Longest residence supervision"), penal_code(60, LENGTH, Unit.MONTHS)),
    "RS-PRENOTICE": Rule(
        _("The prison announces the person to the commune"), kept(2, "Điều 112 khoản 1", Unit.MONTHS)
    ),
    "RS-FILE.agency": Rule(_("The agency opens the execution file"), only_2019(5, "Điều 112 khoản 3", WORK)),
    "RS-FILE": Rule(_("Summon the person and open the supervision file"), only_2019(7, "Điều 112 khoản 4")),
    "RS-RECEIVE": Rule(
        _("Receive the person with the officer of the province"),
        since_2026(0, "Điều 6 khoản 1 điểm a", Unit.NOTHING),
    ),
    "RS-PRESENT-MONTHLY": Rule(
        _("Present and report in person"), kept(7, "Điều 114 khoản 2 điểm b", Unit.DAY_OF_MONTH)
    ),
    "RS-ASSESS": Rule(
        _("Assess the quarter"),
        (
            Parameter(
                ACT_2019, 5, f"{OLD_ACT}, Điều 113 khoản 1 điểm d",
                confirmed=False, unit=Unit.DAY_OF_MONTH, until=LAST_OF_2019,
            ),
        ),
    ),
    "RS-LEAVE": Rule(_("Longest single leave"), kept(10, "Điều 115")),
    "RS-VIOLATION": Rule(_("A breach of the residence supervision"), kept(0, "Điều 116", Unit.NOTHING)),
    "RS-EXEMPT": Rule(
        _("The rest of the term may be waived from this day"),
        kept(Fraction(1, 2), "Điều 117; Bộ luật Hình sự 2015, Điều 62 khoản 6", Unit.SHARE),
    ),
    "RS-EXEMPT.session": Rule(_("The court sits on the waiver of the rest"), kept(15, "Điều 117")),
    "RS-EXEMPT.sent": Rule(_("The court sends its decision"), kept(3, "Điều 117", WORK)),
    "RS-HANDOVER": Rule(_("Hand over the supervision file"), kept(3, "Điều 112 khoản 5")),
    "RS-HANDOVER.certificate": Rule(_("Completion certificate"), kept(0, "Điều 112 khoản 5")),
    "RS-DEATH": Rule(_("Report the death to the court"), kept(3, "Điều 112 khoản 6", WORK)),
    "RS-DEATH.court": Rule(_("The court ends the execution after the death"), kept(3, "Điều 112 khoản 6", WORK)),
})  # fmt: skip

TOO_LONG = _("A leave may last %(limit)s days; this one lasts %(asked)s.")


def last_day(term: Term, parameters: Parameters = PARAMETERS) -> Due:
    """The last day of the term, itself included; it runs from the end of prison (RS-TERM).

    Days away without permission are not counted as served: they are negative `Term.credit_days` and move the end.
    """
    return terms.last_day(term, "RS-TERM", parameters)


def term_days(term: Term, parameters: Parameters = PARAMETERS) -> int:
    """The length of the term in days."""
    return terms.days_of(term, parameters)


def calendar(term: Term, parameters: Parameters = PARAMETERS) -> list[Due]:
    """The days that follow from the term alone: right to a waiver, hand-over, certificate, last day."""
    last = last_day(term, parameters)
    return in_order([
        terms.right(term, "RS-EXEMPT", parameters),
        common.hand_over(term, last.due_on, "RS-HANDOVER", parameters),
        deadlines.before(parameters, "RS-HANDOVER.certificate", last.due_on),
        last,
    ])  # fmt: skip


def reception(received_on: date, reception_on: date | None = None, parameters: Parameters = PARAMETERS) -> list[Due]:
    """The first steps after the certificate or file arrives; no helper is appointed here."""
    on_receipt, on_session = ("COM-ASSIGN-OFFICER", "RS-FILE"), ("COM-RECEPTION-REPORT", "COM-PLAN")
    return in_order(common.reception(received_on, reception_on, on_receipt, on_session, parameters))


def supervision(term: Term, parameters: Parameters = PARAMETERS) -> common.Supervision:
    """From the day the commune has the papers and the term runs, to the last day or an earlier end."""
    last_on = last_day(term, parameters).due_on
    return common.supervision(term, last_on, common.hand_over(term, last_on, "RS-HANDOVER", parameters).due_on)


def monthly(term: Term, month: date, parameters: Parameters = PARAMETERS) -> list[Due]:
    """Presenting in person; from July 2026 on also the roll-call and the assessment, before it was quarterly.

    The law says "first week of the month"; days 1 to 7 are our reading.
    """
    return common.monthly(supervision(term, parameters), month, ("RS-PRESENT-MONTHLY", "COM-ROLLCALL"), parameters)


def quarterly(term: Term, quarter_start: date, parameters: Parameters = PARAMETERS) -> list[Due]:
    """The assessment of the quarter, until the second one of 2026."""
    return in_order([common.quarter(supervision(term, parameters), quarter_start, "RS-ASSESS", parameters)])


def absence_limits(leaves_on: date, days_of_term: int, parameters: Parameters = PARAMETERS) -> AbsenceLimits | None:
    """The limit by the law in force on departure; all leaves together have none."""
    return absence.limits(parameters, leaves_on, days_of_term, "RS-LEAVE")


def refuse_absence(
    leaves_on: date, returns_on: date, days_of_term: int, days_used: int,
    abroad: bool = False,  # noqa: ARG001
    medical: bool = False, parameters: Parameters = PARAMETERS,
) -> list[Refusal]:  # fmt: skip
    """Say why a leave may not be permitted; say nothing if it may.

    Days count from departure to return, both included. Treatment with papers (*medical*) lasts as long as it takes. Who
    permits it depends on how far it goes; on going abroad the act is silent. Source: Luật THAHS 41/2019/QH14, Điều 115.
    """
    asked = absence.days_asked(leaves_on, returns_on, parameters)
    bounds = absence.limits(parameters, leaves_on, days_of_term, "RS-LEAVE")
    return absence.refuse(bounds, asked, days_used, medical=medical, too_long=TOO_LONG)


def prenotice(released_on: date, parameters: Parameters = PARAMETERS) -> Due | None:
    """By when the prison announces the person before the release; None before the act."""
    return (
        deadlines.before(parameters, "RS-PRENOTICE", released_on)
        if "RS-PRENOTICE" in parameters.on(released_on)
        else None
    )


def file_of_agency(received_on: date, parameters: Parameters = PARAMETERS) -> Due | None:
    """By when the agency opens its execution file; None since 01/07/2026 (RS-FILE)."""
    key = "RS-FILE.agency"
    return deadlines.after(parameters, key, received_on) if key in parameters.on(received_on) else None


def cut_steps(reported_on: date, done: Done = (), parameters: Parameters = PARAMETERS) -> list[Due]:
    """From the file at the court to the waiver of the rest: the session, the decision sent (RS-EXEMPT)."""
    return hops.hops(parameters, ("RS-EXEMPT.session", "RS-EXEMPT.sent"), reported_on, done)


def refuse_waiver(term: Term, decided_on: date, parameters: Parameters = PARAMETERS) -> list[Refusal]:
    """Say why the rest of the term may not be waived on a day (RS-EXEMPT)."""
    return shortening.refuse_waiver(term, decided_on, shortening.Scheme(eligible="RS-EXEMPT", interval=""), parameters)


def death(told_on: date, done: Done = (), parameters: Parameters = PARAMETERS) -> list[Due]:
    """From the commune's report of the death: the agency tells the court, the court ends the execution (RS-DEATH)."""
    return hops.hops(parameters, ("RS-DEATH", "RS-DEATH.court"), told_on, done)


class Reach(StrEnum):
    """How far a leave goes, seen from the commune; districts ended on 01/07/2025."""

    DISTRICT = "district"
    PROVINCE = "province"
    BEYOND = "beyond"


def leave_permitted_by(leaves_on: date, reach: Reach) -> competence.Competence:
    """Who permits a leave, by how far it goes; since the districts ended it has to be confirmed (RS-LEAVE)."""
    return competence.competent(f"RS-LEAVE.{reach}", leaves_on)


RECEIVED_WITH_PROVINCE = _("Plan the reception, and report it to the province and the chair; the province hands over.")
NOT_PRISON = _("The breach is recorded; a fine or a criminal case may follow.")


def on_release(released_on: date, parameters: Parameters = PARAMETERS) -> Ground | None:
    """What the release of the person calls for, since 01/07/2026 (RS-RECEIVE)."""
    rule = parameters.on(released_on).get("RS-RECEIVE")
    return rule.calls_for(RECEIVED_WITH_PROVINCE) if rule else None


def after_breach(day: date, conduct: Conduct, parameters: Parameters = PARAMETERS) -> Ground | None:
    """What a recorded breach of duty brings: a fine or prosecution, and neither review nor prison (RS-VIOLATION)."""
    return parameters.on(day)["RS-VIOLATION"].calls_for(NOT_PRISON) if conduct.breaches else None


def days_not_served(leaves_on: date, returns_on: date, parameters: Parameters = PARAMETERS) -> int:
    """The days away without permission, which move the end: they are not counted as served (Điều 116)."""
    return absence.days_asked(leaves_on, returns_on, parameters)
