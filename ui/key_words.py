"""What each key does, in words: for the list of keys and for changing them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ui.keys import PAGES, PICKS, SUGGESTIONS, KeyAction


def action_name(action: KeyAction) -> str:
    if action in PICKS:
        text = QCoreApplication.translate("Keys", "Choose candidate {number}")
        return text.format(number=PICKS.index(action) + 1)
    if action in SUGGESTIONS:
        text = QCoreApplication.translate("Keys", "Open suggested article {number}")
        return text.format(number=SUGGESTIONS.index(action) + 1)
    if action in PAGES:
        text = QCoreApplication.translate("Keys", "Show page {number} of the rail")
        return text.format(number=PAGES.index(action) + 1)
    return single_actions()[action]


def single_actions() -> dict[KeyAction, str]:
    """All but the numbered ones, in the order of the work."""
    return {
        KeyAction.ANSWER: QCoreApplication.translate("Keys", "Answer the call"),
        KeyAction.HANG_UP: QCoreApplication.translate("Keys", "Hang up; reject a ringing call"),
        KeyAction.HOLD: QCoreApplication.translate("Keys", "Hold, resume or swap calls"),
        KeyAction.MUTE: QCoreApplication.translate("Keys", "Mute or unmute the microphone"),
        KeyAction.TRANSFER: QCoreApplication.translate("Keys", "Transfer; pass on"),
        KeyAction.CONSULT: QCoreApplication.translate(
            "Keys", "Ask a colleague; back to the caller"
        ),
        KeyAction.CONFERENCE: QCoreApplication.translate("Keys", "Join calls; leave them together"),
        KeyAction.KEYPAD: QCoreApplication.translate("Keys", "Keypad"),
        KeyAction.PICK_UP: QCoreApplication.translate("Keys", "Pick up a colleague's call"),
        KeyAction.DIAL_FIELD: QCoreApplication.translate("Keys", "Go to the dial field"),
        KeyAction.HISTORY: QCoreApplication.translate("Keys", "Last calls"),
        KeyAction.KNOWLEDGE_SEARCH: QCoreApplication.translate("Keys", "Search the knowledge base"),
        KeyAction.QUOTE: QCoreApplication.translate("Keys", "Quote the open article"),
        KeyAction.GAP_REPORT: QCoreApplication.translate(
            "Keys", "Report an answer that is missing or wrong"
        ),
        KeyAction.SEND_FORM: QCoreApplication.translate("Keys", "Send the open form"),
        KeyAction.OUTCOME: QCoreApplication.translate("Keys", "Show what became of your report"),
        KeyAction.GAPS: QCoreApplication.translate("Keys", "Reports of missing answers"),
        KeyAction.TAKE_REPORT: QCoreApplication.translate("Keys", "Reports: take, give back"),
        KeyAction.ANSWER_REPORT: QCoreApplication.translate("Keys", "Reports: answer"),
        KeyAction.DECLINE_REPORT: QCoreApplication.translate("Keys", "Reports: decline"),
        KeyAction.NOTICES: QCoreApplication.translate("Keys", "Notices"),
        KeyAction.READ_NOTICE: QCoreApplication.translate("Keys", "The notice is read"),
        KeyAction.WRITE_NOTICE: QCoreApplication.translate("Keys", "Notices: write one"),
        KeyAction.SAVE_DRAFT: QCoreApplication.translate("Keys", "Articles: save the draft"),
        KeyAction.SUBMIT_DRAFT: QCoreApplication.translate("Keys", "Articles: send to review"),
        KeyAction.PUBLISH_DRAFT: QCoreApplication.translate("Keys", "Articles: publish"),
        KeyAction.SAVE_SUMMARY: QCoreApplication.translate("Keys", "Save the summary"),
        KeyAction.PARK_SUMMARY: QCoreApplication.translate(
            "Keys", "Park the summary; end wrap-up now"
        ),
        KeyAction.CONTINUE_WRAP_UP: QCoreApplication.translate("Keys", "Continue wrap-up"),
        KeyAction.PARKED: QCoreApplication.translate("Keys", "Parked summaries"),
        KeyAction.CATEGORY: QCoreApplication.translate("Keys", "Choose the category"),
        KeyAction.PROMISE: QCoreApplication.translate("Keys", "Promise a callback"),
        KeyAction.TICKET: QCoreApplication.translate("Keys", "Make a ticket"),
        KeyAction.CUSTOMER: QCoreApplication.translate("Keys", "Edit the customer; make a new one"),
        KeyAction.SAVE_CUSTOMER: QCoreApplication.translate("Keys", "Save the customer"),
        KeyAction.OTHER_PERSON: QCoreApplication.translate("Keys", "The call is another person's"),
        KeyAction.UNDO_MOVE: QCoreApplication.translate("Keys", "Undo: the call is whose it was"),
        KeyAction.REVEAL: QCoreApplication.translate("Keys", "Show a masked value, with a reason"),
        KeyAction.OUTBOX: QCoreApplication.translate("Keys", "What waits for the server"),
        KeyAction.INBOX: QCoreApplication.translate("Keys", "What the server did not take"),
        KeyAction.KEEP_MINE: QCoreApplication.translate("Keys", "Inbox: keep my value"),
        KeyAction.TAKE_THEIRS: QCoreApplication.translate("Keys", "Inbox: take the server's value"),
        KeyAction.CORRECT: QCoreApplication.translate("Keys", "Inbox: correct and send again"),
        KeyAction.SEND_AGAIN: QCoreApplication.translate("Keys", "Inbox: send again as it is"),
        KeyAction.PUT_ASIDE: QCoreApplication.translate("Keys", "Inbox: do not send, keep to read"),
        KeyAction.UNDO_DECISION: QCoreApplication.translate("Keys", "Inbox: undo the decision"),
        KeyAction.RING_CALLER: QCoreApplication.translate("Keys", "Let a simulated caller ring"),
        KeyAction.SETTINGS: QCoreApplication.translate("Keys", "Settings"),
        KeyAction.KEYS: QCoreApplication.translate("Keys", "Show the keys"),
    }
