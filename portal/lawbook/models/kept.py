"""The law of a commune is put together once a transaction, and kept with its session as long as nothing changes it."""

from sqlalchemy.orm import Session

KEPT = "law of communes"


def forget(session: Session) -> None:
    session.info.pop(KEPT, None)
