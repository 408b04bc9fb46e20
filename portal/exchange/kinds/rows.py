"""What the sheets of records have in common that are no books: how a row is found again, compared and brought in."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, ClassVar

from sqlalchemy import Select, select

from portal.engine.access import holds
from portal.engine.db import Kept, db
from portal.engine.forms import Form, Line, Optional
from portal.engine.refusal import Misfit, Refused
from portal.engine.text import _l, mark
from portal.exchange.bringing import Bringing, agreeing, differing, told_by
from portal.exchange.references import Reference
from portal.exchange.sheet import Facts, Field, Kind, Sheet, Verdict, fields_of
from portal.exchange.taking import Taking, code_of

COMMUNE = _l("Commune")
ITS_COMMUNE = _l("Its code, where the entry is of a commune that was taken over. Empty: this commune.")
BY_COMMAND = mark(
    "Only whoever keeps the portal brings this in, by the command: what was signed, confirmed or decided is not "
    "brought in by one person. Leave it empty here, and let it be done in the portal."
)
NO_RIGHT = mark("Your role does not write this.")
COMMUNE_FIELD = Field("commune", COMMUNE, Kind.TEXT, ITS_COMMUNE)


class OfCommune(Form):
    """The column of rows that may be of a commune that was taken over."""

    commune = Line(COMMUNE, [Optional()], length=40, description=ITS_COMMUNE)


class Rows:
    """The rows of a record type. *columns* are those of its form, in their order.

    *settled* are the columns that tell what somebody signed, confirmed or decided, each with what it says of a record
    in its first state: a page takes in no more than that.
    """

    key: ClassVar[str]
    title: ClassVar[Any]
    about: ClassVar[Any] = ""
    form: ClassVar[type[Form]]
    record: ClassVar[type[Kept]]
    columns: ClassVar[tuple[str, ...]]
    settled: ClassVar[Mapping[str, Any]] = {}
    sealed: ClassVar[bool] = False
    by_command: ClassVar[bool] = False
    behind: ClassVar[tuple[str, ...]] = ()  # sheets that are to be there before, though no column names them
    named: ClassVar[Mapping[str, str]] = {}  # columns that name a record without being a column of this one: its table
    right: ClassVar[str] = "create"  # without which nobody brings a row in
    rights: ClassVar[Mapping[str, tuple[type[Kept], str]]] = {}  # that are asked for instead of those in the record

    def __init__(self, known: Mapping[str, Reference]) -> None:
        fields = tuple(
            replace(one, kind=Kind.REFERENCE, choices=None, reference=known[self.named[one.name]])
            if one.name in self.named
            else one
            for one in fields_of(self.form, self.record, known, self.columns)
        )
        self.sheet = Sheet(
            self.key, self.title, self.form, self.record, fields, self.found, self.told, self.take, self.about,
            self.sealed, self.rights, self.by_command, self.behind,
        )  # fmt: skip

    def found(self, taking: Taking) -> Select[Any]:
        """Select what leaves the portal, in an order that tells nothing of when it was entered."""
        raise NotImplementedError

    def told(self, row: Any, taking: Taking) -> Mapping[str, Any] | list[Mapping[str, Any]]:
        """A row of it by column, or several that come of it."""
        return self.said(row[0], taking.code)

    def said(self, one: Any, code: Any) -> dict[str, Any]:
        """What a record says by column. *code* gives the code of its commune, where it is not this one."""
        told = told_by(one, (field.name for field in self.sheet.fields))
        return {**told, "commune": code(one.commune_id)} if "commune" in told else told

    def take(self, facts: Facts, bringing: Bringing) -> Verdict:
        """Take a row in, unless a record says the same already. Raises Refused."""
        there = self.there(facts, bringing)
        if there is not None:
            return self.same(there, facts, bringing)
        if bringing.by is not None:
            self.allowed(facts, bringing)
        self.once(facts, bringing)
        if bringing.writes:
            self.write(facts, bringing)
        return Verdict.NEW

    def there(self, facts: Facts, bringing: Bringing) -> Any:
        """The record that a row tells of, if the portal has it."""
        raise NotImplementedError

    def same(self, there: Any, facts: Facts, bringing: Bringing) -> Verdict:
        """Whether a record says what a row says. Raises Refused at each column in which it does not."""
        bringing.claim(self.key, there)
        return agreeing(self._told(there, bringing), self._compared(facts))

    def differing(self, there: Any, facts: Facts, bringing: Bringing) -> list[str]:
        """The columns in which a row says something else than a record."""
        return differing(self._told(there, bringing), self._compared(facts))

    def likest(self, found: Iterable[Any], facts: Facts, bringing: Bringing) -> Any:
        """Of records that a row may tell of, and that no other row was found to be, the one that says just the same;
        else the first."""
        free = [one for one in found if not bringing.is_claimed(self.key, one)]
        return next((one for one in free if not self.differing(one, facts, bringing)), None) or next(iter(free), None)

    def _told(self, there: Any, bringing: Bringing) -> Facts:
        return self.said(there, Taking(bringing.commune).code)

    def _compared(self, facts: Facts) -> Facts:
        """What a row says of a record itself: not in which commune it is found, nor who wrote it down."""
        return {one.name: facts[one.name] for one in self.sheet.fields if one.name not in ("commune", "author")}

    def allowed(self, facts: Facts, bringing: Bringing) -> None:
        """Raise Refused where whoever brings a row in may not write it."""
        by: Any = bringing.by
        if not holds(by, self.right, self.record):
            raise Refused(Misfit(self.columns[0], NO_RIGHT))
        self.not_settled(facts)

    def not_settled(self, facts: Facts) -> None:
        """Raise Refused where a row says more than what a record says in its first state."""
        if beyond := differing(self.settled, {name: facts[name] for name in self.settled}):
            raise Refused(*(Misfit(name, BY_COMMAND) for name in beyond))

    def learn(self, there: Any, facts: Facts, learnt: Facts, bringing: Bringing) -> Verdict:
        """Let a record that setting the portal up made take over what could not be said then, if it agrees else."""
        verdict = Rows.same(self, there, {**facts, **{name: getattr(there, name) for name in learnt}}, bringing)
        if not learnt:
            return verdict
        if bringing.writes:
            for name, value in learnt.items():
                setattr(there, name, value)
        return Verdict.NEW

    def once(self, facts: Facts, bringing: Bringing) -> None:
        """Remember what the file brings, for the rows that name it. Raises Refused where it stands there twice."""

    def write(self, facts: Facts, bringing: Bringing) -> Any:
        """Write what is new."""
        raise NotImplementedError


class NumberedRows(Rows):
    """Rows of records that bear a number within their commune."""

    def found(self, taking: Taking) -> Select[Any]:
        record: Any = self.record
        found = select(record).where(record.voided_at.is_(None), *taking.within(record))
        return found.order_by(code_of(record), record.number)

    def there(self, facts: Facts, bringing: Bringing) -> Any:
        record: Any = self.record
        here = record.commune_id == bringing.of_commune(facts), record.number == facts["number"]
        there = db.session.scalar(select(record).where(*here))
        if there is not None and there.voided_at is not None:
            raise Refused(Misfit("number", mark("The entry of this number is struck out.")))
        return there

    def once(self, facts: Facts, bringing: Bringing) -> None:
        bringing.number_once(self.key, facts)
        bringing.expect(self.record, facts)


class NumberedInFileRows(Rows):
    """Rows of records that bear no number that anybody knows: they have one that holds in the one file, by which its
    other sheets name them."""

    def __init__(self, known: Mapping[str, Reference]) -> None:
        super().__init__(known)
        self.table = str(self.record.__tablename__)
        self.numbers = known[self.table]

    def found(self, taking: Taking) -> Select[Any]:
        """In the order in which they were written down, by which they are numbered."""
        record: Any = self.record
        return select(record).where(record.voided_at.is_(None), *taking.within(record)).order_by(record.id)

    def said(self, one: Any, code: Any) -> dict[str, Any]:
        return {**super().said(one, code), "number": int(self.numbers.shown(one.id) or 0)}

    def take(self, facts: Facts, bringing: Bringing) -> Verdict:
        if not bringing.first_time(self.key, str(facts["number"])):
            raise Refused(Misfit("number", mark("This number stands in the file twice.")))
        return super().take(facts, bringing)

    def _compared(self, facts: Facts) -> Facts:
        return {name: value for name, value in super()._compared(facts).items() if name != "number"}

    def same(self, there: Any, facts: Facts, bringing: Bringing) -> Verdict:
        bringing.remembered[self.table, str(facts["number"])] = there.id
        return super().same(there, facts, bringing)

    def once(self, facts: Facts, bringing: Bringing) -> None:
        bringing.coming.add((self.table, str(facts["number"])))

    def made(self, one: Any, facts: Facts, bringing: Bringing) -> None:
        """Let the other rows of the file name what a row brought."""
        bringing.claim(self.key, one)
        bringing.remembered[self.table, str(facts["number"])] = one.id


class LinesOf(Rows):
    """Rows that belong to a record *of* a number, which their first column names. *keys* tell a row from another."""

    of: ClassVar[Any]
    keys: ClassVar[tuple[str, ...]]
    order: ClassVar[tuple[Any, ...]]

    def found(self, taking: Taking) -> Select[Any]:
        record: Any = self.record
        found = select(record).join(self.of, self.of.id == getattr(record, self.columns[0]))
        found = found.where(record.voided_at.is_(None), self.of.voided_at.is_(None), *taking.within(record))
        return found.order_by(code_of(self.of), self.of.number, *self.order)

    def there(self, facts: Facts, bringing: Bringing) -> Any:
        record: Any = self.record
        alike = [getattr(record, name) == facts[name] for name in self.keys]
        found = db.session.scalars(select(record).where(*alike, record.voided_at.is_(None)).order_by(record.id))
        return next((one for one in found if not bringing.is_claimed(self.key, one)), None)

    def made(self, facts: Facts) -> Any:
        record, of = self.record, db.session.get_one(self.of, facts[self.columns[0]])
        return record(commune_id=of.commune_id, **columns_of(record, facts))

    def write(self, facts: Facts, bringing: Bringing) -> None:
        made = self.made(facts)
        db.session.add(made)
        db.session.flush()
        bringing.claim(self.key, made)


class ByCommand(Rows):
    """What was said, signed or decided: the command alone takes it in."""

    by_command = True

    def allowed(self, facts: Facts, bringing: Bringing) -> None:
        raise Refused(Misfit(self.columns[0], BY_COMMAND))


def columns_of(record: Any, facts: Facts, *besides: str) -> Facts:
    """What a row says of the columns of a record."""
    columns: Any = record.__table__.columns
    return {name: value for name, value in facts.items() if name in columns and name not in besides}
