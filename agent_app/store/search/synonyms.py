"""Words that callers use for what the articles name otherwise; a site may give its own (step ⑥)."""

from __future__ import annotations

from collections.abc import Mapping

SYNONYMS: Mapping[str, str] = {
    "个税": "个人所得税",
    "房贷": "住房贷款",
    "房租": "住房租金",
    "租房": "住房租金",
    "养老": "赡养老人",
    "年终奖": "全年一次性奖金",
    "社保": "社会保险",
    "医保": "医疗保险",
    "车购税": "车辆购置税",
    "买车": "车辆购置税",
    "买房": "购买住房",
    "土地税": "城镇土地使用税",
    "残保金": "残疾人就业保障金",
    "电子发票": "数电票",
    "冲红": "红字",
    "罚款": "滞纳金",
    "退钱": "退税",
    "注销公司": "税务注销",
}
"""For a tax line; what is said, and what the title says."""


def variants(text: str, synonyms: Mapping[str, str]) -> tuple[str, ...]:
    """The question in the articles' words, if it has others; at most two more ways to say it."""
    said = [
        text.replace(word, meant)
        for word, meant in synonyms.items()
        if word in text and meant not in text
    ]
    return tuple(said[:2])
