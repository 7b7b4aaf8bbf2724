"""What an edited report said before: figures are compared with their own earlier version."""

from __future__ import annotations

from tocsin.judging.draft import Draft
from tocsin.judging.interval import like
from tocsin.judging.subject import UNATTRIBUTED, Who
from tocsin.reading.facts import Claim


def before_edit(draft: Draft, claim: Claim, who: Who) -> Claim | None:
    """The same figure in the report's last version; None where this is no edit of one."""
    filed = draft.memory.filed
    if filed is None or filed.version == draft.report.version:
        return None
    for old in filed.reading.claims:
        same_kind = (old.indicator, old.basis) == (claim.indicator, claim.basis)
        if same_kind and like(old.victims, claim.victims) and old.part_of is None:
            speaker = draft.names.claimant(old.claimant)
            if UNATTRIBUTED in (speaker.id, who.id) or speaker.id == who.id:
                return old
    return None
