"""What all papers of proposals share: the day, the unit of that day, who issues and who signs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from portal.documents import issuers, numbers
from portal.documents.paper import Basis, Clause, Issuer, Paper
from portal.engine import clock
from portal.organisation.models import Unit
from portal.proposals.models import Proposal
from portal.proposals.papers.signing import decider_role, in_own_name, signed_by
from portal.wordings.blocks import Said, Texts
from portal.wordings.queries import said

COMMITTEE, POLICE = "commune_leader", "police_chief"
ISSUERS: Mapping[str, Callable[[Unit, date], Issuer]] = {COMMITTEE: issuers.committee, POLICE: issuers.police}


@dataclass(frozen=True)
class Frame:
    """A proposal on the day of its paper."""

    proposal: Proposal
    day: date
    commune: Unit
    role: str
    tried: Said | None = None  # the words of a paper on invented data

    def said(self, texts: Texts) -> Said:
        """The sentences of a paper: as they held when it was decided; before that, as they hold now."""
        if self.tried is not None:
            return self.tried
        proposal = self.proposal
        at = proposal.frozen_at or clock.now()
        return said(texts, proposal.commune_id, at, texts.sub_kind(proposal))

    @property
    def issuer(self) -> Issuer:
        return ISSUERS[self.role](self.commune, self.day)

    @property
    def kind(self) -> str:
        """The kind of commune, for offices: xã, phường, đặc khu."""
        return issuers.kind_of(self.commune)

    @property
    def police(self) -> str:
        """The police of the commune as they are called in a sentence: Công an xã, Công an phường."""
        return f"Công an {self.kind}"

    @property
    def body(self) -> str:
        """Who issues it, in its number."""
        return issuers.police_sign(self.commune) if self.role == POLICE else numbers.COMMITTEE

    @property
    def kept(self) -> str:
        """Where it is kept: the police have a copy of what the committee decides."""
        return f"Lưu: VT, {'HS' if self.role == POLICE else issuers.police_sign(self.commune)}"

    @property
    def authority(self) -> str:
        """Who has the power to decide: the chief, the committee or, where the law of the day says so, its chair."""
        if self.role == POLICE:
            return f"TRƯỞNG CÔNG AN {self.commune.name.upper()}"
        committee = " ".join(self.issuer.name)
        return f"CHỦ TỊCH {committee}" if in_own_name(self.proposal, self.day) else committee

    @property
    def chief(self) -> str:
        return f"Trưởng Công an {self.commune.name}"

    def decision(
        self, abstract: str, bases: Sequence[Basis], articles: Sequence[str], recipients: Sequence[str], body: str = ""
    ) -> Paper:
        """A decision (QĐ) of the committee or of the chief; *body* where its number names something else than them."""
        numbered = tuple(Clause(text, f"Điều {number}") for number, text in enumerate(articles, start=1))
        return self._paper("QĐ", "QUYẾT ĐỊNH", abstract, bases, numbered, recipients, self.authority, body=body)

    def submission(
        self, addressee: str, abstract: str, bases: Sequence[Basis], text: Sequence[str], recipients: Sequence[str]
    ) -> Paper:
        """A submission (TTr) to a body above."""
        paragraphs = tuple(Clause(one) for one in text)
        return self._paper("TTr", "TỜ TRÌNH", abstract, bases, paragraphs, recipients, addressees=(addressee,))

    def notice(
        self, addressee: str, abstract: str, bases: Sequence[Basis], text: Sequence[str], recipients: Sequence[str]
    ) -> Paper:
        """A notice (TB) to a body beside."""
        paragraphs = tuple(Clause(one) for one in text)
        return self._paper("TB", "THÔNG BÁO", abstract, bases, paragraphs, recipients, addressees=(addressee,))

    def plan(self, abstract: str, bases: Sequence[Basis], text: Sequence[Clause], recipients: Sequence[str]) -> Paper:
        """A plan (KH) for one person."""
        return self._paper("KH", "KẾ HOẠCH", abstract, bases, text, recipients)

    def invitation(self, guests: Sequence[str], abstract: str, text: Sequence[str], recipients: Sequence[str]) -> Paper:
        """An invitation (GM) to those who are to come."""
        paragraphs = tuple(Clause(one) for one in text)
        return self._paper("GM", "GIẤY MỜI", abstract, (), paragraphs, recipients, addressees=guests)

    def _paper(
        self, code: str, name: str, abstract: str, bases: Sequence[Basis], text: Sequence[Clause],
        recipients: Sequence[str], authority: str = "", addressees: Sequence[str] = (), body: str = "",
    ) -> Paper:  # fmt: skip
        proposal = self.proposal
        return Paper(
            issuer=self.issuer, symbol=f"{code}-{body or self.body}",
            number=proposal.document.number if proposal.document else "",
            day=signed_on(proposal) or proposal.decided_on, name=name, abstract=abstract, bases=bases, text=text,
            recipients=(*recipients, self.kept), signature=signed_by(proposal, self.kind, self.day),
            authority=authority, addressees=addressees,
        )  # fmt: skip


def signed_on(proposal: Proposal) -> date | None:
    """The day that the signed paper bears."""
    return proposal.document.dated_on if proposal.document else None


def framed(proposal: Proposal) -> Frame:
    """Before the decision a paper is drawn as it would be today."""
    day = signed_on(proposal) or proposal.decided_on or clock.today()
    return Frame(proposal, day, issuers.commune_on(proposal.case.commune, day), decider_role(proposal))
