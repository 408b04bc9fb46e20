"""Who may do what to which records: one screen a subject, and nothing else.

Record, action, role, scope. What is not written is refused. A transition of a workflow is an action of its name.
Sources: the roles of DESIGN §1, the fields of the security rules §2.
"""

from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, not_, or_, select
from sqlalchemy.orm import aliased

from portal.cases.models import (
    RUNNING,
    Assessment,
    Assignment,
    Case,
    CheckIn,
    Contact,
    Measure,
    RollCall,
    TermChange,
    Violation,
)
from portal.documents.models import Attachment
from portal.duties.models import Duty, Escalation
from portal.engine import clock
from portal.engine.access import FieldRule, Fields, Scope, Table
from portal.engine.audit import AuditEvent
from portal.engine.workflow import Step
from portal.organisation.models import OPENS_CASES, Role, RoleGrant, Unit, UnitKind, User, holding_on, line_of
from portal.people.models import Person
from portal.proposals.models import Proposal, Remark

Condition = ColumnElement[bool]

officer, chief, leader = Role.POLICE_OFFICER, Role.POLICE_CHIEF, Role.COMMUNE_LEADER
military, border = Role.MILITARY_COMMAND, Role.BORDER_GUARD
villager, member = Role.VILLAGE_HEAD, Role.TEAM_MEMBER
inspector, clerk, administrator = Role.INSPECTOR, Role.OFFICE_CLERK, Role.ADMINISTRATOR

AGE_OF_MAJORITY = 18


# ── scopes: conditions of the query ─────────────────────────────────────────────────────────────────────────────────
def in_commune(record: type[Any], grant: RoleGrant) -> Condition:
    """In the commune of the grant's unit, and in those that it took over."""
    return record.commune_id.in_(line_of(grant.commune_id))  # type: ignore[no-any-return]


def own(record: type[Any], grant: RoleGrant) -> Condition:
    """Written by the user."""
    return and_(record.created_by_id == grant.user_id, in_commune(record, grant))


def assigned(record: type[Any], grant: RoleGrant) -> Condition:
    """Cases that the user owns or is asked to take."""
    asked = (
        exists()
        .where(
            Assignment.case_id == record.id,
            Assignment.kind == "officer",
            Assignment.assignee_id == grant.user_id,
            Assignment.state == "proposed",
            Assignment.voided_at.is_(None),
        )
        .correlate_except(Assignment)
    )
    return and_(in_commune(record, grant), or_(record.owner_id == grant.user_id, asked))


def running(record: type[Any], grant: RoleGrant) -> Condition:
    """Cases that run."""
    return and_(in_commune(record, grant), record.state.in_(RUNNING), record.voided_at.is_(None))


def on_duty(record: type[Any], grant: RoleGrant) -> Condition:
    """Running cases that the commune police supervises itself, for the colleague on duty; and whatever is one's own."""
    of_police = select(Unit.id).where(Unit.kind == UnitKind.POLICE)
    ours = or_(record.supervising_unit_id.in_(of_police), record.owner_id == grant.user_id)
    return and_(running(record, grant), ours)


def in_hand(record: type[Any], grant: RoleGrant) -> Condition:
    """Cases that run, and drafts; what is submitted, rejected or closed is locked."""
    return or_(running(record, grant), drafted(record, grant))


def drafted(record: type[Any], grant: RoleGrant) -> Condition:
    """Cases that nobody has decided on yet, and that were not submitted."""
    return and_(in_commune(record, grant), record.state == "draft", record.voided_at.is_(None))


def helped(record: type[Any], grant: RoleGrant) -> Condition:
    """Cases that the user has accepted to help in, for as long as that lasts."""
    return and_(running(record, grant), _entrusted(record, grant, "accepted"))


def asked_to_help(record: type[Any], grant: RoleGrant) -> Condition:
    """Cases that the user helps in or is asked to help in: whoever is asked learns of whom, and nothing more."""
    return and_(running(record, grant), _entrusted(record, grant, "proposed", "accepted"))


def _entrusted(record: type[Any], grant: RoleGrant, *states: str) -> Condition:
    return (
        exists()
        .where(
            Assignment.case_id == record.id,
            Assignment.kind == "helper",
            Assignment.assignee_id == grant.user_id,
            Assignment.state.in_(states),
            Assignment.until.is_(None),
            Assignment.voided_at.is_(None),
        )
        .correlate_except(Assignment)
    )


def supervised(record: type[Any], grant: RoleGrant) -> Condition:
    """Cases whose supervising body is the grant's unit."""
    return and_(in_commune(record, grant), record.supervising_unit_id == grant.unit_id)


def adult(record: type[Any], grant: RoleGrant) -> Condition:
    """People of age today; a birth year alone counts as its last day."""
    today = clock.today()
    born_by = today.replace(year=today.year - AGE_OF_MAJORITY) if (today.month, today.day) != (2, 29) else (
        today - timedelta(days=1)).replace(year=today.year - AGE_OF_MAJORITY)  # fmt: skip
    of_age = or_(
        record.birth_date <= born_by,
        and_(record.birth_date.is_(None), record.birth_year < today.year - AGE_OF_MAJORITY),
    )
    return and_(in_commune(record, grant), of_age)


def named(scope: Any, name: str) -> Any:
    """Give a composed scope the name by which the page of rights explains it."""
    scope.__name__ = name
    return scope


@cache
def _reached() -> Any:
    """The case through which something is reached, apart from the one that a query may be about."""
    return aliased(Case, name="reached_case")


def through_case(scope: Any) -> Any:
    """The same scope for what belongs to a case."""

    def scoped(record: type[Any], grant: RoleGrant) -> Condition:
        case = _reached()
        return exists().where(case.id == record.case_id, scope(case, grant)).correlate_except(case)

    return named(scoped, scope.__name__)


def through_cases(scope: Any) -> Any:
    """The same scope for people: somebody is reached through any case of theirs."""

    def scoped(record: type[Any], grant: RoleGrant) -> Condition:
        case = _reached()
        return exists().where(case.person_id == record.id, scope(case, grant)).correlate_except(case)

    return named(scoped, scope.__name__)


def through_proposal(scope: Any) -> Any:
    """The same scope for what belongs to a proposal."""

    def scoped(record: type[Any], grant: RoleGrant) -> Condition:
        return record.proposal_id.in_(select(Proposal.id).where(scope(Proposal, grant)))  # type: ignore[no-any-return]

    return named(scoped, scope.__name__)


def both(one: Any, other: Any) -> Any:
    return named(
        lambda record, grant: and_(one(record, grant), other(record, grant)), f"{one.__name__} and {other.__name__}"
    )


def either(one: Any, other: Any) -> Any:
    return named(
        lambda record, grant: or_(one(record, grant), other(record, grant)), f"{one.__name__} or {other.__name__}"
    )


def addressed(record: type[Any], grant: RoleGrant) -> Condition:
    """Assignments that wait for the user's own answer."""
    return and_(in_commune(record, grant), record.assignee_id == grant.user_id)


def endorses(record: type[Any], grant: RoleGrant) -> Condition:
    return and_(in_commune(record, grant), record.endorser_role == grant.role)


def decides(record: type[Any], grant: RoleGrant) -> Condition:
    return and_(in_commune(record, grant), record.decider_role == grant.role)


def at_hand(record: type[Any], grant: RoleGrant) -> Condition:
    """Proposals whose next step is this role's: to endorse, or to decide."""
    to_endorse = and_(record.state == "submitted", record.endorser_role == grant.role)
    to_decide = and_(
        record.decider_role == grant.role,
        or_(record.state == "endorsed", and_(record.state == "submitted", record.endorser_role.is_(None))),
    )
    return and_(in_commune(record, grant), or_(to_endorse, to_decide))


def laid_before(record: type[Any], grant: RoleGrant) -> Condition:
    """Proposals that came, or once came, to this role for decision: also those that were returned since."""
    taken = exists().where(Step.record_type == "proposal", Step.record_id == record.id)
    came = or_(
        taken.where(Step.name == "endorse"),
        and_(record.endorser_role.is_(None), taken.where(Step.name == "submit")),
    )
    return and_(in_commune(record, grant), record.decider_role == grant.role, came)


def owed(record: type[Any], grant: RoleGrant) -> Condition:
    """Duties of the user, of their role where nobody is named, and those that have climbed up to them."""
    climbed = (
        exists()
        .where(Escalation.duty_id == record.id, Escalation.role == grant.role, Escalation.from_on <= clock.today())
        .correlate_except(Escalation)
    )
    nobody = and_(record.owner_id.is_(None), record.owner_role == grant.role)
    return and_(in_commune(record, grant), or_(record.owner_id == grant.user_id, nobody, climbed))


def left_unused(record: type[Any], grant: RoleGrant) -> Condition:
    """Rights of which somebody said why they are not used."""
    left = and_(record.is_right, record.dropped_on.is_not(None), record.done_by_id.is_not(None))
    return and_(in_commune(record, grant), left)


def left_to_leader(record: type[Any], grant: RoleGrant) -> Condition:
    """Shortenings of the term on which nobody else than whoever asks could answer as the chief."""
    last_asked = (
        select(Step.by_id)
        .where(Step.record_type == "term_change", Step.record_id == record.id, Step.name == "ask_back")
        .order_by(Step.at.desc(), Step.id.desc())
        .limit(1)
        .correlate_except(Step)
        .scalar_subquery()
    )
    asker = func.coalesce(last_asked, record.created_by_id)
    others = (
        exists()
        .where(RoleGrant.role == chief, holding_on(clock.today()), RoleGrant.user_id == User.id)
        .where(RoleGrant.unit_id.in_(select(Unit.id).where(Unit.commune_id.in_(line_of(grant.commune_id)))))
        .where(User.disabled_at.is_(None), User.voided_at.is_(None))
        .where(User.id.is_distinct_from(asker))
        .correlate_except(RoleGrant, User)
    )
    return and_(in_commune(record, grant), not_(others))


def reached_units(record: type[Any], grant: RoleGrant) -> Condition:
    line = line_of(grant.commune_id)
    return or_(record.id.in_(line), record.commune_id.in_(line))


def parts_of_commune(record: type[Any], grant: RoleGrant) -> Condition:
    """Villages and forces of the commune that are not over; the commune itself ends by no page."""
    not_over = or_(record.valid_to.is_(None), record.valid_to >= clock.today())
    return and_(record.commune_id.in_(line_of(grant.commune_id)), record.commune_id != record.id, not_over)


def themselves(grant: RoleGrant) -> list[int]:
    """The people whose own affairs these are: whoever acts, and whoever they act for."""
    return [person for person in (grant.user_id, grant.on_behalf_of_id) if person is not None]


def colleagues(record: type[Any], grant: RoleGrant) -> Condition:
    return record.commune_id.in_(line_of(grant.commune_id))  # type: ignore[no-any-return]


def other_accounts(record: type[Any], grant: RoleGrant) -> Condition:
    """Accounts of others that are open."""
    open_ = and_(record.disabled_at.is_(None), record.voided_at.is_(None))
    return and_(colleagues(record, grant), record.id.not_in(themselves(grant)), open_)


def closed_accounts(record: type[Any], grant: RoleGrant) -> Condition:
    """Accounts of others that were closed."""
    return and_(colleagues(record, grant), record.id.not_in(themselves(grant)), record.disabled_at.is_not(None))


def resets_to_confirm(record: type[Any], grant: RoleGrant) -> Condition:
    """Resets of others that wait, started by somebody else."""
    started = or_(record.first_half_by_id.is_(None), record.first_half_by_id.not_in(themselves(grant)))
    return and_(other_accounts(record, grant), record.reset_waits.is_(True), started)


def grants_of_colleagues(record: type[Any], grant: RoleGrant) -> Condition:
    """Grants in units of the commune, never one's own."""
    units = select(Unit.id).where(reached_units(Unit, grant))
    return and_(record.unit_id.in_(units), record.user_id != grant.user_id)


def standing_grants(record: type[Any], grant: RoleGrant) -> Condition:
    """Grants of others that hold, or will."""
    not_over = or_(record.valid_to.is_(None), record.valid_to >= clock.today())
    others = record.user_id.not_in(themselves(grant))
    return and_(grants_of_colleagues(record, grant), others, record.voided_at.is_(None), not_over)


def grants_to_confirm(record: type[Any], grant: RoleGrant) -> Condition:
    """Grants that open cases and wait: of somebody else, given by somebody else, who also started the password."""
    mine = themselves(grant)
    given = or_(record.created_by_id.is_(None), record.created_by_id.not_in(mine))
    knows_half = record.user_id.in_(select(User.id).where(User.first_half_by_id.in_(mine)))
    waits = and_(record.role.in_(OPENS_CASES), record.confirmed_at.is_(None))
    return and_(standing_grants(record, grant), waits, given, not_(knows_half))


correcting: Mapping[str, Scope] = {officer: through_case(both(assigned, running)), chief: through_case(running)}


# ── the table ───────────────────────────────────────────────────────────────────────────────────────────────────────
case_notes: Mapping[str, Mapping[str, Scope]] = {
    "read": {officer: through_case(assigned), chief: in_commune, inspector: in_commune},
    "record": {officer: through_case(assigned), chief: in_commune},
    "void": correcting,  # a closed case is locked: what was reported of it stays
}

who_it_is: Mapping[str, Scope] = {
    officer: either(through_cases(assigned), both(adult, through_cases(on_duty))), chief: in_commune,
    leader: either(adult, lambda p, g: p.id.in_(
        select(Case.person_id).join(Proposal, Proposal.case_id == Case.id).where(laid_before(Proposal, g)))),
    military: both(adult, through_cases(supervised)), border: both(adult, through_cases(supervised)),
    inspector: adult,
}  # fmt: skip

ACCESS: Table = {
    Case: {
        "read": {
            officer: assigned, chief: in_commune, leader: in_commune, military: supervised, border: supervised,
            villager: helped, member: helped, inspector: in_commune,
        },
        "read_judgment": {
            officer: assigned, chief: in_commune, leader: in_commune, military: supervised, border: supervised,
            inspector: in_commune,
        },
        "read_notes": {officer: assigned, chief: in_commune, inspector: in_commune},
        "read_lookers": {chief: in_commune, inspector: in_commune},
        "read_dates": {
            officer: assigned, chief: in_commune, leader: in_commune, military: supervised, border: supervised,
            inspector: in_commune,
        },
        "draft": {officer: in_commune, chief: in_commune},
        "edit": {officer: both(own, drafted), chief: both(own, drafted)},
        "edit_person": {officer: both(assigned, in_hand), chief: in_hand},
        "assign": {chief: both(in_commune, running)},
        "suspend": {chief: in_commune},
        "resume": {chief: in_commune},
        "stand_in": {officer: on_duty, chief: running},  # a self-report, roll-call or call, by whoever is on duty
        "record": {officer: both(assigned, running), chief: running},
        "propose": {officer: both(assigned, running), chief: running},
        "correct": {officer: both(assigned, running), chief: running},  # mark entries as made in error
        "attach": {officer: assigned, chief: in_commune},
        "export": {officer: assigned, chief: in_commune, inspector: in_commune},
        "count": {officer: in_commune, chief: in_commune, leader: in_commune, inspector: in_commune},
    },
    Person: {
        "read": {
            officer: through_cases(assigned), chief: in_commune, leader: through_cases(in_commune),
            military: through_cases(supervised), border: through_cases(supervised),
            villager: through_cases(helped), member: through_cases(helped), inspector: through_cases(in_commune),
        },
        "read_name": {
            **who_it_is, villager: through_cases(asked_to_help), member: through_cases(asked_to_help),
        },
        "read_birth_year": {**who_it_is, villager: through_cases(helped), member: through_cases(helped)},
        "read_identity": {officer: through_cases(assigned), chief: in_commune},
        "read_identity_masked": {leader: in_commune, inspector: in_commune},
        "reveal_identity": {inspector: in_commune},
        "read_contact": {
            officer: through_cases(assigned), chief: in_commune, villager: through_cases(helped),
            member: through_cases(helped),
        },
        "read_contact_masked": {leader: in_commune, inspector: in_commune},
        "reveal_contact": {inspector: in_commune},
    },
    Assignment: {
        "read": {
            officer: either(through_case(assigned), addressed), chief: in_commune, leader: in_commune,
            inspector: in_commune, villager: addressed, member: addressed,
        },
        "accept": {officer: addressed, villager: addressed, member: addressed},
        "decline": {officer: addressed, villager: addressed, member: addressed},
        "recall": {chief: in_commune},
    },
    CheckIn: {**case_notes, "return": correcting},
    RollCall: case_notes,
    Contact: case_notes,
    Assessment: case_notes,
    Violation: case_notes,
    Measure: case_notes,
    TermChange: {
        **case_notes,
        "read": {**case_notes["read"], leader: left_to_leader},
        "confirm": {chief: in_commune, leader: left_to_leader},
        "refuse": {chief: in_commune, leader: left_to_leader},
        "ask_back": correcting,
        "take_back": {chief: in_commune, leader: left_to_leader},
        "keep": {chief: in_commune, leader: left_to_leader},
    },
    Attachment: {
        "read": {officer: through_case(assigned), chief: in_commune, leader: lambda a, g: a.proposal_id.in_(
            select(Proposal.id).where(laid_before(Proposal, g))), inspector: in_commune},
        "void": {officer: through_case(assigned), chief: in_commune},
    },
    Proposal: {
        "read": {
            officer: either(own, through_case(assigned)), chief: in_commune, leader: laid_before,
            inspector: in_commune,
        },
        "edit": {officer: own, chief: own},
        "submit": {officer: own, chief: own},
        "withdraw": {officer: own, chief: own},
        "decide": {chief: either(endorses, laid_before), leader: laid_before},  # the page that asks once more
        "endorse": {chief: endorses},
        "approve": {chief: decides, leader: decides},
        "reject": {chief: decides, leader: decides},
        "return": {chief: at_hand, leader: at_hand},
        "communicate": {officer: through_case(assigned), chief: in_commune},
        "carry_out": {officer: through_case(assigned), chief: in_commune},
        "issue": {officer: through_case(assigned), chief: in_commune},  # number, day and scan of the signed paper
    },
    Remark: {
        "read": {
            officer: through_proposal(either(own, through_case(assigned))), chief: in_commune,
            leader: through_proposal(laid_before), inspector: in_commune,
        },
    },
    Duty: {
        "read": dict.fromkeys(Role, owed),
        "finish": dict.fromkeys((officer, chief), owed),
        "oversee": {chief: in_commune, inspector: in_commune},
        "ask_again": {chief: left_unused},  # for a right of which somebody said that it is not used
    },
    Unit: {
        "read": {administrator: reached_units, chief: reached_units, leader: reached_units},
        "create": {administrator: reached_units},
        "edit": {administrator: reached_units},
        "end": {administrator: parts_of_commune},
    },
    User: {
        "read": {administrator: colleagues, chief: colleagues, leader: colleagues},
        "create": {administrator: colleagues},
        "edit": {administrator: colleagues},
        "grant": {administrator: other_accounts},
        "reset": {administrator: other_accounts},
        "confirm_reset": {chief: resets_to_confirm, leader: resets_to_confirm},
        "disable": {administrator: other_accounts},
        "enable": {administrator: closed_accounts},
    },
    RoleGrant: {
        "read": {administrator: grants_of_colleagues, chief: grants_of_colleagues, leader: grants_of_colleagues},
        "confirm": {chief: grants_to_confirm, leader: grants_to_confirm},
        "correct": {administrator: standing_grants},
        "end": {administrator: standing_grants, chief: standing_grants, leader: standing_grants},
    },
    AuditEvent: {"read": {inspector: in_commune}},
}  # fmt: skip

FIELDS: Fields = {
    Person: {
        "full_name": FieldRule("read_name", masked="read"),
        "born": FieldRule("read_birth_year"),
        "birth_date": FieldRule("read_identity", "read_identity_masked", "reveal_identity"),
        "national_id": FieldRule("read_identity", "read_identity_masked", "reveal_identity"),
        "phone": FieldRule("read_contact", "read_contact_masked", "reveal_contact"),
        "address": FieldRule("read_contact", "read_contact_masked", "reveal_contact"),
    },
    Case: {
        name: FieldRule("read_judgment")
        for name in (
            "offence",
            "judgment_number",
            "judgment_on",
            "court",
            "prison_months",
            "term_months",
            "detained_days",
        )
    },
}

# Pages for anybody: nothing of them depends on who asks.
PUBLIC = frozenset({
    "static", "organisation.sign_in", "organisation.language", "health.show", "guide.tour",
})  # fmt: skip
