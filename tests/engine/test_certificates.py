"""A commune's own authority: it vouches for its own network, for nothing else, and says in time when it ends."""

import ssl
from datetime import timedelta
from pathlib import Path

import pytest
from flask_babel import force_locale

from portal.engine import certificates, clock
from portal.offline import checks

CERTIFICATES = Path("certificates")


def shaken(authority, key, name):
    """Whether somebody who trusts the authority takes a server with this key for the one of that name."""
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(key.with_suffix(".crt"), key)
    client = ssl.create_default_context(cafile=authority)
    there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    ends = server.wrap_bio(there, back, server_side=True), client.wrap_bio(back, there, server_hostname=name)
    for _step in range(4):
        for end in ends:
            try:
                end.do_handshake()
            except ssl.SSLWantReadError:
                pass
            except ssl.SSLCertVerificationError:
                return False
    return True


@pytest.fixture
def instance(tmp_path, today):
    with clock.telling(clock.written_now()):  # whoever shakes hands goes by the machine's clock
        yield tmp_path


@pytest.mark.parametrize("name", ["portal.lan", "192.168.1.10", "xaboy.quangngai.vn", "may-chu", "fd00::10"])
def test_what_the_authority_was_made_for_is_trusted(instance, name):
    key = next(one for one in certificates.make(instance, name) if one.name == f"{name}.key")
    assert shaken(certificates.authority_in(instance), key, name)
    assert certificates.make(instance, "10.1.2.3")


@pytest.mark.parametrize("name", ["bank.vn", "8.8.8.8", "vn", "2001:db8::1"])
def test_whoever_has_the_key_of_the_authority_cannot_pose_as_a_site_of_the_world(instance, name, monkeypatch):
    certificates.make(instance, "portal.lan")
    with pytest.raises(certificates.NotVouchedFor):
        certificates.make(instance, name)
    monkeypatch.setattr(certificates, "_vouches", lambda *_asked: True)
    key = certificates.make(instance, name)[0]
    assert not shaken(certificates.authority_in(instance), key, name)


@pytest.mark.parametrize("name", ["authority", "servers"])
def test_no_server_takes_the_place_of_the_authority(instance, name):
    certificates.make(instance, "portal.lan")
    before = {one: one.read_bytes() for one in (instance / CERTIFICATES / "authority").iterdir()}
    with pytest.raises(certificates.NotVouchedFor):
        certificates.make(instance, name)
    certificates.make(instance, f"{name}.lan")
    assert {one: one.read_bytes() for one in (instance / CERTIFICATES / "authority").iterdir()} == before
    assert len(before) == 2


def test_a_host_that_is_called_authority_gets_a_certificate_of_its_own(instance):
    made = certificates.make(instance, "authority")
    assert len(set(made)) == 4
    assert shaken(certificates.authority_in(instance), made[2], "authority")


def test_the_doctor_warns_a_month_before_a_certificate_ends(app, tmp_path, monkeypatch):
    monkeypatch.setattr(app, "instance_path", str(tmp_path))
    with app.app_context(), force_locale("en"):
        assert list(checks.certificates_last()) == []
        certificates.make(Path(app.instance_path), "portal.lan")
        assert [one.well for one in checks.certificates_last()] == [True, True]
        with clock.telling(clock.now() + certificates.LONGEST - timedelta(days=29)):
            authority, server = checks.certificates_last()
    assert (authority.well, server.well) == (True, False)
    assert "certificate make portal.lan" in server.mend
