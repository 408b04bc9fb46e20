"""Who may do what to which records.

A right is a condition of the query: a list, a page, a button, an export and a total all ask the same select, so that
they cannot disagree. What the table does not grant is refused. Views are handed records, never ids.
"""

from portal.engine.access.door import opens
from portal.engine.access.fields import Shown, ask_ahead, mask, see
from portal.engine.access.pages import allows, lists, may_open, public, signed_in
from portal.engine.access.records import find, holding, holds, may, may_by, reach, rights, rights_on, within
from portal.engine.access.routes import check_routes, init_app
from portal.engine.access.table import Actor, FieldRule, Fields, Scope, Table, rows_for

__all__ = [
    "Actor", "FieldRule", "Fields", "Scope", "Shown", "Table", "allows", "ask_ahead", "check_routes", "find",
    "holding", "holds", "init_app", "lists", "mask", "may", "may_by", "may_open", "opens", "public", "reach", "rights",
    "rights_on", "rows_for", "see", "signed_in", "within",
]  # fmt: skip
