"""The kinds of letter, and what to do when nobody knows whether one left."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A folder of ``templates/emails``; whether its letter may be read twice without harm."""

    name: str
    resend_when_uncertain: bool


def _harmless_twice(*names: str) -> tuple[Kind, ...]:
    return tuple(Kind(name, resend_when_uncertain=True) for name in names)


def _once_or_never(*names: str) -> tuple[Kind, ...]:
    return tuple(Kind(name, resend_when_uncertain=False) for name in names)


# Twice is harmless for what somebody waits for or has to do: a second copy repeats the same words
# under the same Message-ID, and a lost one costs a deadline. A verdict read twice makes people doubt
# it, and a lost one can be seen by the organiser, who decides.
KINDS = {
    kind.name: kind
    for kind in (
        *_harmless_twice(
            "login_link",
            "account_ending",
            "request_refused",
            "member_invited",
            "insider_invited",
            "receipt",
            "draft_reminder",
            "draft_reopened",
            "dates_moved",
            "extension_granted",
            "extension_ended",
            "category_changed",
            "application_duplicate",
            "application_kept",
            "duplicate_undone",
            "complements_requested",
            "complements_received",
            "edition_to_confirm",
            "territory_late",
            "juror_invitation",
            "juror_invitation_reminder",
            "juror_accepted",
            "jury_conflicts_to_declare",
            "jury_cards_to_score",
            "jury_card_added",
            "jury_cards_moved",
            "juror_released",
            "results_held",
            "juror_reminder",
            "deliberation_opened",
            "deliberation_late",
            "reserve_exhausted",
            "application_withdrawn_in_jury",
            "application_back_in_jury",
            "return_asked",
            "return_to_decide",
            # A right of reply that is lost is a right that was not given.
            "eligibility_doubted",
            "eligibility_to_decide",
            "application_excluded_in_jury",
            "ranking_changed",
            "ranking_changed_by_conflict",
            "jury_conflict_confirmed",
            "category_regrouped",
            "category_regrouped_in_jury",
            "prize_renounced",
            "correction_to_confirm",
            "partner_invited",
            "partner_reminder",
            "partner_countersigned",
            "partner_declined",
            "promotion_offered",
            "promotion_reminder",
            "promotion_confirmed",
            "promotion_declined",
            "promotion_exhausted",
            "national_file_open",
            "application_charter_decided",
            "charter_draft_reminder",
            "charter_role_named",
            "charter_signature_requested",
            "charter_receipt",
            "charter_complements_requested",
            "charter_complements_reminder",
            "charter_complements_received",
            "charter_review_due",
            "charter_window_open",
            "charter_report_reminder",
            "charter_support_requested",
            "charter_head_named",
            "charter_report_receipt",
            "charter_report_returned",
            "charter_extension_granted",
            "charter_report_missed",
            "charter_missed_notice",
            "charter_formal_notice",
            "charter_renewal_reminder",
            "charter_term_reached",
            "charter_suspended",
            "charter_suspension_to_decide",
            # Verdicts that a delay of appeal follows: one that is lost takes a right away.
            "charter_removed",
            "charter_alert_decided",
            "charter_ceased",
            "charter_successor_named",
            "charter_alert_received",
            "charter_alert_admissible",
            "charter_alert_to_answer",
            "charter_alert_reply_reminder",
            "charter_alert_due",
            "charter_appeal_received",
            "vote_confirmation",
            "vote_not_opened",
            "vote_tied",
        ),
        *_once_or_never(
            "draft_lapsed",
            "partner_released",
            "application_withdrawn",
            "application_back",
            "return_declined",
            "correction_dismissed",
            "palmares_corrected",
            "application_admitted",
            "application_refused",
            "eligibility_upheld",
            "eligibility_lost",
            "prize_renunciation_kept",
            "decision_amended",
            "cycle_cancelled",
            "juror_invitation_expired",
            "juror_declined",
            "jury_thanks",
            "promotion_lapsed",
            "result_laureate",
            "result_nominee",
            "result_other",
            "grand_prize",
            "charter_draft_expired",
            "charter_abandoned",
            "charter_accepted",
            "charter_refused",
            "charter_report_accepted",
            "charter_renewed",
            "charter_former",
            "charter_withdrawn",
            "charter_suspension_lifted",
            "charter_transferred",
            "charter_role_left",
            "charter_alert_dismissed",
            "charter_alert_closed_for_author",
            "charter_appeal_decided",
            "vote_opened",
            "vote_cancelled",
            "vote_won",
        ),
    )
}

# On which nothing depends: the date or the question was told before, by a letter that always leaves.
DISPENSABLE = frozenset(
    {
        "draft_reminder",
        "juror_invitation_reminder",
        "juror_reminder",
        "partner_reminder",
        "charter_draft_reminder",
        "jury_thanks",
        "vote_opened",
    }
)
REPEATABLE = frozenset(kind.name for kind in KINDS.values() if kind.resend_when_uncertain)
