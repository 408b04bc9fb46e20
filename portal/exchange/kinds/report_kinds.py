"""Kinds of reports that a commune owes."""

import re
from typing import Any

from sqlalchemy import Select, select

from portal.engine.db import db
from portal.engine.forms import Line, Required, ValidationError
from portal.engine.refusal import Misfit, Refused
from portal.engine.text import _, _l, mark
from portal.exchange.bringing import Bringing
from portal.exchange.kinds.rows import OfCommune, Rows, columns_of
from portal.exchange.sheet import Facts, Verdict
from portal.exchange.taking import Taking
from portal.reports.actions import save_kind
from portal.reports.forms import KindForm
from portal.reports.models import ReportKind
from portal.reports.sections import SECTIONS

_CODE = re.compile(r"[a-z0-9_]{2,60}")


class KindRow(OfCommune, KindForm):
    code = Line(
        _l("Code"), [Required()], length=60,
        description=_l("By it reports name their kind, and kinds of different communes are known to be the same."),
    )  # fmt: skip

    def validate_code(self, field: Line) -> None:
        if field.data and not _CODE.fullmatch(field.data):
            raise ValidationError(_("Small letters without diacritics, digits and underscores: order_quarter."))


class ReportKinds(Rows):
    key, title, record, form = "report_kinds", _l("Kinds of reports"), ReportKind, KindRow
    about = _l("Which reports the commune owes: to whom, for which periods, with which sections, signed by whom.")
    columns = ("code", "commune", "title", "addressee", "recipients", "body", "signer_role", "basis", "length",
               "due_days", "since", "sections", "table", "active")  # fmt: skip

    def found(self, taking: Taking) -> Select[Any]:
        found = select(ReportKind).where(ReportKind.voided_at.is_(None), *taking.within(ReportKind))
        return found.order_by(ReportKind.id)  # in this order pages list them

    def said(self, one: Any, code: Any) -> dict[str, Any]:
        return {**super().said(one, code), "sections": ",".join(one.sections)}

    def take(self, facts: Facts, bringing: Bringing) -> Verdict:
        """Sections keep the order that reports have."""
        chosen = str(facts["sections"]).split(",")
        return super().take({**facts, "sections": ",".join(one.id for one in SECTIONS if one.id in chosen)}, bringing)

    def there(self, facts: Facts, bringing: Bringing) -> ReportKind | None:
        of = ReportKind.commune_id == bringing.of_commune(facts), ReportKind.code == facts["code"]
        return db.session.scalars(select(ReportKind).where(*of, ReportKind.voided_at.is_(None))).first()

    def once(self, facts: Facts, bringing: Bringing) -> None:
        if not bringing.first_time(self.key, f"{facts.get('commune') or ''}/{facts['code']}"):
            raise Refused(Misfit("code", mark("This code stands in the file twice.")))
        bringing.expect(ReportKind, {**facts, "number": facts["code"]})

    def write(self, facts: Facts, bringing: Bringing) -> None:
        told = {**columns_of(ReportKind, facts), "sections": facts["sections"].split(",")}
        save_kind(None, told, bringing.of_commune(facts))
