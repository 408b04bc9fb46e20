"""Papers that were signed: numbered today, the page scanned."""

from datetime import date

from portal.documents import actions, numbers, register, store
from portal.documents.intake import accept
from portal.documents.models import OfficialDocument
from portal.engine import clock
from portal.engine.transaction import transaction
from portal.organisation.models import User
from tests.documents import files

MOST = 2**30


def sealed(document: OfficialDocument | None, by: User, number: str = "", day: date | None = None) -> None:
    """Record what the signed page says: the next number unless told, today unless told."""
    assert document is not None
    day = day or clock.today()
    read = numbers.read(number) or register.suggested(document, day)
    scan = store.keep(accept(files.pdf(), "trang ký.pdf", 2**20))
    with transaction(by):
        actions.issue(document, actions.Signed(read, day), scan, by.id, MOST)
