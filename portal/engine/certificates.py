"""A local authority for a commune's own network, and certificates that it signs.

A browser keeps work without signal only over https, and a closed network has no public authority. So the portal makes
one: phones are told once to trust it, and each server of the commune gets a certificate from it. Its key lies beside
the other keys of the installation and in no backup. So that whoever gets hold of it cannot pose as any site before
these phones, the authority vouches for the addresses of private networks, the names that only such networks use, and
the name for which it was made.
"""

import ipaddress
import os
from datetime import timedelta
from pathlib import Path
from typing import cast

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from portal.engine import clock

AUTHORITY, SERVERS = "authority", "servers"  # folders: no server is called so that it takes the authority's place
PRIVATE_NAMES = ("local", "lan", "internal", "home.arpa", "localhost")
PRIVATE_NETWORKS = (
    "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8",
    "fc00::/7", "fe80::/10", "::1/128",
)  # fmt: skip
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
YEARS_OF_AUTHORITY = timedelta(days=3650)
LONGEST = timedelta(days=397)  # browsers take no certificate that lasts longer
EARLIER = timedelta(days=1)  # a phone whose clock is behind takes it all the same


class NotAName(ValueError):
    """What was given is neither a host name nor an address of a network."""


class NotVouchedFor(ValueError):
    """The authority that is there was made for other names."""


def make(instance: Path, name: str) -> list[Path]:
    """Make a certificate for a host name or an address, and the authority where there is none. Gives the new files.

    Raises NotAName, NotVouchedFor.
    """
    alternative = _alternative(name)
    made = [] if authority_in(instance).exists() else _make_authority(_of_authority(instance), alternative)
    issuer = read_certificate(authority_in(instance))
    if not _vouches(issuer, alternative):
        raise NotVouchedFor(name)
    read = serialization.load_pem_private_key(authority_in(instance).with_suffix(".key").read_bytes(), None)
    signing = cast(ec.EllipticCurvePrivateKey, read)
    key, now = ec.generate_private_key(ec.SECP256R1()), clock.now()
    certificate = (
        x509.CertificateBuilder()
        .subject_name(_named(f"Commune portal: {name}")).issuer_name(issuer.subject).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - EARLIER).not_valid_after(now + LONGEST)
        .add_extension(x509.SubjectAlternativeName([alternative]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key()), critical=False)
        .sign(signing, hashes.SHA256())
    )  # fmt: skip
    return [*made, *_keep(_of_servers(instance), name, key, certificate)]


def _of_authority(instance: Path) -> Path:
    return instance / "certificates" / AUTHORITY


def _of_servers(instance: Path) -> Path:
    return instance / "certificates" / SERVERS


def authority_in(instance: Path) -> Path:
    return _of_authority(instance) / f"{AUTHORITY}.crt"


def all_in(instance: Path) -> list[Path]:
    """The authority's certificate, if there is one, and those of the servers."""
    return [one for one in (authority_in(instance), *sorted(_of_servers(instance).glob("*.crt"))) if one.exists()]


def read_certificate(path: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(path.read_bytes())


def fingerprint(certificate: Path) -> str:
    """What a phone shows of a certificate, to be compared with what the server says: SHA-256 in pairs."""
    digest = read_certificate(certificate).fingerprint(hashes.SHA256())
    return ":".join(f"{one:02X}" for one in digest)


def _make_authority(folder: Path, made_for: x509.GeneralName) -> list[Path]:
    key, now = ec.generate_private_key(ec.SECP256R1()), clock.now()
    subject = _named("Commune portal: local authority")
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject).issuer_name(subject).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - EARLIER).not_valid_after(now + YEARS_OF_AUTHORITY)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.KeyUsage(
            digital_signature=False, content_commitment=False, key_encipherment=False, data_encipherment=False,
            key_agreement=False, key_cert_sign=True, crl_sign=True, encipher_only=False, decipher_only=False,
        ), critical=True)
        .add_extension(x509.NameConstraints(_permitted(made_for), None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    return _keep(folder, AUTHORITY, key, certificate)


def _permitted(made_for: x509.GeneralName) -> list[x509.GeneralName]:
    """For what an authority vouches: what no public network knows, and that for which it was made."""
    own = x509.IPAddress(ipaddress.ip_network(made_for.value)) if isinstance(made_for, x509.IPAddress) else made_for
    private = [x509.IPAddress(ipaddress.ip_network(one)) for one in PRIVATE_NETWORKS]
    return [*map(x509.DNSName, PRIVATE_NAMES), *private, own]


def _vouches(authority: x509.Certificate, wanted: x509.GeneralName) -> bool:
    permitted = authority.extensions.get_extension_for_class(x509.NameConstraints).value.permitted_subtrees or ()
    if isinstance(wanted, x509.IPAddress):
        networks = [cast(Network, one.value) for one in permitted if isinstance(one, x509.IPAddress)]
        return any(wanted.value in one for one in networks)
    names = [one.value for one in permitted if isinstance(one, x509.DNSName)]
    return any(wanted.value == one or wanted.value.endswith(f".{one}") for one in names)


def _keep(folder: Path, name: str, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> list[Path]:
    """Write key and certificate; the key is readable by the service alone from the first byte on."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    plain, pem = serialization.NoEncryption(), serialization.Encoding.PEM
    written = folder / f"{name}.key", folder / f"{name}.crt"
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
    with os.fdopen(os.open(written[0], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(private)
    written[1].write_bytes(certificate.public_bytes(pem))
    return list(written)


def _alternative(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        labels = name.split(".")
        if len(name) <= 253 and all(_is_label(one) for one in labels):
            return x509.DNSName(name)
        raise NotAName(name) from None


def _is_label(label: str) -> bool:
    """Part of a host name: letters, digits and hyphens, none at its ends (RFC 1123)."""
    bare = label.replace("-", "a")
    return 0 < len(label) < 64 and bare.isascii() and bare.isalnum() and label[0] != "-" != label[-1]


def _named(name: str) -> x509.Name:
    """A name with a blank, which nobody takes for that of a host: those stand in extensions alone."""
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])
