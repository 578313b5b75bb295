"""Every kind of operation that the server knows, in one table (step ⑨)."""

from __future__ import annotations

from collections.abc import Mapping

from server import customer_fields, fields
from server.acts import Kind
from server.articles import ARTICLE, save_article
from server.centre_settings import save_setting
from server.customer_merge import merge_customers
from server.customers import save_customer
from server.interactions import save_interaction
from server.notices import NOTICE, read_notice, save_notice
from server.ordered import save_category, save_segment

KINDS: Mapping[str, Kind] = {
    "interaction.save": Kind(frozenset(fields.INTERACTION), save_interaction),
    "customer.save": Kind(frozenset(customer_fields.CUSTOMER), save_customer),
    "customer.merge": Kind(frozenset(), merge_customers),
    "notice.read": Kind(frozenset(), read_notice),
    "notice.save": Kind(frozenset(NOTICE), save_notice),
    "article.save": Kind(frozenset(ARTICLE), save_article),
    "category.save": Kind(frozenset(), save_category),
    "segment.save": Kind(frozenset(), save_segment),
    "setting.save": Kind(frozenset({"value"}), save_setting),
}
