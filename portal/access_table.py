"""Who may do what to which records: one screen a subject, and nothing else.

Record, action, role, scope. What is not written is refused. A transition of a workflow is an action of its name.
Sources: the roles of DESIGN §1, the fields of the security rules §2.
"""

from collections.abc import Mapping

from sqlalchemy import select

from portal.access_scopes import (
    addressed,
    adult,
    asked_to_help,
    assigned,
    at_hand,
    both,
    closed_accounts,
    colleagues,
    decides,
    drafted,
    either,
    endorses,
    grants_of_colleagues,
    grants_to_confirm,
    helped,
    in_commune,
    in_hand,
    in_hand_alone,
    laid_before,
    left_behind,
    left_to_leader,
    left_unused,
    on_duty,
    other_accounts,
    owed,
    own,
    parts_of_commune,
    reached_units,
    resets_to_confirm,
    running,
    standing_grants,
    supervised,
    through_case,
    through_cases,
    through_proposal,
)
from portal.cases.models import (
    Assessment,
    Assignment,
    BirthCorrection,
    Case,
    CheckIn,
    Contact,
    Measure,
    RollCall,
    TermChange,
    Violation,
)
from portal.documents.models import Attachment
from portal.duties.models import Duty
from portal.engine.access import FieldRule, Fields, Scope, Table
from portal.engine.audit import AuditEvent
from portal.organisation.models import Role, RoleGrant, Unit, User
from portal.people.models import Person
from portal.proposals.models import Proposal, Remark

officer, chief, leader = Role.POLICE_OFFICER, Role.POLICE_CHIEF, Role.COMMUNE_LEADER
military, border = Role.MILITARY_COMMAND, Role.BORDER_GUARD
villager, member = Role.VILLAGE_HEAD, Role.TEAM_MEMBER
inspector, clerk, administrator = Role.INSPECTOR, Role.OFFICE_CLERK, Role.ADMINISTRATOR

correcting: Mapping[str, Scope] = {officer: through_case(both(assigned, running)), chief: through_case(running)}


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
        "edit_person": {officer: both(assigned, in_hand_alone), chief: in_hand},
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
    BirthCorrection: {
        "read": {**case_notes["read"], leader: left_to_leader},
        "read_birth": {officer: through_case(assigned), chief: in_commune, leader: left_to_leader},
        "confirm": {chief: in_commune, leader: left_to_leader},
        "refuse": {chief: in_commune, leader: left_to_leader},
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
        "withdraw": {officer: own, chief: either(own, left_behind)},
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
    BirthCorrection: {name: FieldRule("read_birth", "read") for name in ("birth_date", "birth_year", "reason")},
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
