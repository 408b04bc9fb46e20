"""The pages of a book: made from its declaration, each under its own right."""

from functools import partial
from typing import Any

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import Select

from portal.books import actions, doubles, presenter
from portal.books.book import Book, PartOf
from portal.books.forms import BookForm
from portal.books.grid import GridForm
from portal.books.history import history
from portal.books.models import Entry, Part
from portal.books.values import facts_of
from portal.engine import notice, void_page
from portal.engine.access import allows, lists, opens, rights
from portal.engine.deeds import ASKED, WRONG, Attempt, attempt
from portal.engine.forms import VoidForm
from portal.engine.presentation import told
from portal.engine.refusal import Conflict
from portal.engine.sheets import Column, workbook
from portal.engine.text import _, ngettext
from portal.engine.void_page import Question
from portal.organisation.taking_along import MOST_ROWS, PurposeForm, taken_along


def pages(book: Book) -> Blueprint:
    """The blueprint of a book. Its room may add further pages to it."""
    bp = Blueprint(book.name, book.record.__module__, url_prefix=f"/{book.name.replace('_', '-')}")
    for made in (_lists, _shows, _writes, _types, _strikes_out):
        made(book, bp)
    for part in book.parts:
        _lines(book, part, bp)
    return bp


def _lists(book: Book, bp: Blueprint) -> None:
    @bp.get("/")
    @lists(book.record)
    def index(found: Select[Any]) -> Any:
        chosen = presenter.filters(book, found, current_user)
        listing = presenter.listing(book, found, chosen)
        table = presenter.table(book.columns, listing.rows)
        shown_ = {"heads": table.heads, "rows": presenter.rows(book, table)}
        return render_template("books/index.html", book=book, listing=listing, chosen=chosen, **shown_)

    @bp.route("/export", methods=["GET", "POST"])
    @lists(book.record, to="export")
    def export(found: Select[Any]) -> Any:
        if request.args.get("show") == presenter.STRUCK:
            abort(404)  # what is struck out is read here and taken along by nobody
        chosen = presenter.filters(book, found, current_user)
        listing, form = presenter.listing(book, found, chosen), PurposeForm()
        if form.validate_on_submit() and listing.total <= MOST_ROWS:
            return _file(book, listing.all_rows, form)
        shown = {"book": book, "form": form, "listing": listing, "chosen": chosen, "most": MOST_ROWS}
        return render_template("books/export.html", **shown), WRONG if request.method == "POST" else 200


def _file(book: Book, rows: Any, form: PurposeForm) -> Response:
    title, columns = str(book.words.title), (Column(_("Number"), lambda one: one.number, 16), *book.columns)
    return taken_along(
        form, str(book.record.__tablename__), len(rows), lambda mark: workbook(title, columns, rows, mark)
    )


def _shows(book: Book, bp: Blueprint) -> None:
    @bp.get("/<int:id>")
    @opens(book.record, to="read")
    def show(entry: Entry) -> Any:
        return shown(book, entry)


def shown(book: Book, entry: Any, **more: Any) -> str:
    """The page of an entry; *more* for a room whose own template tells more of it."""
    form = filled(book.form, entry)
    held = rights(current_user, entry, ("edit", "void"))
    editable = "edit" in held and entry.voided_at is None and not entry.against_mending
    return render_template(
        book.template, book=book, entry=entry, answers=presenter.answers(form, entry), held=held, editable=editable,
        missing=presenter.missing(book, entry, form), history=history(book, entry),
        parts=presenter.lines(book, entry, current_user, editable), standing=book.standing(entry),
        stays=[told(one) for one in entry.against_mending] if "edit" in held else [],
        links=book.links(entry), **book.more(entry), **more,
    )  # fmt: skip


def filled(kind: type[BookForm], record: Any = None, entry: Any = None, **values: Any) -> Any:
    """A form with the lists that its reader is offered, over a record where there is one; of a line, of which entry."""
    form = kind(obj=record, **values)
    form.fill_lists(record, entry)
    return form


def _writes(book: Book, bp: Blueprint) -> None:
    @bp.route("/new", methods=["GET", "POST"])
    @allows(book.record, to="create")
    def new() -> Any:
        """At first the few fields without which nothing is known; all of them where the address asks for them."""
        quick = bool(book.quick) and "all" not in request.args
        form = filled(book.form)
        if quick:
            form.keep_only(book.quick)
        tried = attempt(form, partial(_written, book, form))
        if tried.done:
            notice.done(_("%(number)s is written down.", number=tried.made.number))
            return redirect(url_for(".show", id=tried.made.id))
        same, refused = doubles.doubted(tried)
        shown_ = {"book": book, "form": form, "refused": refused, "same": same, "quick": quick}
        return render_template("books/form.html", entry=None, **shown_), tried.status

    @bp.route("/<int:id>/edit", methods=["GET", "POST"])
    @opens(book.record, to="edit", form=book.form)
    def edit(entry: Entry) -> Any:
        if request.method == "GET" and entry.against_mending:
            return redirect(url_for(".show", id=entry.id))
        form = filled(book.form, entry)
        tried = attempt(form, lambda: actions.mend(entry, facts_of(form, book.record), current_user), entry)
        if tried.done:
            notice.done(_("%(number)s: the change is kept.", number=entry.number))
            return redirect(url_for(".show", id=entry.id))
        shown_ = {"book": book, "form": form, "refused": tried.refused, "same": (), "quick": False}
        return render_template("books/form.html", entry=entry, now=_now(form, entry, tried), **shown_), tried.status


def _types(book: Book, bp: Blueprint) -> None:
    @bp.route("/grid", methods=["GET", "POST"])
    @allows(book.record, to="create")
    def grid() -> Any:
        """Rows of an old register: more empty ones, a look at what is typed, or all of them written."""
        form, asked = GridForm.of(book), request.form.get("only", "")
        if asked == "more":
            form.add_rows()
            return _rows(book, form, Attempt())
        if asked:
            return _rows(book, form, Attempt(status=ASKED if form.validate_on_submit() else WRONG))
        tried = attempt(form, lambda: _written_rows(book, form), leads_to=url_for(".index"))
        if tried.done:
            count = len(tried.made)
            notice.done(ngettext("%(num)s entry is written down.", "%(num)s entries are written down.", count))
            return redirect(url_for(".index"))
        return _rows(book, form, tried)


def _written_rows(book: Book, form: GridForm) -> list[Entry]:
    form.read_again()
    rows = {row.number: row.facts() for row in form.typed}
    about = {row.number: row.about_row for row in form.typed if row.about_row}
    return actions.write_down_rows(book.record, current_user.acting.commune_id, rows, current_user, about)


def _rows(book: Book, form: GridForm, tried: Attempt) -> Any:
    return render_template("books/grid.html", book=book, form=form, refused=tried.refused), tried.status


def _written(book: Book, form: BookForm) -> Any:
    facts, commune_id = facts_of(form, book.record), current_user.acting.commune_id
    doubles.ask_once(current_user, book, form, facts, commune_id)
    return actions.write_down(book.record, commune_id, facts, current_user)


def _now(form: BookForm, record: Any, tried: Attempt) -> list[tuple[str, str]]:
    """What stands after a lost race where something else was typed."""
    if not isinstance(tried.refused, Conflict):
        return []
    names = [name for name in form.asked() if name in form]
    return form.differing({name: getattr(record, name, None) for name in names})


def _strikes_out(book: Book, bp: Blueprint) -> None:
    @bp.route("/<int:id>/void", methods=["GET", "POST"])
    @opens(book.record, to="void", form=VoidForm)
    def void(entry: Entry) -> Any:
        back = url_for(".show", id=entry.id)
        return void_page.ask(entry, Question(
            title=_("Mark as entered in error?"),
            text=_("It stays on record with your reason, and counts nowhere."), verb=_("Mark as entered in error"),
            done=_("It is marked as entered in error."), back=back,
            crumbs=[(str(book.words.title), url_for(".index")), (entry.number, back)], facts=[book.called(entry)],
        ))  # fmt: skip


def _lines(book: Book, part: PartOf, bp: Blueprint) -> None:
    @opens(book.record, to="edit", form=part.form)
    def new(entry: Entry) -> Any:
        form = filled(part.form, entry=entry)
        form.version.data = form.version.data or str(entry.version)
        tried = attempt(form, partial(_line_added, part, form, entry), entry)
        return _line_answer(book, part, entry, None, form, tried)

    @opens(part.record, to="edit", form=part.form)
    def edit(line: Part) -> Any:
        entry, form = getattr(line, str(line.parent)), filled(part.form, line)
        if request.method == "GET" and line.against_mending:
            return redirect(url_for(f"{book.name}.show", id=entry.id))
        tried = attempt(form, lambda: actions.mend(line, facts_of(form, part.record), current_user), line)
        return _line_answer(book, part, entry, line, form, tried)

    @opens(part.record, to="void", form=VoidForm)
    def void(line: Part) -> Any:
        entry = getattr(line, str(line.parent))
        back = url_for(f"{book.name}.show", id=entry.id)
        return void_page.ask(line, Question(
            title=_("Mark as entered in error?"),
            text=_("It stays on record with your reason, and counts nowhere."), verb=_("Mark as entered in error"),
            done=_("It is marked as entered in error."), back=back,
            crumbs=[(str(book.words.title), url_for(f"{book.name}.index")), (entry.number, back)],
            facts=[part.called(line)],
        ))  # fmt: skip

    name, place = part.name, part.name.replace("_", "-")
    both = ["GET", "POST"]
    bp.add_url_rule(f"/<int:id>/{place}/new", f"new_{name}", new, methods=both)
    bp.add_url_rule(f"/{place}/<int:id>/edit", f"edit_{name}", edit, methods=both)
    bp.add_url_rule(f"/{place}/<int:id>/void", f"void_{name}", void, methods=both)


def _line_added(part: PartOf, form: BookForm, entry: Any) -> Any:
    facts = facts_of(form, part.record)
    doubles.ask_once_of_line(part, form, facts, entry)
    return actions.add_line(part.record, entry, facts, current_user)


def _line_answer(book: Book, part: PartOf, entry: Any, line: Any, form: BookForm, tried: Attempt) -> Any:
    if tried.done:
        notice.done(_("%(number)s: the change is kept.", number=entry.number))
        return redirect(url_for(f"{book.name}.show", id=entry.id))
    same, refused = doubles.doubted(tried)
    return render_template(
        "books/line.html", book=book, part=part, entry=entry, line=line, form=form, refused=refused, same=same,
        now=_now(form, line, tried) if line else [],
    ), tried.status  # fmt: skip
