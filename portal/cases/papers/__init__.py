"""What is printed of a case beside its proposals: summons, minutes, warnings, lists of a round, papers of leaving."""

from portal.cases.papers import breaches, leaving, reception, rounds
from portal.cases.papers.wordings import WORDINGS

__all__ = ["FOLLOWS", "PAPERS", "WORDINGS"]

PAPERS = (rounds.PAPERS, reception.SUMMONS_PAPERS, reception.MINUTES_PAPERS, *leaving.PAPERS)
FOLLOWS = (rounds.enter_lists, reception.enter_papers, breaches.enter_papers, leaving.enter_papers)
