"""Which forms a phone may send: those that the rooms declared."""

from flask import current_app

from portal.engine.sync import PhoneForm


def phone_forms() -> dict[str, PhoneForm]:
    """What the rooms declared, by name."""
    return {form.name: form for area in current_app.extensions["areas"] for form in area.phone_forms}
