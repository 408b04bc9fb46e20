"""Who may do what to which records: one screen a subject, and nothing else.

Record, action, role, scope. What is not written is refused. A transition of a workflow is an action of its name.
Sources: the roles of DESIGN §1, the fields of the security rules §2.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from portal.access_scopes import (
    about_a_case,
    about_no_case,
    addressed,
    adult,
    along,
    as_at_reviews,
    as_far_as_read,
    asked_to_help,
    asked_to_sign,
    assigned,
    at_hand,
    attached_on_patrol,
    attached_to_incident,
    attached_to_observation,
    before_leader,
    both,
    by_another,
    by_chair,
    by_chief,
    cards_to_confirm,
    closed_accounts,
    colleagues,
    decides,
    drafted,
    either,
    endorses,
    grants_of_colleagues,
    grants_to_confirm,
    handed_to_force,
    helped,
    in_charge,
    in_commune,
    in_drug_books,
    in_hand,
    in_hand_alone,
    in_no_case,
    in_the_open,
    in_writing,
    invited,
    laid_before,
    laid_file,
    led,
    led_or_written,
    left_behind,
    left_draft,
    left_to_leader,
    left_unused,
    moved_here,
    not_struck_out,
    of_another,
    of_another_log,
    of_campaigns,
    of_committee,
    of_force,
    of_hand_over,
    of_incidents,
    of_open_item,
    of_own_force,
    of_own_log,
    of_own_register,
    of_own_unit,
    of_own_village,
    of_own_word,
    of_patrols,
    of_read_observations,
    of_released,
    of_sentenced,
    of_sheets,
    of_those_living_here,
    on_duty,
    other_accounts,
    owed,
    own,
    own_invitation,
    parts_of_commune,
    proposed,
    published,
    reached_units,
    resets_to_confirm,
    running,
    said_by_another,
    signed,
    signed_in_office,
    standing_grants,
    standing_plans,
    supervised,
    taking_part,
    through_case,
    through_cases,
    through_meeting,
    through_person,
    through_proposal,
    through_report,
    to_agree,
    to_dispute,
    to_sign,
    told_at_reviews,
    unpublished,
    work_answered_for,
)
from portal.cases.models import (
    Assessment,
    Assignment,
    BirthCorrection,
    Case,
    CertificateHold,
    CheckIn,
    Contact,
    Custody,
    Death,
    EndCheck,
    FileHandover,
    HelperReport,
    IncomeDeduction,
    JobLoss,
    LeftUndone,
    Measure,
    Move,
    Reception,
    Reckoning,
    ReviewMeeting,
    RollCall,
    RoundSignature,
    Summons,
    TermChange,
    Violation,
    WorkDay,
    WrittenWarning,
)
from portal.documents.models import Attachment, OfficialDocument
from portal.drugs.models import DrugReviewEntry, DrugTest, FineDecision
from portal.duties.models import Duty, DutyRoster
from portal.engine.access import FieldRule, Fields, Scope, Table
from portal.engine.audit import AuditEvent
from portal.forces.models import Camera, CameraCheck, Hotline, Reorganisation, SecurityTeam, TeamMember
from portal.households.models import (
    CampaignGoal,
    DoorCall,
    Establishment,
    Household,
    Pledge,
    PledgeBreach,
    PledgeCampaign,
    PledgeSheet,
    PrintedList,
    Stay,
)
from portal.incidents.models import (
    Dispute,
    Incident,
    IncidentPerson,
    IncidentVehicle,
    Observation,
    Seizure,
    Tip,
    TipBox,
    TipBoxOpening,
)
from portal.lawbook.models import RuleChange, YearOff
from portal.meetings.models import (
    ActionItem,
    AgendaItem,
    Attendance,
    Erratum,
    Meeting,
    MeetingSeries,
    Minutes,
    SeriesException,
)
from portal.movement.models import (
    Commendation,
    Model,
    ModelReview,
    ModelTraining,
    ModelVillage,
    TitleCriterion,
    TitleEvidence,
    TitleProgramme,
)
from portal.offline.models import HeldSend, Phone
from portal.organisation.models import CoordinationParty, CoordinationPlan, Role, RoleGrant, SignInCard, Unit, User
from portal.outreach.models import CommunityVisit, Material, OutreachSession
from portal.patrols.models import (
    Countersignature,
    EventProtection,
    Landmark,
    Patrol,
    PatrolForce,
    PatrolLog,
    PatrolStop,
    ProtectionForce,
)
from portal.people.models import LegalHold, Person, PersonRequest
from portal.prevention.models import WeaponCustody, WeaponHandover, WeaponItem
from portal.privacy.models import RetentionRound
from portal.profile.models import CommuneFact, ForeignVillage, VillageStat
from portal.proposals.models import CourtAnswer, Proposal, Remark
from portal.reports.models import ManualFigure, Overruling, Report, ReportKind, ReportSection
from portal.wordings.models import WordingChange
from portal.workload.models import WorkHandover

officer, chief, leader = Role.POLICE_OFFICER, Role.POLICE_CHIEF, Role.COMMUNE_LEADER
military, border = Role.MILITARY_COMMAND, Role.BORDER_GUARD
villager, member = Role.VILLAGE_HEAD, Role.TEAM_MEMBER
inspector, clerk, administrator = Role.INSPECTOR, Role.OFFICE_CLERK, Role.ADMINISTRATOR
province = Role.PROVINCE_VIEWER

coordinating = (officer, chief, leader, military, border, inspector, clerk)  # who works under a coordination plan
own_register: Mapping[str, Scope] = {clerk: of_committee, **dict.fromkeys((chief, military, border), of_own_unit)}
standing_entries = {role: both(scope, not_struck_out) for role, scope in own_register.items()}

chair_alone: Mapping[str, Scope] = {leader: in_commune}
correcting: Mapping[str, Scope] = {officer: through_case(both(assigned, running)), chief: through_case(running)}


case_notes: Mapping[str, Mapping[str, Scope]] = {
    "read": {officer: through_case(assigned), chief: in_commune, inspector: in_commune},
    "record": {officer: through_case(assigned), chief: in_commune},
    "void": correcting,  # a closed case is locked: what was reported of it stays
}

# Of whom the commune police keeps anything in their own hands: who takes a request about it, and follows it.
known_to_police: Mapping[str, Scope] = {officer: either(through_cases(assigned), in_drug_books), chief: in_commune}
asked_of_police: Mapping[str, Scope] = {role: through_person(scope) for role, scope in known_to_police.items()}

who_it_is: Mapping[str, Scope] = {
    officer: either(either(through_cases(assigned), both(adult, through_cases(on_duty))), in_drug_books),
    chief: in_commune,
    leader: either(adult, lambda p, g: p.id.in_(
        select(Case.person_id).join(Proposal, Proposal.case_id == Case.id).where(laid_before(Proposal, g)))),
    military: both(adult, through_cases(supervised)), border: both(adult, through_cases(supervised)),
    inspector: adult,
}  # fmt: skip
patrolling = (officer, chief, leader, military, border)
part_of_patrol: Mapping[str, Mapping[str, Scope]] = {"read": dict.fromkeys((*patrolling, inspector), in_commune)}
# The register of households, and what is pledged: the whole commune's, or that of one's own village.
registering: Mapping[str, Scope] = dict.fromkeys((officer, chief, clerk), in_commune)
standing_register: Mapping[str, Scope] = dict.fromkeys((officer, chief, clerk), both(in_commune, not_struck_out))
living_here: Mapping[str, Scope] = {
    **dict.fromkeys((officer, chief, leader, inspector, clerk), in_commune), villager: of_own_village,
}  # fmt: skip
register: Mapping[str, Mapping[str, Scope]] = {
    "read": living_here, "create": registering,
    **dict.fromkeys(("edit", "move", "void", "take_back"), standing_register),
}  # fmt: skip
pledging: Mapping[str, Scope] = {officer: in_commune, chief: in_commune, villager: of_own_village}
# What somebody pledged goes along with them: whoever may open the household opens its pledges, and no one else.
known_here: Mapping[str, Scope] = {**living_here, villager: of_those_living_here}
mending: Mapping[str, Scope] = {**pledging, villager: of_those_living_here}
beside_outings: Any = either(of_patrols(in_commune), of_read_observations)  # files of patrols and observations
known_incidents: Any = either(beside_outings, of_incidents)  # of incidents too: their papers may name people
attached_outdoors: Any = either(attached_on_patrol, attached_to_observation)  # those that their own force attached
attached_by_police: Any = either(attached_outdoors, attached_to_incident)
# Who arranges meetings and writes them down: the committee's people, and whoever chairs one or is its secretary.
arranging: Mapping[str, Scope] = {
    leader: in_commune,
    clerk: in_commune,
    **dict.fromkeys((officer, chief, military, border), led_or_written),
}
chairing: Mapping[str, Scope] = dict.fromkeys((leader, chief, military, border), led)
attending: Mapping[str, Scope] = {**dict.fromkeys(coordinating, in_commune), villager: invited}
hearing: Any = through_meeting(led)
written_here: Any = through_meeting(led_or_written)
knowing: Mapping[str, Scope] = {  # restricted items: the committee's and the police's heads, and whom they concern
    **dict.fromkeys((leader, chief, inspector), in_commune),
    **dict.fromkeys((military, border), either(either(in_the_open, of_force), hearing)),
    **dict.fromkeys((officer, clerk), either(in_the_open, proposed)),
    villager: both(in_the_open, through_meeting(invited)),
}

# What somebody held by name, once it is theirs to have handed over whose work it is (`work_answered_for`).
handing: Mapping[str, Scope] = dict.fromkeys((chief, leader, military, border), in_commune)
handovers: Mapping[str, Scope] = {
    **dict.fromkeys((chief, leader, inspector), in_commune),
    **dict.fromkeys((officer, clerk, military, border, villager, member), of_hand_over),
}

# What somebody reads leaves the portal as a file in the hands of those who work at a desk, and no more than that. Who
# is reviewed or tested for drugs, and who told the police what, the chief alone takes along.
at_desks = (officer, chief, leader, clerk, military, border, inspector)
chief_alone: Mapping[str, Scope] = {chief: in_commune}


def taken_along(read: Mapping[str, Scope]) -> Mapping[str, Scope]:
    """Who takes along what a right to read extends to, and of which records: of just those."""
    return {role: scope for role, scope in read.items() if role in at_desks}


in_office: Mapping[str, Scope] = dict.fromkeys((officer, chief, leader, inspector, clerk), in_commune)
of_police: Mapping[str, Scope] = dict.fromkeys((officer, chief), in_commune)
of_committee_too: Mapping[str, Scope] = dict.fromkeys((officer, chief, leader, clerk), in_commune)
of_police_and_inspector: Mapping[str, Scope] = dict.fromkeys((officer, chief, inspector), in_commune)
told_to_forces: Mapping[str, Scope] = dict.fromkeys((officer, chief, leader, military, border, inspector), in_commune)
knowing_people: Mapping[str, Scope] = dict.fromkeys((officer, chief, leader, inspector), in_commune)
mediating: Mapping[str, Scope] = {**dict.fromkeys((officer, chief, clerk), in_commune), villager: of_own_village}
describing: Mapping[str, Scope] = dict.fromkeys((clerk, chief), in_commune)  # what the commune is
reaching_out: Mapping[str, Scope] = {**registering, villager: of_own_village}


def book(
    read: Mapping[str, Scope], write: Mapping[str, Scope], taken: Mapping[str, Scope] | None = None
) -> Mapping[str, Mapping[str, Scope]]:
    """The rights in the entries of a book, and in their lines; *taken* where not all who read it take it along."""
    standing = {role: both(scope, not_struck_out) for role, scope in write.items()}
    exports = taken_along(read) if taken is None else taken
    return {"read": read, "export": exports, "create": write, "edit": standing, "void": standing}


reports: Mapping[str, Scope] = {
    **dict.fromkeys((officer, chief, leader), in_commune), **dict.fromkeys((clerk, inspector, province), signed),
}  # fmt: skip

RIGHTS: Table = {
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
        "take_file": {chief: in_commune, inspector: in_commune},  # the whole of it on paper
        "read_dates": {
            officer: assigned, chief: in_commune, leader: in_commune, military: supervised, border: supervised,
            inspector: in_commune,
        },
        "oversee_days": {chief: in_commune, inspector: in_commune},  # where others would come out today
        "draft": {officer: in_commune, chief: in_commune},
        "edit": dict.fromkeys((officer, chief), both(either(own, in_charge), drafted)),
        "discard": {officer: both(either(own, in_charge), drafted), chief: drafted},
        "pass_on": {chief: in_hand},
        "take_over": {chief: left_draft},
        "give_draft": {chief: moved_here},
        "edit_person": {officer: both(assigned, in_hand_alone), chief: in_hand},
        "assign": {chief: both(in_commune, running)},
        "suspend": {chief: in_commune},
        "resume": {chief: in_commune},
        "ask_reopen": {chief: in_commune},
        **dict.fromkeys(("reopen", "keep_closed"), chair_alone),
        "read_round": {officer: on_duty, chief: running, inspector: running},  # the list of a month
        "read_shortenings": {officer: both(assigned, running), chief: running, inspector: running},
        "stand_in": {officer: on_duty, chief: running},  # a self-report, roll-call or call, by whoever is on duty
        "record": {officer: both(assigned, running), chief: running},
        "propose": {officer: both(assigned, running), chief: running},
        "report_help": {  # the helper's own quarterly report, or what the helper gave the officer on paper
            officer: both(assigned, running), chief: running, villager: helped, member: helped,
        },
        "correct": {officer: both(assigned, running), chief: running},  # mark entries as made in error
        "attach": {officer: assigned, chief: in_commune},
        "export": {officer: assigned, chief: in_commune, inspector: in_commune},
        "count": {officer: in_commune, chief: in_commune, leader: in_commune, inspector: in_commune},
        "take_request": {officer: assigned, chief: in_commune},  # what the person asks of their own data
    },
    Person: {
        "read": {
            officer: either(through_cases(assigned), in_drug_books), chief: in_commune,
            leader: through_cases(in_commune),
            military: through_cases(supervised), border: through_cases(supervised),
            villager: through_cases(helped), member: through_cases(helped),
            inspector: either(through_cases(in_commune), in_drug_books),
        },
        "edit": dict.fromkeys((officer, chief), both(in_drug_books, in_no_case)),
        "take_request": known_to_police,
        "set_hold": {chief: in_commune},
        "read_name": {
            **who_it_is, villager: through_cases(asked_to_help), member: through_cases(asked_to_help),
        },
        "read_birth_year": {**who_it_is, villager: through_cases(helped), member: through_cases(helped)},
        "read_identity": {officer: either(through_cases(assigned), in_drug_books), chief: in_commune},
        "read_identity_masked": {leader: in_commune, inspector: in_commune},
        "reveal_identity": {inspector: in_commune},
        "read_contact": {
            officer: through_cases(assigned), chief: in_commune, villager: through_cases(helped),
            member: through_cases(helped),
        },
        "read_contact_masked": {leader: in_commune, inspector: in_commune},
        "reveal_contact": {inspector: in_commune},
    },
    PersonRequest: {
        "read": {**asked_of_police, leader: in_commune, inspector: in_commune},
        "read_words": {**asked_of_police, inspector: in_commune},
        "answer": {chief: in_commune}, "refuse": {chief: in_commune},
        "read_answer": {chief: in_commune, inspector: in_commune},  # on paper, with the extract that was given
        "withdraw": asked_of_police, "tell": asked_of_police,
    },
    LegalHold: {
        "read": {**asked_of_police, leader: in_commune, inspector: in_commune},
        "lift": {chief: in_commune, leader: in_commune},
    },
    RetentionRound: {
        "read": dict.fromkeys((chief, leader, inspector), in_commune),
        "propose": {chief: in_commune},
        "approve": {leader: decides},
        "reject": {leader: decides},
        "withdraw": {chief: own},
    },
    Assignment: {
        "read": {
            officer: either(through_case(assigned), addressed), chief: in_commune, leader: in_commune,
            inspector: in_commune, villager: addressed, member: addressed,
        },
        "accept": {officer: addressed, villager: addressed, member: addressed},
        "accept_many": {officer: addressed},
        "decline": {officer: addressed, villager: addressed, member: addressed},
        "recall": {chief: in_commune},
        "pass_on": {chief: in_commune},
    },
    CheckIn: {**case_notes, "return": correcting, "file": correcting},
    Summons: case_notes,
    Reception: case_notes,
    RollCall: {**case_notes, "sign": {chief: in_commune}},  # all of a month at once
    Contact: case_notes,
    Assessment: {
        **case_notes,
        "sign": {chief: by_chief, leader: by_chair},  # all of a month at once: whose the law of that month says
    },
    RoundSignature: {
        # what the chief signed is addressed to the committee as well
        "read": {chief: in_commune, inspector: in_commune, leader: in_commune},
        "export": {chief: in_commune, inspector: in_commune, leader: in_commune},
        "void": {chief: both(signed_in_office, not_struck_out), leader: both(signed_in_office, not_struck_out)},
    },
    Violation: {**case_notes, "issue": case_notes["record"], "print": case_notes["record"]},
    WrittenWarning: {
        **case_notes,
        "read": {**case_notes["read"], leader: left_to_leader},
        "issue": case_notes["record"],
        "print": case_notes["record"],  # it names the person, a minor too
        "sign": {chief: in_commune, leader: left_to_leader},
        "refuse": {chief: in_commune, leader: left_to_leader},
    },
    ReviewMeeting: {**case_notes, "issue": case_notes["record"], "print": case_notes["record"]},
    Measure: case_notes,
    IncomeDeduction: case_notes,
    WorkDay: case_notes,
    JobLoss: case_notes,
    Custody: case_notes,
    Move: case_notes,
    FileHandover: {**case_notes, "print": case_notes["record"]},
    Death: {
        **case_notes,
        "read": {**case_notes["read"], leader: either(left_to_leader, of_released)},
        "follow": case_notes["record"],  # also once the case is closed
        "print": case_notes["record"],
        "confirm": {chief: of_sentenced, leader: either(left_to_leader, of_released)},
        "refuse": {chief: of_sentenced, leader: either(left_to_leader, of_released)},
    },
    HelperReport: {name: scope for name, scope in case_notes.items() if name != "record"},
    TermChange: {
        **case_notes,
        "read": {**case_notes["read"], leader: left_to_leader},
        "confirm": {chief: in_commune, leader: left_to_leader},
        "refuse": {chief: in_commune, leader: left_to_leader},
        "ask_back": correcting,
        "take_back": {chief: in_commune, leader: left_to_leader},
        "keep": {chief: in_commune, leader: left_to_leader},
    },
    EndCheck: {
        **case_notes,
        "read": {**case_notes["read"], leader: left_to_leader},
        "confirm": {chief: both(in_commune, through_case(of_another)), leader: left_to_leader},
        "refuse": {chief: both(in_commune, through_case(of_another)), leader: left_to_leader},
    },
    CertificateHold: case_notes,
    LeftUndone: {name: scope for name, scope in case_notes.items() if name != "record"},
    Reckoning: {
        "read": {**case_notes["read"], leader: left_to_leader},
        "confirm": {chief: in_commune, leader: left_to_leader},
        "refuse": {chief: in_commune, leader: left_to_leader},
    },
    BirthCorrection: {
        "read": {**case_notes["read"], leader: left_to_leader},
        "read_birth": {officer: through_case(assigned), chief: in_commune, leader: left_to_leader},
        "confirm": {chief: in_commune, leader: left_to_leader},
        "refuse": {chief: in_commune, leader: left_to_leader},
    },
    Attachment: {
        "read": {
            officer: either(either(
                either(through_case(assigned), of_own_register(of_own_unit)), known_incidents), of_sheets(in_commune)),
            chief: either(either(
                either(about_a_case, of_own_register(of_own_unit)), known_incidents), of_sheets(in_commune)),
            leader: either(either(
                either(of_own_register(of_committee), laid_file), known_incidents), of_sheets(in_commune)),
            inspector: in_commune, clerk: of_own_register(own_register[clerk]),
            villager: either(of_read_observations, of_sheets(of_own_village)),
            **{role: either(of_own_register(own_register[role]), beside_outings) for role in (military, border)},
        },
        "void": {
            officer: either(either(through_case(assigned), attached_by_police), of_sheets(in_commune)),
            chief: either(either(
                either(about_a_case, of_own_register(of_own_unit)), attached_by_police), of_sheets(in_commune)),
            villager: either(attached_to_observation, of_sheets(of_own_village)),
            leader: attached_on_patrol, clerk: of_own_register(own_register[clerk]),
            **{role: either(of_own_register(own_register[role]), attached_outdoors) for role in (military, border)},
        },
    },
    OfficialDocument: {
        "read": {**own_register, officer: of_own_unit, leader: of_committee, inspector: in_commune},
        "create": own_register,
        "edit": {role: both(scope, about_no_case) for role, scope in standing_entries.items()},
        "issue": standing_entries,  # number, day and scan of the signed page, without a look at the case
        "record_afterwards": standing_entries,  # that it went out before the portal knew of it, with the reason
        "vouch": {  # for that, where nobody has the signed page: a second person of those who read the register
            clerk: both(of_committee, said_by_another), leader: both(of_committee, said_by_another),
            **{role: both(of_own_unit, said_by_another) for role in (officer, chief, military, border)},
        },
        "void": {role: both(scope, about_no_case) for role, scope in standing_entries.items()},
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
        **dict.fromkeys(("approve", "reject"), dict.fromkeys((chief, leader), both(decides, of_own_word))),
        "approve_orally": {officer: both(through_case(assigned), by_another), chief: by_another},
        "settle_lapsed": {officer: through_case(assigned), chief: in_commune},
        "return": {chief: at_hand, leader: at_hand},
        "communicate": {officer: through_case(assigned), chief: in_commune},
        "carry_out": {officer: through_case(assigned), chief: in_commune},
        "issue": {officer: through_case(assigned), chief: in_commune},  # number, day and scan of the signed paper
        "record_answer": {officer: through_case(assigned), chief: in_commune},  # of the agency, to a leave
        "record_proof": {officer: through_case(assigned), chief: in_commune},  # of a treatment, when it comes later
        "answer": {officer: through_case(assigned), chief: in_commune},  # what the court decided on it
    },
    CourtAnswer: {
        **case_notes,
        "read": {**case_notes["read"], leader: left_to_leader},
        "confirm": {chief: in_commune, leader: left_to_leader},
        "refuse": {chief: in_commune, leader: left_to_leader},
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
    RuleChange: {
        "read": dict.fromkeys((officer, chief, leader, inspector), in_commune),
        "propose": {chief: in_commune},
        "approve": {leader: decides},
        "reject": {leader: decides},
        "withdraw": {chief: own},
    },
    WordingChange: {
        "read": dict.fromkeys((officer, chief, leader, clerk, inspector), in_commune),
        "propose": {chief: in_commune},
        "approve": {leader: decides},
        "reject": {leader: decides},
        "withdraw": {chief: own},
    },
    YearOff: {
        "read": dict.fromkeys((officer, chief, leader, clerk, inspector), in_commune),
        "enter": {chief: in_commune, clerk: in_commune},
        "confirm": {chief: decides, leader: decides},
        "refuse": {chief: decides, leader: decides},
        "withdraw": {chief: own, clerk: own},
    },
    DutyRoster: {
        "read": dict.fromkeys((officer, chief, leader, military, border, villager, clerk, inspector), in_commune),
        "plan": own_register,  # each force its own
        "pass_on": handing,
    },
    Unit: {
        "read": {administrator: reached_units, chief: reached_units, leader: reached_units},
        "create": {administrator: reached_units},
        "edit": {administrator: reached_units},
        "end": {administrator: parts_of_commune},
        "exchange": dict.fromkeys(at_desks, parts_of_commune),
    },
    User: {
        "read": {administrator: colleagues, chief: colleagues, leader: colleagues},
        "create": {administrator: colleagues},
        "edit": {administrator: colleagues},
        "grant": {administrator: other_accounts},
        "pass_on": dict.fromkeys((chief, leader, military, border), work_answered_for),
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
    WorkHandover: {"read": handovers},
    SignInCard: {  # made by the office; the chief and the leader see who was given one, and confirm whose phone it is
        "read": {clerk: in_commune, chief: in_commune, leader: in_commune},
        "create": {clerk: in_commune},
        "confirm": {chief: cards_to_confirm, leader: cards_to_confirm},
        "take_back": {clerk: in_commune, chief: in_commune},
    },
    CoordinationPlan: {
        "read": dict.fromkeys(coordinating, in_commune),
        "create": {leader: in_commune, clerk: in_commune},
        "edit": {leader: standing_plans, clerk: standing_plans},
        "end": {leader: standing_plans, clerk: standing_plans},
    },
    CoordinationParty: {"read": dict.fromkeys(coordinating, in_commune)},
    Patrol: {
        "read": dict.fromkeys((*patrolling, inspector), in_commune),
        "plan": dict.fromkeys(patrolling, in_commune),
        "edit": dict.fromkeys(patrolling, taking_part),
        "start": dict.fromkeys(patrolling, taking_part),
        "cancel": dict.fromkeys(patrolling, taking_part),
        "note": dict.fromkeys(patrolling, along),  # points, changes of the team
        "log": dict.fromkeys(patrolling, along),
        "log_again": dict.fromkeys(patrolling, taking_part),
        "correct": dict.fromkeys(patrolling, of_own_log),
        "countersign": dict.fromkeys(patrolling, asked_to_sign),  # the page that asks once more
        "object": dict.fromkeys(patrolling, of_another_log),  # and that of a dispute
        "sign": dict.fromkeys(patrolling, to_sign),
        "dispute": dict.fromkeys(patrolling, to_dispute),
        "agree": dict.fromkeys(patrolling, to_agree),  # that it took no part
        "close": {chief: in_commune, leader: in_commune},
        "attach": dict.fromkeys(patrolling, along),
        "observe": dict.fromkeys(patrolling, along),
    },
    PatrolForce: part_of_patrol,
    PatrolStop: {**part_of_patrol, "note": dict.fromkeys(patrolling, of_patrols(along))},
    PatrolLog: part_of_patrol,
    Countersignature: part_of_patrol,
    Landmark: {
        "read": dict.fromkeys((*patrolling, inspector, clerk), in_commune),
        "create": {clerk: in_commune, chief: in_commune},
        "edit": {clerk: in_commune, chief: in_commune},
        "end": {clerk: in_commune, chief: in_commune},
    },
    EventProtection: {
        "read": dict.fromkeys((*patrolling, inspector), in_commune),
        "record": dict.fromkeys(patrolling, in_commune),
        "void": {chief: in_commune, **dict.fromkeys((officer, leader, military, border), own)},
    },
    ProtectionForce: part_of_patrol,
    Phone: {
        "read": {**dict.fromkeys(Role, own), administrator: in_commune},
        "forget": {**dict.fromkeys(Role, own), administrator: in_commune},
    },
    HeldSend: {
        "read": dict.fromkeys((chief, inspector), in_commune),
        "take_over": {chief: in_commune},
        "refuse": {chief: in_commune},
    },
    Household: register,
    Stay: {"read": living_here},
    Establishment: {name: scope for name, scope in register.items() if name not in ("move", "take_back")},
    PledgeCampaign: {
        "read": {**dict.fromkeys((officer, chief, leader, inspector, clerk), in_commune), villager: published},
        "compare": dict.fromkeys((officer, chief, leader, inspector, clerk), in_commune),  # all its villages
        "create": {officer: in_commune, chief: in_commune},
        "edit": {officer: unpublished, chief: unpublished},
        "open": {chief: in_commune},
        "close": {chief: in_commune},
    },
    CampaignGoal: {
        "read": {
            **dict.fromkeys((officer, chief, leader, inspector, clerk), in_commune),
            villager: both(of_own_village, of_campaigns(published)),
        },
        "enter": pledging,
        "confirm_pledges": {villager: of_own_village},
    },
    Pledge: {
        "read": known_here, "mend": mending, "withdraw": mending, "void": mending,
        "propose_breach": {officer: in_commune, chief: in_commune},
    },
    PledgeBreach: {
        "read": dict.fromkeys((officer, chief, leader, inspector), in_commune),
        "approve": {chief: decides, leader: decides},
        "reject": {chief: decides, leader: decides},
        "withdraw": {officer: own, chief: own},
        "ask_back": {officer: in_commune, chief: in_commune},
        "take_back": {chief: decides, leader: decides},
        "keep": {chief: decides, leader: decides},
    },
    DoorCall: {"read": known_here, "void": mending},
    PledgeSheet: {"read": living_here, "attach": pledging, "void": pledging},
    PrintedList: {"read": living_here, "type_back": pledging},
    Hotline: {
        "read": dict.fromkeys(
            (officer, chief, leader, military, border, villager, member, inspector, clerk), in_commune
        ),
        "create": {clerk: in_commune, chief: in_commune},
        "edit": {clerk: in_commune, chief: in_commune},
        "void": {clerk: in_commune, chief: in_commune},
    },
    SecurityTeam: book(in_office, of_police),
    TeamMember: book(in_office, of_police),
    Reorganisation: book(in_office, of_police),
    Camera: book(in_office, of_police),
    CameraCheck: book(in_office, of_police),
    **dict.fromkeys((Model, ModelVillage, ModelReview, ModelTraining), book(in_office, of_police)),
    **dict.fromkeys((Commendation, TitleProgramme, TitleCriterion, TitleEvidence), book(in_office, of_committee_too)),
    DrugTest: book(of_police_and_inspector, of_police, chief_alone),
    FineDecision: book(
        {**of_police_and_inspector, officer: both(in_commune, either(about_no_case, through_case(assigned)))},
        {officer: both(in_commune, either(about_no_case, through_case(assigned))), chief: in_commune}, chief_alone,
    ),
    DrugReviewEntry: {**book(of_police_and_inspector, of_police, chief_alone), "pass_on": chief_alone},
    **dict.fromkeys((WeaponHandover, WeaponItem, WeaponCustody), book(in_office, of_police)),
    OutreachSession: {
        **book(living_here, reaching_out),
        "record": {villager: of_own_village},  # in two fields, what was held in the own village
        **dict.fromkeys(("hold", "cancel"), reaching_out),
    },
    Incident: {**book(told_to_forces, of_police), "attach": of_police},
    IncidentPerson: book(knowing_people, of_police),
    Seizure: book(told_to_forces, of_police),
    IncidentVehicle: book(told_to_forces, of_police),
    Tip: book(of_police_and_inspector, of_police, chief_alone),
    TipBox: book(in_office, of_police),
    TipBoxOpening: book(in_office, of_police),
    Dispute: book({**in_office, villager: of_own_village}, mediating),
    Material: book(in_office, registering),
    CommunityVisit: book(in_office, registering),
    VillageStat: book(in_office, describing),
    CommuneFact: book(in_office, describing),
    ForeignVillage: book(in_office, describing),
    Observation: {
        "read": {
            officer: in_commune, chief: in_commune, leader: in_commune, inspector: in_commune, military: of_own_force,
            border: of_own_force, villager: own,
        },
        "write": dict.fromkeys((officer, chief, military, border, villager), in_commune),
        "report": {villager: of_own_village},  # in one field, of today and the own village
        "accept": {officer: in_commune, chief: in_commune, military: handed_to_force, border: handed_to_force},
        "close": {officer: in_commune, chief: in_commune, military: handed_to_force, border: handed_to_force},
        "become": of_police, "join": of_police,  # an incident of its own, or part of one that is there
        "hand_over": {officer: in_commune, chief: in_commune, military: of_own_force, border: of_own_force},
        "receive": dict.fromkeys(patrolling, handed_to_force),
        "attach": {
            officer: in_commune, chief: in_commune, military: of_own_force, border: of_own_force, villager: own,
        },
    },
    Meeting: {
        "read": attending,
        "schedule": {leader: in_commune, clerk: in_commune},
        "arrange": arranging,
        "review": dict.fromkeys(coordinating, in_commune),
        "propose_item": {role: attending[role] for role in attending if role != inspector},
        **dict.fromkeys(("convene", "hold", "draft_minutes", "close"), arranging),
        **dict.fromkeys(("postpone", "break_off", "reschedule", "cancel"), arranging),
        **dict.fromkeys(("return_minutes", "approve_minutes"), chairing),
        "correct": arranging,
        "pass_on": handing,
    },
    AgendaItem: {
        "read": {role: as_at_reviews(scope) for role, scope in knowing.items()},
        **as_far_as_read({
            "write_words": {
                **dict.fromkeys((leader, chief, military, border), of_force),
                **dict.fromkeys((officer, clerk), both(of_force, in_the_open)),
            },
            # What a room tells at a review to some alone is recorded by a leader or the chief, whoever writes the rest.
            "record": {
                leader: in_commune, clerk: in_the_open, chief: either(written_here, told_at_reviews),
                **dict.fromkeys((military, border), written_here),
                officer: either(both(in_the_open, written_here), both(told_at_reviews, written_here)),
            },
            "admit": dict.fromkeys(chairing, hearing),
            "void": {leader: in_commune, clerk: in_the_open, **dict.fromkeys((chief, military, border), hearing)},
        }),
    },
    Attendance: {
        "read": {**dict.fromkeys(coordinating, in_commune), villager: own_invitation},
        "answer": {role: own_invitation for role in attending if role != inspector},
        "void": {leader: in_commune, clerk: in_commune},
    },
    Minutes: {"read": {**dict.fromkeys(coordinating, in_commune), villager: through_meeting(invited)}},
    Erratum: {"read": dict.fromkeys(coordinating, in_commune)},
    ActionItem: {
        "read": {
            **dict.fromkeys((leader, chief, inspector), in_commune), villager: of_force,
            **dict.fromkeys((officer, clerk, military, border), either(of_force, of_open_item)),
        },
        "finish": {
            leader: in_commune, clerk: either(of_force, of_open_item),
            **dict.fromkeys((officer, chief, military, border, villager), of_force),
        },
        "drop": {leader: in_commune},
        "reopen": {leader: in_commune},
        "void": {leader: in_commune, clerk: of_open_item},
    },
    MeetingSeries: {
        "read": dict.fromkeys(coordinating, in_commune),
        "create": {leader: in_commune, clerk: in_commune},
        "edit": {leader: in_commune, clerk: in_commune},
    },
    SeriesException: {"read": dict.fromkeys(coordinating, in_commune)},
    ReportKind: {
        "read": dict.fromkeys((officer, chief, leader, inspector, clerk), in_commune),
        "create": dict.fromkeys((chief, leader, clerk), in_commune),
        "edit": dict.fromkeys((chief, leader, clerk), in_commune),
        "begin": {chief: in_commune},
    },
    Report: {  # drafts are the police's and the leader's; whoever else reads it reads what was signed
        "read": reports,
        "create": {chief: in_commune},
        "edit": {chief: in_writing},
        "submit": {chief: in_commune},
        "void": {chief: in_writing},
        "approve": {leader: before_leader},
        "return": {leader: in_commune},
        "send": {leader: in_commune},
        "correct": {chief: signed},
        "give": dict.fromkeys((chief, leader), both(in_commune, not_struck_out)),  # tasks out of it
    },
    ReportSection: {
        "read": {role: through_report(scope) for role, scope in reports.items()},
        "edit": {chief: through_report(in_writing)},
    },
    ManualFigure: book(in_office, of_police),
    Overruling: {"read": {role: through_report(scope) for role, scope in reports.items()}},
    AuditEvent: {"read": {inspector: in_commune}},
}  # fmt: skip

# What is no book and stands on a sheet of the workbook: whoever reads it at a desk takes it along.
TAKEN_ALONG: tuple[type[Any], ...] = (
    Unit, User, RoleGrant,
    Household, Stay, Establishment, PledgeCampaign, CampaignGoal, Pledge, DoorCall, PledgeBreach,
    OfficialDocument, Hotline,
    CoordinationPlan, Landmark, Patrol, PatrolForce, PatrolStop, PatrolLog, Countersignature, EventProtection,
    DutyRoster,
    MeetingSeries, SeriesException, Meeting, Attendance, AgendaItem, Minutes, ActionItem,
    ReportKind, Report, ReportSection, Overruling,
)  # fmt: skip
ACCESS: Table = {
    record: {**rights, "export": taken_along(rights["read"])} if record in TAKEN_ALONG else rights
    for record, rights in RIGHTS.items()
}

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
            "decision_on",
            "court",
            "prison_months",
            "term_months",
            "detained_days",
        )
    }
    | {"paper_rating": FieldRule("read_notes")},
}

# Pages for anybody: nothing of them depends on who asks. One has a secret of its own, that of somebody's calendar.
PUBLIC = frozenset({
    "static", "organisation.sign_in", "organisation.card", "organisation.language", "health.show", "guide.tour",
    "guide.certificate", "guide.authority", "calendar.feed",
    "offline.index", "offline.app", "phone.worker", "phone.manifest",
})  # fmt: skip
