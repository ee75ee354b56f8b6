"""Who may do what: one row for every address. Written from the product's words, not from the code.

A row names, for reading (GET) and for acting (POST), the relations that are let in. Everybody else is told
that there is no such page; somebody signed out is asked to sign in. None: the address does not know the verb.
"""

from __future__ import annotations

from dataclasses import dataclass

ANYBODY = frozenset({"anybody"})
READER = frozenset({"self", "partner"})  # somebody whose words these may be
WRITER = READER | {
    "late partner"
}  # one who came later has a room of their own, and nothing of what was before
TOLD = WRITER | {"guardian who was told"}  # what was agreed is opened for some guardians
CARE = TOLD | {"guardian"}
TREATING = frozenset({"treating"})
SUPERVISING = frozenset({"supervising"})  # of the therapist whose client it is
DESK = frozenset({"desk", "owner"})
OWNER = frozenset({"owner"})
STANDS_IN = frozenset({"stands in"})  # a colleague who accepted, for the days and topics of it
READS = TREATING | STANDS_IN
NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Row:
    """`thing`: which of somebody's things stands in the address; '' for pages that name none.

    `sole`: only the one who made the thing, not the other partner. `own`: posting to somebody else's key
    makes or changes a thing of one's own and nothing else, so everybody of the room may.
    """

    get: frozenset[str] | None
    post: frozenset[str] | None
    thing: str = ""
    sole: bool = False
    own: bool = False


TABLE: dict[str, Row] = {
    # anybody, signed in or not
    "public:door": Row(ANYBODY, None),
    "public:help": Row(ANYBODY, ANYBODY),
    "public:help_practice": Row(ANYBODY, ANYBODY, "slug"),
    "public:help_place": Row(ANYBODY, ANYBODY, "slug+country"),
    "public:help_language": Row(ANYBODY, ANYBODY, "slug+country+language"),
    "public:help_wrong": Row(ANYBODY, ANYBODY, "slug+country"),
    "public:help_script": Row(ANYBODY, None),
    "public:help_worker": Row(ANYBODY, None),
    "public:protect": Row(ANYBODY, ANYBODY),
    "public:leave": Row(ANYBODY, ANYBODY),
    "public:left": Row(ANYBODY, None, "to"),
    "public:plan_here": Row(ANYBODY, None),
    "public:plan_worker": Row(ANYBODY, None),
    "public:invitation": Row(ANYBODY, ANYBODY, "token"),
    "public:set_up": Row(NOBODY, NOBODY),  # a practice exists, so there is nothing to set up
    "public:demo": Row(NOBODY, None),  # this is not the demo
    "public:demo_sign_in": Row(None, NOBODY),
    "public:demo_clock": Row(None, NOBODY),
    "public:components": Row(ANYBODY, ANYBODY),
    "public:alive": Row(ANYBODY, ANYBODY),
    # the client's room, pages without a thing
    "client:home": Row(CARE, None),
    "client:write": Row(CARE, None),
    "client:compose": Row(WRITER, None, "topic"),
    "client:send": Row(None, CARE),
    "client:conversation": Row(WRITER, None),
    "client:our_list": Row(WRITER, None),
    "client:add_note": Row(None, WRITER),
    "client:order_item": Row(None, READER, "item"),
    "client:take_time": Row(None, READER, "time"),
    "client:journal": Row(WRITER, WRITER),
    "client:agreement": Row(TOLD, None),
    "client:readers": Row(CARE, None),
    "client:sessions": Row(CARE, CARE),
    "client:ending": Row(WRITER, None),
    "client:plan": Row(WRITER, None),
    "client:plan_write": Row(WRITER, WRITER),
    "client:plan_versions": Row(WRITER, None),
    "client:plan_version": Row(WRITER, None, "plan version", sole=True),
    "client:plan_print": Row(WRITER, None),
    "client:plan_pdf": Row(WRITER, None),
    "client:plan_device": Row(WRITER, None),
    "client:plan_share": Row(None, WRITER),
    "client:plan_looked": Row(None, WRITER),
    "client:plan_remind": Row(None, WRITER),
    "client:plan_files": Row(WRITER, WRITER),
    "client:plan_file": Row(WRITER, None, "plan file", sole=True),
    "client:plan_file_remove": Row(None, WRITER, "plan file", sole=True),
    "client:whom_to_call": Row(WRITER, WRITER),
    "client:things": Row(WRITER, WRITER),
    "client:what_now": Row(WRITER, None),
    "client:piece": Row(READER, None, "piece"),
    "client:piece_file": Row(READER, None, "file piece"),
    "client:filled": Row(READER, None, "filled page", sole=True),
    "client:piece_answers": Row(None, READER, "piece"),
    "client:piece_helped": Row(None, READER, "piece"),
    "client:care": Row(CARE, NOBODY),  # nobody here has two courses of care to choose from
    "client:account": Row(CARE, CARE),
    "client:contact": Row(CARE, CARE),
    # the client's room, things
    "client:draft": Row(WRITER, CARE, "draft", sole=True, own=True),
    "client:review": Row(WRITER, CARE, "draft", sole=True, own=True),
    "client:forget": Row(None, WRITER, "draft", sole=True),
    "client:message": Row(READER, None, "message"),
    "client:change": Row(WRITER, WRITER, "message", sole=True),
    "client:take_back": Row(None, WRITER, "message", sole=True),
    "client:journal_entry": Row(WRITER, None, "entry", sole=True),
    "client:accept": Row(None, WRITER, "agreement"),  # who came later is told so, and nothing is stored
    "client:first_steps": Row(WRITER, None),
    "client:first_step": Row(WRITER, WRITER, "step"),
    "client:first_questions": Row(WRITER, WRITER),
    "client:without_messages": Row(WRITER, WRITER),
    "client:acceptance": Row(WRITER, None, "acceptance"),
    "client:agreement_copy": Row(WRITER, None, "acceptance"),
    "client:decision": Row(WRITER, WRITER, "decision"),
    "client:copy": Row(WRITER, None, "closing"),
    "client:copy_text": Row(WRITER, None, "closing"),
    "client:check_in": Row(WRITER, WRITER),
    "client:kept": Row(WRITER, None),
    "client:time_away": Row(WRITER, None),
    "client:cover": Row(None, WRITER, "cover"),
    "client:question": Row(CARE, None, "question", sole=True),
    # the clinician's room
    "clinician:window": Row(frozenset({"clinician"}), None),
    "clinician:early": Row(None, frozenset({"clinician"})),
    "clinician:watch": Row(frozenset({"clinician"}), None),
    "clinician:clients": Row(frozenset({"clinician"}), None),
    "clinician:sessions": Row(frozenset({"clinician"}), None),
    "clinician:drift": Row(frozenset({"clinician"}), None),
    "clinician:rules": Row(frozenset({"clinician"}), None),
    "clinician:change": Row(frozenset({"clinician"}), frozenset({"clinician"})),
    "clinician:try_rules": Row(frozenset({"clinician"}), frozenset({"clinician"})),
    "clinician:starting_points": Row(frozenset({"clinician"}), None),
    "clinician:own_rules": Row(frozenset({"clinician"}), frozenset({"clinician"})),
    "clinician:own_rules_seen": Row(None, frozenset({"clinician"})),
    "clinician:phrases": Row(frozenset({"clinician"}), None),
    "clinician:phrase_new": Row(frozenset({"clinician"}), frozenset({"clinician"})),
    "clinician:phrase": Row(TREATING, None, "phrase"),  # one that its maker keeps to themself
    "clinician:phrase_change": Row(TREATING, TREATING, "phrase"),
    "clinician:phrase_retire": Row(None, TREATING, "phrase"),
    "clinician:phrase_review": Row(None, frozenset({"clinician"}), "shipped"),
    "clinician:client_phrases": Row(TREATING, None, "client"),
    "clinician:phrase_landed": Row(None, TREATING, "client"),
    "clinician:variant_new": Row(TREATING, TREATING, "client"),
    "clinician:variant": Row(TREATING, TREATING, "variant"),
    "clinician:begin_from": Row(None, READS, "message"),
    "clinician:account": Row(frozenset({"clinician"}), frozenset({"clinician"})),
    "clinician:extras": Row(frozenset({"clinician"}), None),
    "clinician:extra": Row(TREATING, TREATING, "client"),
    "clinician:extra_end": Row(None, TREATING, "support"),
    "clinician:suitability": Row(TREATING, TREATING, "client"),
    "clinician:closing": Row(TREATING, TREATING, "client"),
    "clinician:closing_back": Row(None, TREATING, "client"),
    "clinician:reopen": Row(None, TREATING, "client"),
    "clinician:message": Row(READS, None, "message"),
    "clinician:reply": Row(None, READS, "message"),
    "clinician:acknowledge": Row(None, READS, "message"),
    "clinician:keep": Row(None, READS, "message"),
    "clinician:phone": Row(None, READS, "message"),
    "clinician:aside": Row(None, READS, "message"),
    "clinician:undo": Row(None, READS, "message"),
    "clinician:split": Row(None, TREATING, "message"),
    "clinician:glance": Row(None, READS, "message"),
    "clinician:times": Row(TREATING, TREATING, "message"),
    "clinician:call_back": Row(None, TREATING, "reply"),
    "clinician:correction": Row(None, TREATING, "reply"),
    "clinician:approvals": Row(frozenset({"clinician"}), None),
    "clinician:approval": Row(
        SUPERVISING, SUPERVISING, "approval"
    ),  # the writer of the reply is told of no page
    "clinician:client": Row(TREATING, None, "client"),
    "clinician:readers": Row(TREATING, None, "client"),
    "clinician:secrets": Row(None, TREATING, "client"),
    "clinician:scope": Row(None, TREATING, "guardian"),
    "clinician:agreement": Row(TREATING, TREATING, "client"),
    "clinician:acceptance": Row(TREATING, None, "acceptance"),
    "clinician:read_aloud": Row(None, TREATING, "client"),
    "clinician:offer_messages": Row(None, TREATING, "client"),
    "clinician:withdraw": Row(None, TREATING, "client"),
    "clinician:check_in": Row(TREATING, TREATING, "client"),
    "clinician:welcome": Row(None, TREATING, "client"),
    "clinician:our_messaging": Row(None, TREATING, "client"),
    "clinician:safety": Row(TREATING, None, "client"),
    "clinician:consult_note": Row(None, TREATING, "client"),
    "clinician:coaching_pause": Row(None, TREATING, "client"),
    "clinician:contact_hold": Row(None, TREATING, "writer"),
    "clinician:timeline": Row(None, TREATING, "client"),
    "clinician:plan": Row(TREATING, None, "plan"),
    "clinician:plan_looked": Row(None, TREATING, "plan"),
    "clinician:plan_file": Row(TREATING, None, "plan file"),
    "clinician:library": Row(frozenset({"clinician"}), frozenset({"clinician"})),
    "clinician:steps": Row(frozenset({"clinician"}), None),
    "clinician:new_piece": Row(frozenset({"clinician"}), frozenset({"clinician"})),
    "clinician:starters": Row(frozenset({"clinician"}), frozenset({"clinician"})),
    "clinician:piece": Row(TREATING, None, "piece"),
    "clinician:piece_file": Row(TREATING, None, "file piece"),
    "clinician:change_piece": Row(TREATING, TREATING, "piece"),
    "clinician:piece_state": Row(None, TREATING, "piece"),
    "clinician:client_library": Row(TREATING, None, "client"),
    "clinician:share": Row(None, TREATING, "client"),
    "clinician:unshare": Row(None, TREATING, "share"),
    "clinician:filled": Row(TREATING, None, "filled page"),
    "clinician:session": Row(TREATING, None, "session"),
    "clinician:close_item": Row(None, TREATING, "item"),
    "clinician:time_away": Row(frozenset({"clinician"}), frozenset({"clinician"})),
    "clinician:absence": Row(TREATING, TREATING, "absence"),
    "clinician:cancel_absence": Row(None, TREATING, "absence"),
    "clinician:sudden": Row(frozenset({"clinician"}), frozenset({"clinician"})),
    "clinician:will": Row(frozenset({"clinician"}), frozenset({"clinician"})),
    "clinician:kept": Row(TREATING, None, "client"),
    "clinician:ask_cover": Row(TREATING, TREATING, "absence"),
    "clinician:covers": Row(frozenset({"clinician"}), None),
    "clinician:answer_cover": Row(None, STANDS_IN, "cover"),
    "clinician:end_cover": Row(None, READS, "cover"),
    "clinician:break_plan": Row(TREATING, TREATING, "client"),
    "clinician:order_item": Row(None, TREATING, "item"),
    "clinician:line": Row(None, TREATING, "session"),
    "clinician:undo_line": Row(None, TREATING, "after line"),
    # the office
    "office:queue": Row(DESK, None),
    "office:account": Row(DESK, DESK),
    "office:question": Row(DESK, DESK, "question"),
    "office:people": Row(OWNER, None),
    "office:add_person": Row(OWNER, OWNER),
    "office:ages": Row(OWNER, OWNER),
    "office:join": Row(OWNER, OWNER, "client"),
    "office:person": Row(OWNER, None, "person"),
    "office:phone": Row(None, OWNER, "person"),
    "office:order": Row(None, OWNER, "guardian"),
    "office:supervisor": Row(OWNER, OWNER, "clinician"),
    "office:invite": Row(None, OWNER, "participant"),
    "office:see_out": Row(None, OWNER, "staff"),
    "office:help_lines": Row(DESK, DESK),
    "office:help_line": Row(None, DESK, "line"),
    "office:discretion": Row(OWNER, OWNER),
    "office:reading": Row(OWNER, OWNER),
    "office:closed_days": Row(DESK, DESK),
    "office:house_rules": Row(OWNER, OWNER),
    "office:house_rules_seen": Row(None, OWNER),
    "office:reopen_day": Row(None, DESK, "day"),
    "office:unseen": Row(DESK, None),
    "office:take_unseen": Row(None, NOBODY, "message"),  # its clinician sees this one, so nobody takes it on
    "office:hand_unseen": Row(None, NOBODY, "message"),
    "office:sudden": Row(DESK, DESK),
    "office:calls": Row(DESK, DESK, "absence"),
    "office:wills": Row(OWNER, OWNER),
    "office:will": Row(OWNER, OWNER, "opening"),
}
