"""What the access table is made of: record, action, role, scope; and which action shows a field."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from flask import current_app
from sqlalchemy import ColumnElement

from portal.engine.audit import Acting, Signer
from portal.engine.db import Kept

Scope = Callable[[type[Any], Any], ColumnElement[bool]]
Table = Mapping[type[Any], Mapping[str, Mapping[str, Scope]]]


class Actor(Signer, Protocol):
    """Somebody with roles: the grants that hold today in the role they act in."""

    @property
    def grants_today(self) -> Sequence[Acting]: ...


@dataclass(frozen=True)
class FieldRule:
    """Which actions show a field: openly, masked, and for a while against a reason."""

    openly: str
    masked: str = ""
    reveal: str = ""


Fields = Mapping[type[Kept], Mapping[str, FieldRule]]


def rows_for(record: type[Any]) -> Mapping[str, Mapping[str, Scope]]:
    table: Table = current_app.extensions["access"]
    return next((table[base] for base in record.__mro__ if base in table), {})
