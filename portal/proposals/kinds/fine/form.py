"""What is typed to propose a fine, how it is told, and what the decree says while it is typed."""

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar

from flask_babel import format_decimal
from flask_login import current_user
from wtforms.validators import Optional

from portal.cases.models import Case, CaseType, Violation
from portal.drugs.forms import MOST_VND, incidents_offered
from portal.drugs.models import DrugTest, TestResult
from portal.engine import clock
from portal.engine.access import reach
from portal.engine.db import db
from portal.engine.forms import (
    TO_CHOOSE,
    BooleanField,
    Choice,
    Day,
    Line,
    Number,
    Required,
    not_in_the_future,
    optional_id,
)
from portal.engine.presentation import day
from portal.engine.text import _, _l, say
from portal.law.fines import OFFENCES, SIGNERS, Offence, middle
from portal.proposals.forms import Field, ProposalForm
from portal.proposals.kinds.fine.model import (
    NAMED,
    Deed,
    FineProposal,
    fined_already,
    law_of,
    of_deed,
    of_fine,
    of_papers,
    sent_up,
)
from portal.proposals.models import Condition


class FineProposalForm(ProposalForm):
    FIELDS = (
        "offence", "committed_on", "minutes_number", "minutes_on", "violation_id", "test_id", "incident_id",
        "amount_vnd", "deviation", "milder", "milder_reason",
    )  # fmt: skip
    CHECKED = ("offence", "committed_on", "amount_vnd", "milder")
    offence = Choice(_l("What is fined"), [Required()])
    committed_on = Day(_l("Day of the deed"), [Required(), not_in_the_future])
    minutes_number = Line(
        _l("Minutes of the administrative offence: number"), [Optional()], length=60,
        description=_l("A fine rests on them. The minutes of a broken duty are others. A warning may do without."),
    )  # fmt: skip
    minutes_on = Day(_l("Minutes of the administrative offence: day"), [Optional(), not_in_the_future])
    violation_id = Choice(_l("Breach that is fined"), [Optional()], description=_l("Of a broken duty."))
    test_id = Choice(_l("Test on which it stands"), [Optional()], description=_l("Of a drug offence."))
    incident_id = Choice(_l("Incident for which it is"), [Optional()], description=_l("Of a drug offence."))
    amount_vnd = Number(
        _l("Amount, in đồng"), [Required()], most=MOST_VND,
        description=_l("0 is a warning, where the decree knows one. The middle of the band is usual."),
    )  # fmt: skip
    deviation = Line(
        _l("Why another amount"), [Optional()], length=500, description=_l("Wherever it is not the middle of the band.")
    )
    milder = BooleanField(
        _l("By the decree of the day of the decision, which is milder"),
        description=_l("Offered only where it is milder for this deed."),
    )
    milder_reason = Line(_l("Why by that decree"), [Optional()], length=500)
    widths: ClassVar[dict[str, str]] = {
        "committed_on": "day", "minutes_number": "mid", "minutes_on": "day", "amount_vnd": "mid",
    }  # fmt: skip

    def content(self) -> dict[str, Any]:
        typed = super().content()
        ids = {name: optional_id(typed[name]) for name in NAMED}
        words = {name: (typed[name] or "").strip() for name in ("deviation", "milder_reason", "minutes_number")}
        return {**typed, **ids, **words, "offence": Offence(typed["offence"])}


def offences(case: Case) -> list[Offence]:
    """Those for which somebody in such a case can be fined: broken duties of the case, and drug offences."""
    released = case.type == CaseType.REINTEGRATION
    duties = [Offence.RELEASED] if released else [Offence.REPORT, Offence.LEAVE]
    own = [] if case.type == CaseType.DRUG_USER_MANAGEMENT else duties
    return [*own, *(one for one in Offence if one.startswith("FINE-DRUG"))]


def offer(form: Any, case: Case) -> None:
    """The offences, what is recorded of the person, and the usual amount."""
    form.offence.choices = [TO_CHOOSE, *((one.value, say(OFFENCES[one])) for one in offences(case))]
    breaches = [one for one in case.violations if one.voided_at is None and not one.only_reminded]
    told = [(str(one.id), f"{day(one.occurred_on)}: {one.text[:60]}") for one in reversed(breaches)]
    form.violation_id.choices = [TO_CHOOSE, *told]
    tests = reach(current_user, "read", DrugTest).where(
        DrugTest.person_id == case.person_id, DrugTest.result == TestResult.POSITIVE, DrugTest.voided_at.is_(None)
    )
    found = db.session.scalars(tests.order_by(DrugTest.taken_on.desc())).unique()
    form.test_id.choices = [TO_CHOOSE, *((str(one.id), f"{one.number}, {day(one.taken_on)}") for one in found)]
    form.incident_id.choices = [TO_CHOOSE, *incidents_offered(current_user)]
    if form.is_submitted() or form.amount_vnd.data is not None:
        return
    form.committed_on.data = breaches[-1].occurred_on if breaches else clock.today()
    form.violation_id.data = str(breaches[-1].id) if breaches else ""
    offence = offence_of(breaches[-1]) if breaches else None
    if offence is not None:
        form.offence.data = offence.value
        form.amount_vnd.data = middle(form.committed_on.data, law_of(case), offence)


def offence_of(breach: Violation) -> Offence | None:
    """As what the decree fines a breach, where its record tells: of words alone the officer judges, who chooses."""
    case = breach.case
    if not breach.is_ground:
        return None
    if case.type == CaseType.REINTEGRATION:
        return Offence.RELEASED
    if breach.stay is not None:
        return Offence.LEAVE
    called = {one for summons in case.summonses for one in (summons.violation_id, summons.second_violation_id)}
    return Offence.REPORT if breach.review_id or breach.id in called else None


def look(form: Any, case: Case, proposal: FineProposal | None) -> list[Condition]:
    """The band, the signer and what is against it, once the deed and its day are typed."""
    known = form.offence.data in set(Offence) and isinstance(form.committed_on.data, date)
    if not known or form.committed_on.errors or form.amount_vnd.errors or form.amount_vnd.data is None:
        return []
    deed = Deed(
        Offence(form.offence.data), form.committed_on.data, form.amount_vnd.data, bool(form.milder.data), law_of(case)
    )
    offered = {name: {value for value, _label in form[name].choices} for name in NAMED}
    named = {name: optional_id(form[name].data) if form[name].data in offered[name] else None for name in NAMED}
    reasons = [
        *of_deed(deed, form.deviation.data or "", form.milder_reason.data or "", case),
        *of_papers(deed.offence, named["test_id"], named["incident_id"]),
        *sent_up(deed),
        *fined_already(case, named, proposal),
    ]
    return of_fine(deed, reasons)


def told(proposal: FineProposal) -> Iterator[Field]:
    amount = _("%(amount)s đồng", amount=format_decimal(proposal.amount_vnd))
    yield Field("offence", say(OFFENCES[proposal.offence]), strong=True, full=True)
    yield Field("amount_vnd", amount if proposal.amount_vnd else _("A warning"), strong=True, sub=proposal.deviation)
    yield Field("committed_on", day(proposal.committed_on))
    signer = say(SIGNERS[proposal.signer]) if proposal.deed.chain else _("The competent body above")
    yield Field("signer", signer, label=_("Signed by"))
    if proposal.minutes_number:
        number = _("%(number)s of %(day)s", number=proposal.minutes_number, day=day(proposal.minutes_on))
        yield Field("minutes_number", number, _("Minutes of the administrative offence"), full=True)
    breach = proposal.violation
    yield Field("violation_id", f"{day(breach.occurred_on)}: {breach.text}" if breach else "", full=True)
    yield Field("test_id", proposal.test.number if proposal.test else "")
    yield Field("incident_id", proposal.incident.number if proposal.incident else "")
    yield Field("milder", _("yes") if proposal.milder else "", sub=proposal.milder_reason, full=True)
