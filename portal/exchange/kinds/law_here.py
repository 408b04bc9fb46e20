"""What a commune decided on for itself (numbers of the law, days off, wordings), what people asked of their data, and
what holds these: told by one and decided by another, so the command alone takes it in."""

from collections.abc import Mapping
from typing import Any, ClassVar

from sqlalchemy import Select, select

from portal.engine.db import db
from portal.engine.forms import BooleanField, Choice, Day, Form, Line, Number, Optional, Paragraphs, Required, Year
from portal.engine.text import _l
from portal.exchange.bringing import Bringing
from portal.exchange.cells import AS_KEPT
from portal.exchange.kinds import standing as states
from portal.exchange.kinds.rows import ByCommand, OfCommune, columns_of
from portal.exchange.kinds.standing import OfAuthor
from portal.exchange.moments import Moment
from portal.exchange.sheet import Facts
from portal.exchange.taking import Taking, code_of
from portal.lawbook.models import RuleChange, YearOff
from portal.organisation.models import ROLE_NAMES, Role
from portal.people.models import LegalHold, PersonRequest
from portal.people.models.request import ASKED_ABOUT_NAMES, ASKER_NAMES, PROOF_NAMES, REQUEST_KIND_NAMES
from portal.wordings.models import WordingChange

NUMBER, REASON, DECIDES = _l("Number"), _l("Reason"), _l("Who decides")
ROLES = [("", ""), *((one.value, ROLE_NAMES[one]) for one in Role)]
BESIDE = ("commune", "author", "written_at", "stands_since", "brought_by", "words")


def _form(record: Any, **fields: Any) -> type[Form]:
    """A form of such a record: its own *fields*, how it stands, whose it is and since when it is there."""
    more = {"written_at": Moment(_l("Written down at"), [Optional()])}
    answers = states.answers_about_state(record.workflow)
    return type(f"{record.__name__}Row", (OfCommune, OfAuthor), {**fields, **answers, **more})


def _columns(*own: str) -> tuple[str, ...]:
    return ("commune", *own, *states.NAMES, "author", "written_at")


class DecidedHere(ByCommand):
    """Rows of records with a workflow that are known by their *keys*."""

    keys: ClassVar[tuple[str, ...]]
    sealed = True
    named: ClassVar[Mapping[str, str]] = {"author": "user", "brought_by": "user"}

    def found(self, taking: Taking) -> Select[Any]:
        record: Any = self.record
        found = select(record).where(record.voided_at.is_(None), *taking.within(record, "read"))
        return states.with_steps(found, record).order_by(code_of(record), record.id)

    def told(self, row: Any, taking: Taking) -> Mapping[str, Any]:
        one, step = row
        return {**self.said(one, taking.code), **states.told_of(one, step)}

    def said(self, one: Any, code: Any) -> dict[str, Any]:
        unsaid = dict.fromkeys(states.NAMES[1:])
        return {**super().said(one, code), **unsaid, "author": one.created_by_id, "written_at": one.created_at}

    def _compared(self, facts: Facts) -> Facts:
        return {name: value for name, value in super()._compared(facts).items() if name not in BESIDE}

    def there(self, facts: Facts, bringing: Bringing) -> Any:
        record: Any = self.record
        alike = [getattr(record, name) == facts[name] for name in self.keys]
        here = record.commune_id == bringing.of_commune(facts), record.voided_at.is_(None)
        return self.likest(db.session.scalars(select(record).where(*here, *alike).order_by(record.id)), facts, bringing)

    def once(self, facts: Facts, bringing: Bringing) -> None:
        states.refuse_what_is_signed(facts, self.record.workflow, bringing)

    def write(self, facts: Facts, bringing: Bringing) -> None:
        record: Any = self.record
        told = columns_of(record, facts, "state")
        if facts["written_at"]:
            told["created_at"] = facts["written_at"]
        one = record(commune_id=bringing.of_commune(facts), created_by_id=facts["author"], **told)
        db.session.add(one)
        db.session.flush()
        states.stand(one, facts)
        bringing.claim(self.key, one)


class RuleChanges(DecidedHere):
    key, title, record = "rule_changes", _l("Rules changed here"), RuleChange
    about = _l("Numbers and readings of the law that the commune decided on.")
    keys = ("number",)
    form = _form(
        RuleChange, number=Line(NUMBER, [Required()], length=40),
        kind=Choice(_l("Number or reading"), [Required()],
                    choices=[("number", _l("A number of the law")), ("reading", _l("A reading of the law"))]),
        key=Line(_l("Rule"), [Required()], length=80, description=AS_KEPT),
        value=Line(_l("Value"), [Required()], length=80, description=AS_KEPT),
        holds_from=Day(_l("Holds from"), [Optional()]), source=Line(_l("Clause"), [Optional()], length=500),
        seen=BooleanField(_l("Read in the text in force"), [Optional()]), reason=Paragraphs(REASON, [Optional()]),
        decider_role=Choice(DECIDES, [Required()], choices=ROLES[1:]),
        decided_on=Day(_l("Decided on"), [Optional()]), decided_by_id=Line(_l("Who decided"), [Optional()]),
    )  # fmt: skip
    columns = _columns("number", "kind", "key", "value", "holds_from", "source", "seen", "reason",
                       "decider_role", "decided_on", "decided_by_id")  # fmt: skip


class YearsOff(DecidedHere):
    key, title, record = "days_off", _l("Days off"), YearOff
    about = _l("The days off of a year, as one person entered them and another confirmed them.")
    keys = ("year",)
    form = _form(
        YearOff, year=Year(_l("Year"), [Required()]),
        **{name: Paragraphs(label, [Optional()], description=AS_KEPT) for name, label in (
            ("off", _l("Off")), ("worked", _l("Worked instead")), ("unknown", _l("Not known yet")))},
        source=Line(_l("Announcement"), [Optional()], length=500),
        decider_role=Choice(_l("Who confirms"), [Required()], choices=ROLES[1:]),
        confirmed_on=Day(_l("Confirmed on"), [Optional()]),
    )  # fmt: skip
    columns = _columns("year", "off", "worked", "unknown", "source", "decider_role", "confirmed_on")


class Wordings(DecidedHere):
    key, title, record = "wordings", _l("Wordings of papers"), WordingChange
    about = _l("Sentences of papers as the commune decided to word them.")
    keys = ("number",)
    form = _form(
        WordingChange, number=Line(NUMBER, [Required()], length=40),
        paper=Line(_l("Paper"), [Required()], length=80, description=AS_KEPT),
        block=Line(_l("Sentence"), [Required()], length=80, description=AS_KEPT),
        sub_kind=Line(_l("Of which kind"), [Optional()], length=80, description=AS_KEPT),
        text=Paragraphs(_l("Words"), [Required()]), holds_from=Day(_l("Holds from"), [Required()]),
        reason=Paragraphs(REASON, [Required()]), decider_role=Choice(DECIDES, [Required()], choices=ROLES[1:]),
        decided_at=Moment(_l("Decided at"), [Optional()]), decided_by_id=Line(_l("Who decided"), [Optional()]),
    )  # fmt: skip
    columns = _columns("number", "paper", "block", "sub_kind", "text", "holds_from", "reason",
                       "decider_role", "decided_at", "decided_by_id")  # fmt: skip


class Holds(DecidedHere):
    key, title, record = "people.holds", _l("Legal holds"), LegalHold
    about = _l("Whose data are kept until when, and who asked for that.")
    keys = ("person_id", "asked_by", "paper")
    form = _form(
        LegalHold, person_id=Line(_l("Person"), [Required()]), asked_by=Line(_l("Who asked for it"), [Required()]),
        paper=Line(_l("Paper that tells it"), [Optional()]), reason=Paragraphs(REASON, [Required()]),
        until=Day(_l("Until"), [Optional()]), lifted_on=Day(_l("Lifted on"), [Optional()]),
    )  # fmt: skip
    columns = _columns("person_id", "asked_by", "paper", "reason", "until", "lifted_on")


class Requests(DecidedHere):
    key, title, record = "people.requests", _l("Requests of people"), PersonRequest
    about = _l("What people asked of their own data, until when it is answered, and what was answered.")
    keys = ("number",)
    form = _form(
        PersonRequest, number=Line(NUMBER, [Required()], length=40), person_id=Line(_l("Person"), [Required()]),
        kind=Choice(_l("What is asked for"), [Required()], choices=list(REQUEST_KIND_NAMES.items())),
        asked_on=Day(_l("Asked on"), [Required()]),
        asker=Choice(_l("Who asks"), [Required()], choices=list(ASKER_NAMES.items())),
        asker_name=Line(_l("Name of who asks"), [Optional()]), authority=Line(_l("By which paper"), [Optional()]),
        proof=Choice(_l("How it was seen who asks"), [Required()], choices=list(PROOF_NAMES.items())),
        about=Choice(_l("What it is about"), [Optional()], choices=[("", ""), *ASKED_ABOUT_NAMES.items()]),
        wrong=Paragraphs(_l("What is wrong"), [Optional()]), right=Paragraphs(_l("What would be right"), [Optional()]),
        evidence=Paragraphs(_l("Evidence"), [Optional()]), due_on=Day(_l("Due on"), [Required()]),
        source=Line(_l("Clause"), [Required()], length=500), confirmed=BooleanField(_l("Number of the law confirmed")),
        answer=Paragraphs(_l("Answer"), [Optional()]), answered_on=Day(_l("Answered on"), [Optional()]),
        answered_by_id=Line(_l("Answered by"), [Optional()]), copies=Number(_l("Copies"), [Optional()]),
        with_texts=BooleanField(_l("With the texts")), told_on=Day(_l("Told on"), [Optional()]),
    )  # fmt: skip
    columns = _columns("number", "person_id", "kind", "asked_on", "asker", "asker_name", "authority", "proof",
                       "about", "wrong", "right", "evidence", "due_on", "source", "confirmed", "answer",
                       "answered_on", "answered_by_id", "copies", "with_texts", "told_on")  # fmt: skip


def _with_rights(*kinds: type[DecidedHere]) -> tuple[type[DecidedHere], ...]:
    """Whoever reads such a record is given it; nobody brings one in by a page."""
    for kind in kinds:
        kind.rights = {"export": (kind.record, "read"), "create": (kind.record, "read")}
    return kinds


LAW_HERE = _with_rights(RuleChanges, YearsOff, Wordings, Holds, Requests)
