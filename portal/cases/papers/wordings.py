"""The papers of a case whose sentences may be worded otherwise, each with its paper on invented data."""

from portal.cases.models import CaseType, Receiver
from portal.cases.papers import breaches, leaving, reception, rounds, samples, texts
from portal.documents.paper import Paper
from portal.organisation.models import Unit
from portal.wordings.blocks import Said, Texts, Wording


def _commitment(worded: Texts, otherwise: CaseType) -> Wording:
    def drawn(commune: Unit, sub_kind: str, said: Said) -> Paper:
        return reception.commitment(samples.a_case(commune, CaseType(sub_kind or otherwise)), said)

    return Wording(worded, drawn)


def _round(commune: Unit, sub_kind: str, said: Said) -> Paper:
    return rounds.sample(*samples.a_round(commune, sub_kind), said)


WORDINGS = (
    Wording(texts.SUMMONS, lambda here, kind, said: reception.summons(samples.a_summons(here, kind), said)),
    Wording(texts.RECEPTION, lambda here, kind, said: reception.minutes(samples.a_reception(here, kind), said)),
    _commitment(texts.COMMITMENT, CaseType.SUSPENDED_SENTENCE),
    _commitment(texts.COMMITMENT_BAN, CaseType.RESIDENCE_BAN),
    _commitment(texts.COMMITMENT_DRUGS, CaseType.DRUG_USER_MANAGEMENT),
    _commitment(texts.COMMITMENT_RELEASED, CaseType.REINTEGRATION),
    Wording(texts.BREACH, lambda here, kind, said: breaches.written(samples.a_breach(here, kind), said)),
    Wording(texts.WARNING, lambda here, kind, said: breaches.written(samples.a_warning(here, kind), said)),
    Wording(texts.REVIEW, lambda here, kind, said: breaches.written(samples.a_review(here, kind), said)),
    Wording(
        texts.HANDOVER_TO_AGENCY,
        lambda here, _kind, said: leaving.minutes(samples.a_handover(here, Receiver.AGENCY), tried=said),
    ),
    Wording(
        texts.HANDOVER_TO_COMMUNE,
        lambda here, _kind, said: leaving.minutes(samples.a_handover(here, Receiver.COMMUNE), tried=said),
    ),
    Wording(texts.DEATH, lambda here, _kind, said: leaving.report(samples.a_death(here), tried=said)),
    Wording(texts.ROUND, _round),
)
