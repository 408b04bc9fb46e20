"""A workbook is checked as a whole, then taken in as a whole or not at all.

The file is read twice: once to look at every row, once to write it. What the second reading finds wrong undoes all of
it. Rows are written some hundreds at a time and let go of, so that memory does not grow with the file.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

from flask import current_app

from portal.cases.actions.keeping import keep_days_of
from portal.cases.reckoned import running
from portal.documents.refused import RefusedFile
from portal.engine import audit
from portal.engine.db import Kept, db
from portal.engine.presentation import number as number_told
from portal.engine.presentation import told
from portal.engine.refusal import Misfit, Refused
from portal.engine.text import mark, say
from portal.engine.transaction import brought_in, together, transaction
from portal.exchange.bringing import Bringing
from portal.exchange.catalogue import all_sheets
from portal.exchange.reading import Cell, Tab, Workbook
from portal.exchange.sheet import Fault, Sheet, Verdict
from portal.organisation.models import RoleGrant, Unit, User

AT_ONCE = 500  # rows that are written and signed together
MOST_TOLD = 10_000  # problems that are kept; of more only the number
MOST_ROWS = 200_000  # of one file
MOST_MERGED = 20  # ranges of cells of a sheet that are told
KEYS_ROW = 2  # in which a sheet of the template says which columns it has
UNTOUCHED = ("help", "lists")  # sheets of the template that hold no rows

ONLY_THE_CHIEF = mark(
    "These sheets of the template are not brought in by your role: %(sheets)s. What is about people, tips and drugs is "
    "brought in by the chief of the commune police."
)
Progress = Callable[[str, int], None]


@dataclass(frozen=True)
class Problem:
    """What is wrong in a workbook: where, what stands there, and what would be right."""

    sheet: str
    row: int
    column: str
    value: str
    message: str


@dataclass
class Outcome:
    """What a workbook holds: rows that are new and rows that are there already, by sheet, and what is wrong."""

    counts: dict[str, dict[Verdict, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    wrong: int = 0

    @property
    def new(self) -> int:
        return sum(one[Verdict.NEW] for one in self.counts.values())

    @property
    def rows(self) -> int:
        return sum(sum(one.values()) for one in self.counts.values())

    def count(self, sheet: Sheet, verdict: Verdict) -> None:
        self.counts.setdefault(sheet.key, dict.fromkeys(Verdict, 0))[verdict] += 1

    def tell_first(self, problem: Problem) -> None:
        """Put before all others what makes the rest of no interest."""
        self.wrong += 1
        self.problems.insert(0, problem)

    def tell(self, problem: Problem) -> None:
        self.wrong += 1
        if self.wrong <= MOST_TOLD:
            self.problems.append(problem)


class NotTakenIn(Exception):
    """Something is wrong with the workbook: nothing of it was written."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome


def nothing_told(_sheet: str, _rows: int) -> None:
    pass


class Import:
    """One workbook for one commune. *sheets* are those that whoever brings it may write. One of at most *most* rows is
    written in a single deed, as a page does it; a command writes without that limit, some hundreds a deed."""

    def __init__(
        self, content: bytes, sheets: Sequence[Sheet], commune: Unit, by: Any = None, most: int = 0,
        progress: Progress = nothing_told,
    ) -> None:  # fmt: skip
        """Raises RefusedFile for what is no workbook of the template."""
        self.book = Workbook(content)
        self.sheets, self.commune, self.by, self.progress = sheets, commune, by, progress
        self.at_once, self.most = bool(most), most or MOST_ROWS
        self.changed: dict[tuple[type[Kept], int], None] = {}
        self.tabs = {tab.key: tab for tab in self.book.tabs}
        known = {one.key for one in sheets}
        if not known & self.tabs.keys():
            if beyond := self._beyond():
                raise RefusedFile(ONLY_THE_CHIEF, sheets=", ".join(beyond))
            raise RefusedFile(mark(
                "None of its sheets is one of the template that you may bring in. Please take the template of this "
                "page, and leave its first two rows as they are."
            ))  # fmt: skip

    def _beyond(self) -> list[str]:
        """The titles of its sheets that are of the template, and that whoever brings the file may not write."""
        return [str(one.title) for one in all_sheets() if one.key in self.tabs]

    def look(self) -> Outcome:
        """Check the whole file. Nothing is written."""
        found = Outcome()
        self._look_at_sheets(found)
        for _chunk in self._chunks(found, Bringing(self.commune, by=self.by)):
            db.session.rollback()
        return found

    def take_in(self) -> Outcome:
        """Write what is new, all of it or nothing. Raises NotTakenIn with what is wrong."""
        looked = self.look()
        if looked.wrong:
            raise NotTakenIn(looked)
        found, bringing = Outcome(), Bringing(self.commune, by=self.by, writes=True)
        chunks = self._chunks(found, bringing)
        with brought_in(), self._all_or_nothing():
            more = True
            while more:
                with transaction(self.by):
                    more = next(chunks, None) is not None
                    self._keep_in_mind()
                    if found.wrong:
                        raise NotTakenIn(found)
                    if not more and found.new:
                        audit.note("import", None, kind="workbook", rows=found.new, sheets=_told(found))
            self._draw_consequences()
        return found

    def _all_or_nothing(self) -> Any:
        """On a page the one transaction around it, for a command many that are saved together."""
        return transaction(self.by) if self.at_once else together(unchanging=(Unit, User, RoleGrant))

    def _keep_in_mind(self) -> None:
        """Of a command many transactions are saved together, which leaves what follows to whoever opened them."""
        db.session.flush()
        if not self.at_once:
            self.changed |= dict.fromkeys((type(one), one.id) for one in db.session.info["writer"].changes)

    def _draw_consequences(self) -> None:
        """Let duties follow once all rows are there: before that a case would be asked for what the next sheet has."""
        with transaction(self.by):
            keep_days_of(running(self.commune))
        changed = iter(self.changed)
        while some := list(islice(changed, AT_ONCE)):
            with transaction(self.by):
                records = [db.session.get_one(kind, number) for kind, number in some]
                for draw in current_app.extensions["when_changed"]:
                    draw(records)

    def _look_at_sheets(self, found: Outcome) -> None:
        known = {one.key: one for one in self.sheets}
        seen: set[str] = set()
        for tab in self.book.tabs:
            if tab.key in UNTOUCHED:
                continue
            sheet = known.get(tab.key)
            for one in self._against(tab, sheet, tab.key in seen):
                found.tell(one)
            seen.add(tab.key)

    def _chunks(self, found: Outcome, bringing: Bringing) -> Iterator[int]:
        """Take the rows of all sheets, some hundreds at a time; gives how many there were so far."""
        rows = chain.from_iterable(self._rows(one) for one in self.sheets if one.key in self.tabs)
        done = 0
        while chunk := list(islice(rows, AT_ONCE)):
            for sheet, place, row in chunk:
                self._take(sheet, place, row, found, bringing)
            done += len(chunk)
            self.progress(self.tabs[chunk[-1][0].key].title, done)
            yield done
            if done > self.most:
                found.tell_first(self._too_many(done + sum(1 for _row in islice(rows, MOST_ROWS))))
                return
        for (sheet, number, row), missing in bringing.awaited.values():
            self._tell(found, sheet, number, row, [(missing.field, told(missing))])

    def _too_many(self, rows: int) -> Problem:
        """What is wrong with a file of more rows than come in at once: the rest of it was counted, not looked at."""
        told_ = mark("At most %(most)s rows come in at once. Please divide the file.")
        return Problem("", 0, "", number_told(rows), say(told_, most=number_told(self.most)))

    def _against(self, tab: Tab, sheet: Sheet | None, twice: bool) -> Iterator[Problem]:
        """What is wrong with a sheet as a whole: at its name, at the cells that are merged, at the heads of columns."""
        yield from (Problem(tab.title, 1, "", tab.key[:80], message) for message in _of_tab(tab, sheet, twice))
        if sheet is None:
            return
        yield from self._merged(tab, sheet)
        missing = mark("Columns are missing: %(columns)s. Please take the template anew.")
        for one in (one for one in sheet.fields if one.required and not tab.has(one.name)):
            yield Problem(tab.title, KEYS_ROW, str(one.label), "", say(missing, columns=str(one.label)))

    def _merged(self, tab: Tab, sheet: Sheet) -> Iterator[Problem]:
        from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

        labels = {one.name: str(one.label) for one in sheet.fields}
        merged = mark("Cells are merged here: %(cells)s. Please unmerge them, one value a cell.")
        for cells in tab.ranges[:MOST_MERGED]:
            corner = cells.partition(":")[0]
            column, row = coordinate_from_string(corner)
            keys = tab.columns[column_index_from_string(column) - 1 :]
            label = labels.get(keys[0], column) if keys else column
            yield Problem(tab.title, row, label, self.book.value_at(tab, corner), say(merged, cells=cells))

    def _rows(self, sheet: Sheet) -> Iterator[tuple[Sheet, int, dict[str, Cell]]]:
        return ((sheet, number, row) for number, row in self.book.rows(self.tabs[sheet.key]))

    def _take(self, sheet: Sheet, number: int, row: dict[str, Cell], found: Outcome, bringing: Bringing) -> None:
        bringing.at = sheet, number, row
        try:
            found.count(sheet, sheet.take(sheet.read(row, bringing), bringing))
        except Fault as fault:
            wrong = fault.found
        except Refused as refused:
            wrong = [(one.field if isinstance(one, Misfit) else "", told(one)) for one in refused.reasons]
            wrong = wrong or [("", say(mark("Your role does not write this.")))]
        else:
            return
        self._tell(found, sheet, number, row, wrong)

    def _tell(
        self, found: Outcome, sheet: Sheet, number: int, row: dict[str, Cell], wrong: Sequence[tuple[str, str]]
    ) -> None:
        labels = {one.name: str(one.label) for one in sheet.fields}
        for name, message in wrong:
            shown = row.get(name, Cell(None)).shown
            found.tell(Problem(self.tabs[sheet.key].title, number, labels.get(name, ""), shown, message))


def _of_tab(tab: Tab, sheet: Sheet | None, twice: bool) -> Iterator[str]:
    """What is wrong with a sheet as a whole, wherever in it."""
    if sheet is None:
        yield say(mark("This sheet is none of the template that you may bring in. Please leave it out."))
        return
    if twice:
        yield say(mark("This sheet is there twice."))
    if tab.hidden:
        yield say(mark("This sheet is hidden. Please show it, so that everybody sees what comes in, or leave it out."))
    names = [one.name for one in sheet.fields]
    if strange := [one for one in tab.columns if one and one not in names]:
        told_ = mark("Columns that the template does not have: %(columns)s.")
        yield say(told_, columns=", ".join(one[:40] for one in strange[:5]))
    if len(set(filter(None, tab.columns))) < len([one for one in tab.columns if one]):
        yield say(mark("A column is there twice."))


def _told(found: Outcome) -> str:
    return ", ".join(f"{key} {counts[Verdict.NEW]}" for key, counts in found.counts.items() if counts[Verdict.NEW])
