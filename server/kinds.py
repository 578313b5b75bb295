"""Every kind of operation that the server knows, in one table (step ⑨)."""

from __future__ import annotations

from collections.abc import Mapping

from server import customer_fields, fields
from server.acts import Kind
from server.articles import ARTICLE, save_article
from server.centre_settings import save_setting
from server.customer_merge import merge_customers
from server.customers import save_customer
from server.days import save_day
from server.draft_publishing import PUBLISH, publish_draft
from server.drafts import DRAFT, save_draft
from server.gap_reports import REPORT, save_report
from server.interactions import save_interaction
from server.notices import NOTICE, read_notice, save_notice
from server.ordered import save_category, save_segment
from server.sightings import note_sighting
from server.tickets import TICKET, save_ticket

KINDS: Mapping[str, Kind] = {
    "interaction.save": Kind("interactions", frozenset(fields.INTERACTION), save_interaction),
    "customer.save": Kind("customers", frozenset(customer_fields.CUSTOMER), save_customer),
    "customer.see": Kind("customers", frozenset(), note_sighting, changes=False),
    "customer.merge": Kind("customers", frozenset(), merge_customers),
    "notice.read": Kind("notices", frozenset(), read_notice),
    "notice.save": Kind("notices", frozenset(NOTICE), save_notice),
    "article.save": Kind("articles", frozenset(ARTICLE), save_article),
    "draft.save": Kind("article_drafts", frozenset(DRAFT), save_draft),
    "draft.publish": Kind("article_drafts", PUBLISH, publish_draft),
    "gap.save": Kind("gap_reports", frozenset(REPORT), save_report),
    "ticket.save": Kind("tickets", frozenset(TICKET), save_ticket, told=frozenset({"number"})),
    "category.save": Kind("categories", frozenset(), save_category),
    "segment.save": Kind("segments", frozenset(), save_segment),
    "day.save": Kind("agent_days", frozenset(), save_day),
    "setting.save": Kind("settings", frozenset({"value"}), save_setting),
}
