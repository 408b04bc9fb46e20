"""The steps of records that have a number, a row each: what became of a case, of an observation."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, select

from portal.engine import clock
from portal.engine.db import Kept, db
from portal.engine.forms import Choice, Day, Form, Line, Optional, Paragraphs, Required, not_in_the_future
from portal.engine.refusal import Misfit, Refused
from portal.engine.text import _l, mark
from portal.engine.workflow import Step
from portal.exchange.bringing import Bringing
from portal.exchange.kinds.rows import BY_COMMAND, COMMUNE_FIELD, OfCommune
from portal.exchange.references import Reference
from portal.exchange.sheet import Both, Facts, Field, Kind, Sheet, Verdict
from portal.exchange.taking import Taking, code_of

ENTRY = _l("Number")
_STEP, _ON, _BY, _WORDS = _l("Step"), _l("Day"), _l("Who took the step"), _l("With these words")
_ABOUT = _l("What became of it, step by step. Only whoever keeps the portal brings it in, by the command.")


class Story:
    """The sheet of steps of one kind of record, which *right* in it lets somebody take along."""

    def __init__(self, key: str, title: Any, record: Any, right: str) -> None:
        self.key, self.title, self.record, self.right = f"{key}.steps", title, record, right
        self.transitions = {one.name: one for one in record.workflow.transitions}

    def sheet(self, known: Mapping[str, Reference]) -> Sheet:
        names = {name: one.label for name, one in self.transitions.items()}
        form: type[Form] = type("StepForm", (OfCommune, Form), {
            "entry": Line(ENTRY, [Required()]),
            "step": Choice(_STEP, [Required()], choices=list(names.items())),
            "on": Day(_ON, [Required(), not_in_the_future]), "by": Line(_BY, [Optional()]),
            "words": Paragraphs(_WORDS, [Optional()], length=2000),
        })  # fmt: skip
        fields = (
            Field("entry", ENTRY, Kind.TEXT, required=True), COMMUNE_FIELD,
            Field("step", _STEP, Kind.CHOICE, required=True, choices=names), Field("on", _ON, Kind.DAY, required=True),
            Field("by", _BY, Kind.REFERENCE, _l("The user name of an account."), reference=known["user"]),
            Field("words", _WORDS, Kind.TEXT),
        )  # fmt: skip
        rights: Mapping[str, tuple[type[Kept], str]] = {"export": (self.record, self.right)}
        return Sheet(
            self.key, Both(self.title, _l("Steps")), form, self.record, fields, self.found, self.told, self.take,
            _ABOUT, sealed=True, rights=rights,
        )  # fmt: skip

    def found(self, taking: Taking) -> Select[Any]:
        record = self.record
        of_kind = Step.record_type == record.__tablename__, Step.name.in_(self.transitions)
        return (
            select(Step, record.number, record.commune_id)
            .join(record, record.id == Step.record_id)
            .where(*of_kind, record.voided_at.is_(None), *taking.within(record, self.right))
            .order_by(code_of(record), record.number, Step.at, Step.id)
        )

    def told(self, row: Any, taking: Taking) -> Mapping[str, Any]:
        step, number, commune_id = row
        return {"entry": number, "commune": taking.code(commune_id), "step": step.name, "on": clock.day_of(step.at),
                "by": step.by_id, "words": step.reason}  # fmt: skip

    def take(self, facts: Facts, bringing: Bringing) -> Verdict:
        commune_id, number = bringing.of_commune(facts), str(facts["entry"])
        kind = str(self.record.__tablename__)
        here = select(self.record.id, self.record.version).where(
            self.record.commune_id == commune_id, self.record.number == number, self.record.voided_at.is_(None)
        )
        row = db.session.execute(here).first()
        if row is not None and self._is_there(row[0], facts, bringing):
            return Verdict.THERE
        if bringing.by is not None:
            raise Refused(Misfit("step", BY_COMMAND))
        if row is None and not bringing.is_coming(self.record, facts, "entry"):
            raise Refused(Misfit("entry", mark("There is no entry of this number.")))
        if bringing.writes and row is not None:
            bringing.claimed.add((self.key, self._write(kind, row[0], row[1], facts)))
        return Verdict.NEW

    def _is_there(self, record_id: int, facts: Facts, bringing: Bringing) -> bool:
        steps = select(Step).where(
            Step.record_type == self.record.__tablename__, Step.record_id == record_id, Step.name == facts["step"]
        )
        for step in db.session.scalars(steps.order_by(Step.at, Step.id)):
            says = (clock.day_of(step.at), step.by_id, step.reason)
            same = says == (facts["on"], facts["by"], facts["words"] or "")
            if same and (self.key, step.id) not in bringing.claimed:
                bringing.claimed.add((self.key, step.id))
                return True
        return False

    def _write(self, kind: str, record_id: int, version: int, facts: Facts) -> int:
        """A step that moves a record nowhere, such as a correction, stands in the states in which it is possible."""
        transition = self.transitions[facts["step"]]
        before = transition.sources[0] if transition.sources else "open"
        step = Step(
            record_type=kind, record_id=record_id, name=transition.name, from_state=before,
            to_state=transition.target or before, reason=facts["words"] or "", at=clock.moment(facts["on"]),
            by_id=facts["by"], record_version=version,
        )  # fmt: skip
        db.session.add(step)
        db.session.flush()
        return step.id
