"""Decisions that somebody asks for and somebody else takes."""

from portal.cases.models import Case
from portal.drugs.models import DrugTest
from portal.engine.area import Area, Place
from portal.engine.offers import PROPOSING, RARE, Offer
from portal.engine.text import _l
from portal.engine.transaction import done_here
from portal.proposals.agenda import AGENDA
from portal.proposals.duties import SOURCES
from portal.proposals.help_ends import end_help
from portal.proposals.holdings import HOLDINGS
from portal.proposals.jobs import JOBS
from portal.proposals.kinds import KINDS
from portal.proposals.kinds.absence.model import AbsenceProposal
from portal.proposals.kinds.drug_decision import to_manage
from portal.proposals.kinds.fine.following import enter_fines
from portal.proposals.models import CourtAnswer, Proposal, Remark
from portal.proposals.notices import NOTICES
from portal.proposals.pages import bp
from portal.proposals.papers.register import PAPERS, enter_decided
from portal.proposals.papers.wordings import WORDINGS

OFFERS: tuple[Offer, ...] = tuple(
    Offer(name, "propose", kind.offered_as, "proposals.new", kind.is_offered, PROPOSING, {"kind": name}, of=Case)
    for name, kind in KINDS.items()
    if kind.offered_as
)

OFFERS += (
    Offer(
        "paper_absence",
        "propose",
        _l("Record an absence permitted on paper before"),
        "proposals.paper_absence",
        lambda case: case.ran_on_paper and AbsenceProposal.suits(case),
        RARE,
        of=Case,
    ),
    Offer(
        "manage", "edit", _l("Propose the management"), "proposals.new_management", to_manage, PROPOSING, of=DrugTest
    ),
)

AREA = Area(
    "proposals",
    records=(Proposal, Remark, CourtAnswer),
    blueprints=(bp,),
    places=(
        Place(_l("Proposals"), "proposals.index", "proposals", (Proposal, "read"), on_phone=True),
        Place(
            _l("Round of shortenings"),
            "proposals.shortening_round",
            "check",
            (Case, "read_shortenings"),
            under="proposals.index",
        ),
    ),
    duty_sources=SOURCES,
    notices=NOTICES,
    follows=tuple(map(done_here, (enter_decided, end_help, enter_fines))),
    papers=(PAPERS,),
    subjects=((Proposal, "proposals.show"), (CourtAnswer, "proposals.answer_of_court")),
    offers=OFFERS,
    agenda=AGENDA,
    holdings=HOLDINGS,
    wordings=WORDINGS,
    jobs=JOBS,
)
