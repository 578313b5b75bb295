"""Calls and drafts as legs of the wire, and back (M03)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from agent_app.domain.calls import Call, Direction
from agent_app.domain.customers import CallerCard, QuotedArticle
from agent_app.domain.handover import Attachment, HandoverCard
from agent_app.domain.ids import AgentId, ArticleId, CategoryId, CustomerId, InteractionId
from agent_app.domain.summary import SummaryDraft
from sync import legs as wire


def leg_of(call: Call, attachment: wire.Attachment) -> wire.Leg:
    return wire.Leg(
        interaction_id=call.interaction_id,
        call_id=call.exchange_call_id,
        state=wire.LegState(call.state.value),
        direction=call.direction.value,
        name=call.name,
        number=call.normal or call.number,
        queue=call.queue,
        menu_path=call.menu_path,
        dialled=call.dialled,
        waited_s=call.waited_s,
        started_at=as_text(call.started_at),
        attachment=attachment,
    )


def attachment_of(
    call: Call, draft: SummaryDraft | None, card: CallerCard | None
) -> wire.Attachment:
    """What the summary holds, as it travels.

    The person is told once the call was answered or she chose among several: before, every desk
    finds the same one by itself. A category that was only guessed every desk guesses, too.
    """
    if draft is None:
        return wire.Attachment()
    chosen = card is not None and card.customer is not None and len(card.candidates) > 1
    known = draft.customer_id is not None and (call.was_answered or chosen)
    return wire.Attachment(
        customer_id=draft.customer_id if known else None,
        customer_name=draft.customer_name if known else "",
        category_id=draft.said_category,
        question=draft.question,
        answer=draft.answer,
        basis=draft.basis,
        follow_up=draft.follow_up,
        quotes=tuple(
            wire.Quote(quote.article_id, quote.version, quote.title) for quote in draft.quotes
        ),
    )


def before_hers(
    interaction_id: InteractionId, own: AgentId, extension: str, legs: Sequence[wire.AgentLeg]
) -> tuple[wire.AgentLeg, ...]:
    """Colleagues' parts of a call that began before hers; ``legs`` come newest first.

    A colleague whom she consults or gives the call to comes after her, and his words stay his; so
    do those of one who calls her ``extension`` himself.
    """
    places = [n for n, one in enumerate(legs) if one.leg.interaction_id == interaction_id]
    earlier = legs[places[0] + 1 :] if places else legs
    return tuple(
        one
        for one in earlier
        if one.agent_id != own
        and (one.leg.direction, one.leg.number) != (Direction.OUTGOING, extension)
    )


def card_of(interaction_id: InteractionId, earlier: Sequence[wire.AgentLeg]) -> HandoverCard | None:
    """What the last colleague attached who attached anything."""
    for one in earlier:
        attachment = _attachment(one.leg.attachment)
        if not attachment.empty:
            return HandoverCard(
                interaction_id=interaction_id,
                from_agent_id=AgentId(one.agent_id),
                from_agent_name=one.agent_name,
                from_extension=one.extension,
                attachment=attachment,
                final=not may_grow(one),
            )
    return None


def may_grow(one: wire.AgentLeg) -> bool:
    """The colleague is on the call or it rings there still: more may be attached to it."""
    return one.leg.state is not wire.LegState.ENDED


def as_text(at: datetime) -> str:
    """A moment as the wire wants it: ISO 8601 in UTC with a Z."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _attachment(came: wire.Attachment) -> Attachment:
    return Attachment(
        customer_id=None if came.customer_id is None else CustomerId(came.customer_id),
        customer_name=came.customer_name,
        category_id=None if came.category_id is None else CategoryId(came.category_id),
        question=came.question,
        answer=came.answer,
        basis=came.basis,
        follow_up=came.follow_up,
        quotes=tuple(
            QuotedArticle(ArticleId(quote.article_id), quote.version, quote.title)
            for quote in came.quotes
        ),
    )
