"""What administrator, chief and leader do on their pages, in words."""

import re

from sqlalchemy import select

from portal.engine.db import db
from portal.organisation.models import RoleGrant, User

FIRST_DAY = "23/11/2026"


def open_account(client, username="ly.huong", full_name="Lý Thị Hường", **more):
    typed = {"username": username, "full_name": full_name, "title": "Thượng úy", "address_word": "chị", **more}
    return client.post("/accounts/new", data=typed)


def shown(page):
    """The password, or the half of one, on an answer."""
    return re.search(r'class="once"><code>([a-z2-9-]+)</code>', page.text).group(1)


def give(client, user, role, unit, **more):
    typed = {"unit_id": unit.id, "valid_from": FIRST_DAY, "valid_to": "", "on_behalf_of_id": "", "capacity": "", **more}
    return client.post(f"/accounts/{user.id}/roles/{role}", data=typed)


def confirm(client, grant):
    return client.post(f"/grants/{grant.id}/confirm", data={"version": grant.version})


def account(username):
    return db.session.scalars(select(User).where(User.username == username)).one()


def latest_grant(user):
    mine = select(RoleGrant).where(RoleGrant.user_id == user.id)
    return db.session.scalars(mine.order_by(RoleGrant.id.desc())).unique().first()
