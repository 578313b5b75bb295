"""The answer for the caller's own region is proposed, and why."""

from __future__ import annotations

import pytest

from agent_app.domain.ids import ArticleId
from agent_app.domain.variants import Place, Proposal, Whence, lies_in, propose
from tests.domain.examples import article

COUNTRY = article(article_id=ArticleId("K1"), region="全国")
ZHEJIANG = article(article_id=ArticleId("K2"), region="浙江省")
HANGZHOU = article(article_id=ArticleId("K3"), region="杭州市")
RECORD = Place("杭州市西湖区", Whence.RECORD)
NUMBER = Place("浙江省宁波市", Whence.NUMBER)


@pytest.mark.parametrize(
    ("place", "region", "lies"),
    [
        ("浙江省杭州市", "浙江省", True),
        ("浙江杭州", "浙江省", True),
        ("杭州市西湖区", "杭州", True),
        ("内蒙古呼和浩特", "内蒙古自治区", True),
        ("江苏省南京市", "浙江省", False),
        ("浙江省", "", False),
        ("浙江省", "省", False),
        ("", "浙江省", False),
    ],
)
def test_a_place_lies_in_a_region_however_both_are_written(
    place: str, region: str, lies: bool
) -> None:
    assert lies_in(place, region) is lies


def test_what_her_record_says_goes_before_where_the_number_is_from() -> None:
    found = propose(COUNTRY, (ZHEJIANG, HANGZHOU), (RECORD, NUMBER))
    assert found == Proposal(HANGZHOU, RECORD)
    assert propose(COUNTRY, (ZHEJIANG,), (RECORD, NUMBER)) == Proposal(ZHEJIANG, NUMBER)


def test_the_closest_region_of_several_is_proposed() -> None:
    both = Place("浙江省杭州市上城区", Whence.RECORD)
    region = article(article_id=ArticleId("K4"), region="浙江省杭州市")
    assert propose(COUNTRY, (ZHEJIANG, region), (both,)) == Proposal(region, both)


def test_nothing_is_proposed_where_the_right_one_is_read_or_none_fits() -> None:
    assert propose(ZHEJIANG, (COUNTRY,), (NUMBER,)) is None
    assert propose(COUNTRY, (HANGZHOU,), (NUMBER,)) is None
    assert propose(COUNTRY, (), (RECORD,)) is None
