"""Files of a case: attached, taken along, struck out."""

import io
import re
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select, update

from portal.documents.models import Attachment
from portal.engine.audit import AuditEvent
from portal.engine.db import db
from portal.engine.transaction import transaction
from tests.builders import a_case, an_absence
from tests.documents import files

TYPED = {"title": "Giấy xác nhận của bệnh viện", "dated_on": "20/11/2026", "not_classified": "y"}


def attach(client, case, content=None, name="đơn.pdf", **typed):
    content = files.pdf() if content is None else content
    data = {**TYPED, "file": (io.BytesIO(content), name), **typed}
    return client.post(f"/cases/{case.id}/attach", data={key: value for key, value in data.items() if value != ""})


def attached(case):
    db.session.rollback()
    return db.session.scalars(select(Attachment).where(Attachment.case_id == case.id).order_by(Attachment.id)).all()


def folder(app):
    return Path(app.instance_path) / "attachments"


@pytest.fixture
def case(commune):
    return a_case(commune)


@pytest.fixture
def officer(commune, browse_as):
    return browse_as(commune.officer)


def test_an_attached_file_stands_on_the_case_and_is_taken_along_as_it_was(case, officer):
    assert attach(officer, case).status_code == 302
    page = officer.get(f"/cases/{case.id}").text
    assert TYPED["title"] in page
    assert "PDF, 1 KB, 20/11/2026" in page
    taken = officer.get(re.search(r"/attachments/\d+", page)[0])
    assert taken.data == files.pdf()


def test_a_file_leaves_as_a_download_in_which_nothing_runs(case, officer):
    attach(officer, case, name="đơn xin phép.pdf")
    headers = officer.get(f"/attachments/{attached(case)[0].id}").headers
    told = "attachment; filename=\"on xin phep.pdf\"; filename*=UTF-8''%C4%91%C6%A1n%20xin%20ph%C3%A9p.pdf"
    assert headers["Content-Disposition"] == told
    assert headers["Content-Security-Policy"] == "sandbox"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Content-Type"] == "application/pdf"


@pytest.mark.parametrize("what", files.BAD)
def test_a_bad_file_is_refused_at_its_field_and_all_else_is_kept(case, officer, what):
    name, content, reason = files.BAD[what]
    answer = attach(officer, case, content, name)
    assert answer.status_code == 422
    said = re.search(r'id="file-error">(.*?)</span></span>', answer.text, re.DOTALL)[1]
    assert reason in said.replace("&#39;", "'").replace("&#34;", '"')
    assert TYPED["title"] in answer.text
    assert "Browsers do not keep a chosen file" in answer.text
    assert attached(case) == []


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"not_classified": ""}, "State secrets do not belong here"),
        ({"title": ""}, "This is needed."),
        ({"dated_on": "24/11/2026"}, "lies in the future"),
        ({"dated_on": "31/02/2026"}, "no day of the calendar"),
        ({"file": ""}, "This is needed."),
    ],
)
def test_what_is_missing_beside_a_file_is_told_and_nothing_is_kept(app, case, officer, typed, told):
    before = set(folder(app).iterdir()) if folder(app).exists() else set()
    answer = attach(officer, case, **typed)
    assert answer.status_code == 422
    assert told in answer.text
    assert attached(case) == []
    assert (set(folder(app).iterdir()) if folder(app).exists() else set()) == before


def test_a_file_lies_encrypted_under_a_name_of_its_own(app, case, officer):
    attach(officer, case)
    kept = attached(case)[0]
    lies = folder(app) / kept.stored_as
    sealed = lies.read_bytes()
    assert files.pdf()[:20] not in sealed
    assert b"Catalog" not in sealed
    assert re.fullmatch("[0-9a-f]{32}", kept.stored_as)
    assert (folder(app).stat().st_mode & 0o777, lies.stat().st_mode & 0o777) == (0o700, 0o600)
    assert not list(folder(app).glob("*.part"))


def damage(path):
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize("harm", [Path.unlink, damage])
def test_a_file_that_is_missing_or_was_changed_is_told_on_a_page(app, case, officer, harm):
    attach(officer, case)
    kept = attached(case)[0]
    harm(folder(app) / kept.stored_as)
    answer = officer.get(f"/attachments/{kept.id}")
    assert answer.status_code == 410
    assert "This file cannot be opened" in answer.text
    assert "Content-Disposition" not in answer.headers


def test_a_file_laid_in_anothers_place_does_not_open(app, case, officer):
    attach(officer, case)
    attach(officer, case, files.word(), "khác.docx")
    one, other = attached(case)
    (folder(app) / one.stored_as).write_bytes((folder(app) / other.stored_as).read_bytes())
    assert officer.get(f"/attachments/{one.id}").status_code == 410


def test_a_file_that_is_not_the_one_its_row_tells_of_does_not_open(case, officer):
    attach(officer, case)
    kept = attached(case)[0]
    db.session.execute(update(Attachment).values(digest="0" * 64))
    db.session.commit()
    assert officer.get(f"/attachments/{kept.id}").status_code == 410


def test_taking_a_file_along_is_an_event_before_it_is_sent(case, officer, commune, monkeypatch):
    attach(officer, case)
    kept = attached(case)[0]
    officer.get(f"/attachments/{kept.id}")
    db.session.rollback()
    told = [
        (event.action, event.root_id)
        for event in db.session.scalars(select(AuditEvent).where(AuditEvent.record_type == "attachment"))
    ]
    assert told == [("attach", case.id), ("download", case.id)]

    def fail(*_told, **_details):
        raise OSError("no space left")

    monkeypatch.setattr("portal.engine.audit.tell", fail)
    answer = officer.get(f"/attachments/{kept.id}")
    assert answer.status_code == 500
    assert files.pdf() not in answer.data


def test_title_and_name_of_a_file_do_not_enter_the_trail(case, officer):
    attach(officer, case, name="Nguyễn Văn Kín.pdf")
    db.session.rollback()
    changes = db.session.scalar(select(AuditEvent).where(AuditEvent.action == "attach")).changes
    assert TYPED["title"] not in str(changes)
    assert "Kín" not in str(changes)


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("officer", 200), ("chief", 200), ("inspector", 200),
        ("officer2", 404), ("leader", 404), ("helper", 404), ("village_head", 404), ("military", 404), ("border", 404),
        ("clerk", 404), ("province", 404), ("administrator", 404),
    ],
)  # fmt: skip
def test_a_file_is_taken_along_by_those_who_read_the_file_of_the_case(commune, browse_as, who, status):
    case = a_case(commune, helper="helper")
    attach(browse_as(commune.officer), case)
    kept = attached(case)[0]
    assert browse_as(getattr(commune, who)).get(f"/attachments/{kept.id}").status_code == status


def test_a_file_of_the_next_commune_is_not_there(case, officer, neighbour, browse_as):
    attach(officer, case)
    kept = attached(case)[0]
    for who in ("officer", "chief", "inspector"):
        assert browse_as(getattr(neighbour, who)).get(f"/attachments/{kept.id}").status_code == 404


@pytest.mark.parametrize(("who", "status"), [("officer2", 404), ("leader", 403), ("inspector", 403), ("helper", 403)])
def test_only_the_officer_and_the_chief_attach_and_strike_out(commune, browse_as, who, status):
    case = a_case(commune, helper="helper")
    attach(browse_as(commune.officer), case)
    kept = attached(case)[0]
    other = browse_as(getattr(commune, who))
    assert attach(other, case).status_code == status
    assert other.post(f"/attachments/{kept.id}/void", data={"reason": "x", "version": "1"}).status_code in (403, 404)
    assert len(attached(case)) == 1
    assert attached(case)[0].voided_at is None


def test_a_leader_takes_along_the_files_of_a_proposal_that_was_laid_before_them(commune, browse_as, case):
    leave = an_absence(commune, case, date(2026, 12, 1), date(2026, 12, 10))
    attach(browse_as(commune.officer), case)
    kept, leader = attached(case)[0], browse_as(commune.leader)
    with transaction(commune.officer):
        kept.proposal_id = leave.id
        leave.workflow.take("submit", leave, commune.officer)
    assert leader.get(f"/attachments/{kept.id}").status_code == 404
    with transaction(commune.chief):
        leave.workflow.take("endorse", leave, commune.chief)
    assert leader.get(f"/attachments/{kept.id}").status_code == 200


def test_a_file_that_was_struck_out_stays_and_is_told_with_the_reason(case, officer):
    attach(officer, case)
    kept = attached(case)[0]
    asked = officer.get(f"/attachments/{kept.id}/void")
    assert "The file stays where it is" in asked.text
    without = officer.post(f"/attachments/{kept.id}/void", data={"version": "1", "reason": " "})
    assert without.status_code == 422
    done = officer.post(f"/attachments/{kept.id}/void", data={"version": "1", "reason": "Nhầm người"})
    assert done.status_code == 302
    page = officer.get(f"/cases/{case.id}").text
    assert "Attached in error: Nhầm người" in page
    assert f"/attachments/{kept.id}/void" not in page
    assert officer.get(f"/attachments/{kept.id}").status_code == 200
    twice = officer.post(f"/attachments/{kept.id}/void", data={"version": "2", "reason": "Nữa"})
    assert twice.status_code == 409
    assert attached(case)[0].void_reason == "Nhầm người"


@pytest.mark.both_engines
def test_one_account_attaches_no_more_than_it_may(app, case, officer, commune, browse_as, monkeypatch):
    attach(officer, case)
    monkeypatch.setitem(app.config, "UPLOAD_BYTES_A_USER", len(files.pdf()) * 2 - 1)
    answer = attach(officer, case)
    assert answer.status_code == 422
    assert "more is not kept for one account" in answer.text
    assert len(attached(case)) == 1
    assert attach(browse_as(commune.chief), case).status_code == 302


def test_a_file_over_the_limit_is_told_at_its_field(app, case, officer, monkeypatch):
    monkeypatch.setitem(app.config, "UPLOAD_BYTES", 2**20)
    answer = attach(officer, case, files.pdf() + b"\n" * 2**20)
    assert answer.status_code == 422
    assert "larger than 1 MB" in answer.text


@pytest.mark.parametrize("megabytes", [20, 22, 60])
def test_a_file_of_any_size_is_told_at_its_field_and_what_was_typed_is_kept(case, officer, megabytes):
    answer = attach(officer, case, files.pdf() + b"\n" * megabytes * 2**20, title="Đơn của mẹ")
    assert answer.status_code == 422
    assert re.search(r'id="file-error"[^§]*The file is larger than 20 MB\.', answer.text)
    assert 'value="Đơn của mẹ"' in answer.text
    assert attached(case) == []


@pytest.fixture
def kept_of_files(app, monkeypatch):
    """How many bytes are kept of each file, in the order in which they come."""
    streams, made = [], app.request_class._get_file_stream

    def make(request, *lengths, **options):
        streams.append(made(request, *lengths, **options))
        return streams[-1]

    monkeypatch.setattr(app.request_class, "_get_file_stream", make)
    return lambda: [one.seek(0, io.SEEK_END) for one in streams if not one.closed]


def test_no_more_of_a_file_is_kept_than_tells_that_it_is_too_large(app):
    with app.test_request_context():
        request = app.request_class({})
        request.files_to_keep = 1
        file = request._get_file_stream()
    for _piece in range(30):
        assert file.write(b"x" * 2**20) == 2**20
    assert file.tell() == 20 * 2**20 + 1


@pytest.mark.parametrize("address", ["/logout", "/cases/new", "/cases/%s/contact", "/no-such-page"])
def test_a_page_that_takes_no_file_keeps_none_and_reads_no_more_than_a_text(address, case, officer, kept_of_files):
    address = address % case.id if "%" in address else address
    few = {f"file{number}": (io.BytesIO(b"x" * 100_000), "a.pdf") for number in range(10)}
    assert officer.post(address, data=few).status_code in (302, 303, 404, 422)
    many = {f"file{number}": (io.BytesIO(b"x" * 490 * 1024), "a.pdf") for number in range(100)}
    assert officer.post(address, data=many).status_code in (302, 404, 413)
    assert sum(kept_of_files()) == 0


def test_where_several_files_come_one_is_kept_and_nothing_is_attached(case, officer, kept_of_files):
    other = {f"file{number}": (io.BytesIO(b"x" * 490 * 1024), "a.pdf") for number in range(100)}
    answer = officer.post(
        f"/cases/{case.id}/attach", data={**TYPED, **other, "file": (io.BytesIO(files.pdf()), "a.pdf")}
    )
    assert answer.status_code == 422
    assert TYPED["title"] in answer.text
    assert sum(kept_of_files()) <= 490 * 1024
    assert attached(case) == []


def test_who_is_not_signed_in_sends_no_more_than_is_taken(app, case):
    answer = attach(app.test_client(), case, b"\n" * 22 * 2**20)
    assert answer.status_code == 302
    for address in ("/login", "/language"):
        sent = {"file": (io.BytesIO(b"\n" * 22 * 2**20), "a.pdf")}
        assert app.test_client().post(address, data=sent).status_code == 413


def test_a_body_over_every_limit_is_answered_by_a_page_that_leads_back_to_the_form(app, case, officer, monkeypatch):
    monkeypatch.setitem(app.config, "MOST_SENT", 21 * 2**20)
    answer = attach(officer, case, files.pdf() + b"\n" * 22 * 2**20)
    assert answer.status_code == 413
    assert "Files of up to 20 MB are taken" in answer.text
    assert f'href="/cases/{case.id}/attach"' in answer.text
    assert attached(case) == []


def test_a_disk_that_takes_no_more_is_told_at_the_field(case, officer, monkeypatch):
    def full(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("portal.documents.store._write_through", full)
    answer = attach(officer, case)
    assert answer.status_code == 422
    assert "The disk did not take the file" in answer.text
    assert attached(case) == []


def test_the_file_is_on_the_disk_before_its_row_is(app, case, officer, monkeypatch):
    synced = []
    monkeypatch.setattr("portal.documents.store._sync_folder", lambda _path: synced.append(len(attached(case))))
    attach(officer, case)
    assert set(synced) == {0}
    assert (folder(app) / attached(case)[0].stored_as).exists()
