"""The deeds themselves: each finds its record by the right that a page would ask for, and calls one action."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.cases import actions as cases
from portal.cases.actions import ending, moving
from portal.cases.duties.quarters import open_now
from portal.cases.models import Case, Channel, ClosingReason, ContactKind, Rating, Receiver, ViolationKind
from portal.demo import chance, registering, words
from portal.demo.deeds import Scene
from portal.demo.story import File, Help
from portal.engine import access, clock
from portal.engine.db import db
from portal.law.residence_supervision import Reach
from portal.law.rule import ACT_2025
from portal.proposals import actions as proposals
from portal.proposals.kinds.helper_end.model import HelperEndProposal
from portal.proposals.models import Proposal

GRADES = (Rating.FAIR, Rating.FAIR, Rating.FAIR, Rating.GOOD)


@dataclass(frozen=True)
class Absence:
    """What is asked for: both days included."""

    leaves_on: date
    returns_on: date
    destination: str
    reason: str
    reach: Reach | None = None


def take(key: str, step: str, scene: Scene) -> None:
    """Take a step of a proposal."""
    proposal = scene.proposal(key)
    proposal.workflow.take(step, proposal, scene.actor)


def register_page(key: str, scene: Scene) -> None:
    """Record number, day and scan of the signed paper of a decision, where it has one."""
    entry = scene.proposal(key, "issue").document
    if entry is not None:
        registering.issue(entry, scene.actor)


def return_with(key: str, reason: str, scene: Scene) -> None:
    proposal = scene.proposal(key)
    proposal.workflow.take("return", proposal, scene.actor, reason)


def open_file(file: File, scene: Scene) -> None:
    """Draft the case and propose that it be opened."""
    supervising = scene.force(file.supervised_by).id if file.supervised_by else None
    facts = {**case_facts(file), "supervising_unit_id": supervising}
    case = cases.draft_case(scene.actor, scene.commune(file).id, person_facts(file, scene), **facts)
    scene.cases[file.code] = case.id
    proposal = proposals.propose_opening(case, scene.person(file.officer), words.OPENING[file.type])
    submit(f"{file.code}/open", proposal, scene)


def accept(code: str, kind: str, scene: Scene) -> None:
    """Accept the assignment that waits for whoever acts."""
    assignment = scene.request(code, kind)
    assignment.workflow.take("accept", assignment, scene.actor)


def report(code: str, month: date, note: str, scene: Scene) -> None:
    """Record that the self-report of a month is handed in today."""
    case = scene.case(code, "stand_in")
    cases.record_check_in(case, month, clock.today(), Channel.IN_PERSON, note, scene.actor)


def check_report(code: str, month: date, scene: Scene) -> None:
    """File the self-report of a month that a colleague took in."""
    case = scene.case(code, "record")
    handed_in = next(one for one in case.check_ins if one.month == month and one.unchecked)
    handed_in.workflow.take("file", handed_in, scene.actor)


def return_report(code: str, month: date, scene: Scene) -> None:
    """Return the self-report of a month as deficient."""
    case = scene.case(code, "record")
    handed_in = next(one for one in case.check_ins if one.month == month and one.counts)
    cases.return_check_in(handed_in, scene.actor, words.DEFICIENT)


def breach(code: str, occurred_on: date, scene: Scene) -> None:
    """Note a late self-report as a breach of a duty, of which the person was only reminded."""
    case = scene.case(code, "record")
    cases.record_violation(case, ViolationKind.DUTY, occurred_on, clock.today(), words.LATE, only_reminded=True)


def roll_call(code: str, month: date, scene: Scene) -> None:
    cases.record_roll_call(scene.case(code, "record"), month, clock.today(), present=True)


def contact(code: str, kind: ContactKind, said: str, scene: Scene) -> None:
    cases.record_contact(scene.case(code, "record"), kind, clock.today(), said)


def report_help(code: str, month: date, scene: Scene) -> None:
    """Report on the quarter that is over, where the law asks for it and whoever acts helped in it."""
    case = access.find(scene.actor, "report_help", Case, scene.cases[code])
    if case is None:
        return
    for due in open_now(case, scene.actor):
        if due.due_on >= clock.today():
            how, told, more = chance.choice(words.HELPED, code, month, "helped")
            cases.report_help(case, due.period, how, told, more, scene.actor)


def assess(code: str, month: date, scene: Scene) -> None:
    """Write the opinion on a month; the four grades exist since the act of 2025."""
    case = scene.case(code, "record")
    late = any(one.late_days for one in case.check_ins if one.month == month)
    broke = any(one.is_ground for one in case.violations if one.occurred_on.replace(day=1) == month)
    text = words.LATE_MONTH if late else chance.choice(words.MONTHS, code, month, "text")
    grade = Rating.AVERAGE if late else chance.choice(GRADES, code, month, "grade")
    if broke or any(one.awaits_answer for one in case.proposals):
        text, grade = words.BROKEN_MONTH, Rating.POOR
    cases.record_assessment(case, month, clock.today(), grade if clock.today() >= ACT_2025 else None, text)


def help_person(help: Help, scene: Scene) -> None:
    case = scene.case(help.code, "record")
    cases.record_measure(case, help.kind, help.given_on, help.given_by, help.amount_vnd, help.text)


def help_result(help: Help, months: int, said: str, scene: Scene) -> None:
    """Record what became of help after three or six months."""
    measures = scene.case(help.code, "record").measures
    given = next(one for one in measures if (one.kind, one.given_on) == (help.kind, help.given_on))
    cases.record_measure_result(given, months, said, clock.today())


def cut(code: str, decided_on: date, months: int, scene: Scene) -> None:
    """Record a shortening that the court decided; it waits for the chief."""
    number = f"{1 + chance.number(40, code)}/{decided_on.year}/QĐ-TA"
    cases.record_term_change(scene.case(code, "record"), decided_on, months, number)


def confirm_cut(code: str, scene: Scene) -> None:
    """Compare a recorded shortening with the court's paper, and confirm it."""
    change = next(one for one in scene.case(code, "read").term_changes if one.waits)
    change.workflow.take("confirm", change, scene.actor)


def propose_helper(key: str, code: str, helper: str, reason: str, scene: Scene) -> None:
    submit(key, proposals.propose_helper(scene.case(code, "propose"), scene.person(helper), reason), scene)


def draft_leave(key: str, code: str, asked: Absence, scene: Scene) -> None:
    """Draft an absence; whether the law allows it is asked when it is submitted."""
    keep(key, _leave(code, asked, scene), scene)


def ask_leave(key: str, code: str, asked: Absence, scene: Scene) -> None:
    submit(key, _leave(code, asked, scene), scene)


def _leave(code: str, asked: Absence, scene: Scene) -> Proposal:
    return proposals.propose_absence(
        scene.case(code, "propose"), asked.leaves_on, asked.returns_on, asked.destination, asked.reason,
        medical=False, abroad=False, reach=asked.reach,
    )  # fmt: skip


def lay_end(code: str, scene: Scene) -> None:
    """Lay the last day of a term before the chief; it is the computed one."""
    case = scene.case(code, "record")
    ending.ask_end_check(case, case.ends_on)


def confirm_end(code: str, scene: Scene) -> None:
    """Compare a last day with the papers, and confirm it."""
    check = next(one for one in scene.case(code, "read").end_checks if one.waits)
    check.workflow.take("confirm", check, scene.actor)


def hand_over(code: str, scene: Scene) -> None:
    """Hand the file over to the agency that certifies, before the term ends."""
    moving.hand_over(
        scene.case(code, "record"), Receiver.AGENCY, clock.today(), words.AGENCY, words.HANDED_OVER, words.RECEIVED_BY
    )


def take_end_of_help(code: str, step: str, scene: Scene) -> None:
    """Take a step of the proposal that a helper's task ends, which was made with the closing of the case."""
    case = db.session.get_one(Case, scene.cases[code])
    found = next(one for one in reversed(case.proposals) if isinstance(one, HelperEndProposal))
    proposal = access.find(scene.actor, "read", HelperEndProposal, found.id)
    if proposal is None:
        raise LookupError(f"{scene.actor.username} may not read {found.number} on {clock.today()}.")
    proposal.workflow.take(step, proposal, scene.actor)


def propose_completion(
    key: str, code: str, completed_on: date, closing: ClosingReason, reason: str, scene: Scene
) -> None:
    proposal = proposals.propose_completion(scene.case(code, "propose"), completed_on, closing, reason)
    submit(key, proposal, scene)


def keep(key: str, proposal: Proposal, scene: Scene) -> None:
    db.session.flush()
    scene.proposals[key] = proposal.id


def submit(key: str, proposal: Proposal, scene: Scene) -> None:
    keep(key, proposal, scene)
    proposal.workflow.take("submit", proposal, scene.actor)


def person_facts(file: File, scene: Scene) -> dict[str, Any]:
    """Numbers begin as no real ones do: no province has the code 999, no network the prefix 010."""
    digits = f"{chance.number(10**7, file.code, 'number'):07d}"
    return {
        "full_name": file.name, "sex": file.sex, "birth_year": file.born, "village_id": scene.village(file).id,
        "national_id": f"99900{digits}", "phone": f"010{digits}",
        "address": scene.village(file).name,
    }  # fmt: skip


def case_facts(file: File) -> dict[str, Any]:
    return {
        "type": file.type, "received_on": file.received_on, "starts_on": file.starts_on, "term_months": file.months,
        "prison_months": file.prison_months, "offence": file.offence, "judgment_number": file.paper,
        "judgment_on": file.judged_on, "court": file.court,
    }  # fmt: skip
