"""Scopes: conditions of the query that say to which records a right of the access table extends."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, inspect, not_, or_, select, true
from sqlalchemy.orm import aliased

from portal.books.models import Part
from portal.cases.models import (
    RUNNING,
    Assignment,
    Case,
    CaseType,
)
from portal.cases.monthly_round import first_month_of_chief
from portal.cases.queries import kept_elsewhere, no_owner
from portal.cases.second_person import chiefs_to_answer
from portal.documents.models import OfficialDocument
from portal.drugs.models import DrugReviewEntry, DrugTest, FineDecision
from portal.duties.models import Escalation
from portal.duties.queries import owed_on_call
from portal.engine import clock
from portal.engine.access import Scope, rows_for
from portal.engine.reviews import review_sources
from portal.engine.workflow import Step
from portal.households.models import Establishment, Household, PledgeCampaign, PledgeSheet
from portal.households.queries import taken_in
from portal.incidents.models import Incident, Observation
from portal.law import minors
from portal.meetings.models import AgendaItem, Attendance, Meeting
from portal.meetings.reviewing import item_of
from portal.organisation.models import OPENS_CASES, Role, RoleGrant, Unit, UnitKind, User, line_of
from portal.organisation.queries import in_force
from portal.patrols.models import Countersignature, Patrol, PatrolForce, PatrolLog
from portal.patrols.workflow import AHEAD
from portal.people.models import Person
from portal.proposals.models import Proposal
from portal.proposals.queries import without_author
from portal.reports.models import EDITABLE, SIGNED, Report

Condition = ColumnElement[bool]
ANSWERED_FOR = {  # of whose work one has the hand-over done, by their roles
    Role.POLICE_CHIEF: (Role.POLICE_OFFICER, Role.POLICE_CHIEF),
    Role.COMMUNE_LEADER: (
        Role.COMMUNE_LEADER,
        Role.OFFICE_CLERK,
        Role.VILLAGE_HEAD,
        Role.TEAM_MEMBER,
        Role.POLICE_CHIEF,
    ),
    Role.MILITARY_COMMAND: (Role.MILITARY_COMMAND,),
    Role.BORDER_GUARD: (Role.BORDER_GUARD,),
}


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


def of_another(record: type[Any], grant: RoleGrant) -> Condition:
    """Cases that neither the holder of the grant nor the one for whom they act has in hand."""
    others = record.owner_id != grant.user_id
    if grant.on_behalf_of_id is None:
        return and_(in_commune(record, grant), others)
    return and_(in_commune(record, grant), others, record.owner_id != grant.on_behalf_of_id)


def in_hand(record: type[Any], grant: RoleGrant) -> Condition:
    """Cases that run, and drafts; what is submitted, rejected or closed is locked."""
    return or_(running(record, grant), drafted(record, grant))


def in_hand_alone(record: type[Any], grant: RoleGrant) -> Condition:
    """The same without drafts of somebody whom another's file speaks of: a draft rewrites nobody else's person."""
    return or_(running(record, grant), and_(drafted(record, grant), not_(kept_elsewhere(record))))


def drafted(record: type[Any], grant: RoleGrant) -> Condition:
    """Cases that nobody has decided on yet, and that were not submitted."""
    return and_(in_commune(record, grant), record.state == "draft", record.voided_at.is_(None))


def in_charge(record: type[Any], grant: RoleGrant) -> Condition:
    """Cases that the user owns: of drafts those that they wrote down or took over."""
    return and_(in_commune(record, grant), record.owner_id == grant.user_id)


def left_draft(record: type[Any], grant: RoleGrant) -> Condition:
    """Drafts whose owner is no longer in service: nobody could complete them."""
    return and_(drafted(record, grant), no_owner(record.owner_id, grant.commune_id))


def moved_here(record: type[Any], grant: RoleGrant) -> Condition:
    """Drafts of files that another commune handed over."""
    return and_(drafted(record, grant), record.origin_id.is_not(None))


def helped(record: type[Any], grant: RoleGrant) -> Condition:
    """Cases that the user has accepted to help in, for as long as that lasts."""
    return and_(running(record, grant), _entrusted(record, grant, "accepted"), _shown_cases(grant))


def asked_to_help(record: type[Any], grant: RoleGrant) -> Condition:
    """Cases that the user helps in or is asked to help in: whoever is asked learns of whom, and nothing more."""
    return and_(running(record, grant), _entrusted(record, grant, "proposed", "accepted"), _shown_cases(grant))


def _shown_cases(grant: RoleGrant) -> Condition:
    """Nothing on a phone that a card opened, before somebody confirmed whose phone it is."""
    return true() if grant.opens_cases_now else false()


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
    """People of age today, as `minors.of_age` says of one: a birth year alone counts as its last day."""
    latest = minors.latest_birth(clock.today())
    year = latest.year if latest == date(latest.year, 12, 31) else latest.year - 1
    of_age = or_(record.birth_date <= latest, and_(record.birth_date.is_(None), record.birth_year <= year))
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


def through_person(scope: Any) -> Any:
    """The same scope for what belongs to somebody."""

    def scoped(record: type[Any], grant: RoleGrant) -> Condition:
        return record.person_id.in_(select(Person.id).where(scope(Person, grant)))  # type: ignore[no-any-return]

    return named(scoped, scope.__name__)


def in_drug_books(record: type[Any], grant: RoleGrant) -> Condition:
    """People of whom the commune police wrote down a review, a test or a fine that counts in no case."""
    books = (DrugReviewEntry, DrugTest, FineDecision)
    fine_alone: Mapping[type[Any], Condition] = {FineDecision: FineDecision.case_id.is_(None)}
    return or_(*(exists().where(one.person_id == record.id, in_commune(one, grant), fine_alone.get(one, true()))
                 .correlate_except(one) for one in books))  # fmt: skip


def in_no_case(record: type[Any], grant: RoleGrant) -> Condition:
    """People of whom no file speaks: what is kept of anybody else is changed through their file."""
    case = _reached()
    spoken_of = exists().where(case.person_id == record.id, case.voided_at.is_(None)).correlate_except(case)
    return and_(in_commune(record, grant), not_(spoken_of))


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
    return and_(in_commune(record, grant), record.assignee_id == grant.user_id, _shown_cases(grant))


def left_behind(record: type[Any], grant: RoleGrant) -> Condition:
    """Drafts and returned proposals whose author is no longer in service: they wait for nobody, and block another."""
    unsent = record.state.in_(("draft", "returned"))
    return and_(in_commune(record, grant), unsent, without_author(record, grant.commune_id))


def endorses(record: type[Any], grant: RoleGrant) -> Condition:
    return and_(in_commune(record, grant), record.endorser_role == grant.role)


def decides(record: type[Any], grant: RoleGrant) -> Condition:
    return and_(in_commune(record, grant), record.decider_role == grant.role)


def of_own_word(record: type[Any], grant: RoleGrant) -> Condition:
    """What was approved orally is confirmed, or denied, by whoever is said to have approved it and by nobody else."""
    return or_(record.state != "oral", record.oral_by_id == grant.user_id)


def by_another(record: type[Any], grant: RoleGrant) -> Condition:
    """Not written by the user, nor by the one for whom they act."""
    mine = [one for one in (grant.user_id, grant.on_behalf_of_id) if one is not None]
    return and_(in_commune(record, grant), record.created_by_id.not_in(mine))


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
    """Duties of the user, of their role where nobody is named, those that have climbed up to them, and those of the
    force for which they are on call now.

    Of a duty that a force owes it is the role in that force; whoever holds it sees what is with the one on call.
    """
    climbed = (
        exists()
        .where(Escalation.duty_id == record.id, Escalation.role == grant.role, Escalation.from_on <= clock.today())
        .where(or_(record.due_at.is_(None), record.due_at <= clock.now()))  # where hours count, not before they passed
        .correlate_except(Escalation)
    )
    theirs = or_(record.owner_unit_id.is_(None), in_force(record.owner_unit_id, grant))
    nobody = and_(record.owner_id.is_(None), record.owner_role == grant.role, theirs)
    called = owed_on_call(record, grant)
    about_what = or_(record.case_id.is_(None), _shown_cases(grant))
    return and_(in_commune(record, grant), about_what, or_(record.owner_id == grant.user_id, nobody, climbed, called))


def left_unused(record: type[Any], grant: RoleGrant) -> Condition:
    """Rights of which somebody said why they are not used."""
    left = and_(record.is_right, record.dropped_on.is_not(None), record.done_by_id.is_not(None))
    return and_(in_commune(record, grant), left)


def left_to_leader(record: type[Any], grant: RoleGrant) -> Condition:
    """Shortenings and dates of birth on which nobody else than whoever asks could answer as the chief."""
    others = chiefs_to_answer(record, grant.commune_id).correlate_except(RoleGrant, User).exists()
    return and_(in_commune(record, grant), not_(others))


def of_released(record: type[Any], grant: RoleGrant) -> Condition:
    """Of somebody after prison: by the circular the chair decides how a reintegration ends."""
    return and_(in_commune(record, grant), record.case_id.in_(_reintegrations()))


def of_sentenced(record: type[Any], grant: RoleGrant) -> Condition:
    """Of anybody else: the chief is the second person."""
    return and_(in_commune(record, grant), record.case_id.not_in(_reintegrations()))


def _reintegrations() -> Any:
    return select(Case.id).where(Case.type == CaseType.REINTEGRATION)


def by_chief(record: type[Any], grant: RoleGrant) -> Condition:
    """What is written of months whose assessments the chief of police signs."""
    return and_(in_commune(record, grant), record.month >= first_month_of_chief(grant.commune_id))


def by_chair(record: type[Any], grant: RoleGrant) -> Condition:
    """What is written of earlier months, whose assessments are the committee's."""
    return and_(in_commune(record, grant), record.month < first_month_of_chief(grant.commune_id))


def signed_in_office(record: type[Any], grant: RoleGrant) -> Condition:
    """Rounds that they signed, or somebody in their office."""
    return and_(in_commune(record, grant), record.role == grant.role)


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


def work_answered_for(record: type[Any], grant: RoleGrant) -> Condition:
    """Accounts of those for whose work one answers, also once they have left; never one's own.

    The chief answers for the commune police, the heads of the other forces for their own, the chair for the office, the
    villages and the chief.
    """
    roles = ANSWERED_FOR.get(grant.role, ())
    given = RoleGrant.user_id == record.id, RoleGrant.role.in_(roles), RoleGrant.voided_at.is_(None)
    own_force = grant.role in (Role.MILITARY_COMMAND, Role.BORDER_GUARD)
    where = RoleGrant.unit_id.in_(line_of(grant.unit_id)) if own_force else true()
    held = exists().where(*given, where).correlate_except(RoleGrant)
    return and_(colleagues(record, grant), record.id.not_in(themselves(grant)), held)


def of_hand_over(record: type[Any], grant: RoleGrant) -> Condition:
    """Hand-overs in which one gave or took, and those that one had done."""
    people = record.giver_id, record.taker_id, record.created_by_id
    return and_(in_commune(record, grant), or_(*(one == grant.user_id for one in people)))


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
    return and_(
        grants_of_colleagues(record, grant), others, record.voided_at.is_(None), record.ended_at.is_(None), not_over
    )


def grants_to_confirm(record: type[Any], grant: RoleGrant) -> Condition:
    """Grants that open cases and wait: of somebody else, given by somebody else, who also started the password."""
    mine = themselves(grant)
    given = or_(record.created_by_id.is_(None), record.created_by_id.not_in(mine))
    knows_half = record.user_id.in_(select(User.id).where(User.first_half_by_id.in_(mine)))
    waits = and_(record.role.in_(OPENS_CASES), record.confirmed_at.is_(None))
    return and_(standing_grants(record, grant), waits, given, not_(knows_half))


def cards_to_confirm(record: type[Any], grant: RoleGrant) -> Condition:
    """Cards of others, made by somebody else, that opened a phone of which nobody has said whose it is."""
    mine = themselves(grant)
    made = or_(record.created_by_id.is_(None), record.created_by_id.not_in(mine))
    waits = and_(record.used_at.is_not(None), record.confirmed_at.is_(None), record.taken_back_at.is_(None))
    return and_(in_commune(record, grant), record.user_id.not_in(mine), made, waits)


def standing_plans(record: type[Any], grant: RoleGrant) -> Condition:
    """Coordination plans that hold today or will."""
    not_over = or_(record.valid_to.is_(None), record.valid_to >= clock.today())
    return and_(in_commune(record, grant), record.voided_at.is_(None), not_over)


def taking_part(record: type[Any], grant: RoleGrant) -> Condition:
    """Patrols in which their force takes part."""
    part = select(PatrolForce.patrol_id).where(PatrolForce.takes_part, in_force(PatrolForce.unit_id, grant))
    return and_(in_commune(record, grant), record.id.in_(part))


def asked_along(record: type[Any], grant: RoleGrant) -> Condition:
    """Patrols on which their force was asked along, whether it sent anybody or not."""
    part = select(PatrolForce.patrol_id).where(PatrolForce.voided_at.is_(None), in_force(PatrolForce.unit_id, grant))
    return and_(in_commune(record, grant), record.id.in_(part))


def along(record: type[Any], grant: RoleGrant) -> Condition:
    """Patrols in which their force takes part and, until a log says who went, those on which it was asked along: what
    another force notes of it on the way takes no right from it."""
    return or_(taking_part(record, grant), and_(record.state.in_(AHEAD), asked_along(record, grant)))


def asked_to_sign(record: type[Any], grant: RoleGrant) -> Condition:
    """Patrols whose log another force wrote: theirs is asked for its word, or was."""
    return and_(taking_part(record, grant), of_another_log(record, grant))


def of_own_log(record: type[Any], grant: RoleGrant) -> Condition:
    """Patrols whose log their own force wrote."""
    return and_(taking_part(record, grant), _wrote(record, grant))


def of_another_log(record: type[Any], grant: RoleGrant) -> Condition:
    """Patrols on which their force was asked along, and whose log another one wrote."""
    return and_(asked_along(record, grant), not_(_wrote(record, grant)))


def _wrote(record: type[Any], grant: RoleGrant) -> Condition:
    """Whether the log that stands is their force's."""
    wrote = exists().where(
        PatrolLog.patrol_id == record.id, PatrolLog.number == record.log_number,
        in_force(PatrolLog.logged_for_id, grant),
    )  # fmt: skip
    return wrote.correlate_except(PatrolLog)


def to_sign(record: type[Any], grant: RoleGrant) -> Condition:
    """Patrols whose log waits for the word of their force, and not of somebody who gave one already for another."""
    return and_(taking_part(record, grant), _silent(record, grant))


def to_dispute(record: type[Any], grant: RoleGrant) -> Condition:
    """The same of all forces that were asked along: also one of which the log says that it sent nobody."""
    return and_(asked_along(record, grant), _silent(record, grant))


def to_agree(record: type[Any], grant: RoleGrant) -> Condition:
    """Of these the ones of which the log says that their force sent nobody."""
    return and_(to_dispute(record, grant), not_(taking_part(record, grant)))


def _silent(record: type[Any], grant: RoleGrant) -> Condition:
    """Patrols on whose log neither their force nor they themselves said anything yet."""
    themselves_did = or_(
        Countersignature.by_id == grant.user_id, Countersignature.on_behalf_of_id == grant.user_id
    )  # fmt: skip
    answered = (
        exists()
        .where(
            PatrolLog.patrol_id == record.id, PatrolLog.number == record.log_number,
            Countersignature.log_id == PatrolLog.id,
            or_(in_force(Countersignature.unit_id, grant), themselves_did),
        )
        .correlate_except(PatrolLog, Countersignature)
    )  # fmt: skip
    return not_(answered)


def of_patrols(scope: Any) -> Any:
    """The same scope for what belongs to a patrol."""

    def scoped(record: type[Any], grant: RoleGrant) -> Condition:
        return record.patrol_id.in_(select(Patrol.id).where(scope(Patrol, grant)))  # type: ignore[no-any-return]

    return named(scoped, scope.__name__)


def attached_on_patrol(record: type[Any], grant: RoleGrant) -> Condition:
    """Files of patrols that their own force attached."""
    return and_(of_patrols(in_commune)(record, grant), in_force(record.unit_id, grant))


def of_own_force(record: type[Any], grant: RoleGrant) -> Condition:
    """Observations of patrols of their force, those handed to it, and what they noted down themselves."""
    patrols = select(Patrol.id).where(taking_part(Patrol, grant))
    theirs = or_(record.patrol_id.in_(patrols), in_force(record.handed_to_id, grant))
    return or_(own(record, grant), and_(in_commune(record, grant), theirs))


def of_read_observations(record: type[Any], grant: RoleGrant) -> Condition:
    """What belongs to observations that their role reads."""
    read = rows_for(Observation)["read"].get(grant.role)
    return record.observation_id.in_(select(Observation.id).where(read(Observation, grant))) if read else false()


def attached_to_observation(record: type[Any], grant: RoleGrant) -> Condition:
    """Files of observations that they read and that their own force attached."""
    return and_(of_read_observations(record, grant), in_force(record.unit_id, grant))


def of_incidents(record: type[Any], grant: RoleGrant) -> Condition:
    """What belongs to incidents of the commune."""
    return record.incident_id.in_(select(Incident.id).where(in_commune(Incident, grant)))  # type: ignore[no-any-return]


def attached_to_incident(record: type[Any], grant: RoleGrant) -> Condition:
    """Files of incidents that their own force attached."""
    return and_(of_incidents(record, grant), in_force(record.unit_id, grant))


def handed_to_force(record: type[Any], grant: RoleGrant) -> Condition:
    """Observations that were handed to their force."""
    return and_(in_commune(record, grant), in_force(record.handed_to_id, grant))


def of_force(record: type[Any], grant: RoleGrant) -> Condition:
    """What belongs to the grant's own unit, or to one that it took over."""
    return and_(in_commune(record, grant), record.unit_id.in_(line_of(grant.unit_id)))


def of_own_village(record: type[Any], grant: RoleGrant) -> Condition:
    """In the village whose head the user is, or in one that it took over."""
    return and_(in_commune(record, grant), record.village_id.in_(line_of(grant.unit_id)))


def of_those_living_here(record: type[Any], grant: RoleGrant) -> Condition:
    """What those pledged or were asked who live in the own village now, or lived there last; wherever they signed.

    Also what is of the households that became part of theirs, for they bear it.
    """
    households = select(Household.id).where(of_own_village(Household, grant))
    establishments = select(Establishment.id).where(of_own_village(Establishment, grant))
    pairs, bearer = taken_in(clock.today()), aliased(Household)
    brought = select(pairs.c.from_id).join(bearer, bearer.id == pairs.c.into_id).where(of_own_village(bearer, grant))
    of_household = or_(record.household_id.in_(households), record.household_id.in_(brought))
    return and_(in_commune(record, grant), or_(of_household, record.establishment_id.in_(establishments)))


def published(record: type[Any], grant: RoleGrant) -> Condition:
    """Campaigns that were opened."""
    return and_(in_commune(record, grant), record.state != "draft", record.voided_at.is_(None))


def unpublished(record: type[Any], grant: RoleGrant) -> Condition:
    """Campaigns that were not opened yet."""
    return and_(in_commune(record, grant), record.state == "draft", record.voided_at.is_(None))


def of_campaigns(scope: Any) -> Any:
    """The same scope for what belongs to a campaign."""

    def scoped(record: type[Any], grant: RoleGrant) -> Condition:
        return record.campaign_id.in_(select(PledgeCampaign.id).where(scope(PledgeCampaign, grant)))  # type: ignore[no-any-return]

    return named(scoped, scope.__name__)


def of_sheets(scope: Any) -> Any:
    """The same scope for the photos of signed sheets."""

    def scoped(record: type[Any], grant: RoleGrant) -> Condition:
        return record.pledge_sheet_id.in_(select(PledgeSheet.id).where(scope(PledgeSheet, grant)))  # type: ignore[no-any-return]

    return named(scoped, scope.__name__)


def led(record: type[Any], grant: RoleGrant) -> Condition:
    """Meetings in which the user takes the chair."""
    return and_(in_commune(record, grant), record.chair_id == grant.user_id)


def led_or_written(record: type[Any], grant: RoleGrant) -> Condition:
    """Meetings in which the user takes the chair or writes the minutes."""
    return and_(in_commune(record, grant), or_(record.chair_id == grant.user_id, record.secretary_id == grant.user_id))


def invited(record: type[Any], grant: RoleGrant) -> Condition:
    """Meetings to which the user is asked to come."""
    asked = exists().where(
        Attendance.meeting_id == record.id, Attendance.user_id == grant.user_id, Attendance.voided_at.is_(None)
    )
    return and_(in_commune(record, grant), asked.correlate_except(Attendance))


def own_invitation(record: type[Any], grant: RoleGrant) -> Condition:
    return and_(in_commune(record, grant), record.user_id == grant.user_id, record.voided_at.is_(None))


def in_the_open(record: type[Any], grant: RoleGrant) -> Condition:
    """Items that are not restricted."""
    return and_(in_commune(record, grant), record.restricted.is_(False))


def as_at_reviews(scope: Any) -> Any:
    """The same scope, but for what a room tells at reviews to whoever holds a right: there the right decides alone."""

    def scoped(record: type[Any], grant: RoleGrant) -> Condition:
        apart = [item_of(one) for one in review_sources() if one.right]
        return or_(and_(record.source_id.not_in(apart), scope(record, grant)), told_at_reviews(record, grant))

    return named(scoped, scope.__name__)


def told_at_reviews(record: type[Any], grant: RoleGrant) -> Condition:
    """What a room tells at reviews to whoever holds a right, where the grant's role holds it."""
    kept = {item_of(one): one.right for one in review_sources() if one.right}
    held = [name for name, (kind, action) in kept.items() if grant.role in rows_for(kind).get(action, {})]
    return and_(in_commune(record, grant), record.source_id.in_(held))


def as_far_as_read(rights: Mapping[str, Mapping[str, Scope]]) -> dict[str, dict[str, Scope]]:
    """The same rights, none of them beyond what the role may read: their pages show what is read."""
    return {action: {role: _where_read(one) for role, one in roles.items()} for action, roles in rights.items()}


def _where_read(scope: Any) -> Any:
    def scoped(record: type[Any], grant: RoleGrant) -> Condition:
        read = rows_for(record)["read"].get(grant.role)
        return and_(scope(record, grant), read(record, grant)) if read else false()

    return named(scoped, scope.__name__)


def proposed(record: type[Any], grant: RoleGrant) -> Condition:
    """Items that the user proposed: what the records brought is nobody's own, whoever compiled it."""
    return and_(own(record, grant), record.source_id == "")


def of_open_item(record: type[Any], grant: RoleGrant) -> Condition:
    """Tasks from items that are not restricted, and from reports."""
    open_ = select(AgendaItem.id).where(AgendaItem.restricted.is_(False))
    return and_(in_commune(record, grant), or_(record.item_id.in_(open_), record.report_id.is_not(None)))


def through_meeting(scope: Any) -> Any:
    """The same scope for what belongs to a meeting."""

    def scoped(record: type[Any], grant: RoleGrant) -> Condition:
        return record.meeting_id.in_(select(Meeting.id).where(scope(Meeting, grant)))  # type: ignore[no-any-return]

    return named(scoped, scope.__name__)


def in_writing(record: type[Any], grant: RoleGrant) -> Condition:
    """Reports that are drafts, or came back."""
    return and_(in_commune(record, grant), record.state.in_(EDITABLE))


def before_leader(record: type[Any], grant: RoleGrant) -> Condition:
    """Reports that wait for approval."""
    return and_(in_commune(record, grant), record.state == "submitted")


def signed(record: type[Any], grant: RoleGrant) -> Condition:
    """Reports that were approved: their figures are frozen."""
    return and_(in_commune(record, grant), record.state.in_(SIGNED))


def through_report(scope: Any) -> Any:
    """The same scope for what belongs to a report."""

    def scoped(record: type[Any], grant: RoleGrant) -> Condition:
        return record.report_id.in_(select(Report.id).where(scope(Report, grant)))  # type: ignore[no-any-return]

    return named(scoped, scope.__name__)


def of_own_unit(record: type[Any], grant: RoleGrant) -> Condition:
    """In the register of the grant's unit, and of those that it took over."""
    return record.unit_id.in_(line_of(grant.unit_id))  # type: ignore[no-any-return]


def of_committee(record: type[Any], grant: RoleGrant) -> Condition:
    """In the register of the People's Committee, which its office keeps."""
    kept = select(Unit.id).where(Unit.kind.in_((UnitKind.COMMITTEE, UnitKind.COMMUNE)))
    return and_(in_commune(record, grant), record.unit_id.in_(kept))


def of_own_register(scope: Any) -> Any:
    """Files of documents that are about no case: a file of a case is read by those who may read the case."""

    def scoped(record: type[Any], grant: RoleGrant) -> Condition:
        entered = select(OfficialDocument.id).where(scope(OfficialDocument, grant))
        return and_(record.case_id.is_(None), record.document_id.in_(entered))

    return named(scoped, scope.__name__)


def not_struck_out(record: type[Any], _grant: RoleGrant) -> Condition:
    """What stands in its register; a line of an entry, where the entry stands as well."""
    standing: Condition = record.voided_at.is_(None)
    mapper = inspect(record).mapper
    if not issubclass(mapper.class_, Part):
        return standing
    above = mapper.relationships[record.parent].mapper.class_
    return and_(standing, getattr(record, record.parent).has(above.voided_at.is_(None)))


def said_by_another(record: type[Any], grant: RoleGrant) -> Condition:
    """What somebody else says went out before the portal knew of it, as long as it stands in its register."""
    theirs = record.afterwards_by_id.not_in([grant.user_id, grant.on_behalf_of_id or grant.user_id])
    return and_(record.afterwards != "", theirs, not_struck_out(record, grant))


def about_no_case(record: type[Any], _grant: RoleGrant) -> Condition:
    """What is about no case."""
    return record.case_id.is_(None)  # type: ignore[no-any-return]


def about_a_case(record: type[Any], grant: RoleGrant) -> Condition:
    """Files of cases of the commune."""
    return and_(in_commune(record, grant), record.case_id.is_not(None))


def laid_file(record: type[Any], grant: RoleGrant) -> Condition:
    """Files of proposals that came to the role for decision."""
    return record.proposal_id.in_(select(Proposal.id).where(laid_before(Proposal, grant)))  # type: ignore[no-any-return]
