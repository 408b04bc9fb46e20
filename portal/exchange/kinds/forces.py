"""Numbers that the commune publishes."""

from typing import Any

from sqlalchemy import Select, select

from portal.engine.db import db
from portal.engine.text import _l
from portal.exchange.bringing import Bringing
from portal.exchange.kinds.rows import OfCommune, Rows
from portal.exchange.sheet import Facts
from portal.exchange.taking import Taking, code_of
from portal.forces.actions import Number, publish
from portal.forces.forms.hotline import NewHotlineForm
from portal.forces.models import Hotline


class HotlineRow(OfCommune, NewHotlineForm):
    """A number as the page asks for one."""


class Hotlines(Rows):
    """One is known by its number and by who answers."""

    key, title, record, form = "hotlines", _l("Hotlines"), Hotline, HotlineRow
    about = _l("The numbers that the commune publishes, in the order of the list.")
    columns = ("phone", "commune", "name", "purpose", "position")

    def found(self, taking: Taking) -> Select[Any]:
        found = select(Hotline).where(Hotline.voided_at.is_(None), *taking.within(Hotline))
        return found.order_by(code_of(Hotline), Hotline.position, Hotline.name, Hotline.phone, Hotline.purpose)

    def there(self, facts: Facts, bringing: Bringing) -> Any:
        of = Hotline.commune_id == bringing.of_commune(facts), Hotline.voided_at.is_(None)
        named = Hotline.phone == facts["phone"], Hotline.name == facts["name"]
        found = db.session.scalars(select(Hotline).where(*of, *named).order_by(Hotline.id))
        return self.likest(found, facts, bringing)

    def write(self, facts: Facts, bringing: Bringing) -> None:
        number = Number(facts["name"], facts["phone"], facts["purpose"] or "", facts["position"])
        bringing.claim(self.key, publish(bringing.of_commune(facts), number))
