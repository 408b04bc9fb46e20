"""What may be typed about a signed paper."""

from typing import Any, ClassVar

from portal.documents import numbers
from portal.documents.forms import CONFIRM, NOT_CLASSIFIED, Upload
from portal.documents.numbers import Number
from portal.engine.forms import (
    BooleanField,
    Day,
    EditForm,
    Line,
    Optional,
    Required,
    ValidationError,
    not_in_the_future,
)
from portal.engine.text import _, _l


class PaperForm(EditForm):
    """Number and day of the signed paper, and the scan of the signed page as soon as there is one."""

    decision_number = Line(_l("Number of the paper"), [Required()], length=60)
    decision_on = Day(_l("Day of the paper"), [Required(), not_in_the_future])
    scan = Upload(_l("Scan of the signed page"), [Optional()], scan=True)
    not_classified = BooleanField(NOT_CLASSIFIED)
    widths: ClassVar[dict[str, str]] = {"decision_number": "mid", "decision_on": "day"}

    number: Number | None = None

    def validate_decision_number(self, field: Any) -> None:
        self.number = numbers.read(field.data or "")
        if self.number is None:
            raise ValidationError(_("Please write the number as on the paper, with its sign: 05/QĐ-UBND."))

    def validate_not_classified(self, field: Any) -> None:
        if self.scan.data and not field.data:
            raise ValidationError(str(CONFIRM))
