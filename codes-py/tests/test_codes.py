import pytest

from smtp_codes import CodeMatch, EnhancedCode, ReplyCode, codes


@pytest.mark.parametrize(
    "text",
    [
        "host mx.example[192.0.2.5] (Exim 4.94.2) said: 550-5.7.606 Access denied",
        "für ünï@example.com: host said: 550 5.7.606 Zugang verweigert \N{PILE OF POO}",
        "\udce4\udce4 host said: 550 5.7.606 undecodable",
    ],
)
def test_places_count_characters_in_a_str(text: str) -> None:
    found = codes(text)
    assert [match.code for match in found] == [ReplyCode(550), EnhancedCode("5.7.606")]
    assert [text[match.start : match.end] for match in found] == ["550", "5.7.606"]


def test_places_count_bytes_in_bytes() -> None:
    text = "für ünï: host said: 550 5.7.606 verweigert".encode("latin-1")
    for data in (text, bytearray(text)):
        assert [bytes(data[match.start : match.end]) for match in codes(data)] == [b"550", b"5.7.606"]


def test_a_match_is_a_value() -> None:
    [match] = codes("Status: 5.2.2")
    assert match == codes("Status: 5.2.2")[0] != codes(" Status: 5.2.2")[0]
    assert hash(match) == hash(codes("Status: 5.2.2")[0])
    assert repr(match) == "<CodeMatch 5.2.2 at 8:13>"
    match match:
        case CodeMatch(EnhancedCode(5, 2), start, end):
            assert (start, end) == (8, 13)
        case _:
            pytest.fail("does not match")


def test_texts_without_codes_have_no_matches() -> None:
    assert codes("") == codes(b"") == []
    assert codes("\x00\x1b[31m Exim 4.94.2 at 192.0.2.5 port 587") == []
    assert codes(b"\xff\xfe\xfd") == []
    with pytest.raises(TypeError, match="^expected str or bytes, not int$"):
        codes(550)  # type: ignore[arg-type]


def test_ten_megabytes_are_read() -> None:
    assert len(codes("550 5.1.1 \u00e4\n" * 800_000)) == 1_600_000
    assert codes(b"5" * 10_000_000) == []
