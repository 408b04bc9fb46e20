"""Forms over a record that is there: they carry the version that they showed."""

from collections.abc import Mapping
from typing import Any

from wtforms import Field, HiddenField

from portal.engine import versions
from portal.engine.forms.checks import Required
from portal.engine.forms.fields import Paragraphs, Version
from portal.engine.forms.form import Form, came_twice
from portal.engine.forms.typed import in_words
from portal.engine.refusal import Conflict, Plain, Refused, Unsaid
from portal.engine.text import _, _l


class EditForm(Form):
    """A form over a record that exists; it carries the version that it showed.

    Where it changes a second record as well, it carries that one's in a field of the record's name: `person_version`;
    where it shows several of one kind, each one's in a field with its id: `patrol_stop_version_12`.
    """

    version = HiddenField()

    def shown_version(self, of: str = "") -> int | None:
        """The version that the page showed; 0, which no record has, where somebody tampered with it."""
        field = self._field_of(of)
        return versions.read(field.data if field else None)

    def _field_of(self, of: str, which: int | None = None) -> Field | None:
        """The field with the version of a kind of record, or of that one of several.

        None for one of several that the form does not know: what it carries is the version of another record.
        """
        others = [field.name for field in self if of and field.name.startswith(f"{of}_version")]
        names = (f"{of}_version_{which}", f"{of}_version", *(() if others else ("version",)))
        return next((self[name] for name in names if name in self), None)

    def place(self, refused: Refused) -> Refused | None:
        """As in every form; after a lost race it carries the version that stands now, so that it can be sent again."""
        if isinstance(refused, Conflict) and refused.version is not None:
            which = refused.record.id if refused.record is not None else None
            if (field := self._field_of(refused.kind, which)) is not None:
                field.data = str(refused.version)
        return super().place(refused)

    def differing(self, kept: Mapping[str, Any]) -> list[tuple[str, str]]:
        """Pairs of label and value: what stands in the record where something else is typed."""
        shown = [self[name] for name in kept if name in self and not isinstance(self[name], HiddenField)]
        differing = [field for field in shown if in_words(field, kept[field.name]) != in_words(field, field.data)]
        return [(str(field.label.text), in_words(field, kept[field.name])) for field in differing]

    def go_on_from(self, kept: Mapping[str, Any]) -> None:
        """After a lost race: take over from what stands in the record now. Most forms keep just what was typed."""


class PartForm(EditForm):
    """A form over a record that belongs to another. What may be done with it ends with that one's state as well, so it
    carries both versions (`versions.carried`), and who is overtaken learns by whom."""

    parent_version = Version()


class VoidForm(PartForm):
    """Why something was entered in error."""

    reason = Paragraphs(_l("What was wrong"), [Required()], length=1000)


class ReasonForm(EditForm):
    """A step with the words that go with it."""

    reason = Paragraphs(_l("Reason"), length=2000)

    def words(self) -> str:
        """The words as they may be kept. Raises Unsaid with what is wrong with them."""
        if not self.reason.validate(self) or came_twice(self.reason):
            errors = self.reason.errors or [_("This came twice. Please look at it again.")]
            raise Unsaid(*(Plain(str(error)) for error in errors))
        return str(self.reason.data or "")
