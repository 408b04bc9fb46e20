"""Invented people and cases, for papers that are looked at before their words hold. None of it is ever saved."""

from datetime import timedelta
from typing import Any

from portal.cases.models import Case, CaseType
from portal.documents import issuers
from portal.engine import clock
from portal.organisation.models import Unit, User
from portal.people.models import Person, Sex
from portal.proposals.models import Proposal
from portal.proposals.papers.frame import Frame
from portal.proposals.papers.signing import decider_role
from portal.wordings.blocks import Said

NAME, OFFICER = "Nguyễn Văn Mẫu", "Trần Thị Thử"


def a_case(commune: Unit, type_: CaseType, **more: Any) -> Case:
    """The case of nobody."""
    today = clock.today()
    person = Person(full_name=NAME, birth_year=1990, sex=Sex.MALE)
    facts = {
        "number": "0000-000", "judgment_number": "00/0000/HS-ST", "judgment_on": today - timedelta(days=400),
        "court": "Tòa án nhân dân khu vực", "starts_on": today - timedelta(days=365), "term_months": 24,
        "received_on": today - timedelta(days=360), "state": "open", "kept_facts": "", **more,
    }  # fmt: skip
    return Case(person=person, commune=commune, commune_id=commune.id, type=type_, **facts)


def an_official(title: str) -> User:
    return User(full_name=OFFICER, title=title, address_word="bà")


def framed(proposal: Proposal, commune: Unit, said: Said) -> Frame:
    """A proposal on a paper of today, in words that hold or would."""
    day = clock.today()
    return Frame(proposal, day, issuers.commune_on(commune, day), decider_role(proposal), said)
