"""What may be typed beside a file, and the field of the file itself."""

from typing import Any, ClassVar

from flask import current_app
from flask_wtf.file import FileField

from portal.documents import numbers
from portal.documents.intake import DOCX, Accepted, accept
from portal.documents.models import CATEGORY_NAMES, EITHER_WAY, ISSUED_BY_NAMES, SAY_WHICH, TYPES, Category, IssuedBy
from portal.documents.refused import RefusedFile
from portal.engine.forms import (
    BooleanField,
    Choice,
    Day,
    EditForm,
    Form,
    Line,
    Number,
    Optional,
    Paragraphs,
    Required,
    Several,
    ValidationError,
    not_in_the_future,
    options_of,
)
from portal.engine.text import _, _l, say

NOT_CLASSIFIED = _l("This bears no mark of secrecy: secret, top secret or most secret")
CONFIRM = _l("State secrets do not belong here. Please confirm that this is none.")


class Upload(FileField):
    """A file that is looked at when the form is checked; *accepted* is what may be kept of it."""

    accepted: Accepted | None = None

    def __init__(self, label: Any = None, validators: Any = (), *, scan: bool = False, **options: Any) -> None:
        """*scan*: only what shows a page as it is, ink and seal: no text that can be typed over."""
        super().__init__(label, validators, **options)
        self.scan = scan

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        if validation_stopped or not self.data:
            return
        most = current_app.config["UPLOAD_BYTES"]
        try:
            self.accepted = accept(self.data.stream.read(most + 1), self.data.filename or "", most)
        except RefusedFile as refused:
            raise ValidationError(say(refused.message, **refused.numbers)) from refused
        if self.scan and self.accepted.media_type == DOCX:
            self.accepted = None
            raise ValidationError(_("A signed page is a scan: PDF or a picture, no Word file."))

    def refuse(self, reason: str) -> None:
        """Tell an error that was found after the form was checked."""
        self.errors = [reason]


class UploadForm(Form):
    title = Line(_l("What it is"), [Required()])
    dated_on = Day(_l("Day of the document"), [Required(), not_in_the_future])
    file = Upload(_l("File"), [Required()])
    not_classified = BooleanField(NOT_CLASSIFIED, [Required(CONFIRM)])
    widths: ClassVar[dict[str, str]] = {"dated_on": "day"}


class EntryForm(EditForm):
    """What both directions of the register have in common."""

    code = Choice(_l("Kind of document"), [Required()], choices=[(code, name) for code, (name, _use) in TYPES.items()])
    category = Choice(
        _l("Counted as"), choices=[("", _l("as the kind says")), *CATEGORY_NAMES.items()],
        description=_l("Reports count by it."),
    )  # fmt: skip
    abstract = Paragraphs(
        _l("Abstract"), [Required()], length=500, description=_l("As it stands under the name of the document."),
        render_kw={"rows": "2"},
    )  # fmt: skip
    recipients = Paragraphs(_l("Recipients"), [Optional()], length=500, render_kw={"rows": "2"})
    widths: ClassVar[dict[str, str]] = {
        "code": "mid", "category": "mid", "issued_by": "mid", "number": "mid", "dated_on": "day", "received_on": "day",
        "arrival": "short",
    }  # fmt: skip
    columns: ClassVar[tuple[str, ...]] = ("code", "abstract", "recipients")

    def content(self) -> dict[str, Any]:
        """What was typed, by the names of the record's columns."""
        category = Category(self.category.data) if self.category.data else TYPES[self.code.data][1]
        return {"category": category, **{name: self[name].data or "" for name in self.columns}}


class OutgoingForm(EntryForm):
    issued_by = Choice(
        _l("Whose paper it is"), [Required()], choices=list(ISSUED_BY_NAMES.items()),
        description=_l("A paper of the party committee bears a number of its own register, such as 71-KH/ĐU."),
    )  # fmt: skip
    symbol = Line(
        _l("Symbol"), [Optional()], length=30,
        description=_l("Such as KH-UBND; left empty it follows from the kind and the unit."),
    )  # fmt: skip
    signers = Paragraphs(
        _l("Who signs it"), [Required()], length=500, description=_l("A line each, in the order in which they sign."),
        render_kw={"rows": "2"},
    )  # fmt: skip
    authority = Line(
        _l("In whose name, by what power"), [Optional()],
        description=_l("As it stands over the signature: TM. and the body."),
    )  # fmt: skip
    columns: ClassVar[tuple[str, ...]] = (*EntryForm.columns, "issued_by", "symbol", "signers", "authority")

    def content(self) -> dict[str, Any]:
        lines = (" ".join(line.split()) for line in (self.signers.data or "").splitlines())
        signers = "\n".join(line for line in lines if line)
        return super().content() | {"signers": signers, "issued_by": IssuedBy(self.issued_by.data)}

    def validate_category(self, field: Any) -> None:
        if self.code.data in EITHER_WAY and not field.data:
            raise ValidationError(say(SAY_WHICH))

    def validate_symbol(self, field: Any) -> None:
        if field.data and numbers.read(f"1/{field.data}") is None:
            raise ValidationError(_("A symbol has 2 to 30 signs and no blanks: KH-UBND."))


class IncomingForm(EntryForm):
    sender = Line(_l("Who sent it"), [Required()], length=120)
    number = Line(_l("Number and symbol on it"), [Required()], length=60)
    dated_on = Day(_l("Day of the document"), [Required(), not_in_the_future])
    received_on = Day(_l("Came in on"), [Required(), not_in_the_future])
    arrival = Number(
        _l("Number of arrival"), [Required()], least=1, most=99_999,
        description=_l("The next of the portal's register; write what stands in the paper register."),
    )  # fmt: skip
    columns: ClassVar[tuple[str, ...]] = (*EntryForm.columns, "sender", "number", "dated_on", "received_on", "arrival")

    def validate_received_on(self, field: Any) -> None:
        if field.data and self.dated_on.data and field.data < self.dated_on.data:
            raise ValidationError(_("It cannot have come in before it was written."))


class IssueForm(EditForm):
    """Number and day of the signed paper, and the scan of the signed page as soon as there is one.

    Where several sign, it asks who has done so; only whoever keeps the register may say why a paper comes afterwards.
    """

    number = Line(_l("Number of the paper"), [Required()], length=60)
    dated_on = Day(_l("Day of the paper"), [Required(), not_in_the_future])
    signed = Several(_l("Who has signed it"), [Optional()])
    scan = Upload(_l("Scan of the signed page"), [Optional()], scan=True)
    not_classified = BooleanField(NOT_CLASSIFIED)
    afterwards = Paragraphs(
        _l("Why it is recorded afterwards"), [Optional()], length=500,
        description=_l(
            "Only for what was signed before it was entered in the portal: it may bear an earlier day, and if nobody "
            "has its signed page any more, it is issued without a scan once a second person vouches for it."
        ),
        render_kw={"rows": "2"},
    )  # fmt: skip
    widths: ClassVar[dict[str, str]] = {"number": "mid", "dated_on": "day"}

    typed: numbers.Number | None = None

    def fill_lists(self, record: Any = None) -> None:
        """Name those who sign; where one does, the signed page says it all."""
        self.signed.choices = options_of(record.placed) if record is not None else []
        if len(self.signed.choices) < 2:
            del self.signed

    def without_reason(self) -> "IssueForm":
        """The same for whoever does not keep the register."""
        del self.afterwards
        return self

    def for_scan_alone(self) -> "IssueForm":
        """The same for a paper that is issued and lacks its scan."""
        del self.afterwards
        if "signed" in self:
            del self.signed
        return self

    @property
    def has_signed(self) -> list[str] | None:
        """The places of those who have signed, where it asks."""
        return (self.signed.data or []) if "signed" in self else None

    @property
    def why_afterwards(self) -> str:
        return (self.afterwards.data or "").strip() if "afterwards" in self else ""

    def validate_number(self, field: Any) -> None:
        self.typed = numbers.read(field.data or "")
        if self.typed is None:
            raise ValidationError(_("Please write the number as on the paper, with its sign: 05/QĐ-UBND."))

    def validate_not_classified(self, field: Any) -> None:
        if self.scan.data and not field.data:
            raise ValidationError(str(CONFIRM))


class VouchForm(EditForm):
    """Vouching for a paper of which nobody has the page."""


class StrikeForm(EditForm):
    """Striking an entry of the register out."""

    reason = Paragraphs(_l("Why it was entered in error"), [Required()], length=500)


__all__ = [
    "CONFIRM", "NOT_CLASSIFIED", "IncomingForm", "IssueForm", "OutgoingForm", "StrikeForm", "Upload", "UploadForm",
    "VouchForm",
]  # fmt: skip
