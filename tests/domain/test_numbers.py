"""One number, many spellings; and short codes that never match inside it."""

from __future__ import annotations

import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from agent_app.domain.numbers import NOBODY, Number, NumberKind, normalise, warm_up

MOBILE = "+8613800138000"
LANDLINE = "+8657187123456"


@pytest.mark.parametrize(
    "spelling",
    [
        "13800138000",
        "138 0013 8000",
        "138-0013-8000",
        "013800138000",
        "8613800138000",
        "+8613800138000",
        "+86 138 0013 8000",
        "(+86)13800138000",
        "008613800138000",
        "0086-138-0013-8000",
        "１３８００１３８０００",
        "＋８６ 138‐0013‐8000",
        "tel:+86-138-0013-8000",
        "sip:13800138000@192.0.2.1;user=phone",
        "1795113800138000",
        " 13800138000 ",
        "13800138000转801",
        "138_0013_8000",
        "138.0013.8000",
        "138—0013—8000",
        "138\u30000013\u30008000",
        "+86 0138 0013 8000",
        "86-138-0013-8000",
        "（+86）138 0013 8000",
        "+86(138)00138000",
        '"张伟" <sip:13800138000@192.0.2.1>',
        "<tel:+86-138-0013-8000>",
    ],
)
def test_every_spelling_of_a_mobile_is_one_number(spelling: str) -> None:
    number = normalise(spelling)
    assert (number.normal, number.kind) == (MOBILE, NumberKind.MOBILE)
    assert number.shown == "138 0013 8000"
    assert number.region == "北京市"


@pytest.mark.parametrize(
    "spelling",
    [
        "0571-87123456",
        "0571 8712 3456",
        "0571-8712-3456",
        "(0571)87123456",
        "（0571）8712-3456",
        "057187123456",
        "57187123456",
        "8657187123456",
        "86057187123456",
        "+8657187123456",
        "+86 (0)571 8712 3456",
        "0086 571 87123456",
        "0086-0571-87123456",
        "17951-0571-87123456",
        "０５７１－８７１２３４５６",
        "87123456",
        "8712-3456",
    ],
)
@pytest.mark.parametrize("area_code", ["0571", "571"])
def test_every_spelling_of_a_landline_is_one_number(spelling: str, area_code: str) -> None:
    number = normalise(spelling, area_code=area_code)
    assert (number.normal, number.kind) == (LANDLINE, NumberKind.LANDLINE)
    assert number.shown == "0571 8712 3456"
    assert number.region == "浙江省杭州市"


@pytest.mark.parametrize(
    ("raw", "normal", "shown"),
    [
        ("010-62345678", "+861062345678", "010 6234 5678"),
        ("021 6234 5678", "+862162345678", "021 6234 5678"),
        ("0310-7654321", "+863107654321", "0310 765 4321"),
        ("400-800-1234", "+864008001234", "400 800 1234"),
        ("４００ ８００１ ２３４", "+864008001234", "400 800 1234"),
        ("0086 400 800 1234", "+864008001234", "400 800 1234"),
        ("4008001234转1", "+864008001234", "400 800 1234"),
        ("86 800 810 1234", "+868008101234", "800 810 1234"),
        ("10 6234 5678", "+861062345678", "010 6234 5678"),
        ("8008101234", "+868008101234", "800 810 1234"),
        ("+86 400 800 1234", "+864008001234", "400 800 1234"),
        ("+1 650 253 0000", "+16502530000", "+1 650-253-0000"),
        ("0016502530000", "+16502530000", "+1 650-253-0000"),
        ("+852 2123 4567", "+85221234567", "+852 2123 4567"),
    ],
)
def test_numbers_of_each_kind_have_one_form(raw: str, normal: str, shown: str) -> None:
    number = normalise(raw)
    assert (number.normal, number.shown) == (normal, shown)


def test_foreign_numbers_name_their_country() -> None:
    number = normalise("+85221234567")
    assert (number.kind, number.region) == (NumberKind.FOREIGN, "HK")


def test_a_country_code_nobody_has_gets_no_region() -> None:
    assert normalise("+8001234567890").region in ("", "001")


def test_another_country_reads_its_own_numbers() -> None:
    assert normalise("020 7946 0958", country="GB").normal == "+442079460958"
    assert normalise("123", country="GB") == Number("123", NumberKind.SHORT, shown="123")


@pytest.mark.parametrize(
    ("raw", "extension"),
    [
        ("0571-87123456-801", "801"),
        ("0571-87123456转801", "801"),
        ("0571-87123456 分机 801", "801"),
        ("0571-87123456 ext. 801", "801"),
        ("0571-87123456x801", "801"),
        ("0571-87123456#801", "801"),
        ("+8657187123456,,801", "801"),
        ("0571-87123456(801)", "801"),
        ("0571-87123456（801）", "801"),
        ("0571-87123456（转801）", "801"),
        ("0571-87123456转分机801", "801"),
        ("0571-87123456 分机号：801", "801"),
        ("0571-87123456 extension 801", "801"),
        ("0571-87123456p801", "801"),
        ("tel:+86-571-87123456;ext=801", "801"),
    ],
)
def test_an_extension_is_kept_apart(raw: str, extension: str) -> None:
    number = normalise(raw.replace(",,", ","))
    assert (number.normal, number.extension) == (LANDLINE, extension)


@pytest.mark.parametrize("code", ["110", "12366", "12345", "10086", "95588", "95013123", "1001"])
def test_short_codes_stay_exact(code: str) -> None:
    number = normalise(code, area_code="0571")
    assert (number.normal, number.kind) == (code, NumberKind.SHORT)


@pytest.mark.parametrize("raw", ["+8612366", "008612366", "+12366", "123 66"])
def test_a_short_code_behind_a_country_code_is_the_short_code(raw: str) -> None:
    assert normalise(raw, area_code="0571").normal == "12366"


def test_a_sites_own_short_code_goes_before_everything() -> None:
    assert normalise("87123456", area_code="571", short_codes=frozenset({"87123456"})) == Number(
        "87123456", NumberKind.SHORT, shown="87123456"
    )


@pytest.mark.parametrize(
    ("raw", "prefix", "normal"),
    [
        ("913800138000", "9", MOBILE),
        ("9057187123456", "9", LANDLINE),
        ("0057187123456", "0", LANDLINE),
        ("013800138000", "0", MOBILE),
        ("912366", "9", "12366"),
        ("95588", "9", "95588"),
        ("913800138000", "", "913800138000"),
    ],
)
def test_an_outside_prefix_is_taken_off_only_where_a_number_is_left(
    raw: str, prefix: str, normal: str
) -> None:
    assert normalise(raw, outside_prefix=prefix).normal == normal


@pytest.mark.parametrize(
    "raw",
    ["", " ", "+", "-", "anonymous", "Restricted", "0000", "+86", "12366x", "138\x000013",
     "\u202e13800138000", "<script>13800138000</script>", "javascript:13800138000",
     "<sip:张伟@192.0.2.1>", "'13800138000", "abc123", "1" * 40, "１" * 60_000, "张伟",
     "<b>13800138000</b>"],
)  # fmt: skip
def test_garbage_is_nobody(raw: str) -> None:
    assert normalise(raw) == NOBODY


@pytest.mark.parametrize(
    "raw", ["1380013800", "05718712345678", "010123", "+861380013800", "+9990000000001"]
)
def test_digits_that_are_no_public_number_stay_exact(raw: str) -> None:
    number = normalise(raw)
    assert number.normal == raw.removeprefix("+")
    assert number.kind in (NumberKind.OTHER, NumberKind.SHORT)


_options = st.fixed_dictionaries({
    "country": st.sampled_from(["CN", "CN", "GB", "US"]),
    "area_code": st.sampled_from(["", "0571", "10"]),
    "outside_prefix": st.sampled_from(["", "9", "0"]),
    "short_codes": st.sampled_from([frozenset[str](), frozenset({"12366", "80011001"})]),
})  # fmt: skip
_written = st.one_of(
    st.text(max_size=20),
    st.text("0123456789+", max_size=18),
    st.from_regex(r"(\+86|0086|86|0|9|17951)?(1[3-9][0-9]{9}|0?571[2-8][0-9]{7}|9[56][0-9]{3,7})",
                  fullmatch=True),
    st.text(string.digits + "+- ()转x#,;", max_size=24),
)  # fmt: skip


@given(raw=_written, options=_options)
def test_normalising_again_changes_nothing(raw: str, options: dict[str, object]) -> None:
    once = normalise(raw, **options)  # type: ignore[arg-type]
    assert normalise(once.normal, **options).normal == once.normal  # type: ignore[arg-type]


@given(
    customer=st.from_regex(r"\+86(1[3-9][0-9]{9}|571[2-8][0-9]{7})", fullmatch=True),
    length=st.integers(3, 9),
    area_code=st.sampled_from(["", "0571"]),
)
def test_a_short_code_that_ends_a_customers_number_never_matches_it(
    customer: str, length: int, area_code: str
) -> None:
    code = customer[-length:]
    assume(not (area_code and length in (7, 8)))  # then it is a local number, and meant to match
    assert normalise(code, area_code=area_code).normal != normalise(customer).normal


@given(st.text(max_size=200))
def test_nothing_an_exchange_sends_raises(raw: str) -> None:
    assert isinstance(normalise(raw, area_code="0571", outside_prefix="9"), Number)


def test_warming_up_needs_nothing() -> None:
    warm_up()
