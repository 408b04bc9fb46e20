"""What somebody may record in a case, and where: by their rights, and by what the law of the case knows."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for

from portal.cases import conduct, law_days
from portal.cases.actions.custody import SUSPENDS
from portal.cases.duties.quarters import missing_reports
from portal.cases.models import (
    ASSESSMENT_RULES,
    COMMUNITY_SENTENCES,
    ROLL_CALL_RULES,
    SELF_REPORT_RULES,
    Case,
    CaseType,
)
from portal.cases.presenters.todo import Todo
from portal.engine import clock
from portal.engine.offers import PROPOSING, RARE, RECORDING, Offer, offers_at
from portal.engine.text import _l
from portal.law.common import PROVISIONAL


@dataclass(frozen=True)
class Deed:
    """A link to the page on which something is recorded or proposed."""

    name: str
    label: str
    url: str


def always(_case: Case) -> bool:
    return True


def owes_reports(case: Case) -> bool:
    return law_days.asks_for(case, *SELF_REPORT_RULES)


def owes_roll_calls(case: Case) -> bool:
    return law_days.asks_for(case, *ROLL_CALL_RULES)


def is_assessed(case: Case) -> bool:
    return law_days.asks_for(case, *ASSESSMENT_RULES)


def is_received(case: Case) -> bool:
    """Whether steps of the law follow from the session with the person; until it is recorded they are provisional."""
    return case.reception_on is not None or any(due.note == PROVISIONAL for due in law_days.reception(case))


def waits_for_reception(case: Case) -> bool:
    return is_received(case) and case.reception_on is None


def reception_moves(case: Case, owed: Collection[str]) -> bool:
    """Whether the day of the reception moves a step that is still owed. Of an old file none is."""
    return any(due.note == PROVISIONAL and due.rule in owed for due in law_days.reception(case))


def is_received_already(case: Case) -> bool:
    return case.reception_on is not None


def is_helped(case: Case) -> bool:
    return any(due.opens_on is None or due.opens_on <= clock.today() for due in missing_reports(case))


def takes_work(case: Case) -> bool:
    return case.takes_work


def is_draft(case: Case) -> bool:
    return case.state == "draft"


def is_taken_on(case: Case) -> bool:
    """Not a draft, whose person is changed with it."""
    return not is_draft(case)


def may_be_opened(case: Case) -> bool:
    """A draft that no proposal asks to open yet."""
    ended = ("rejected", "withdrawn")
    return is_draft(case) and all(one.kind != "open_case" or one.state in ended for one in case.proposals)


def may_be_shortened(case: Case) -> bool:
    return hasattr(case.regime, "refuse_cut") and bool(case.term_months)


def is_certified(case: Case) -> bool:
    """Whether a certificate is given at its end."""
    return case.type in COMMUNITY_SENTENCES


def is_managed(case: Case) -> bool:
    return case.type == CaseType.DRUG_USER_MANAGEMENT


def may_be_suspended(case: Case) -> bool:
    """Of any sentence; of a management where the law of today knows custody during it."""
    return not is_managed(case) or SUSPENDS in case.regime.PARAMETERS.on(clock.today())


def moves_away(case: Case) -> bool:
    """Whether steps of a move are to be recorded: of a sentence, once it was asked for."""
    return is_managed(case) or case.move is not None


def has_a_file(case: Case) -> bool:
    return not is_managed(case)


def may_die(case: Case) -> bool:
    """The management of somebody who died is stopped by a decision."""
    return not is_managed(case) and case.death is None


def came_from_elsewhere(case: Case) -> bool:
    return case.state == "draft" and case.origin_id is not None


def may_be_warned(case: Case) -> bool:
    """A breach is recorded of which nobody was warned yet."""
    return bool(conduct.unwarned(case))


OFFERS = (
    Offer("edit", "edit", _l("Edit the case"), "cases.edit", is_draft, RECORDING),
    Offer("opening", "edit", _l("Propose to open the case"), "proposals.new_opening", may_be_opened, PROPOSING),
    Offer("first", "record", _l("Record the reception"), "cases.reception", waits_for_reception, RECORDING),
    Offer("summon", "record", _l("Write a summons"), "cases.summon", always, RECORDING),
    Offer("check_in", "record", _l("Record a self-report"), "cases.check_in", owes_reports, RECORDING),
    Offer("roll_call", "record", _l("Record a roll-call"), "cases.roll_call", owes_roll_calls, RECORDING),
    Offer("contact", "record", _l("Record a visit or call"), "cases.contact", always, RECORDING),
    Offer("assessment", "record", _l("Write an assessment"), "cases.assessment", is_assessed, RECORDING),
    Offer("measure", "record", _l("Add help given"), "cases.measure", always, RECORDING),
    Offer("helped", "report_help", _l("Enter the helper's report"), "cases.helper_report", is_helped, RECORDING),
    Offer("deduction", "record", _l("Record a deduction of income"), "cases.deduction", takes_work, RECORDING),
    Offer("work_day", "record", _l("Record work for the community"), "cases.work_day", takes_work, RECORDING),
    Offer("job_loss", "record", _l("Record the loss of work"), "cases.job_loss", takes_work, RARE),
    Offer("violation", "record", _l("Record a violation"), "cases.violation", always, RECORDING),
    Offer("warn", "record", _l("Draft a written warning"), "cases.warn", may_be_warned, RECORDING),
    Offer("again", "record", _l("Complete or correct the reception"), "cases.reception", is_received_already, RARE),
    Offer("move", "record", _l("Record a move to another commune"), "cases.move", moves_away, RECORDING),
    Offer("custody", "record", _l("Record custody"), "cases.custody", may_be_suspended, RARE),
    Offer("handover", "record", _l("Hand the file over"), "cases.hand_over", has_a_file, RARE),
    Offer("death", "record", _l("Record a death"), "cases.death", may_die, RARE),
    Offer("give", "give_draft", _l("Give the draft to an officer"), "cases.give", came_from_elsewhere, RECORDING),
    Offer("term_change", "record", _l("Record a shortening by the court"), "cases.term_change", may_be_shortened, RARE),
    Offer("check_end", "record", _l("Have the last day checked"), "cases.check_end", is_certified, RARE),
    Offer("hold", "record", _l("Record what holds the certificate back"), "cases.hold", is_certified, RARE),
    Offer("undone", "record", _l("Before the case is closed"), "cases.undone", always, RARE),
    Offer(
        "paper_warning",
        "record",
        _l("Record a warning given on paper before"),
        "cases.paper_warning",
        lambda case: case.ran_on_paper and may_be_warned(case),
        RARE,
    ),
    Offer(
        "paper_review",
        "record",
        _l("Record a review held on paper before"),
        "cases.paper_review",
        lambda case: case.ran_on_paper and conduct.broken(case),
        RARE,
    ),
    Offer("assign", "assign", _l("Assign an officer"), "cases.assign", always, RARE),
    Offer("person", "edit_person", _l("Change what is kept of the person"), "cases.person", is_taken_on, RARE),
)


MAIN = ("opening", "edit")  # what a draft is there for


@dataclass(frozen=True)
class DeedGroup:
    """Deeds under one head: what is recorded day by day stands open, what is proposed or rare is folded."""

    label: str
    deeds: Sequence[Deed]
    folded: bool

    @property
    def links(self) -> list[tuple[str, str]]:
        return [(deed.label, deed.url) for deed in self.deeds]


def deeds(case: Case, rights: frozenset[str], owed: Collection[str]) -> list[DeedGroup]:
    """The links of this reader, in the order of the table; *owed* are the rules of which a duty is open."""
    found: dict[Any, list[Deed]] = {head: [] for head in (RECORDING, PROPOSING, RARE)}
    for offer in (*OFFERS, *offers_at(Case)):
        if offer.right in rights and offer.fits(case):
            place = RARE if offer.name == "first" and not reception_moves(case, owed) else offer.head
            url = url_for(offer.endpoint, id=case.id, **offer.values)
            found[place].append(Deed(offer.name, offer.called(case), url))
    heads = [head for head, those in found.items() if those]
    return [DeedGroup(str(head), found[head], folded=place > 0) for place, head in enumerate(heads)]


def main_deed(groups: Sequence[DeedGroup], urgent: Sequence[Todo]) -> Deed | None:
    """The next step of the work, the one filled button: of a draft its opening, else the first duty that can be done
    now and asks for one of these deeds ("record as done" alone says too little), else a visit or call.
    """
    offered = {deed.url: deed for group in groups for deed in group.deeds}
    named = {deed.name: deed for deed in offered.values()}
    first = [named[name] for name in MAIN if name in named]
    possible = [one.url for one in urgent if one.possible]
    due = [replace(offered[page], url=url) for url in possible if (page := url.partition("?")[0]) in offered]
    calls = [named["contact"]] if "contact" in named else []
    return next(iter([*first, *due, *calls]), None)
