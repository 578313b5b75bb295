"""One signed-in agent's desk, as the screen is given it."""

from __future__ import annotations

from dataclasses import dataclass

from agent_app.desk.account import PhoneAccount
from agent_app.desk.article_files import ArticleFiles
from agent_app.desk.call_quality import CallQualities
from agent_app.desk.caller import CallerDesk
from agent_app.desk.cards import Cards
from agent_app.desk.centre_rules import CentreRules
from agent_app.desk.conference import Conference
from agent_app.desk.customer_editor import CustomerEditor
from agent_app.desk.directory import Directory
from agent_app.desk.door import Door
from agent_app.desk.editing import KnowledgeEditing
from agent_app.desk.faults import Faults
from agent_app.desk.focus import Focus
from agent_app.desk.gap_form import GapDesk
from agent_app.desk.gaps import GapReports
from agent_app.desk.handover import Handover
from agent_app.desk.history import CallHistory
from agent_app.desk.inbox import Inbox
from agent_app.desk.knowledge import Knowledge
from agent_app.desk.library import Library
from agent_app.desk.link import Link
from agent_app.desk.local_copy import LocalCopy
from agent_app.desk.my_day import MyDay
from agent_app.desk.notice_form import NoticeDesk
from agent_app.desk.notices import Notices
from agent_app.desk.people import People
from agent_app.desk.phone import Phone
from agent_app.desk.practice import Practice
from agent_app.desk.preferences import Preferences
from agent_app.desk.records import Records
from agent_app.desk.self_test import SelfTest
from agent_app.desk.shelf import Shelf
from agent_app.desk.shift import Shift
from agent_app.desk.sightings import Sightings
from agent_app.desk.sound import SoundDesk
from agent_app.desk.sound_watch import SoundWatch
from agent_app.desk.summaries import Summaries
from agent_app.desk.text_modules import TextModules
from agent_app.desk.ticket_form import TicketDesk
from agent_app.desk.told import ToldCallers
from agent_app.desk.transfers import Transfers
from agent_app.domain.ids import AgentId
from agent_app.runtime.clock import Clock


@dataclass(frozen=True, slots=True)
class SeatAgent:
    agent_id: AgentId
    login: str
    name: str
    extension: str
    practice: bool
    role: str = ""


@dataclass(frozen=True, slots=True)
class Seat:
    """Everything the screen may ask and do; built in ``agent_app.wiring``, nowhere else."""

    agent: SeatAgent
    clock: Clock
    phone: Phone
    shift: Shift
    focus: Focus
    cards: Cards
    caller: CallerDesk
    summaries: Summaries
    centre_rules: CentreRules
    text_modules: TextModules
    knowledge: Knowledge
    library: Library
    shelf: Shelf
    editing: KnowledgeEditing
    told: ToldCallers
    article_files: ArticleFiles
    link: Link
    local_copy: LocalCopy
    gaps: GapReports
    gap_form: GapDesk
    ticket_form: TicketDesk
    notices: Notices
    notice_form: NoticeDesk
    inbox: Inbox
    customers: CustomerEditor
    people: People
    sightings: Sightings
    faults: Faults
    handover: Handover
    directory: Directory
    transfers: Transfers
    conference: Conference
    history: CallHistory
    quality: CallQualities
    sound: SoundDesk
    sound_watch: SoundWatch
    self_test: SelfTest
    account: PhoneAccount
    preferences: Preferences
    records: Records
    my_day: MyDay
    door: Door
    practice: Practice | None
