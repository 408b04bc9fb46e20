"""The pages of a case's file: asked what for, then shown to be printed, or sent as .docx."""

from io import BytesIO
from typing import Any

from flask import Blueprint, render_template, request, send_file
from flask_login import current_user

from portal.case_file.collecting import case_file
from portal.case_file.parts import CaseFile
from portal.cases.models import Case
from portal.engine import audit
from portal.engine.access import opens
from portal.engine.text import as_on_paper
from portal.organisation.taking_along import PurposeForm, new_number, watermark

bp = Blueprint("case_file", __name__, url_prefix="/cases")

WORD = "docx"


@bp.route("/<int:id>/file", methods=["GET", "POST"])
@opens(Case, to="take_file")
def ask(case: Case) -> Any:
    """Ask what for; then the whole file, as a page to print or as .docx. That it was made is written down."""
    form = PurposeForm()
    if not form.validate_on_submit():
        return render_template("case_file/ask.html", case=case, form=form), 422 if form.errors else 200
    return _as_word(case, form) if request.form.get("as") == WORD else _as_page(case, form)


def _as_page(case: Case, form: PurposeForm) -> Any:
    number = new_number()
    file = case_file(case, current_user, watermark(current_user, number, form.in_words), number)
    answer = render_template("case_file/file.html", case=case, file=file)
    _tell(case, form, file, "page")
    return answer


def _as_word(case: Case, form: PurposeForm) -> Any:
    """In Vietnamese, whoever reads."""
    from portal.case_file import drawn  # eight megabytes, which a worker holds only once somebody prints
    from portal.documents.layout import MEDIA_TYPE

    number = new_number()
    with as_on_paper():
        mark = watermark(current_user, number, form.in_words)
        file = case_file(case, current_user, mark, number)
        content = drawn.written(file)
    _tell(case, form, file, WORD)
    name = f"HO-SO-{case.number}-{number}.docx"
    return send_file(BytesIO(content), MEDIA_TYPE, as_attachment=True, etag=False, download_name=name)


def _tell(case: Case, form: PurposeForm, file: CaseFile, as_what: str) -> None:
    details = "#" + audit.digest(str(form.details.data))
    audit.tell("export", current_user, case, type="case_file", number=file.number, purpose=str(form.purpose.data),
               details=details, rows=file.rows, form=as_what)  # fmt: skip
