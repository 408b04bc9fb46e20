"""Who may open which page of which case, and who may read which fields of it.

Written from the roles of the portal's users and the rules of its security, not from the code under test. Places are
those of `world.PLACES`: own, sister (a colleague's, in another village), supervised (by the military), minor (the
officer's own), young (a minor of somebody else's, under the military), draft (the officer's), left (the draft of an
officer who is no longer in service), foreign (elsewhere);
and of `offices.OFFICES`: accounts, roles and units, of the own commune and, with a name that begins with far, of the
neighbour.

To add a page: a line in `RECORD_PAGES` if it opens one record, in `ROLE_PAGES` if its role decides, in `OWN_PAGES` if
it shows what is one's own. A page that stands in none of them fails the matrix, and so does a line without a page.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from wtforms.fields.core import UnboundField

from portal.organisation.models import Role
from tests.books.samples import BOTH, OFFICE, SAMPLES, Sample

Places = Mapping[Role, str]  # the places of each role, by name; a role that is not named has none

officer, chief, leader = Role.POLICE_OFFICER, Role.POLICE_CHIEF, Role.COMMUNE_LEADER
military, border = Role.MILITARY_COMMAND, Role.BORDER_GUARD
villager, member = Role.VILLAGE_HEAD, Role.TEAM_MEMBER
inspector, clerk, province, administrator = (
    Role.INSPECTOR, Role.OFFICE_CLERK, Role.PROVINCE_VIEWER, Role.ADMINISTRATOR
)  # fmt: skip

EVERYBODY = frozenset(Role)
ALL = "own sister supervised minor young draft left"  # of the commune
RUNNING = "own sister supervised minor young"
OF_POLICE = "own sister minor"  # those that the commune police supervises itself
NOBODY: Places = {}

# ── the records that a role may open ────────────────────────────────────────────────────────────────────────────────
CASES: Places = {
    officer: "own minor draft", chief: ALL, leader: ALL, military: "supervised young", villager: "sister",
    member: "own", inspector: ALL,
}  # fmt: skip
OFFICIALS: Places = {role: places for role, places in CASES.items() if role not in (villager, member)}
NOTES: Places = {officer: "own minor", chief: RUNNING, inspector: RUNNING}
RECORDED_BY: Places = {officer: "own minor", chief: RUNNING}
STANDING_IN: Places = {officer: OF_POLICE, chief: RUNNING}
PROPOSALS: Places = {officer: "own minor draft", chief: ALL, inspector: ALL}
LAID: Places = {**PROPOSALS, leader: "own sister supervised"}  # before the leader, who decides
ASSIGNMENTS: Places = {
    officer: "own minor", chief: ALL, leader: ALL, inspector: ALL, villager: "sister young", member: "own minor",
}  # fmt: skip
CHIEF: Places = {chief: RUNNING}
SIGNED_ROUNDS: Places = {chief: RUNNING, inspector: RUNNING, leader: RUNNING}  # the chair reads what is sent to them
DRAFTED: Places = {officer: "draft"}
WRITTEN: Places = {officer: "own minor draft", chief: ALL}  # files belong to a case from its first draft on
LAID_FILES: Places = {**NOTES, leader: LAID[leader]}
# A paper tells the name and the judgment: nobody prints it for a minor whom they may not name.
PRINTED: Places = {officer: "own minor", chief: RUNNING, inspector: "own sister supervised"}

# ── patrols ─────────────────────────────────────────────────────────────────────────────────────────────────────────
# Whoever patrols reads all patrols of the commune; only a force that takes part does anything on one (the committee
# does not). Places: joint (planned), joint_logged (by the police), joint_done (signed by all, with a recommendation).
OUTINGS = "joint joint_logged joint_done"
PATROLS: Places = dict.fromkeys((officer, chief, leader, military, border, inspector), OUTINGS)
GOING: Places = dict.fromkeys((officer, chief, military, border), OUTINGS)
SIGNING: Places = dict.fromkeys((military, border), OUTINGS)
CLOSING: Places = dict.fromkeys((chief, leader), OUTINGS)
POINTS: Places = {**PATROLS, clerk: OUTINGS}
CATALOGUE: Places = dict.fromkeys((clerk, chief), OUTINGS)
PLANS: Places = dict.fromkeys((officer, chief, leader, military, border, inspector, clerk), OUTINGS)
PLANNERS: Places = dict.fromkeys((leader, clerk), OUTINGS)
OBSERVED: Places = PATROLS  # those of patrols in which both the military and the border post took part
WRITTEN_DOWN: Places = dict.fromkeys((officer, chief), BOTH)  # incidents: on the shelves of `samples.SHELVES`
TOLD_OF: Places = dict.fromkeys((officer, chief, leader, military, border, inspector), BOTH)
LOOKED_INTO: Places = dict.fromkeys((officer, chief), OUTINGS)

# ── accounts, roles and units ───────────────────────────────────────────────────────────────────────────────────────
# The administrator keeps them; the chief and the leader confirm what opens cases, so they read them, and end roles.
OPEN_ACCOUNTS = "colleague asked resetting"
OFFICES = f"{OPEN_ACCOUNTS} dismissed"
ACCOUNTS: Places = dict.fromkeys((administrator, chief, leader), f"{OFFICES} keeper")
HANDED: Places = dict.fromkeys((chief, leader, inspector), "colleague")  # whose work was handed over
GRANTS: Places = {**ACCOUNTS, administrator: OFFICES}  # never one's own
UNITS: Places = dict.fromkeys((administrator, chief, leader), OFFICES)


# ── meetings ────────────────────────────────────────────────────────────────────────────────────────────────────────
# Of `councils.PLACES`: minuted (approved), council (it runs), called (invited to); the leader chairs, the clerk writes.
# Village heads read the meetings to which they are invited.
COUNCILS = "minuted council called"
BEGUN = "minuted council"
MET = "council called"  # whose items can still be written
COORDINATING = (officer, chief, leader, military, border, inspector, clerk)
MEETINGS: Places = dict.fromkeys((*COORDINATING, villager), COUNCILS)
PROPOSING: Places = {role: places for role, places in MEETINGS.items() if role != inspector}
ARRANGED: Places = dict.fromkeys((leader, clerk), COUNCILS)
CHAIRED: Places = {leader: COUNCILS}
ITEMS: Places = dict.fromkeys((*COORDINATING, villager), MET)
INVITATION: Places = dict.fromkeys((*COORDINATING, villager), "called")
TASKS: Places = dict.fromkeys(COORDINATING, "council")
SERIES: Places = dict.fromkeys(COORDINATING, "council")

# ── households and pledges ──────────────────────────────────────────────────────────────────────────────────────────
# Of `doors.DOORS`: door (the village of the head who is asked), door_sister (another one). The police and the office
# see all villages of the commune; a village's head sees the own one. Campaigns that were opened are told to all heads.
DOORS = "door door_sister"
LIVING: Places = {**dict.fromkeys((officer, chief, leader, inspector, clerk), DOORS), villager: "door"}
REGISTERING: Places = dict.fromkeys((officer, chief, clerk), DOORS)
OVERSEEING: Places = dict.fromkeys((officer, chief, leader, inspector, clerk), DOORS)
CAMPAIGNS: Places = {**OVERSEEING, villager: DOORS}
DRAFTING: Places = dict.fromkeys((officer, chief), DOORS)
PLEDGING: Places = {**DRAFTING, villager: "door"}
CARDS: Places = dict.fromkeys((clerk, chief), DOORS)  # what opens a village head's phone
CARDS_SEEN: Places = {**CARDS, leader: DOORS}  # whoever made a card does not say whose phone it opened
CALLED: Places = dict.fromkeys(
    (officer, chief, leader, military, border, villager, member, inspector, clerk), DOORS
)  # numbers to call are everybody's
# Of the shelves of `samples.SHELVES`: sessions of the own village are a head's as well.
REACHING_OUT = next(sample.writes for sample in SAMPLES if sample.name == "outreach")
SESSIONS_READ = next(sample.reads for sample in SAMPLES if sample.name == "outreach")
HELPED_BY: Places = {**RECORDED_BY, villager: "sister", member: "own"}
BREACHES: Places = dict.fromkeys((officer, chief, leader, inspector), DOORS)  # proposed by an officer

# ── phones ──────────────────────────────────────────────────────────────────────────────────────────────────────────
# Of `carried.CARRIED`: carried (the phone of the head who is asked), carried_sister (another head's). Everybody sees
# their own; whoever keeps the machine sees that there are some, and forgets one that was lost.
CARRIED = "carried carried_sister"
PHONES: Places = {villager: "carried", administrator: CARRIED}
HELD: Places = dict.fromkeys((chief, inspector), CARRIED)  # what came too late

# ── the register of documents ───────────────────────────────────────────────────────────────────────────────────────
# The committee's is kept by its office (at "colleague"), the police's by the chief (at "asked"): each unit its own.
DOCUMENTS: Places = {clerk: "colleague", leader: "colleague", chief: "asked", officer: "asked",
                     inspector: "colleague asked"}  # fmt: skip
REGISTERED_BY: Places = {clerk: "colleague", chief: "asked"}


# Of `told.DAYS`. Drafts are the police's and the leader's; whoever else reads reports reads what was signed.
REPORTS = "report_draft report_waits report_signed report_again"
WRITTEN_ON = "report_draft report_again"
TOLD: Places = {
    **dict.fromkeys((officer, chief, leader), REPORTS), **dict.fromkeys((clerk, inspector, province), "report_signed"),
}  # fmt: skip
SIGNED: Places = dict.fromkeys(TOLD, "report_signed")
AGAIN: Places = dict.fromkeys((officer, chief, leader), "report_again")
UNCORRECTED: Places = {
    **dict.fromkeys((officer, chief, leader), "report_draft report_waits report_signed"),
    **dict.fromkeys((clerk, inspector, province), "report_signed"),
}  # fmt: skip
UNSIGNED: Places = dict.fromkeys((officer, chief, leader), "report_draft report_waits report_again")
# Of `lawyers`: what the chief proposed of the law, and the days off that the office entered.
RULES: Places = dict.fromkeys((officer, chief, leader, inspector), "law")
YEARS: Places = dict.fromkeys((officer, chief, leader, clerk, inspector), "law")
# Of `asked`: what somebody of the officer's own asked of their data, what holds it, and a round of closed files.
DATA: Places = dict.fromkeys((officer, chief, leader, inspector), "asked_of")
DATA_TAKEN: Places = dict.fromkeys((officer, chief), "asked_of")
DATA_ANSWERED: Places = {chief: "asked_of"}
DATA_READ: Places = {chief: "asked_of", inspector: "asked_of"}  # what the answer said
CLOSED_FILES: Places = dict.fromkeys((chief, leader, inspector), "asked_of")
KINDS: Places = dict.fromkeys((officer, chief, leader, clerk, inspector), "report_draft")


def kept(places: str) -> Places:
    """What the administrator alone does, at some places."""
    return {administrator: places}


def confirmed(place: str) -> Places:
    """What the chief or the leader confirms."""
    return {chief: place, leader: place}


@dataclass(frozen=True)
class Page:
    """A page of one record.

    *of* names the record of the place; *allowed* says where each role may take its action, *readable* where they may
    read the record at all: there a refusal is 403, elsewhere 404. *body* is a plausible answer to its form, and *done*
    what follows from it; where the state of the record stands against it, 409.
    """

    of: str
    allowed: Places
    readable: Places
    methods: str = "GET"
    body: Mapping[str, Any] = field(default_factory=dict)
    done: int = 302
    arguments: Mapping[str, Any] = field(default_factory=dict)
    against: str | Places = ""  # places whose state stands against it, for each role or for some
    get: int = 200
    endpoint: str = ""  # where the name of the line is not the endpoint's
    events: tuple[str, ...] = ("look",)  # what the trail tells of opening it
    barred: str = ""  # places where a rule of the room refuses it with words: 422
    nothing_yet: Places = field(default_factory=dict)  # where the record is read and has no such paper: 404, no refusal


def recorded(**body: Any) -> Page:
    """A form that the officer in charge and the chief fill in."""
    return Page("case", RECORDED_BY, CASES, "GET POST", body)


def stood_in(**body: Any) -> Page:
    """A form that any colleague on duty may fill in."""
    return Page("case", STANDING_IN, CASES, "GET POST", body)


def step(of: str, name: str, allowed: Places, readable: Places, against: str = "", **body: Any) -> Page:
    """A step of a workflow, taken by its address."""
    owner = {
        "case": "cases.take", "assignment": "cases.take_assignment", "term_change": "cases.take_term_change",
        "written_warning": "cases.take_warning", "court_answer": "proposals.take_answer",
        "birth_correction": "cases.take_birth_correction", "reckoning": "cases.take_reckoning",
        "check_in": "cases.take_check_in",
        "end_check": "cases.take_end_check",
        "death": "cases.take_death",
    }.get(of, "proposals.take")  # fmt: skip
    return Page(
        of, allowed, readable, "POST", {"reason": "Vì sao", **body}, 302, {"transition": name}, against, endpoint=owner
    )


def not_entered(record: str) -> Page:
    """The signed page of a paper that does not stand in the register yet."""
    return Page(record, RECORDED_BY, NOTES, "GET POST", {}, 404, get=404, nothing_yet=NOTES)


def struck_out(of: str) -> Page:
    """An entry that is marked as made in error, by whoever may record one."""
    return Page(of, RECORDED_BY, NOTES, "GET POST", {"reason": "Ghi nhầm người"})


def account(allowed: Places, methods: str = "GET POST", done: int = 302, **body: Any) -> Page:
    return Page("account", allowed, ACCOUNTS, methods, body, done, events=())


def grant(allowed: Places, methods: str = "GET POST", done: int = 302, **body: Any) -> Page:
    return Page("grant", allowed, GRANTS, methods, body, done, events=())


def unit(allowed: Places, methods: str = "GET POST", done: int = 302, **body: Any) -> Page:
    return Page("unit", allowed, UNITS, methods, body, done, events=())


def outing(of: str, allowed: Places, readable: Places = PATROLS, methods: str = "GET POST", **more: Any) -> Page:
    """A page of a patrol or of what goes with one; looking at it is no event."""
    return Page(of, allowed, readable, methods, events=(), **more)


def meeting(allowed: Places = ARRANGED, methods: str = "GET POST", done: int = 422, **body: Any) -> Page:
    """A page of a meeting, most of them forms that those fill in who arrange it."""
    return Page("meeting", allowed, MEETINGS, methods, body, done, events=())


def taken(name: str, allowed: Places, against: str, done: int = 302) -> Page:
    """A step of a meeting."""
    body = {"reason": "Vì sao"}
    return Page(
        "meeting", allowed, MEETINGS, "POST", body, done, {"transition": name}, against, 200, "meetings.take", ()
    )


def item(allowed: Places, done: int = 422, of: str = "item", methods: str = "GET POST") -> Page:
    return Page(of, allowed, ITEMS, methods, {}, done, events=())


def task(name: str, allowed: Places, against: str = "") -> Page:
    body = {"reason": "Đã xong"}
    return Page("task", allowed, TASKS, "POST", body, 302, {"transition": name}, against, 200, "meetings.take_task", ())


def series(allowed: Places, methods: str = "GET POST") -> Page:
    return Page("series", allowed, SERIES, methods, {}, 422, events=())


def door(of: str, allowed: Places, methods: str = "GET POST", readable: Places = LIVING, **more: Any) -> Page:
    """A page of a household, a campaign in a village or a pledge; looking at it is no event."""
    return Page(of, allowed, readable, methods, **{"done": 422, "events": (), **more})


def entry(allowed: Places, methods: str = "GET POST", done: int = 302, **body: Any) -> Page:
    return Page("document", allowed, DOCUMENTS, methods, body, done, events=())


def report(allowed: Places, methods: str = "GET", done: int = 302, **more: Any) -> Page:
    """A page of a report; looking at it is no event."""
    return Page("report", allowed, TOLD, methods, done=done, events=(), **more)


def report_step(name: str, allowed: Places, against: str, done: int = 302) -> Page:
    return report(
        allowed, "POST", done, body={"reason": "Vì sao"}, arguments={"transition": name}, against=against,
        endpoint="reports.take",
    )  # fmt: skip


def ruling(of: str, name: str, allowed: Places, readable: Places) -> Page:
    """A step of a change of the law, or of days off."""
    endpoint = {"rule_change": "lawbook.take_change", "year_off": "lawbook.take_year",
                "wording_change": "wordings.take"}[of]  # fmt: skip
    return Page(
        of, allowed, readable, "POST", {"reason": "Vì sao"}, 302, {"transition": name}, endpoint=endpoint, events=()
    )  # fmt: skip


def asked(of: str, name: str, allowed: Places, readable: Places = DATA, **more: Any) -> Page:
    """A step of a request about somebody's data, of a legal hold, or of a round of closed files."""
    endpoint = {"person_request": "request", "legal_hold": "hold", "retention_round": "round"}[of]
    return Page(
        of, allowed, readable, "POST", {"reason": "Vì sao"}, 302, {"transition": name},
        endpoint=f"privacy.take_{endpoint}", **more,
    )  # fmt: skip


OF_FIGURE = {"figure_id": "cases.community.received"}
RECORD_PAGES: Mapping[str, Page] = {
    # the law of the commune
    "lawbook.change": Page("rule_change", RULES, RULES, events=()),
    **{
        f"lawbook.take_change {name}": ruling("rule_change", name, {role: "law"}, RULES)
        for name, role in (("approve", leader), ("reject", leader), ("withdraw", chief))
    },
    "wordings.change": Page("wording_change", YEARS, YEARS, events=()),
    "wordings.preview": Page("wording_change", YEARS, YEARS, events=()),
    **{
        f"wordings.take {name}": ruling("wording_change", name, {role: "law"}, YEARS)
        for name, role in (("approve", leader), ("reject", leader), ("withdraw", chief))
    },
    "lawbook.year": Page("year_off", YEARS, YEARS, events=()),
    **{
        f"lawbook.take_year {name}": ruling("year_off", name, {role: "law"}, YEARS)
        for name, role in (("confirm", chief), ("refuse", chief), ("withdraw", clerk))
    },
    # what people ask of their data
    "privacy.of_case": Page("case", {officer: "own minor draft", chief: ALL}, CASES, get=302),
    "privacy.of_person": Page("asked_person", DATA_TAKEN, DATA),
    "privacy.new_request": Page(
        "asked_person", DATA_TAKEN, DATA, "GET POST", {"asked_on": ""}, 422, {"kind": "correction"}
    ),
    "privacy.new_hold": Page("asked_person", DATA_ANSWERED, DATA, "GET POST", {"asked_by": ""}, 422),
    "privacy.request": Page("person_request", DATA, DATA),
    "privacy.answer": Page("person_request", DATA_ANSWERED, DATA, "GET POST", {"copies": ""}, 422),
    **dict.fromkeys(
        ("privacy.extract", "privacy.paper"), Page("answered_request", DATA_READ, DATA, events=("print",))
    ),
    "privacy.take_request refuse": asked("person_request", "refuse", DATA_ANSWERED),
    "privacy.take_request withdraw": asked("person_request", "withdraw", DATA_TAKEN),
    "privacy.take_request tell": asked("person_request", "tell", DATA_TAKEN, against="asked_of"),
    "privacy.hold": Page("legal_hold", DATA, DATA),
    "privacy.take_hold lift": asked("legal_hold", "lift", {leader: "asked_of"}),
    "privacy.round": Page("retention_round", CLOSED_FILES, CLOSED_FILES, events=()),
    "privacy.approve_round": Page(
        "retention_round", {leader: "asked_of"}, CLOSED_FILES, "GET POST", {"counted": ""}, 422, events=()
    ),
    "privacy.take_round reject": asked("retention_round", "reject", {leader: "asked_of"}, CLOSED_FILES, events=()),
    "privacy.take_round withdraw": asked("retention_round", "withdraw", {chief: "asked_of"}, CLOSED_FILES, events=()),
    # reports
    **{f"reports.{name}": report(TOLD) for name in ("show", "text", "paper", "checks")},
    "reports.table": replace(report(TOLD), events=("export",)),
    "reports.late": replace(report(SIGNED, nothing_yet=UNSIGNED), readable=SIGNED),
    "reports.corrected": replace(report(AGAIN, nothing_yet=UNCORRECTED), readable=AGAIN),
    "reports.kept": replace(
        report(SIGNED, nothing_yet=UNSIGNED, arguments=OF_FIGURE), readable=SIGNED, events=("list",)
    ),
    "reports.late_records": replace(
        report(SIGNED, nothing_yet=UNSIGNED, arguments=OF_FIGURE), readable=SIGNED, events=("list",)
    ),
    "reports.corrected_records": replace(
        report(AGAIN, nothing_yet=UNCORRECTED, arguments=OF_FIGURE), readable=AGAIN, events=("list",)
    ),
    "reports.section": report(
        {chief: WRITTEN_ON}, "GET POST", body={"text": "Khác."}, arguments={"key": "advice"}
    ),
    "reports.overrule": report(
        {chief: WRITTEN_ON}, "GET POST", body={"reason": "Đã hỏi lại"}, arguments={"key": "silent-villages-none"},
        get=302,  # nothing is found any more of what the address names
    ),
    "reports.void": report({chief: WRITTEN_ON}, "GET POST", body={"reason": "Nhầm kỳ"}),
    "reports.approve": report({leader: "report_waits"}, "GET POST", 409, body={"shown": "khác"}),
    "reports.correct": report({chief: "report_signed"}, "GET POST", body={"why": "Sót một hồ sơ"}),
    "reports.give": report(dict.fromkeys((chief, leader), REPORTS), "GET POST", 422),
    "reports.take submit": report_step("submit", {chief: REPORTS}, "report_waits report_signed"),
    "reports.take return": report_step("return", {leader: REPORTS}, "report_draft report_signed report_again"),
    "reports.take send": report_step("send", {leader: REPORTS}, "report_draft report_waits report_again", 422),
    "reports.begin": Page("report_kind", {chief: "report_draft"}, KINDS, "GET POST", done=422, events=()),
    "reports.kind": Page(
        "report_kind", dict.fromkeys((chief, leader, clerk), "report_draft"), KINDS, "GET POST", done=422, events=()
    ),
    # households and pledges
    "households.show": door("household", LIVING, "GET"),
    **{f"households.{name}": door("household", REGISTERING) for name in ("edit", "move", "split", "merge", "leave")},
    "establishments.show": door("establishment", LIVING, "GET"),
    **{f"establishments.{name}": door("establishment", REGISTERING) for name in ("edit", "close")},
    "households.void": door("unsigned", REGISTERING, body={"reason": "Nhập hai lần"}, done=302),
    "households.take_back": door("household", REGISTERING, body={"reason": "Nhầm"}),  # nothing became of it yet
    "establishments.void": door("establishment", REGISTERING, body={"reason": "Nhập hai lần"}),  # it pledged something
    "campaigns.show": door("campaign", OVERSEEING, "GET", CAMPAIGNS),
    "campaigns.edit": door("drafted", DRAFTING, readable=OVERSEEING),
    "campaigns.take open": door(
        "drafted", {chief: DOORS}, "POST", OVERSEEING, done=302, arguments={"transition": "open"}
    ),
    "campaigns.take close": door(
        "campaign", {chief: DOORS}, "POST", CAMPAIGNS, done=302, arguments={"transition": "close"}
    ),
    "campaigns.village": door("goal", LIVING, "GET"),
    "campaigns.tick": door("goal", PLEDGING, "POST"),
    "campaigns.undo": door("goal", PLEDGING, "POST", body={"at": "2026-01-01T00:00:00+00:00"}),
    "campaigns.all_but": door("goal", PLEDGING),
    "campaigns.all_but_sure": door("goal", PLEDGING, "POST"),
    "campaigns.print_list": door("goal", PLEDGING, "POST", done=302),
    "campaigns.forms": door("goal", PLEDGING, "GET", events=("export",)),
    "campaigns.printed": door("printed", LIVING, "GET"),
    "campaigns.type_back": door("printed", PLEDGING),
    "campaigns.sheet": door("pledge_sheet", LIVING, "GET"),
    "campaigns.void_sheet": door("pledge_sheet", PLEDGING, body={"reason": "Nhập nhầm tờ"}, done=302),
    "campaigns.undo_sheet": door("pledge_sheet", PLEDGING, "POST"),
    "campaigns.sheet_photos": door("pledge_sheet", PLEDGING),
    "pledges.day": door("pledge", PLEDGING),
    "pledges.withdraw": door("pledge", PLEDGING),
    "pledges.propose_breach": door("pledge", DRAFTING),
    "pledges.breach": door("breach", BREACHES, "GET", BREACHES),
    "pledges.breach decided": door("decided", BREACHES, "GET", BREACHES),
    **{
        f"pledges.take_breach {name}": door(
            of, places, "POST", BREACHES, done=302,
            body={"reason": "Vì sao"}, arguments={"transition": name}, endpoint="pledges.take_breach",
        )
        for name, of, places in (
            ("approve", "breach", {chief: DOORS}), ("reject", "breach", {chief: DOORS}),
            ("ask_back", "decided", DRAFTING), ("take_back", "asked_back", {chief: DOORS}),
            ("keep", "asked_back", {chief: DOORS}),
        )
    },
    "pledges.void breached": door("breached", PLEDGING, "POST", body={"reason": "Nhập nhầm hộ"}),
    **{f"pledges.{name} moved": door("moved_pledge", PLEDGING) for name in ("day", "withdraw")},
    "pledges.void moved": door("moved_pledge", PLEDGING, body={"reason": "Nhập nhầm hộ"}, done=302),
    "households.show moved": door("moved", LIVING, "GET"),
    "pledges.void": door("pledge", PLEDGING, body={"reason": "Nhập nhầm hộ"}, done=302),
    "pledges.void_call": door("call", PLEDGING, body={"reason": "Nhập nhầm hộ"}, done=302),
    # a village head's phone
    "cards.take_back": door("card", CARDS, readable=CARDS_SEEN, done=302),
    "cards.confirm": door("card", dict.fromkeys((chief, leader), DOORS), readable=CARDS_SEEN, done=302),
    "hotlines.edit": door("hotline", CARDS, readable=CALLED, body={"name": ""}),
    "hotlines.take_off": door("hotline", CARDS, readable=CALLED, body={"reason": "Số đã đổi"}, done=302),
    "outreach.hold": Page(
        "outreach", REACHING_OUT, SESSIONS_READ, "GET POST", {"held_on": "20/11/2026", "attendance": ""}, 422,
        events=(),
    ),
    "outreach.take": Page(
        "outreach", REACHING_OUT, SESSIONS_READ, "POST", {"reason": "Mưa bão"}, arguments={"transition": "cancel"},
        events=(),
    ),
    # phones
    "offline.forget": Page("phone", PHONES, PHONES, "GET POST", events=()),
    "offline.show_held": Page("held_send", HELD, HELD),
    "offline.take_over": Page("held_send", {chief: CARRIED}, HELD, "POST"),
    "offline.refuse": Page("held_send", {chief: CARRIED}, HELD, "GET POST", {"reason": "Nhập lại theo biên bản"}),
    # meetings
    "meetings.show": meeting(MEETINGS, "GET"),
    "meetings.edit": meeting(),
    "meetings.move": meeting(),
    "meetings.reschedule": meeting(),
    "meetings.hold": meeting(),
    "meetings.chair": meeting(),
    "meetings.end": meeting(),
    "meetings.invite": meeting(),
    "meetings.erratum": meeting(),
    "meetings.compile_agenda": replace(meeting(methods="POST"), done=302, barred=BEGUN),
    "meetings.new_item": meeting(PROPOSING),
    "meetings.take convene": taken("convene", ARRANGED, COUNCILS),
    "meetings.take draft_minutes": taken("draft_minutes", ARRANGED, "minuted called", 422),
    "meetings.take close": taken("close", ARRANGED, MET),
    "meetings.take postpone": taken("postpone", ARRANGED, "minuted council"),
    "meetings.take break_off": taken("break_off", ARRANGED, COUNCILS),
    "meetings.take cancel": taken("cancel", ARRANGED, "minuted council"),
    "meetings.take return_minutes": taken("return_minutes", CHAIRED, COUNCILS),
    "meetings.take approve_minutes": taken("approve_minutes", CHAIRED, COUNCILS),
    "meetings.invitation_paper": meeting(MEETINGS, "GET"),
    "meetings.invitation_file": meeting(MEETINGS, "GET"),
    "meetings.minutes_paper": Page(
        "meeting", dict.fromkeys(MEETINGS, "minuted council"), dict.fromkeys(MEETINGS, "minuted council"), events=(),
        nothing_yet=dict.fromkeys(MEETINGS, "called"),
    ),
    "meetings.conclusions_paper": Page(
        "meeting", dict.fromkeys(MEETINGS, "minuted"), dict.fromkeys(MEETINGS, "minuted"), events=(),
        nothing_yet=dict.fromkeys(MEETINGS, MET),
    ),
    "meetings.item": Page("item", ITEMS, ITEMS, events=(), get=302),
    # No item of these is restricted: what an annex says, and to whom, is tried in tests/meetings/test_papers.py.
    "meetings.annex_paper": Page("item", ITEMS, ITEMS, events=(), get=404, nothing_yet=ITEMS),
    "meetings.words": item(dict.fromkeys((chief, officer), MET)),
    "meetings.record": item(dict.fromkeys((leader, clerk), MET)),
    "meetings.at_item": replace(item(dict.fromkeys((leader, clerk), MET), 302), barred="called"),
    "meetings.strike": item(dict.fromkeys((leader, clerk), MET)),
    "meetings.take_back": item(dict.fromkeys((leader, clerk), MET)),
    "meetings.admit": item({leader: MET}, 302, "late_item", "POST"),
    "meetings.answer": Page(
        "invitation", {villager: "called"}, INVITATION, "GET POST", {"comes": "yes", "substitute": ""}, events=()
    ),
    "meetings.uninvite": Page(
        "invitation", dict.fromkeys((leader, clerk), "called"), INVITATION, "GET POST", {}, 422, events=()
    ),
    "meetings.task": Page("task", TASKS, TASKS, events=()),
    "meetings.take_task finish": task("finish", dict.fromkeys((officer, chief, leader, clerk), "council")),
    "meetings.take_task drop": task("drop", {leader: "council"}),
    "meetings.take_task reopen": task("reopen", {leader: "council"}, "council"),
    "meetings.strike_task": Page(
        "task", dict.fromkeys((leader, clerk), "council"), TASKS, "GET POST", {}, 422, events=()
    ),
    "meetings.one_series": series(SERIES, "GET"),
    "meetings.edit_series": series(dict.fromkeys((leader, clerk), "council")),
    "meetings.except_series": series(dict.fromkeys((leader, clerk), "council")),
    "meetings.end_series": series(dict.fromkeys((leader, clerk), "council")),
    # cases
    "cases.show": Page("case", CASES, CASES),
    "cases.sheet": Page("case", OFFICIALS, CASES),
    "cases.try_out": Page("case", OFFICIALS, CASES),
    "cases.lookers": Page("case", {chief: ALL, inspector: ALL}, CASES),
    "case_file.ask": Page("case", {chief: ALL, inspector: ALL}, CASES, "GET POST", {"purpose": ""}, 422),
    "cases.edit": Page("case", DRAFTED, CASES, "GET POST", {"full_name": ""}, 422),
    "cases.person": Page(
        "case", {officer: "own minor draft", chief: ALL}, CASES, "GET POST", {"full_name": ""}, 422
    ),
    "cases.assign": Page("case", CHIEF, CASES, "GET POST", {"officer_id": "0"}, 422),
    "cases.reception": recorded(held_on="20/11/2026"),
    "cases.summon": Page(
        "case", RECORDED_BY, CASES, "GET POST", {
            "purpose": "other", "about": "Bổ sung giấy tờ", "summoned_on": "20/11/2026", "appear_on": "30/11/2026",
            "appear_time": "08:00", "where": "Công an xã",
        }, barred="minor young",
    ),
    "cases.summoned": Page("summons", NOTES, NOTES),
    "cases.summons_outcome": Page(
        "summons", RECORDED_BY, NOTES, "GET POST", {"outcome": "came", "recorded_on": "23/11/2026"}
    ),
    "cases.still_absent": Page(
        "summons", RECORDED_BY, NOTES, "GET POST", {"recorded_on": "23/11/2026", "note": "Vắng"}, 422
    ),
    "cases.summons_paper": Page("summons", RECORDED_BY, NOTES, events=("print",)),
    "cases.received": Page("reception", NOTES, NOTES),
    "cases.reception_minutes": Page("reception", RECORDED_BY, NOTES, events=("print",)),
    "cases.commitment": Page("case", RECORDED_BY, CASES, events=("print",)),
    "cases.void_summons": struck_out("summons"),
    "cases.void_reception": struck_out("reception"),
    "cases.checked": Page("check_in", NOTES, NOTES),
    "cases.take_check_in file": step("check_in", "file", RECORDED_BY, NOTES, against=RUNNING),
    "cases.check_in": stood_in(month="2026-10-01", received_on="20/11/2026", channel="in_person"),
    "cases.roll_call": stood_in(month="2026-10-01", held_on="20/10/2026", present="yes"),
    "cases.contact": stood_in(kind="visit", happened_on="20/11/2026", note="Gặp ở nhà"),
    "cases.assessment": Page(  # without the seal of what was suggested
        "case", RECORDED_BY, CASES, "GET POST",
        {"month": "2026-10-01", "written_on": "20/11/2026", "rating": "good", "text": "Chấp hành tốt"}, 409,
    ),
    "cases.violation": recorded(
        kind="duty", occurred_on="19/11/2026", recorded_on="20/11/2026", text="Vắng mặt", missing_report="other"
    ),
    "cases.breach": Page("violation", NOTES, NOTES),
    "cases.print_violation": Page("violation", RECORDED_BY, NOTES, events=("print",)),
    "cases.enter_minutes": Page("violation", RECORDED_BY, NOTES, "POST"),
    "cases.sign_violation": not_entered("violation"),
    "cases.warn": Page("case", RECORDED_BY, CASES, "GET POST", {"violation_id": ""}, 422),
    "cases.paper_warning": Page("case", RECORDED_BY, CASES, "GET POST", {"violation_id": ""}, 422),
    "cases.paper_review": Page("case", RECORDED_BY, CASES, "GET POST", {"paper_number": ""}, 422),
    "cases.written_warning": Page("written_warning", NOTES, NOTES),
    "cases.print_written_warning": Page("written_warning", RECORDED_BY, NOTES, events=("print",)),
    "cases.sign_written_warning": not_entered("written_warning"),
    "cases.take_warning sign": step("written_warning", "sign", CHIEF, NOTES),
    "cases.take_warning refuse": step("written_warning", "refuse", CHIEF, NOTES),
    "cases.give_warning": Page("written_warning", RECORDED_BY, NOTES, "GET POST", {"given_on": ""}, 422),
    "cases.void_written_warning": struck_out("written_warning"),
    "cases.review": Page("review_meeting", NOTES, NOTES),
    "cases.print_review_meeting": Page("review_meeting", RECORDED_BY, NOTES, events=("print",)),
    "cases.sign_review_meeting": not_entered("review_meeting"),
    "cases.conclude_review": Page("review_meeting", RECORDED_BY, NOTES, "GET POST", {"held_on": ""}, 422),
    "cases.void_review_meeting": struck_out("review_meeting"),
    "cases.measure": recorded(kind="papers", given_on="20/11/2026", given_by="Hội Phụ nữ"),
    **{
        f"cases.{one}": Page("case", RECORDED_BY, CASES, "GET POST", {first: ""}, 422)
        for one, first in (("deduction", "deducted_on"), ("work_day", "worked_on"), ("job_loss", "known_on"))
    },
    **{f"cases.void_{one}": struck_out(one) for one in ("income_deduction", "work_day", "job_loss")},
    "cases.signed_round": Page("round_signature", SIGNED_ROUNDS, SIGNED_ROUNDS),
    "cases.round_paper": Page("round_signature", SIGNED_ROUNDS, SIGNED_ROUNDS, events=("print",)),
    "cases.round_table": Page(
        "round_signature", SIGNED_ROUNDS, SIGNED_ROUNDS, "GET POST", {"purpose": "report", "details": "Gửi"}, 200
    ),
    "cases.void_round": Page("round_signature", CHIEF, SIGNED_ROUNDS, "GET POST", {"reason": "Ký nhầm tháng"}),
    "cases.helper_report": Page("case", HELPED_BY, CASES, "GET POST", {"help_given": ""}, 422),
    "cases.helper_reported": Page("helper_report", NOTES, NOTES),
    "cases.void_helper_report": struck_out("helper_report"),
    "cases.reveal": Page(
        "case", {inspector: "own sister supervised draft left"}, CASES, "POST", {"reason": "Đối chiếu"}, 200,
        {"what": "identity"},
    ),
    "cases.take take_over": step("case", "take_over", {chief: "left"}, CASES),
    "cases.take suspend": step("case", "suspend", {chief: ALL}, CASES, against="draft left"),
    "cases.take resume": step("case", "resume", {chief: ALL}, CASES, against=ALL),
    "cases.take ask_reopen": step("case", "ask_reopen", {chief: ALL}, CASES, against=ALL),
    "cases.take reopen": step("case", "reopen", {leader: ALL}, CASES, against=ALL),
    "cases.take keep_closed": step("case", "keep_closed", {leader: ALL}, CASES, against=ALL),
    "cases.return_check_in": Page(
        "check_in", RECORDED_BY, NOTES, "GET POST", {"reason": "Thiếu chữ ký"}
    ),
    "cases.measure_result": Page(
        "measure", RECORDED_BY, NOTES, "GET POST", {"on": "20/11/2026", "text": "Có việc làm"},
        arguments={"months": 3},
    ),
    "cases.term_changed": Page("term_change", NOTES, NOTES),
    "cases.take_term_change confirm": step("term_change", "confirm", CHIEF, NOTES),
    "cases.take_term_change refuse": step("term_change", "refuse", CHIEF, NOTES),
    "cases.take_term_change ask_back": step("term_change", "ask_back", RECORDED_BY, NOTES, against=RUNNING),
    "cases.take_term_change take_back": step("term_change", "take_back", CHIEF, NOTES, against=RUNNING),
    "cases.take_term_change keep": step("term_change", "keep", CHIEF, NOTES, against=RUNNING),
    "cases.days": Page("case", OFFICIALS, CASES),
    "cases.take_over": Page("case", RECORDED_BY, CASES, "GET POST", {"reason": "Đã đối chiếu"}, 422),
    "cases.reckoning": Page("reckoning", NOTES, NOTES),
    "cases.take_reckoning confirm": step("reckoning", "confirm", CHIEF, NOTES),
    "cases.take_reckoning refuse": step("reckoning", "refuse", CHIEF, NOTES),
    "cases.check_end": Page("case", RECORDED_BY, CASES, "GET POST", {"last_on": ""}, 422),
    "cases.end_checked": Page("end_check", NOTES, NOTES),
    "cases.take_end_check confirm": step("end_check", "confirm", CHIEF, NOTES),
    "cases.take_end_check refuse": step("end_check", "refuse", CHIEF, NOTES),
    "cases.hold": Page("case", RECORDED_BY, CASES, "GET POST", {"since": ""}, 422),
    "cases.end_hold": Page("certificate_hold", RECORDED_BY, NOTES, "GET POST", {"ended_on": ""}, 422),
    "cases.undone": Page("case", RECORDED_BY, CASES, "GET POST", {"reason": ""}, 422),
    **{f"cases.void_{one}": struck_out(one) for one in ("end_check", "certificate_hold", "left_undone")},
    "cases.birth_correction": Page("birth_correction", NOTES, NOTES),
    "cases.take_birth_correction confirm": step("birth_correction", "confirm", CHIEF, NOTES),
    "cases.take_birth_correction refuse": step("birth_correction", "refuse", CHIEF, NOTES),
    "cases.assignment": Page("assignment", ASSIGNMENTS, ASSIGNMENTS),
    "cases.take_assignment accept": step(
        "assignment", "accept", {villager: "sister young", member: "own minor"}, ASSIGNMENTS, against="own sister"
    ),
    "cases.take_assignment decline": step(
        "assignment", "decline", {villager: "sister young", member: "own minor"}, ASSIGNMENTS, against="own sister"
    ),
    "cases.take_assignment recall": step(
        "assignment", "recall", {chief: "own sister minor young"}, ASSIGNMENTS, against="own sister"
    ),
    "cases.attach": Page("case", WRITTEN, CASES, "GET POST", {"title": "Biên bản"}, 422),
    "cases.term_change": recorded(decided_on="19/11/2026", months="1", decision_number="15/2026/QĐ-TA"),
    "cases.void_check_in": struck_out("check_in"),
    "cases.void_roll_call": struck_out("roll_call"),
    "cases.void_contact": struck_out("contact"),
    "cases.void_assessment": struck_out("assessment"),
    "cases.void_violation": struck_out("violation"),
    "cases.void_measure": struck_out("measure"),
    "cases.custody": Page("case", RECORDED_BY, CASES, "GET POST", {"detained_on": ""}, 422),
    "cases.move": Page("case", RECORDED_BY, CASES, "GET POST", {"told_on": "x"}, 422),
    "cases.hand_over": Page("case", RECORDED_BY, CASES, "GET POST", {"receiver": ""}, 422),
    "cases.handed_over": Page("file_handover", NOTES, NOTES),
    "cases.handover_minutes": Page("file_handover", RECORDED_BY, NOTES, events=("print",)),
    "cases.void_file_handover": struck_out("file_handover"),
    "cases.death": Page("case", RECORDED_BY, CASES, "GET POST", {"paper": ""}, 422),
    "cases.dead": Page("death", NOTES, NOTES),
    "cases.after_death": Page("death", RECORDED_BY, NOTES, "GET POST", {"reported_on": "x"}, 422),
    "cases.death_report": Page("death", RECORDED_BY, NOTES, events=("print",)),
    "cases.take_death confirm": step("death", "confirm", CHIEF, NOTES, against=RUNNING),
    "cases.take_death refuse": step("death", "refuse", CHIEF, NOTES, against=RUNNING),
    "cases.void_death": struck_out("death"),
    "cases.give": Page("case", NOBODY, CASES, "GET POST", {"officer_id": "0"}, 422),  # no draft here moved in
    "cases.void_management_custody": struck_out("management_custody"),
    "cases.void_management_move": struck_out("management_move"),
    "cases.void_term_change": struck_out("term_change"),
    # files
    "documents.download": Page("attachment", NOTES, NOTES, events=("download",)),
    "documents.download laid": Page("laid_file", LAID_FILES, LAID_FILES, events=("download",)),
    "documents.void": struck_out("attachment"),
    "documents.void laid": Page("laid_file", RECORDED_BY, LAID_FILES, "GET POST", {"reason": "Nhầm tệp"}),
    # accounts, roles and units
    "accounts.show": account(ACCOUNTS, "GET"),
    "accounts.edit": account(kept(f"{OFFICES} keeper"), full_name="Y Tên Mới"),
    "accounts.close": account(kept(OPEN_ACCOUNTS), reason="Chuyển công tác"),
    "workload.hand_over": account(NOBODY, reason=" ", done=422),  # of nobody here: they are comrades of no head
    "workload.handover": Page("handover", HANDED, HANDED, events=()),
    "workload.minutes": Page("handover", HANDED, HANDED, events=()),
    "accounts.open_again": account(kept("dismissed")),
    "accounts.reset": account(kept(OPEN_ACCOUNTS), done=200),
    "accounts.confirm_reset": account(confirmed("resetting"), done=200),
    "accounts.refuse_reset": account(confirmed("resetting"), "POST", reason="Không gặp người này"),
    "grants.choose": account(kept(OPEN_ACCOUNTS), "GET"),
    "grants.give": Page(
        "account", kept(OPEN_ACCOUNTS), ACCOUNTS, "GET POST", {"unit_id": "0"}, 422, {"role": "border_guard"},
        events=(),
    ),
    "grants.show": grant(GRANTS, "GET"),
    "grants.confirm": grant(confirmed("asked"), "POST", 200),
    "grants.refuse": grant(confirmed("asked"), "POST", reason="Không có quyết định"),
    "grants.correct": grant(kept(OFFICES), done=422, valid_from=""),
    "grants.end": grant(GRANTS, last_day="23/11/2026", reason="Chuyển công tác"),
    "units.show": unit(UNITS, "GET"),
    "units.edit": unit(kept(OFFICES), name="Đồn Biên phòng Mới"),
    "units.end": unit(kept(OFFICES), last_day="23/11/2026"),
    # patrols, their points, and protected events
    "patrols.show": replace(outing("patrol", PATROLS, methods="GET"), events=("list",)),  # of what was seen on it
    "patrols.compare": outing("patrol", PATROLS, methods="GET"),
    "patrols.minutes": outing("logged", PATROLS, methods="GET"),
    "patrols.edit": outing("planned", GOING, body={"on": ""}, done=422),
    "patrols.start": outing("planned", GOING, methods="POST"),
    "patrols.cancel": outing("planned", GOING, body={"reason": "Mưa bão"}),
    "patrols.log": outing("planned", GOING, body={"on": ""}, done=422),
    "patrols.nothing_found": outing("planned", GOING, done=422, get=302),  # it has not set out
    "patrols.pass_point": outing("planned", GOING, body={"at": ""}, done=422),
    "patrols.passed": outing("stop", GOING, methods="POST"),
    "patrols.team": outing("planned", GOING, body={"why": ""}, done=422),
    "patrols.sign": outing("logged", SIGNING),
    "patrols.dispute": outing("logged", SIGNING, body={"reason": "Chưa đúng giờ"}),
    "patrols.agree": outing("logged", SIGNING, done=403, get=302),  # they take part: the step is not theirs
    "patrols.close": outing("done", CLOSING, body={"reason": "Đã đặt biển"}),
    "patrols.photos": outing("logged", GOING, body={"title": ""}, done=422),
    "landmarks.edit": outing("landmark", CATALOGUE, POINTS, body={"name": ""}, done=422),
    "landmarks.end": outing("landmark", CATALOGUE, POINTS, body={"last_day": "23/11/2026"}),
    "protections.void": outing("protection", LOOKED_INTO, body={"reason": "Ghi hai lần"}),
    "plans.show": outing("plan", PLANS, PLANS, "GET"),
    "plans.edit": outing("plan", PLANNERS, PLANS, body={"doc_number": ""}, done=422),
    "plans.end": outing("plan", PLANNERS, PLANS, body={"last_day": "23/11/2026", "reason": "Có kế hoạch mới"}),
    "documents.download photo": Page("photo", PATROLS, PATROLS, events=("download",)),
    "documents.void photo": Page("photo", LOOKED_INTO, PATROLS, "GET POST", {"reason": "Nhầm ảnh"}),
    "documents.void signed photo": Page(
        "signed_photo", LOOKED_INTO, PATROLS, "GET POST", {"reason": "Nhầm ảnh"}, 422, get=422
    ),
    # observations
    "observations.show": Page("observation", OBSERVED, OBSERVED),
    "observations.hand_over": Page("observation", GOING, OBSERVED, "GET POST", {"unit_id": ""}, 422),
    "observations.take accept": Page(
        "observation", LOOKED_INTO, OBSERVED, "POST", {}, 302, {"transition": "accept"}, endpoint="observations.take"
    ),
    "observations.close": Page("observation", LOOKED_INTO, OBSERVED, "GET POST", {"reason": "Đã làm rõ"}),
    "observations.photos": Page("observation", GOING, OBSERVED, "GET POST", {"title": ""}, 422),
    "observations.become": Page("observation", LOOKED_INTO, OBSERVED, "GET POST", {"kind": ""}, 422),
    "observations.join": Page("observation", LOOKED_INTO, OBSERVED, "GET POST", {"incident_id": ""}, 422),
    "incidents.photos": Page("incidents", WRITTEN_DOWN, TOLD_OF, "GET POST", {"title": ""}, 422),
    "observations.receive": Page("handed", {military: OUTINGS}, OBSERVED, "POST"),
    # what the bell told the chief, who alone may open it
    "notices.follow": Page("notice", CHIEF, CHIEF, "POST", events=()),
    "notices.read": Page("notice", CHIEF, CHIEF, "POST", events=()),
    # the register of documents
    "register.show": entry(DOCUMENTS, "GET"),
    "register.edit": entry(REGISTERED_BY, done=422, abstract=""),
    "register.issue": entry(REGISTERED_BY, done=422, number=""),
    "register.vouch": entry(NOBODY),  # nothing is said to have gone out before
    "register.void": entry(REGISTERED_BY, reason="Ghi nhầm"),
    # duties
    "duties.follow": Page("duty", {officer: "own minor"}, {officer: "own minor"}, get=302, events=()),
    "duties.finish": Page("duty", {officer: "own minor"}, {officer: "own minor"}, "GET POST", {}, 422, events=()),
    "duties.ask_again": Page("left", CHIEF, {**CHIEF, officer: "own minor"}, "GET POST", events=()),
    # proposals
    "proposals.show": Page("sent", PROPOSALS, PROPOSALS),
    "proposals.show laid": Page("laid", LAID, LAID),
    "proposals.new": Page(
        "case", RECORDED_BY, CASES, "GET POST",
        {"leaves_on": "10/01/2027", "returns_on": "12/01/2027", "destination": "Pleiku", "reason": "Thăm mẹ"},
        arguments={"kind": "absence"},
    ),
    "proposals.answer": Page(  # of leave no court is asked
        "sent", {officer: "own minor", chief: RUNNING}, PROPOSALS, "GET POST", {"body": ""}, 404, get=404,
        nothing_yet=PROPOSALS,
    ),
    "proposals.agency_answer": Page(  # a leave that the chair permits goes up to nobody
        "sent", {officer: "own minor", chief: RUNNING}, PROPOSALS, "GET POST", {"number": ""}, 404, get=404,
        nothing_yet=PROPOSALS,
    ),
    "proposals.medical_paper": Page(  # no treatment was asked for
        "sent", {officer: "own minor", chief: RUNNING}, PROPOSALS, "GET POST", {"number": ""}, 404, get=404,
        nothing_yet=PROPOSALS,
    ),
    "proposals.answer_of_court": Page("court_answer", NOTES, NOTES),
    "proposals.take_answer confirm": step("court_answer", "confirm", CHIEF, NOTES),
    "proposals.take_answer refuse": step("court_answer", "refuse", CHIEF, NOTES),
    "proposals.void_answer": struck_out("court_answer"),
    "proposals.paper_absence": Page("case", RECORDED_BY, CASES, "GET POST", {"paper_number": ""}, 422),
    "proposals.new_opening": Page("case", DRAFTED, CASES, "GET POST", {"reason": ""}, 422),
    "proposals.edit": Page("unsent", {officer: "own minor draft"}, PROPOSALS, "GET POST", {"reason": ""}, 422),
    "proposals.decide": Page("sent", CHIEF, PROPOSALS, "GET POST", {"transition": "endorse"}, 200, get=302),
    "proposals.decide laid": Page(  # the chief has endorsed it already
        "laid", {leader: LAID[leader], chief: LAID[leader]}, LAID, "POST", {"transition": "approve"}, 200,
        against={chief: LAID[leader]},
    ),
    "proposals.paper": Page(
        "sent", {officer: "own minor", chief: RUNNING}, PROPOSALS, "GET POST", {"number": ""}, 422
    ),
    "proposals.not_proposed": Page("case", RECORDED_BY, CASES, "GET POST", {"reason": ""}, 422),
    "proposals.draft": Page("sent", PRINTED, PROPOSALS, events=("print",)),
    "proposals.draft laid": Page("laid", LAID, LAID, events=("print",)),
    "proposals.take submit": step("unsent", "submit", {officer: "own minor draft"}, PROPOSALS),
    "proposals.take withdraw": step(
        "unsent", "withdraw", {officer: "own minor draft", chief: "left"}, PROPOSALS  # what an author left behind
    ),
    "proposals.take endorse": step("sent", "endorse", CHIEF, PROPOSALS),
    "proposals.take return": step("sent", "return", CHIEF, PROPOSALS),
    "proposals.take approve": step("sent", "approve", NOBODY, PROPOSALS),
    "proposals.take reject": step("sent", "reject", NOBODY, PROPOSALS),
    "proposals.take approve laid": step("laid", "approve", {leader: "own sister supervised"}, LAID),
    "proposals.take reject laid": step("laid", "reject", {leader: "own sister supervised"}, LAID),
    "proposals.take communicate": step(
        "laid", "communicate", {officer: "own", chief: "own sister supervised"}, LAID, "own sister supervised"
    ),
    "proposals.approve_orally laid": Page(  # the officers wrote them; nobody comes to help by word alone
        "laid", {chief: "own sister supervised"}, LAID, "GET POST", {"why": ""}, 422, get=302
    ),
    "proposals.take settle_lapsed": step(
        "laid", "settle_lapsed", {officer: "own", chief: "own sister supervised"}, LAID, "own sister supervised"
    ),
    "proposals.take carry_out": step(
        "laid", "carry_out", {officer: "own", chief: "own sister supervised"}, LAID, "own sister supervised"
    ),
}  # fmt: skip


@dataclass(frozen=True)
class RolePage:
    """A page that the role alone opens: a list, a total, the start of something new."""

    roles: frozenset[Role]
    methods: str = "GET"
    body: Mapping[str, Any] = field(default_factory=dict)
    done: int = 200
    arguments: Mapping[str, Any] = field(default_factory=dict)
    events: tuple[str, ...] = ()


PATROLLING = frozenset({officer, chief, leader, military, border})
READERS = frozenset({officer, chief, leader, military, border, villager, member, inspector})
POLICE = frozenset({officer, chief})
TAKERS = frozenset({officer, chief, inspector})  # may take a table of cases along
COUNTERS = frozenset({officer, chief, leader, inspector})
FORCES = frozenset({clerk, chief, military, border})  # keep a register and a roster of their own
KEEPERS = frozenset({administrator, chief, leader})  # read accounts and units
EXCHANGING = PATROLLING | {inspector, clerk}  # may bring data in or take them along, each what they write or read
OPEN_BOOKS = [
    sample for sample in SAMPLES
    if not any(one.protected for one in (sample.book.record, *(part.record for part in sample.book.parts)))
]  # fmt: skip
BRINGING = EXCHANGING & PATROLLING.union(*(sample.writes for sample in OPEN_BOOKS))  # whoever plans patrols, or writes
TAKING = EXCHANGING  # everybody among them reads something that leaves, if no more than the numbers to call

ROLE_PAGES: Mapping[str, RolePage] = {
    "cases.index": RolePage(READERS, events=("list",)),
    "cases.export": RolePage(TAKERS, "GET POST", {"purpose": "meeting", "details": "Giao ban"}, events=("list",)),
    "cases.new": RolePage(POLICE, "GET POST", {"full_name": ""}, 422),
    "cases.on_duty": RolePage(POLICE, events=("list",)),
    "cases.regularity": RolePage(TAKERS),
    "cases.differences": RolePage(frozenset({chief, inspector}), events=("list",)),
    "cases.monthly_round": RolePage(POLICE, "GET POST", {"held_on": ""}, 422, events=("list",)),
    "cases.round_of_village": RolePage(POLICE, "GET POST", {"held_on": ""}, 422, {"village": 0}),
    "cases.sure_of_village": RolePage(POLICE, "POST", {"held_on": ""}, 422, {"village": 0}),
    "cases.round_list": RolePage(POLICE | {inspector}, events=("print",)),
    "cases.round_forms": RolePage(POLICE, events=("print",)),
    "cases.sign_round": RolePage(
        frozenset({chief, leader}), "GET POST", {"password": ""}, 422, {"kind": "assessments"}, events=("list",)
    ),
    "cases.reassign": RolePage(frozenset({chief}), "GET POST", {"reason": ""}, 422, events=("list",)),
    "cases.requests": RolePage(frozenset({officer}), "GET POST", {"requests": ""}, 422, events=("list",)),
    "workload.handovers": RolePage(FORCES | {officer, leader, villager, member, inspector}),
    "workload.board": RolePage(frozenset({chief}), events=("list",)),
    "workload.duties": RolePage(
        frozenset({chief, inspector}), arguments={"who": "chief", "when": "overdue"}, events=("list",)
    ),
    "proposals.index": RolePage(COUNTERS, events=("list",)),
    "proposals.shortening_round": RolePage(POLICE | {inspector}, events=("list",)),
    "register.index": RolePage(FORCES | {officer, leader, inspector}),
    "register.new_outgoing": RolePage(FORCES, "GET POST", {"abstract": ""}, 422),
    "register.new_incoming": RolePage(FORCES, "GET POST", {"abstract": ""}, 422),
    "roster.index": RolePage(FORCES | {officer, leader, villager, inspector}),
    "roster.plan": RolePage(FORCES, "GET POST", {"from_hour": "99"}, 422),
    **dict.fromkeys(("lawbook.index", "lawbook.readings", "lawbook.changes"), RolePage(frozenset(RULES))),
    **dict.fromkeys(("wordings.index", "wordings.changes"), RolePage(frozenset(YEARS))),
    "wordings.paper": RolePage(frozenset(YEARS), arguments={"key": "absence"}),
    "wordings.propose": RolePage(
        frozenset({chief}), "GET POST", {"text": ""}, 422, arguments={"key": "absence", "block": "duties"}
    ),
    "lawbook.number": RolePage(
        frozenset({chief}), "GET POST", {"value": ""}, 422, arguments={"key": "SS-ABSENCE-EACH"}
    ),
    "lawbook.reading": RolePage(frozenset({chief}), "GET POST", {"reason": ""}, 422, arguments={"name": "third_of"}),
    "lawbook.days_off": RolePage(frozenset(YEARS)),
    "lawbook.new_year": RolePage(frozenset({chief, clerk}), "GET POST", {"off": ""}, 422),
    **dict.fromkeys(("privacy.requests", "privacy.holds"), RolePage(frozenset(DATA))),
    "privacy.rounds": RolePage(frozenset(CLOSED_FILES)),
    "privacy.new_round": RolePage(frozenset({chief}), "GET POST", {"reason": ""}, 422),
    "duties.calendar": RolePage(EVERYBODY),
    "duties.overdue": RolePage(frozenset({chief, inspector}), events=("list",)),
    "reports.index": RolePage(frozenset(TOLD)),
    "reports.due": RolePage(frozenset(KINDS)),
    "reports.guide": RolePage(frozenset(TOLD)),
    "reports.new": RolePage(frozenset({chief})),
    "reports.kinds": RolePage(frozenset({chief, leader, clerk})),
    "reports.new_kind": RolePage(frozenset({chief, leader, clerk}), "GET POST", {"title": ""}, 422),
    "reports.take_over_usual": RolePage(frozenset({chief, leader, clerk}), "POST", {}, 302),
    "reports.definitions": RolePage(COUNTERS),
    "reports.compare": RolePage(COUNTERS),
    "reports.communes": RolePage(frozenset(TOLD)),
    "reports.figures": RolePage(COUNTERS),
    "exchange.index": RolePage(EXCHANGING),
    "exchange.template": RolePage(BRINGING),
    "exchange.bring": RolePage(BRINGING, "GET POST", {"checked": ""}, 422),
    "exchange.households": RolePage(frozenset(REGISTERING), "GET POST", {"kept": ""}, 422),
    "exchange.export": RolePage(
        TAKING, "GET POST", {"purpose": "meeting", "details": "Giao ban", "sheets": "hotlines"}
    ),
    "reports.figure": RolePage(COUNTERS, arguments=OF_FIGURE, events=("list",)),
    "patrols.index": RolePage(PATROLLING | {inspector}),
    "patrols.months": RolePage(PATROLLING | {inspector}),
    "patrols.new": RolePage(PATROLLING, "GET POST", {"on": ""}, 422),
    "coverage.show": RolePage(PATROLLING | {inspector, clerk}),
    "landmarks.index": RolePage(PATROLLING | {inspector, clerk}),
    "landmarks.new": RolePage(frozenset({clerk, chief}), "GET POST", {"name": ""}, 422),
    "protections.index": RolePage(PATROLLING | {inspector}),
    "protections.new": RolePage(PATROLLING, "GET POST", {"occasion": ""}, 422),
    "plans.index": RolePage(PATROLLING | {inspector, clerk}),
    "plans.new": RolePage(frozenset({leader, clerk}), "GET POST", {"doc_number": ""}, 422),
    "observations.index": RolePage(PATROLLING | {inspector, villager}, events=("list",)),
    "observations.new": RolePage(PATROLLING - {leader} | {villager}, "GET POST", {"text": ""}, 422),
    "pledges.breached": RolePage(frozenset({officer, chief})),
    "campaigns.index": RolePage(frozenset(CAMPAIGNS)),
    "campaigns.new": RolePage(frozenset(DRAFTING), "GET POST", {"title": ""}, 422),
    "households.index": RolePage(frozenset(LIVING)),
    "households.new": RolePage(frozenset(REGISTERING), "GET POST", {"head": ""}, 422),
    "establishments.index": RolePage(frozenset(LIVING)),
    "establishments.new": RolePage(frozenset(REGISTERING), "GET POST", {"trade_name": ""}, 422),
    "observations.report": RolePage(frozenset({villager}), "GET POST", {"text": ""}, 422),
    "cards.index": RolePage(frozenset(CARDS_SEEN)),
    "cards.new": RolePage(frozenset({clerk}), "GET POST", {"grant_id": ""}, 422),
    "hotlines.index": RolePage(frozenset(CALLED)),
    "hotlines.new": RolePage(frozenset({clerk, chief}), "GET POST", {"name": ""}, 422),
    "offline.list_phones": RolePage(frozenset(Role)),
    "offline.list_held": RolePage(frozenset(HELD), events=("list",)),
    "outreach.held": RolePage(frozenset({villager}), "GET POST", {"attendance": ""}, 422),
    "accounts.index": RolePage(KEEPERS),
    "accounts.new": RolePage(frozenset({administrator}), "GET POST", {"full_name": ""}, 422),
    "grants.index": RolePage(frozenset({chief, leader})),
    "units.index": RolePage(KEEPERS),
    "units.new": RolePage(frozenset({administrator}), "GET POST", {"name": ""}, 422),
    "meetings.index": RolePage(frozenset({*COORDINATING, villager})),
    "meetings.new": RolePage(frozenset({leader, clerk}), "GET POST", {"kind": ""}, 422),
    "meetings.tasks": RolePage(frozenset({*COORDINATING, villager})),
    "meetings.tasks_by_unit": RolePage(frozenset({*COORDINATING, villager})),
    "meetings.series": RolePage(frozenset(COORDINATING)),
    "meetings.new_series": RolePage(frozenset({leader, clerk}), "GET POST", {"kind": ""}, 422),
    "meetings.reviews": RolePage(frozenset(COORDINATING)),
    "audit.index": RolePage(frozenset({inspector}), events=("list",)),
    "audit.rights": RolePage(frozenset({inspector})),
}

# What is one's own: open to everybody who is signed in, whatever the role, and without any.
OWN_PAGES: Mapping[str, str] = {
    "home.show": "GET", "home.more": "GET", "home.find": "GET", "duties.rules": "GET", "guide.styleguide": "GET",
    "organisation.account": "GET", "organisation.list_sessions": "GET", "organisation.end_session": "POST",
    "organisation.change_password": "GET POST", "organisation.act_as": "POST", "organisation.sign_out": "POST",
    "organisation.theme": "POST", "notices.index": "GET", "notices.read_all": "POST",
    "organisation.email": "GET POST",
    "reminders.index": "GET POST", **dict.fromkeys(("reminders.make_address", "reminders.end_address"), "POST"),
    "offline.hello": "GET", "offline.mine": "GET", "offline.take_along": "GET", "offline.hand_in": "GET POST",
    **dict.fromkeys(("offline.let_in", "offline.send", "offline.send_photo"), "POST"),
}  # fmt: skip

LEADING_ON = {"home.find"}  # to a page with rights of its own

# Pages for anybody, signed in or not. They show nothing of a record.
PUBLIC_PAGES: Mapping[str, str] = {
    "organisation.sign_in": "GET POST",
    "organisation.card": "GET POST",
    "organisation.language": "POST",
    "health.show": "GET",
    "guide.tour": "GET",
    **dict.fromkeys(("guide.certificate", "guide.authority", "calendar.feed"), "GET"),
    **dict.fromkeys(("offline.index", "offline.app", "phone.worker", "phone.manifest"), "GET"),
}
PUBLIC_ARGUMENTS: Mapping[str, Mapping[str, str]] = {
    "offline.app": {"language": "vi"}, "calendar.feed": {"secret": "x" * 43},
}  # fmt: skip
# Elsewhere there is no such page.
ONLY_WITH_A_SECRET = frozenset({"calendar.feed"})
ONLY_WITH_THE_EXAMPLE, ONLY_WITH_A_CERTIFICATE = frozenset({"guide.tour"}), frozenset({"guide.authority"})

# ── fields ──────────────────────────────────────────────────────────────────────────────────────────────────────────
# identity with birth: number and full day of birth; address and phone: contact; judgment with term; notes: whatever
# was recorded; proposal: the reason of one that is not before the leader; laid: of one that is, and its file; file: one
# that is attached to the case. Of an account: who it belongs to, and the unit of its role.
NAME = "name village"
WHOLE = f"{NAME} identity birth address phone judgment term notes proposal laid file"
READ = f"{NAME} judgment term notes proposal laid file"
HELP = f"{NAME} address phone"
UNNAMED = "judgment term"
MASKED_GROUPS = frozenset({"identity", "birth", "address", "phone"})

Fields = Mapping[str, str]  # the groups of a place
OF_OUTINGS: Fields = dict.fromkeys(OUTINGS.split(), "patrol point plan seen photo")
OF_OFFICES: Fields = dict.fromkeys(OFFICES.split(), "account unit")

# Of a meeting: what is said in the open, what only some may read, and the tasks. A task of the police is no villager's.
HEARD: Fields = dict.fromkeys(COUNCILS.split(), "agenda task")
ALL_HEARD: Fields = dict.fromkeys(COUNCILS.split(), "agenda secret task")

# What was found of a breach is read by whoever may decide on one, and by the inspector.
WITHOUT_BREACHES: Fields = dict.fromkeys(DOORS.split(), "door shop campaign sheet hotline held")
OF_DOORS: Fields = {place: f"{groups} breach" for place, groups in WITHOUT_BREACHES.items()}
OF_PHONES, LATE = dict.fromkeys(CARRIED.split(), "device"), dict.fromkeys(CARRIED.split(), "late")
OF_OWN_DOOR: Fields = {"door": "door shop campaign sheet hotline held", "door_sister": "campaign hotline"}
CALLS: Fields = dict.fromkeys(DOORS.split(), "hotline")

OF_REPORTS: Fields = dict.fromkeys(REPORTS.split(), "report")
OF_SIGNED: Fields = {"report_signed": "report"}
OF_LAW: Fields = {"law": "rule"}
OF_DATA: Fields = {"asked_of": "asked"}
SAID_TOO: Fields = {"asked_of": "asked said"}

FIELDS: Mapping[Role, Fields] = {
    province: OF_SIGNED,
    officer: {
        **SAID_TOO,
        **OF_LAW, **OF_REPORTS, **OF_DOORS, **OF_OUTINGS, **dict.fromkeys(("own", "minor", "draft"), WHOLE), **HEARD,
        "asked": "document",
    },
    chief: {
        **SAID_TOO,
        **OF_LAW, **OF_REPORTS, **LATE, **OF_DOORS, **OF_OUTINGS, **dict.fromkeys(ALL.split(), WHOLE), **OF_OFFICES,
        **ALL_HEARD, "asked": "account unit document",
    },
    clerk: {
        **OF_LAW, **OF_SIGNED, **WITHOUT_BREACHES, **HEARD, **dict.fromkeys(OUTINGS.split(), "point plan"),
        "colleague": "document",
    },
    leader: {
        **OF_LAW, **OF_DATA, **OF_REPORTS, **OF_DOORS, **OF_OFFICES, **OF_OUTINGS, **ALL_HEARD,
        "colleague": "account unit document",
        **dict.fromkeys(("own", "sister", "supervised"), f"{NAME} judgment term laid"),
        **dict.fromkeys(("draft", "left"), f"{NAME} judgment term"), "minor": UNNAMED, "young": UNNAMED,
    },
    military: {**CALLS, **OF_OUTINGS, "supervised": f"{NAME} judgment term", "young": UNNAMED, **ALL_HEARD},
    border: {**CALLS, **HEARD, **OF_OUTINGS},
    # Whoever was asked and has not answered yet learns of whom.
    villager: {**OF_OWN_DOOR, "carried": "device", "sister": HELP, "young": NAME, **HEARD},
    member: {**CALLS, "own": HELP, "minor": NAME},
    inspector: {
        **OF_LAW, **SAID_TOO, **OF_SIGNED, **LATE, **ALL_HEARD, **OF_DOORS, **OF_OUTINGS,
        **dict.fromkeys(("own", "sister", "supervised", "draft", "left"), READ),
        **dict.fromkeys(("minor", "young"), "judgment term notes proposal laid file"),
        **dict.fromkeys(("colleague", "asked"), "document"),
    },
    administrator: {**OF_OFFICES, **OF_PHONES},
}  # fmt: skip

# Where a colleague on duty learns the name and village of a case that is not theirs; minors stay unnamed.
STANDING_IN_PAGES = frozenset({"cases.on_duty", "cases.check_in", "cases.roll_call", "cases.contact"})
AS_COLLEAGUE: Fields = {"sister": NAME}

# The trail tells the inspector what was done to an account, and a hand-over whose work it was.
NAMES_ACCOUNTS = frozenset({"audit.index", "workload.handovers", "workload.handover", "workload.minutes"})

# What a reason unmasks, once.
UNMASKED: Mapping[str, str] = {"cases.reveal": "identity birth"}

# What the page of a case shows, of all that its reader may see: a page that hides it all would pass otherwise.
ON_THE_PAGE_OF_A_CASE = frozenset(f"{NAME} identity birth address phone judgment term notes".split())


# Pages on which every village of the commune stands, with nothing of a person: to choose from, or as units.
NAMES_VILLAGES: Mapping[str, frozenset[Role]] = {
    "cases.new": POLICE, "cases.edit": POLICE, "cases.person": POLICE, "units.index": KEEPERS,
    "observations.new": PATROLLING | {villager}, "observations.become": POLICE,
    "landmarks.new": frozenset({clerk, chief}), "landmarks.edit": frozenset({clerk, chief}),
    "coverage.show": PATROLLING | {inspector, clerk},
    **dict.fromkeys(("campaigns.new", "campaigns.edit"), POLICE),
    **dict.fromkeys(("households.index", "establishments.index"), frozenset(OVERSEEING)),
    "offline.take_along": PATROLLING,
    **dict.fromkeys(("households.new", "households.move", "establishments.new"), frozenset(REGISTERING)),
    "reports.checks": frozenset(TOLD),  # those that sent nothing
    "reports.give": frozenset({chief, leader}),
    "exchange.template": EXCHANGING,  # on its sheet of lists
    "exchange.export": frozenset(OVERSEEING),  # where pledges are asked for, and of which a report tells
}  # fmt: skip


# Pages on which every force of the commune stands, to choose from, or with what it did.
NAMES_FORCES = frozenset({
    "patrols.new", "patrols.edit", "patrols.team", "protections.new", "plans.new", "plans.edit", "patrols.months",
    "observations.hand_over", "coverage.show", "cases.new", "cases.edit", "outreach.new", "outreach.edit", "visits.new",
    "visits.edit", "outreach.grid", "visits.grid", "exchange.template",
})  # fmt: skip
# Meetings are of colleagues and forces, whom everybody there may know; a task may go to any village.
AT_MEETINGS = frozenset({*COORDINATING, villager})
GIVES_TASKS = frozenset({"meetings.record", "meetings.invite"})

# A report names the models that run in its commune, to whoever reads it.
TELLS_OF_MODELS = frozenset({"reports.show", "reports.text", "reports.paper", "reports.take"})


def seen(role: Role, place: str, endpoint: str = "") -> frozenset[str]:
    """The groups of fields of a place that a role may read openly on a page."""
    groups = set(FIELDS.get(role, {}).get(place, "").split())
    groups |= {sample.name for sample in SAMPLES if place in sample.reads.get(role, "").split()}
    if role == officer and endpoint in STANDING_IN_PAGES:
        groups |= set(AS_COLLEAGUE.get(place, "").split())
    if role == inspector and "name" in groups:
        groups |= set(UNMASKED.get(endpoint, "").split())
    if role == inspector and endpoint in NAMES_ACCOUNTS and place in OFFICES.split():
        groups.add("account")
    if endpoint in NAMES_FORCES and place in OFFICES.split():
        groups.add("unit")
    names_villages = role in NAMES_VILLAGES.get(endpoint, ()) or endpoint.partition(".")[0] in BOOKS
    if names_villages and place in ALL.split():
        groups.add("village")
    if endpoint.startswith(("meetings.", "exchange.export")) and role in AT_MEETINGS and place in OFFICES.split():
        groups |= {"account", "unit"}
    if endpoint in TELLS_OF_MODELS and role == province and place in ("shelf", "shelf_sister"):
        groups.add("models")
    if endpoint in GIVES_TASKS and role in (leader, clerk) and place in ALL.split():
        groups.add("village")
    return frozenset(groups)


def arguments_of(endpoint: str) -> Mapping[str, Any]:
    """What stands in the address of a page of no record, besides the name of the page."""
    return ROLE_PAGES[endpoint].arguments if endpoint in ROLE_PAGES else PUBLIC_ARGUMENTS.get(endpoint, {})


def places_of(places: Places, role: Role) -> frozenset[str]:
    return frozenset(places.get(role, "").split())


def stands_against(page: Page, role: Role, place: str) -> bool:
    against = page.against if isinstance(page.against, str) else page.against.get(role, "")
    return place in against.split()


def _of_book(sample: Sample) -> dict[str, Page]:
    """The pages of an entry and of its lines."""
    name, looked = sample.name, ("look",) if sample.book.record.protected else ()
    pages = {
        f"{name}.show": Page(name, sample.reads, sample.reads, "GET", events=looked),
        f"{name}.edit": Page(name, sample.writes, sample.reads, "GET POST", done=422, events=looked),
        f"{name}.void": Page(
            name, sample.voids, sample.reads, "GET POST", {"reason": "Ghi hai lần"}, 302, events=looked
        ),
    }
    for part in sample.book.parts:
        line, known = f"{name}_{part.name}", sample.part_reads.get(part.name, sample.reads)
        seen = ("look",) if part.record.protected else ()
        pages |= {
            f"{name}.new_{part.name}": Page(name, sample.writes, sample.reads, "GET POST", done=422, events=looked),
            f"{name}.edit_{part.name}": Page(
                line, sample.writes, known, "GET POST", _unanswered(part.form), 422, events=seen
            ),
            f"{name}.void_{part.name}": Page(
                line, sample.voids, known, "GET POST", {"reason": "Ghi hai lần"}, 302, events=seen
            ),
        }
    return pages


def _unanswered(form: type[Any]) -> dict[str, str]:
    """Every field of a form, left empty: what a page leaves away altogether would stay as it is."""
    fields = {name for kind in form.mro() for name, one in vars(kind).items() if isinstance(one, UnboundField)}
    return dict.fromkeys(fields - {"version"}, "")


def _of_shelf(sample: Sample) -> dict[str, RolePage]:
    """The pages of a book."""
    name, told = sample.name, ("list",) if sample.book.record.protected else ()
    taken = frozenset({chief}) if name in CHIEF_TAKES else frozenset(sample.reads) & EXCHANGING
    return {
        f"{name}.index": RolePage(frozenset(sample.reads), events=told),
        f"{name}.export": RolePage(taken, "GET POST", {"purpose": ""}, 422, events=told),
        f"{name}.new": RolePage(frozenset(sample.writes), "GET POST", {}, 422),
        f"{name}.grid": RolePage(frozenset(sample.writes), "GET POST", {}, 422),
    }


# Who is reviewed, tested or fined for drugs, and who told the police what, leaves in the hands of the chief alone.
CHIEF_TAKES = frozenset({"drug_reviews", "drug_tests", "drug_fines", "tips"})
BOOKS = frozenset(sample.name for sample in SAMPLES)  # their lists and forms name the villages of the commune
TESTED: Places = {**WRITTEN_DOWN, inspector: BOTH}
RECORD_PAGES = {
    **RECORD_PAGES,
    "weapons.receipt": Page("weapons", OFFICE, OFFICE, events=()),
    "tip_boxes.minutes": Page("tip_boxes", OFFICE, OFFICE, events=()),
    "drug_tests.minutes": Page("drug_tests", TESTED, TESTED, events=("print",)),
    "drug_tests.enter_minutes": Page("drug_tests", WRITTEN_DOWN, TESTED, "POST"),
    "proposals.new_management": Page("drug_tests", WRITTEN_DOWN, TESTED, "GET POST", {"reason": ""}, 422),
}
for _sample in SAMPLES:
    RECORD_PAGES = {**RECORD_PAGES, **_of_book(_sample)}
    ROLE_PAGES = {**ROLE_PAGES, **_of_shelf(_sample)}


def lines() -> list[tuple[str, Page]]:
    """Each line of the table with its endpoint."""
    return [(page.endpoint or name.split()[0], page) for name, page in RECORD_PAGES.items()]


def methods_of_table() -> dict[str, set[str]]:
    """The methods of each endpoint, as the table tells them."""
    found: dict[str, set[str]] = {}
    for endpoint, page in lines():
        found.setdefault(endpoint, set()).update(page.methods.split())
    for endpoint, role_page in ROLE_PAGES.items():
        found[endpoint] = set(role_page.methods.split())
    for endpoint, methods in (*OWN_PAGES.items(), *PUBLIC_PAGES.items()):
        found[endpoint] = set(methods.split())
    return found
