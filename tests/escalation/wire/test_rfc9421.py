"""The RFC's own vectors: HTTP message signatures (RFC 9421), content digests (RFC 9530), structured fields (RFC 9651)."""

import pytest

from escalation.wire import fields, hop, keys
from escalation.wire.reasons import Rejected

# RFC 9421 appendix B.1.4 (test-key-ed25519), B.2 (test-request), B.2.6.
PRIVATE = """-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF
-----END PRIVATE KEY-----
"""
PUBLIC = """-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=
-----END PUBLIC KEY-----
"""
BODY = b'{"hello": "world"}'
VALUES = {
    "date": "Tue, 20 Apr 2021 02:07:55 GMT",
    "@method": "POST",
    "@path": "/foo",
    "@authority": "example.com",
    "content-type": "application/json",
    "content-length": "18",
}
INPUT = 'sig-b26=("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"'
SIGNATURE = "sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:"
BASE = b'''"date": Tue, 20 Apr 2021 02:07:55 GMT
"@method": POST
"@path": /foo
"@authority": example.com
"content-type": application/json
"content-length": 18
"@signature-params": ("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"'''


def test_the_key_of_the_rfc_is_read_from_pem_and_written_again() -> None:
    private, public = keys.from_pem(PRIVATE), keys.public_from_pem(PUBLIC)
    assert private.public == public
    assert (private.to_pem(), public.to_pem()) == (PRIVATE, PUBLIC)


def test_the_signature_base_is_that_of_b_2_6() -> None:
    signed = fields.inner_lists(INPUT)["sig-b26"]
    names = [name for name, _ in signed.items]
    assert hop.base(names, VALUES, fields.write_list(names, signed.parameters)) == BASE


def test_the_signature_is_that_of_b_2_6() -> None:
    signature = fields.byte_sequences(SIGNATURE)["sig-b26"]
    assert keys.from_pem(PRIVATE).sign(BASE) == signature
    assert keys.public_from_pem(PUBLIC).verify(BASE, signature)
    assert not keys.public_from_pem(PUBLIC).verify(BASE + b" ", signature)


def test_method_authority_and_path_are_taken_from_the_address_as_in_the_request_of_b_2() -> None:
    headers = {"content-type": "application/json", "content-digest": hop.content_digest(BODY)}
    values = hop._values("POST", "https://EXAMPLE.com:443/foo", headers)
    assert {name: values[name] for name in ("@method", "@path", "@authority", "content-type")} == {
        name: VALUES[name] for name in ("@method", "@path", "@authority", "content-type")
    }


@pytest.mark.parametrize(
    ("url", "authority", "path"),
    [
        ("https://www.example.com/", "www.example.com", "/"),  # RFC 9421 section 2.2.3
        ("http://WWW.Example.com", "www.example.com", "/"),  # sections 2.2.3 and 2.2.6: an empty path is a slash
        ("http://example.com:80/path", "example.com", "/path"),
        ("https://example.com:8443/path", "example.com:8443", "/path"),
        ("http://[::1]:8100/a", "[::1]:8100", "/a"),
    ],
)
def test_an_address_is_normalized_as_the_rfc_says(url: str, authority: str, path: str) -> None:
    assert hop._address(url) == {"@authority": authority, "@path": path}


@pytest.mark.parametrize(
    ("body", "digest"),
    [
        (b'{"hello": "world"}\n', "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:"),  # RFC 9530 appendix B.1
        (b"", "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:"),  # appendix B.2
        (BODY, "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:"),  # RFC 9421 appendix B.2.1, the body of B.2
    ],
)
def test_the_digest_of_a_body_is_that_of_the_rfc(body: bytes, digest: str) -> None:
    assert hop.content_digest(body) == digest


def test_several_signatures_are_read_as_in_section_4_3() -> None:
    text = (
        'sig1=("@method" "@authority" "@path");created=1618884475;keyid="test-key-ecc-p256", '
        'proxy_sig=("@method" "signature";key="sig1" "forwarded");created=1618884480;expires=1618884540;tag="x;y, \\"z\\""'
    )
    found = fields.inner_lists(text)
    assert found["sig1"].parameters == {"created": 1618884475, "keyid": "test-key-ecc-p256"}
    assert found["proxy_sig"].items == (("@method", {}), ("signature", {"key": "sig1"}), ("forwarded", {}))
    assert found["proxy_sig"].parameters["tag"] == 'x;y, "z"'


@pytest.mark.parametrize(
    ("text", "items", "parameters"),
    [
        ("a=()", (), {}),
        ("a=( )", (), {}),
        ('  a=("x"   "y"  );p', (("x", {}), ("y", {})), {"p": True}),
        ("a=(); b=?0;c=-7", (), {"b": False, "c": -7}),
        ('a=("x";req);d="\\\\"', (("x", {"req": True}),), {"d": "\\"}),
    ],
)
def test_an_inner_list_is_read_as_rfc_9651_says(text: str, items: object, parameters: object) -> None:
    found = fields.inner_lists(text)["a"]
    assert (found.items, found.parameters) == (items, parameters)


@pytest.mark.parametrize(
    "text",
    [
        "", "a", "a=", "A=()", "a=(", 'a=("x"', 'a=("x""y")', 'a=("x",  "y")', "a=(x)", 'a=("\u00e9")', 'a=("x\n")', 'a=("\\x")',
        "a=(),", "a=(),,b=()", "a=();1=2", "a=();b=1.5", "a=();b=1234567890123456", "a=();b=?2", "a=();b;b", "a=(), a=()", "a=() x", 'a=("x"\t"y")',
    ],
)  # fmt: skip
def test_what_is_no_dictionary_of_inner_lists_is_refused(text: str) -> None:
    with pytest.raises(Rejected):
        fields.inner_lists(text)


@pytest.mark.parametrize("text", ["a=abc", "a=:AAA:", "a=:A A=:", 'a="x"', "a=:AAAA", "a=:QQ==:;", "a=:QR==:", "a=:QQ==:, a=:QQ==:"])
def test_what_is_no_byte_sequence_is_refused(text: str) -> None:
    with pytest.raises(Rejected):
        fields.byte_sequences(text)


def test_what_is_written_is_read_again() -> None:
    parameters: dict[str, int | str] = {"created": 1, "nonce": 'a"b\\c', "tag": "t"}
    written = fields.write_list(["@method", "x"], parameters)
    found = fields.inner_lists(f"l={written}")["l"]
    assert (found.items, found.parameters) == ((("@method", {}), ("x", {})), parameters)
