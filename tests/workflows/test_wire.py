"""What was written to Temporal years ago is still read: fields are added with defaults only."""

import inspect
from dataclasses import MISSING, fields, is_dataclass
from types import ModuleType

import pytest
from temporalio.api.common.v1 import Payload

from activities.payloads import data_converter
from domain.wire import (
    adherence,
    alert,
    application,
    asked,
    correction,
    cycle,
    juror,
    letters,
    partner,
    promotion,
    sweep,
    vote,
)

CALENDAR = """{"opens_at":"2027-03-01T08:00:00Z","closes_at":"2027-06-30T22:00:00Z",
"screening_until":"2027-07-16T16:00:00Z","evaluation_from":"2027-08-30T07:00:00Z",
"evaluation_until":"2027-09-24T16:00:00Z","deliberation_until":"2027-10-09T16:00:00Z",
"publishes_at":"2027-11-18T17:00:00Z","ends_at":"2027-12-31T17:00:00Z"}"""
PERIODS = """{"draft_reminders_days":[7,21],"draft_expires_days":60,"review_alert_days":15,
"review_days":21,"complements_days":30,"complements_reminders_days_before":[10,3],"term_months":36,
"window":{"opens":[2,1],"closes":[4,30],"hour":"18:00:00","exempt_if_accepted_after":[9,30],
"reminders":[[3,1],[4,1],[4,20],[4,28]]},"returned_days":30,"returned_reminders_days_before":[10,3],
"report_tacit_days":45,"missed_notices_days":[15,45],"formal_notice_days":60,"removal_on":[11,1],
"removal_months_after_entry":3,"renewal_months_before":6,"renewal_reminders_months_before":[3,1],
"grace_days":90,"suspension_months":6,"successor_days":30,"registry_check_months":1,
"extension_days_at_most":30,"reply_days":30,"appeal_days":30,"appeal_answer_days":60,
"alert_admissibility_days":15,"alert_inquiry_days":90,"alert_remedy_days_at_most":180,
"reentry_after_fault_months":24,"reentry_after_refusal_months":3,"display_removed_months":12,
"display_withdrawn_months":3,"badge_digital_days":30,"badge_print_days":90,"purge_months":6}"""
AT = '"2027-06-01T10:00:00Z"'
ID = '"3a8ff7e0-3d1a-4995-8c8a-5725d9b18f6b"'
ASKED = f'"request":{ID},"arrived_at":{AT}'
SITUATION = f'{{"state":"active","since":{AT}}}'
PROMOTION = '{"quota":1,"confirm_within":"P7D","reminders_before":["P3D","P1D"]}'
LAPSING = f'{{"what":"lapse","offer":{ID},"at":{AT},"until":{AT}}}'
OFFER = f"""{{"offer":{ID},"application":{ID},"status":"offered","offered_at":{AT},"until":{AT}}}"""
COMPLAINT = f'{{"step":"recu","since":{AT}}}'
VOTE = f'{{"phase":"open","opens_at":{AT},"closes_at":{AT},"publishes_at":{AT}}}'
MOVED = f'{{"phase":"screening","calendar":{CALENDAR}}}'

# As the first release wrote them. Never change a line; a new type gets a new one.
FIRST_RELEASE = {
    "RunApplication": f'{{"application":{ID},"cycle":{ID},"calendar":{CALENDAR}}}',
    "AskOfApplication": f'{{"act":"submit",{ASKED}}}',
    "SettleApplication": f'{{"application":{ID},"act":"withdraw",{ASKED}}}',
    "ApplicationState": '{"status":"draft"}',
    "RemindDraft": f'{{"application":{ID},"closes_at":{AT},"before_seconds":86400}}',
    "LapseDraft": f'{{"application":{ID},"at":{AT}}}',
    "RunCorrection": f'{{"correction":{ID},"until":{AT}}}',
    "AskOfCorrection": f'{{"act":"confirm_correction",{ASKED}}}',
    "SettleCorrection": f'{{"correction":{ID},"act":"dismiss_correction",{ASKED}}}',
    "LapseCorrection": f'{{"correction":{ID},"at":{AT}}}',
    "CorrectionState": '{"step":"published"}',
    "Asked": f"{{{ASKED}}}",
    "RunCycle": f'{{"cycle":{ID},"calendar":{CALENDAR}}}',
    "EndPhase": f'{{{ASKED},"phase":"open"}}',
    "EnterPhase": f'{{"cycle":{ID},"phase":"open","at":{AT}}}',
    "CycleRef": f'{{"cycle":{ID},"at":{AT}}}',
    "SignMinutes": f'{{"cycle":{ID},{ASKED}}}',
    "MoveDates": f'{{"cycle":{ID},{ASKED}}}',
    "AskOfCycle": f'{{"act":"amend_decision",{ASKED}}}',
    "SettleCycle": f'{{"cycle":{ID},"act":"amend_decision",{ASKED}}}',
    "CycleSettled": "{}",
    "CyclesToDeal": '{"cycles":[]}',
    "RepairDeal": f'{{"cycle":{ID},{ASKED}}}',
    "Repaired": "{}",
    "CycleMoved": MOVED,
    "TellEveryone": f'{{"cycle":{ID},"moved":{MOVED}}}',
    "Told": '{"count":3}',
    "CycleState": '{"phase":"closed"}',
    "RunJuror": f'{{"juror":{ID},"cycle":{ID},"calendar":{CALENDAR},"phase":"open"}}',
    "AnswerInvitation": f'{{{ASKED},"accepts":true}}',
    "CloseCard": f'{{{ASKED},"card":{ID},"act":"seal"}}',
    "JurorRef": f'{{"juror":{ID},"at":{AT}}}',
    "SettleAnswer": f'{{"juror":{ID},{ASKED},"accepts":false}}',
    "SettleConflicts": f'{{"juror":{ID},{ASKED}}}',
    "SettleCard": f'{{"juror":{ID},"card":{ID},"act":"recuse",{ASKED}}}',
    "JurorState": '{"status":"invited"}',
    "CardState": '{"status":"sealed","left_to_score":2}',
    "RemindJuror": f'{{"juror":{ID},"task":"score","until":{AT},"rank":1}}',
    "Planned": '{"count":1}',
    "Recruit": "{}",
    "SendLetter": '{"key":"receipt:1"}',
    "SendLettersAbout": '{"subject":"application:1"}',
    "SendMailing": '{"mailing":"results:1"}',
    "Posted": '{"sent":12}',
    "AskOfPartner": f'{{"act":"invite_partner",{ASKED}}}',
    "SettlePartner": f'{{"application":{ID},"act":"countersign",{ASKED}}}',
    "PartnerState": '{"status":"partner_invited"}',
    "TendPartner": f'{{"application":{ID},"at":{AT}}}',
    "Tended": "{}",
    "HearOfTheCharter": f'{{"application":{ID},"at":{AT}}}',
    "RunAdherence": f'{{"adherence":{ID},"periods":{PERIODS},"situation":{SITUATION}}}',
    "AskOfAdherence": f'{{"act":"signer",{ASKED}}}',
    "SettleAdherence": f'{{"adherence":{ID},"act":"retirer",{ASKED}}}',
    "FallDue": f'{{"adherence":{ID},"due":{{"at":{AT},"what":"ouvrir_fenetre"}},"at":{AT}}}',
    "AdherenceState": f'{{"situation":{SITUATION}}}',
    "TellApplications": f'{{"adherence":{ID}}}',
    "RunPurge": f'{{"adherence":{ID},"at":{AT}}}',
    "RunAlert": f'{{"alert":{ID},"periods":{PERIODS},"situation":{COMPLAINT}}}',
    "AskOfAlert": f'{{"act":"declarer_recevable",{ASKED}}}',
    "SettleAlert": f'{{"alert":{ID},"act":"decider_signalement",{ASKED}}}',
    "AlertFallsDue": f'{{"alert":{ID},"due":{{"at":{AT},"what":"clore_recours"}},"at":{AT}}}',
    "AlertState": f'{{"situation":{COMPLAINT}}}',
    "CarryOut": f'{{"alert":{ID},"effect":"suspendre","at":{AT}}}',
    "RunVote": f'{{"vote":{ID},"situation":{VOTE}}}',
    "AskOfVote": f'{{"act":"move_vote",{ASKED}}}',
    "SettleVote": f'{{"vote":{ID},"act":"cancel_vote",{ASKED}}}',
    "VoteFallsDue": f'{{"vote":{ID},"due":{{"at":{AT},"what":"vote_closes"}},"at":{AT}}}',
    "VoteState": f'{{"situation":{VOTE}}}',
    "Swept": "{}",
    "RunPromotion": f'{{"promotion":{ID},"rules":{PROMOTION}}}',
    "AskOfPromotion": f'{{"act":"confirm_place",{ASKED}}}',
    "SettlePromotion": f'{{"promotion":{ID},"act":"decline_place",{ASKED}}}',
    "PromotionRef": f'{{"promotion":{ID},"at":{AT}}}',
    "PromotionFallsDue": f'{{"promotion":{ID},"due":{LAPSING},"at":{AT}}}',
    "PromotionState": f'{{"status":"waiting","offers":[{OFFER}]}}',
    "BeginPromotions": f'{{"cycle":{ID},"at":{AT}}}',
    "PromotionsBegun": '{"count":5}',
}


def declared(module: ModuleType) -> dict[str, type]:
    """The wire types that a module declares."""
    return {
        name: found
        for name, found in inspect.getmembers(module, inspect.isclass)
        if is_dataclass(found) and found.__module__ == module.__name__
    }


WIRE = {
    name: found
    for module in (
        adherence,
        alert,
        application,
        asked,
        correction,
        cycle,
        juror,
        letters,
        partner,
        promotion,
        sweep,
        vote,
    )
    for name, found in declared(module).items()
}


def test_every_wire_type_has_its_first_json() -> None:
    assert {*FIRST_RELEASE} == {*WIRE}


@pytest.mark.parametrize("name", sorted(FIRST_RELEASE))
async def test_the_first_json_is_still_read(name: str) -> None:
    payload = Payload(metadata={"encoding": b"json/plain"}, data=FIRST_RELEASE[name].encode())

    [read] = await data_converter.decode([payload], [WIRE[name]])
    [written] = await data_converter.encode([read])
    [again] = await data_converter.decode([written], [WIRE[name]])

    assert type(read) is WIRE[name]
    assert read == again


@pytest.mark.parametrize("name", sorted(FIRST_RELEASE))
def test_a_field_that_the_first_json_lacks_has_a_default(name: str) -> None:
    lacking = [
        each.name for each in fields(WIRE[name]) if f'"{each.name}":' not in FIRST_RELEASE[name]
    ]

    needed = [
        each.name
        for each in fields(WIRE[name])
        if each.default is MISSING and each.default_factory is MISSING
    ]
    assert [each for each in lacking if each in needed] == []


async def test_what_a_newer_release_adds_is_ignored_by_this_one() -> None:
    newer = Payload(metadata={"encoding": b"json/plain"}, data=b'{"count":3,"jurors":["a"]}')

    [read] = await data_converter.decode([newer], [cycle.Told])

    assert read == cycle.Told(3)
