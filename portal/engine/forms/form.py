"""A form: what it takes of what was sent, and what it says is wrong."""

import logging
from typing import Any, ClassVar, NamedTuple

from flask import g, request
from flask_login import current_user
from flask_wtf import FlaskForm
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from wtforms import Field, FileField, HiddenField
from wtforms.fields.core import UnboundField

from portal.engine import audit, once
from portal.engine.forms.choices import Several
from portal.engine.intake import id_in
from portal.engine.letters import kept, plain
from portal.engine.presentation import told_with_source
from portal.engine.refusal import Misfit, Refused
from portal.engine.text import _

log = logging.getLogger("portal")
MOST_STRANGERS, MOST_OF_NAME = 5, 40  # names of fields that no form has, as far as they are written down


class Form(FlaskForm):
    """A form of the portal. *widths* says how long the answers are, for the macro that draws the fields.

    It has only the fields that its user may set. Whatever else a request sends is ignored, and noted.
    One *of_register* reads a row of an old register: what is to be justified when it is done is not asked afterwards.
    """

    of_register = False

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """A form is sent as a form: no JSON with lists and maps where texts are meant, no file but for a file."""
            if formdata is None or hasattr(formdata, "getlist") or not _sent():
                return formdata if hasattr(formdata, "getlist") else None
            files = {name: request.files.getlist(name) for name in request.files if _takes_files(form, name)}
            return CombinedMultiDict((MultiDict(files), request.form))

    widths: ClassVar[dict[str, str]] = {}
    BUTTONS: ClassVar[frozenset[str]] = frozenset({"only", *once.NOT_TYPED})  # sent along, and no fields
    PREFIXES: ClassVar[tuple[str, ...]] = ()  # of the names of answers that are one a record of a long list

    def __init_subclass__(cls, **options: Any) -> None:
        """Refuse a field that hides what every form can do: `form.place(refused)` would call the field."""
        super().__init_subclass__(**options)
        fields = (name for name, one in vars(cls).items() if isinstance(one, UnboundField))
        if hidden := [name for name in fields if _is_no_field(getattr(super(cls, cls), name, None))]:
            raise TypeError(f"{cls.__name__} has fields named as what a form can do: {', '.join(hidden)}.")

    def process(self, formdata: Any = None, *values: Any, **more: Any) -> None:
        super().process(formdata, *values, **more)
        self.answers = formdata if hasattr(formdata, "getlist") else request.form
        if formdata is not None and not hasattr(formdata, "getlist") and request.method == "POST":
            known = {field.name for field in self} | self.BUTTONS
            sent = {name for name in (*request.form, *request.files) if not name.startswith(self.PREFIXES)}
            _note_strangers(sorted(sent - known))

    def listed(self, prefix: str) -> dict[int, str]:
        """The answers of a long list, by the id that stands behind the prefix of their names.

        They are no fields: a record that left the list meanwhile is told by the deed, not lost as a stranger. What is
        no id of a record is nothing.
        """
        named = {name: value for name, value in self.answers.items() if name.startswith(prefix)}
        found = {name.removeprefix(prefix): value for name, value in named.items()}
        return {known: value for number, value in found.items() if (known := id_in(number))}

    def fill_lists(self, record: Any = None) -> None:
        """Fill the lists whose choices depend on the reader, or on the record of the form. Most forms have none."""

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse as well, at its field, what came twice: nobody can say which of the two was meant."""
        valid = super().validate(extra_validators)
        twice = [field for field in self if came_twice(field)]
        for field in twice:
            field.errors = [*field.errors, _("This came twice. Please look at it again.")]
        return valid and not twice

    def place(self, refused: Refused) -> Refused | None:
        """Show at its field what a deed said about it. Gives back the refusal if there is more to be told."""
        misfits = [one for one in refused.reasons if isinstance(one, Misfit) and one.field in self]
        for one in misfits:
            self[one.field].errors = [*self[one.field].errors, told_with_source(one)]
        return None if misfits and len(misfits) == len(refused.reasons) else refused

    @property
    def to_mend(self) -> list["Wrong"]:
        """What is wrong, in the order of the page: at a field, or with the form as a whole."""
        found = [_wrong(field) for field in self if field.errors]
        return found + [Wrong("", "", str(error)) for error in self.form_errors]


class Wrong(NamedTuple):
    """The id of a field, its label and what is wrong with it. Neither id nor label where no field is meant."""

    id: str
    label: str
    message: str


def _wrong(field: Field) -> Wrong:
    """A field that nobody sees is told, and leads nowhere."""
    seen = not isinstance(field, HiddenField)
    return Wrong(field.id if seen else "", str(field.label.text) if seen else "", str(field.errors[0]))


def _is_no_field(inherited: object) -> bool:
    return inherited is not None and not isinstance(inherited, UnboundField)


def came_twice(field: Field) -> bool:
    """Whether a field has several answers, or where several may be ticked the same one more than once."""
    sent = field.raw_data or ()
    return len(sent) > (len(set(sent)) if isinstance(field, Several) else 1)


def _sent() -> bool:
    return request.method in ("POST", "PUT", "PATCH", "DELETE")


def _takes_files(form: Any, name: str) -> bool:
    return name in form and isinstance(form[name], FileField)


def _note_strangers(names: list[str]) -> None:
    """Write down, once a request, that fields were sent which the form does not have: their names, never a value."""
    if not names or "strangers" in g:
        return
    g.strangers = [kept(plain(name))[:MOST_OF_NAME] for name in names[:MOST_STRANGERS]]
    log.warning("%s fields that no form has, sent to %s", len(names), request.url_rule)
    if current_user.is_authenticated:  # the trail is not for strangers to fill
        audit.tell("ignored", current_user, None, fields=", ".join(g.strangers))
