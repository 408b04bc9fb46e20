"""The papers of proposals whose sentences may be worded otherwise, each with its paper on invented data."""

from collections.abc import Callable
from dataclasses import replace

from portal.documents.paper import Paper
from portal.organisation.models import Unit
from portal.proposals.kinds import KINDS
from portal.proposals.kinds.kind import Kind
from portal.proposals.papers.samples import framed
from portal.wordings.blocks import Said, Texts, Wording


def _wording(kind: Kind, texts: Texts) -> Wording:
    labelled = replace(texts, label=texts.label or kind.model.label)
    return Wording(labelled, _sample(kind))


def _sample(kind: Kind) -> Callable[[Unit, str, Said], Paper]:
    def drawn(commune: Unit, sub_kind: str, said: Said) -> Paper:
        if kind.sample is None or kind.written is None:
            raise LookupError(f"{kind.model.__name__} has texts and no paper on invented data.")
        proposal = kind.sample(commune, sub_kind)
        paper = kind.written(proposal, framed(proposal, commune, said))
        if paper is None:
            raise LookupError(f"The invented {kind.model.__name__} has no paper.")
        return paper

    return drawn


WORDINGS = tuple(_wording(kind, kind.texts) for kind in KINDS.values() if kind.texts is not None)
