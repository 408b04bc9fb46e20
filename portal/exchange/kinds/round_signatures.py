"""The signatures under the assessments and roll-calls of a month, and what each of them covers."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Select, select

from portal.cases.actions.signing import SIGNED_RECORDS
from portal.cases.models import ROUND_KIND_NAMES, Case, RoundKind, RoundSignature
from portal.engine.db import db
from portal.engine.forms import Choice, Line, Number, Optional, Paragraphs, Required
from portal.engine.refusal import Misfit, Refused
from portal.engine.sheets import MOST_LETTERS
from portal.engine.text import _l, mark
from portal.exchange.bringing import Bringing
from portal.exchange.cells import AS_KEPT
from portal.exchange.kinds.case_forms import MonthOfYear
from portal.exchange.kinds.rows import ByCommand, OfCommune, columns_of
from portal.exchange.moments import Moment, to_the_minute
from portal.exchange.numbers_in_cases import SHEETS
from portal.exchange.reading import Misread
from portal.exchange.references import Reference
from portal.exchange.sheet import Both, Facts
from portal.exchange.taking import Taking, code_of
from portal.organisation.models import CAPACITY_NAMES, ROLE_NAMES, Role

BETWEEN = "; "


class SignatureRow(OfCommune):
    kind = Choice(_l("What was signed"), [Required()], choices=list(ROUND_KIND_NAMES.items()))
    month = MonthOfYear(_l("Month"), [Required()], description=_l("As 07/2024."))
    unit_id = Line(_l("Register"), [Required()], description=_l("Whose register it stands in: the code of the unit."))
    signed_at = Moment(_l("Signed at"), [Required()])
    signed_by_id = Line(_l("Signed by"), [Required()])
    role = Choice(_l("Role"), [Optional()], choices=[("", ""), *((one.value, ROLE_NAMES[one]) for one in Role)])
    capacity = Choice(_l("How they sign"), [Optional()], choices=[("", ""), *CAPACITY_NAMES.items()])
    count = Number(_l("How many it covers"), [Required()])
    covers = Paragraphs(_l("What it covers"), [Optional()], length=MOST_LETTERS, description=AS_KEPT)


class RoundSignatures(ByCommand):
    key, title, record, form = (
        "cases.round_signatures",
        Both(_l("Cases"), _l("Signatures")),
        RoundSignature,
        SignatureRow,
    )
    about = _l("Who signed the assessments or the roll-call of a month. Only the command takes this in.")
    columns = (
        "kind",
        "commune",
        "month",
        "unit_id",
        "signed_at",
        "signed_by_id",
        "role",
        "capacity",
        "count",
        "covers",
    )
    sealed = True
    rights = {"export": (Case, "export"), "create": (Case, "record")}
    behind = tuple(SHEETS[one] for one in SIGNED_RECORDS.values())

    def __init__(self, known: Mapping[str, Reference]) -> None:
        super().__init__(known)
        self.known = known

    def found(self, taking: Taking) -> Select[Any]:
        one = RoundSignature
        found = select(one).where(one.voided_at.is_(None), *taking.within(one, "read"))
        return found.order_by(code_of(one), one.month, one.kind, one.id)

    def said(self, one: Any, code: Any) -> dict[str, Any]:
        record = SIGNED_RECORDS[one.kind]
        ids = db.session.scalars(
            select(record.id).where(record.signature_id == one.id, record.voided_at.is_(None)).order_by(record.id)
        )
        names = [self.known[str(record.__tablename__)].shown(number) for number in ids.all()]
        covers = BETWEEN.join(name for name in names if name)
        return {**super().said(one, code), "month": f"{one.month:%m/%Y}", "covers": covers}

    def _compared(self, facts: Facts) -> Facts:
        """Numbers in cases hold in one file alone, so they tell of no difference."""
        told = {name: value for name, value in super()._compared(facts).items() if name != "covers"}
        return {**told, "month": f"{told['month']:%m/%Y}"}

    def take(self, facts: Facts, bringing: Bringing) -> Any:
        return super().take({**facts, "month": date.fromisoformat(facts["month"])}, bringing)

    def there(self, facts: Facts, bringing: Bringing) -> Any:
        one = RoundSignature
        alike = (
            one.kind == RoundKind(facts["kind"]),
            one.month == facts["month"],
            one.signed_by_id == facts["signed_by_id"],
        )
        here = select(one).where(one.commune_id == bringing.of_commune(facts), one.voided_at.is_(None), *alike)
        at = to_the_minute(facts["signed_at"])
        found = (
            signed for signed in db.session.scalars(here.order_by(one.id)) if to_the_minute(signed.signed_at) == at
        )
        return next((signed for signed in found if not bringing.is_claimed(self.key, signed)), None)

    def once(self, facts: Facts, bringing: Bringing) -> None:
        self._covered(facts, bringing)

    def _covered(self, facts: Facts, bringing: Bringing) -> list[int]:
        """The records under it. Raises Refused where the file has none of a number."""
        table = str(SIGNED_RECORDS[RoundKind(facts["kind"])].__tablename__)
        names = [one.strip() for one in (facts["covers"] or "").split(";") if one.strip()]
        try:
            return [self.known[table].found(name, bringing) for name in names]
        except Misread as misread:
            raise Refused(Misfit("covers", misread.message, **misread.numbers)) from misread

    def write(self, facts: Facts, bringing: Bringing) -> None:
        signature = RoundSignature(commune_id=bringing.of_commune(facts), **columns_of(RoundSignature, facts))
        db.session.add(signature)
        db.session.flush()
        bringing.claim(self.key, signature)
        record = SIGNED_RECORDS[signature.kind]
        for number in self._covered(facts, bringing):
            covered = db.session.get_one(record, number)
            if covered.signature_id is not None:
                raise Refused(Misfit("covers", mark("Another signature of the file covers this already.")))
            covered.signature_id = signature.id
