"""Links become numbers for the dial field, or a refusal; never anything else."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_app.domain.links import LINK_LIMIT, LinkError, LinkFault, number_of
from agent_app.domain.numbers import normalise


@pytest.mark.parametrize(
    ("link", "number"),
    [
        ("tel:+86-138-0013-8000", "+8613800138000"),
        ("TEL:12366", "12366"),
        ("tel://13800138000", "13800138000"),  # wrong, and common
        ("tel:(0571)8512.3456", "057185123456"),
        ("tel:85123456;phone-context=+86571", "+8657185123456"),
        ("tel:057185123456;phone-context=+86", "+8657185123456"),
        ("tel:12366;phone-context=gov.example", "12366"),
        ("tel:*43;phone-context=+86", "*43"),
        ("tel:+8657185123456;ext=801", "+8657185123456x801"),
        ("tel:+8657185123456;isub=1;ext=8-01;x=y", "+8657185123456x801"),
        ("tel:+8657185123456;ext=", "+8657185123456"),
        ("tel:%2B86%20138%200013%208000", "+8613800138000"),
        ("sip:1002@pbx.example", "1002"),
        ("sips:1002:secret@pbx.example:5061;transport=tls?subject=x", "1002"),
        ("sip:+8613800138000;phone-context=+86@pbx.example;user=phone", "+8613800138000"),
        ("sip:%2A43@pbx", "*43"),
        ("callto:12366", "12366"),
        ("callto://+8613800138000?call", "+8613800138000"),
        (" 138 0013 8000 ", "13800138000"),
        ("１３８００１３８０００", "13800138000"),
    ],
)
def test_the_number_of_a_link(link: str, number: str) -> None:
    assert number_of(link) == number


@pytest.mark.parametrize(
    ("link", "fault"),
    [
        ("", LinkFault.EMPTY),
        ("   ", LinkFault.EMPTY),
        ("%20", LinkFault.EMPTY),
        ("tel:", LinkFault.NO_NUMBER),
        ("tel:" + "1" * LINK_LIMIT, LinkFault.TOO_LONG),
        ("tel:" + "1" * 33, LinkFault.NO_NUMBER),
        ("sip:anna@pbx.example", LinkFault.NO_NUMBER),
        ("sip:pbx.example", LinkFault.NO_NUMBER),
        ("sip:@pbx.example", LinkFault.NO_NUMBER),
        ("callto:live:anna", LinkFault.NO_NUMBER),
        ("mailto:1002@pbx.example", LinkFault.NO_NUMBER),
        ("https://pbx.example/1002", LinkFault.NO_NUMBER),
        ("tel:javascript:alert(1)", LinkFault.NO_NUMBER),
        ("tel:1234\u202e5678", LinkFault.BROKEN),
        ("tel:12%0a34", LinkFault.BROKEN),
        ("tel:12%00", LinkFault.BROKEN),
        ("tel:12%", LinkFault.BROKEN),
        ("tel:%zz12", LinkFault.BROKEN),
        ("tel:%ff12", LinkFault.BROKEN),
        ("tel:١٢٣", LinkFault.NO_NUMBER),
        ("--help", LinkFault.NO_NUMBER),
    ],
)
def test_what_is_no_number_is_refused(link: str, fault: LinkFault) -> None:
    with pytest.raises(LinkError) as refused:
        number_of(link)
    assert refused.value.fault is fault


@given(st.one_of(st.text(), st.from_regex(r"(tel|sips?|callto):.*")))
def test_whatever_is_sent_is_a_number_or_refused(link: str) -> None:
    try:
        number = number_of(link)
    except LinkError:
        return
    assert re.fullmatch(r"\+?[0-9*#]{1,60}(x[0-9]{1,8})?", number)


def test_the_extension_is_understood_where_numbers_are() -> None:
    number = normalise(number_of("tel:+8657185123456;ext=801"))
    assert (number.normal, number.extension) == ("+8657185123456", "801")
