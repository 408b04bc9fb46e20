"""The tour, while the example commune is there, and the board of parts."""

from pathlib import Path
from typing import Any

from flask import Blueprint, abort, current_app, render_template, send_file, url_for
from flask_login import current_user

from portal.engine import certificates
from portal.engine.access import public, signed_in
from portal.guide.forms import SampleForm, with_errors
from portal.guide.samples import samples
from portal.guide.tour import TOUR, Stop
from portal.organisation.queries import has_demo

bp = Blueprint("guide", __name__)


@bp.get("/tour")
@public
def tour() -> Any:
    """Five stops for whoever tries the example commune out; without it there is nothing to tour."""
    if not has_demo():
        abort(404)
    layout = "base.html" if current_user.is_authenticated else "auth.html"
    return render_template("guide/tour.html", layout=layout, stops=[(stop, _way_to(stop)) for stop in TOUR])


def _way_to(stop: Stop) -> str:
    """Its page; for anybody else than its account by way of signing in as that account, filled in already."""
    if current_user.is_authenticated and current_user.username == stop.account:
        return stop.link
    account: dict[str, Any] = {"as": stop.account}
    return url_for("organisation.sign_in", next=stop.link, **account)


@bp.get("/guide/certificate")
@public
def certificate() -> Any:
    """How a phone learns to trust the authority of a commune's own network. It may not have signed in yet."""
    layout = "base.html" if current_user.is_authenticated else "auth.html"
    return render_template("guide/certificate.html", layout=layout, authority=_authority())


@bp.get("/guide/authority.crt")
@public
def authority() -> Any:
    """The authority's certificate, which is public; its key never leaves the machine."""
    found = _authority() or abort(404)
    return send_file(found, "application/x-x509-ca-cert", as_attachment=True, download_name="portal-authority.crt")


def _authority() -> Path | None:
    found = certificates.authority_in(Path(current_app.instance_path))
    return found if found.exists() else None


@bp.get("/styleguide")
@signed_in
def styleguide() -> Any:
    """Every part in every state."""
    form = SampleForm(formdata=None)
    return render_template("guide/styleguide.html", form=with_errors(), plain_form=form, **samples())
