"""Which addresses may be asked."""

from __future__ import annotations

import pytest

from corpus.errors import Refused
from ingest.network.safety import check, forbidden

NEVER = [
    "169.254.169.254",
    "fe80::1",
    "fe80::1%eth0",
    "::ffff:169.254.169.254",
    "64:ff9b::a9fe:a9fe",
    "fd00:ec2::254",
    "224.0.0.1",
    "ff02::1",
    "0.0.0.0",
    "::",
]
PRIVATE = [
    "127.0.0.1", "127.8.8.8", "::1", "10.0.0.1", "172.16.3.4", "192.168.1.1", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.1.2.3",
    "2002:7f00:1::", "64:ff9b::7f00:1", "240.0.0.1",
]  # fmt: skip
PUBLIC = ["1.1.1.1", "2606:4700:4700::1111", "::ffff:1.1.1.1"]


@pytest.mark.parametrize("ip", NEVER)
def test_some_addresses_are_never_asked(ip: str) -> None:
    assert forbidden(ip, allow_private=True)
    assert forbidden(ip, allow_private=False)


@pytest.mark.parametrize("ip", PRIVATE)
def test_private_ones_only_with_leave(ip: str) -> None:
    assert forbidden(ip, allow_private=False)
    assert not forbidden(ip, allow_private=True)


@pytest.mark.parametrize("ip", PUBLIC)
def test_public_ones_are(ip: str) -> None:
    assert not forbidden(ip, allow_private=False)


def test_a_shared_network_is_not_public() -> None:
    assert forbidden("100.64.0.1", allow_private=False)


@pytest.mark.parametrize("host", ["2852039166", "0xa9fea9fe", "169.254.43518", "0251.0376.0251.0376"])
def test_disguises_of_a_machines_own_secrets_are_seen_through_even_with_leave(host: str) -> None:
    with pytest.raises(Refused, match="link-local"):
        check(f"http://{host}/latest/meta-data/", allow_private=True)


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "127.1", "0177.0.0.1", "localhost", "[::1]"])
def test_disguises_of_this_machine_are_seen_through(host: str) -> None:
    with pytest.raises(Refused, match="private address"):
        check(f"http://{host}:8000/a.pdf", allow_private=False)


def test_one_private_address_among_others_is_enough_to_refuse() -> None:
    with pytest.raises(Refused, match="private"):
        check("https://papers.example/", allow_private=False, resolver=lambda host, port: ["1.1.1.1", "10.0.0.1"])


def test_the_address_that_was_looked_at_is_the_one_to_connect_to() -> None:
    answers = iter([["1.1.1.1"], ["127.0.0.1"]])
    target = check("https://Papers.Example:444/a", allow_private=False, resolver=lambda host, port: next(answers))
    assert (target.ip, target.host, target.place) == ("1.1.1.1", "papers.example", "papers.example:444")


@pytest.mark.parametrize(
    "url", ["ftp://a.org/", "file:///etc/passwd", "gopher://a.org", "a.org/x", "javascript:alert(1)", "https://"]
)
def test_only_the_web_is_asked(url: str) -> None:
    with pytest.raises(Refused):
        check(url, allow_private=True)


def test_a_password_is_refused_and_not_repeated() -> None:
    with pytest.raises(Refused) as raised:
        check("https://keeper:lamp-oil@papers.example/a", allow_private=True)
    assert "lamp-oil" not in str(raised.value)
    assert "lamp-oil" not in str(raised.value.facts)


def test_behind_a_proxy_names_are_the_proxys_but_numbers_are_still_looked_at() -> None:
    def nobody(host: str, port: int) -> list[str]:
        raise OSError

    assert check("https://papers.example/", allow_private=False, proxied=True, resolver=nobody).ip is None
    with pytest.raises(Refused):
        check("https://papers.example/", allow_private=False, proxied=True, resolver=lambda host, port: ["10.0.0.1"])
