"""Replies about live calls and the directory, checked to the last field, as ``sync.parse``."""

from __future__ import annotations

from sync.errors import BadReply
from sync.legs import (
    AgentEntry,
    AgentLeg,
    Attachment,
    DirectoryPage,
    Leg,
    LegState,
    QueueEntry,
    Quote,
)
from sync.parse import object_of
from sync.values import JsonObject, as_list, as_object, count_in, text_in, text_or_none_in
from sync.wire import Json


def revision(body: bytes) -> int:
    return count_in(object_of(body), "revision")


def legs(body: bytes) -> tuple[AgentLeg, ...]:
    return tuple(_agent_leg(value) for value in as_list(object_of(body).get("legs"), "legs"))


def directory(body: bytes) -> DirectoryPage:
    reply = object_of(body)
    agents = as_list(reply.get("agents"), "agents")
    queues = as_list(reply.get("queues"), "queues")
    return DirectoryPage(tuple(map(_agent, agents)), tuple(map(_queue, queues)))


def _agent_leg(value: Json) -> AgentLeg:
    leg = as_object(value, "leg")
    agent = as_object(leg.get("agent"), "agent")
    try:
        state = LegState(text_in(leg, "state"))
    except ValueError as error:
        raise BadReply("a state of a call that this seat does not know") from error
    return AgentLeg(
        agent_id=text_in(agent, "id"),
        agent_name=text_in(agent, "name"),
        extension=text_in(agent, "extension", may_be_empty=True),
        leg=Leg(
            interaction_id=text_in(leg, "interaction_id"),
            call_id=text_in(leg, "call_id"),
            state=state,
            direction=text_in(leg, "direction"),
            name=text_in(leg, "name", may_be_empty=True),
            number=text_in(leg, "number", may_be_empty=True),
            queue=text_in(leg, "queue", may_be_empty=True),
            menu_path=text_in(leg, "menu_path", may_be_empty=True),
            dialled=text_in(leg, "dialled", may_be_empty=True),
            waited_s=None if leg.get("waited_s") is None else count_in(leg, "waited_s"),
            started_at=text_in(leg, "started_at"),
            attachment=_attachment(as_object(leg.get("attachment"), "attachment")),
        ),
    )


def _attachment(attached: JsonObject) -> Attachment:
    """Legs told before there was a ``basis`` are kept by the server for a day."""
    return Attachment(
        customer_id=text_or_none_in(attached, "customer_id"),
        customer_name=text_in(attached, "customer_name", may_be_empty=True),
        category_id=text_or_none_in(attached, "category_id"),
        question=text_in(attached, "question", may_be_empty=True),
        answer=text_in(attached, "answer", may_be_empty=True),
        basis=text_in(attached, "basis", may_be_empty=True) if "basis" in attached else "",
        follow_up=text_in(attached, "follow_up", may_be_empty=True),
        quotes=tuple(map(_quote, as_list(attached.get("quotes"), "quotes"))),
    )


def _quote(value: Json) -> Quote:
    quote = as_object(value, "quote")
    return Quote(
        article_id=text_in(quote, "article_id"),
        version=count_in(quote, "version"),
        title=text_in(quote, "title", may_be_empty=True),
    )


def _agent(value: Json) -> AgentEntry:
    agent = as_object(value, "agent")
    return AgentEntry(
        agent_id=text_in(agent, "id"),
        name=text_in(agent, "name", may_be_empty=True),
        extension=text_in(agent, "extension", may_be_empty=True),
        state=text_in(agent, "state"),
        since=text_in(agent, "since", may_be_empty=True),
    )


def _queue(value: Json) -> QueueEntry:
    queue = as_object(value, "queue")
    return QueueEntry(name=text_in(queue, "name"), number=text_in(queue, "number"))
