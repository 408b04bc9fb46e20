"""Writing proposals. The steps after that are the workflow's."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from portal.cases.actions import draft_case
from portal.cases.models import Case, CaseType, ClosingReason
from portal.drugs.models import DrugTest
from portal.engine import clock
from portal.engine.access import Actor
from portal.engine.db import db, touch
from portal.engine.numbering import next_number
from portal.engine.refusal import Misfit, Plain, Reason, Refused
from portal.engine.text import mark
from portal.engine.workflow import Step, steps_of
from portal.law.drug_user_management import months_of_management
from portal.lawbook.queries import numbers_of
from portal.organisation.models import User, line_of
from portal.people.actions import change_person
from portal.people.models import Sex
from portal.proposals.kinds.absence.model import AbsenceProposal
from portal.proposals.kinds.completion.model import CompletionProposal
from portal.proposals.kinds.drug_decision.model import DrugDecisionProposal, under_way_for
from portal.proposals.kinds.helper.model import HelperProposal
from portal.proposals.kinds.helper_end.grounds import EndOfHelp
from portal.proposals.kinds.helper_end.model import NOBODY, HelperEndProposal
from portal.proposals.kinds.opening.model import OpenCaseProposal
from portal.proposals.kinds.shortening.grounds import Ground
from portal.proposals.kinds.shortening.model import ShorteningProposal
from portal.proposals.models import CONFIRMED_WITHIN, ONLY_ONE, Proposal, Remark, under_way
from portal.proposals.queries import next_people

AKind = TypeVar("AKind", bound=Proposal)


def next_proposal_number(commune_id: int, year: int) -> str:
    """The next number of the year in the commune's line, as ĐX-2026-087."""
    return next_number(Proposal.number, f"ĐX-{year}-", Proposal.commune_id.in_(line_of(commune_id)))


def propose(kind: type[AKind], case: Case, reason: str = "", **content: Any) -> AKind:
    """Draft a proposal of any kind; of most only one may be under way for a case.

    Raises Refused where the law of the case knows no such proposal, or something cannot be written down as it stands.
    """
    if foreign := kind.foreign_to(case):
        raise Refused(*foreign)
    if under_way(kind, case):
        raise Refused(Plain(ONLY_ONE))
    proposal = kind(
        case=case, commune_id=case.commune_id, number=next_proposal_number(case.commune_id, clock.today().year),
        reason=reason, **content,
    )  # fmt: skip
    db.session.add(proposal)
    _fits(proposal)
    db.session.flush()
    return proposal


def _fits(proposal: Proposal) -> None:
    """Raise Refused where something cannot be written down as it stands."""
    if misfits := proposal.misfits():
        raise Refused(*misfits)


def propose_opening(
    case: Case, officer: User | None = None, reason: str = "", answer_to_doubts: str = ""
) -> OpenCaseProposal:
    """Ask to take a file on, with the officer whom the author suggests.

    Raises Refused at the field where the law does not know such a term, or it is over, and nothing answers that.
    """
    return propose(OpenCaseProposal, case, reason, officer=officer, answer_to_doubts=answer_to_doubts)


def propose_helper(case: Case, helper: User, reason: str = "") -> HelperProposal:
    """Ask to entrust somebody with helping the person."""
    return propose(HelperProposal, case, reason, helper=helper, helper_id=helper.id)


def propose_absence(
    case: Case, leaves_on: date, returns_on: date, destination: str, reason: str = "", medical: bool = False,
    abroad: bool = False, **more: Any,
) -> AbsenceProposal:  # fmt: skip
    """Draft leave for the person of a case. The law is asked when the draft is submitted."""
    return propose(
        AbsenceProposal, case, reason, leaves_on=leaves_on, returns_on=returns_on, destination=destination,
        medical=medical, abroad=abroad, **more,
    )  # fmt: skip


def propose_completion(
    case: Case, completed_on: date, closing_reason: ClosingReason, reason: str = ""
) -> CompletionProposal:
    """Ask to certify that the term is served, and to close the case."""
    return propose(CompletionProposal, case, reason, completed_on=completed_on, closing_reason=closing_reason)


def propose_management(
    test: DrugTest, author: User, reason: str = "", sex: Sex | None = None, **content: Any
) -> DrugDecisionProposal:
    """Ask for the management of somebody whose test was positive; the case waits beside it until it is decided.

    *sex* is written down of somebody of whom nobody has yet. Raises Refused where somebody asks for it already.
    """
    if under_way_for(test):
        raise Refused(Plain(ONLY_ONE))
    if sex is not None and test.person.sex is None:
        change_person(test.person, {"sex": sex})
    today, commune_id = clock.today(), author.acting.commune_id if author.acting else test.commune_id
    case = draft_case(
        author, commune_id, test.person, type=CaseType.DRUG_USER_MANAGEMENT, starts_on=today,
        received_on=test.received_on or test.taken_on,
        term_months=months_of_management(today, numbers_of(commune_id, CaseType.DRUG_USER_MANAGEMENT)),
    )  # fmt: skip
    case.state = "submitted"  # nobody opens it otherwise, or changes it meanwhile
    return propose(DrugDecisionProposal, case, reason, test=test, test_id=test.id, **content)


def propose_shortening(
    case: Case, ground: Ground, round_on: date, months: int, reason: str = "", **more: Any
) -> ShorteningProposal:
    """Ask for a shortening. The law is asked when the draft is submitted, by the day of the round."""
    content = {"whole_rest": False, "evidence": "", "answer_to_doubts": "", **more}
    return propose(ShorteningProposal, case, reason, ground=ground, round_on=round_on, months=months, **content)


def propose_end_of_help(
    case: Case, ground: EndOfHelp, ground_on: date, reason: str = "", successor: User | None = None,
    completion: CompletionProposal | None = None,
) -> HelperEndProposal:  # fmt: skip
    """Ask that the task of whoever helps now ends, perhaps with the closing of the case.

    Raises Refused where nobody helps.
    """
    running = case.accepted("helper")
    if running is None:
        raise Refused(Plain(NOBODY))
    return propose(
        HelperEndProposal, case, reason, assignment=running, assignment_id=running.id, ground=ground,
        ground_on=ground_on, successor=successor, successor_id=successor.id if successor else None,
        completion_id=completion.id if completion else None,
    )  # fmt: skip


def change(proposal: Proposal, **content: Any) -> None:
    """Change a draft, or what was returned. Raises Refused once it is under way."""
    if not proposal.editable:
        raise Refused(Plain(mark("What was submitted is changed no more; withdraw it or have it returned.")))
    for name, value in content.items():
        setattr(proposal, name, value)
    _fits(proposal)


def time_out(proposal: Proposal) -> bool:
    """Tell in its story that the time of the law passed while nobody decided; the decision is owed and possible still.

    Tells whether it was so, and was not told before.
    """
    waits = proposal.state in ("submitted", "endorsed") and proposal.timed_out_at is None
    if not waits or proposal.timed_out is None:
        return False
    proposal.workflow.tell("time_out", proposal, None)
    proposal.timed_out_at = clock.now()
    return True


def lapse(proposal: Proposal) -> bool:
    """Let an oral approval lapse that nobody confirmed in time; tells whether it did."""
    if not proposal.word_lapsed():
        return False
    proposal.workflow.follow("lapse", proposal, None)
    return True


def close_on_its_day(proposal: CompletionProposal) -> bool:
    """Close the case of a completion that was signed ahead, unless something stands against it; tells whether it did.

    The law is asked again: what came since the signing holds it back until it is done.
    """
    if not proposal.waits_for_its_day or proposal.refusals() or not proposal.take_effect():
        return False
    touch(proposal)
    return True


@dataclass(frozen=True)
class Word:
    """An oral approval: who said it, when, how it was heard, and why it could not wait."""

    by_id: int
    at: datetime
    how: str
    why: str


def approve_orally(proposal: Proposal, by: User, word: Word, version: int | None = None) -> None:
    """Record what somebody who decides has said. It takes effect, until it is confirmed in writing or lapses.

    Raises Refused with what does not fit, by the fields of the form.
    """
    if misfits := list(_against_word(proposal, by, word)):
        raise Refused(*misfits)
    proposal.workflow.take("approve_orally", proposal, by, word.why, version)
    proposal.oral_by_id, proposal.oral_at = word.by_id, word.at
    proposal.oral_how, proposal.oral_why = word.how, word.why


def _against_word(proposal: Proposal, by: User, word: Word) -> Iterator[Reason]:
    """Whoever is named decides, had no part in it and does not write it down; it was said since it was submitted."""
    decide = {grant.user_id for grant in next_people(proposal)}
    if word.by_id == by.id or word.by_id not in decide:
        yield Misfit("said_by", mark("Only whoever decides, and had no part in it so far, can have approved it."))
    since = next((one.at for one in reversed(steps_of(proposal)) if one.name == "submit"), proposal.created_at)
    if word.at > clock.now():
        yield Misfit("said_on", mark("That moment has not come yet."))
    elif word.at < since.replace(second=0, microsecond=0):
        yield Misfit("said_on", mark("That was before the proposal was submitted."))
    elif word.at + CONFIRMED_WITHIN < clock.now():
        yield Misfit(
            "said_on", mark("That was more than 24 hours ago: it has lapsed. Ask for the decision in writing.")
        )


def send_back(
    proposal: Proposal, by: Actor, reason: str, remarks: Mapping[str, str], version: int | None = None
) -> Step:
    """Return a proposal to its author, with a reason for the whole and remarks at its fields."""
    step = proposal.workflow.take("return", proposal, by, reason, version)
    known = ("reason", *proposal.content)
    for field, text in remarks.items():
        if field in known and text.strip():
            told = Remark(commune_id=proposal.commune_id, step_id=step.id, field=field, text=text.strip())
            proposal.remarks.append(told)
    return step
