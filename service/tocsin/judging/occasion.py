"""What a report is really of, where its attack or its figure is only the occasion.

An inquiry finds out who did it, a survivor tells of it, a mural stands where it was: the deed is
known. And people are hurt where nobody came armed: in a fire, a crash, a march that ends in gas.
Such a report is known by its title, or by the words it opens with.
"""

from __future__ import annotations

import re

from tocsin.judging.event import Event, is_old
from tocsin.judging.geography import fine
from tocsin.judging.happening import Quiet
from tocsin.judging.interval import level
from tocsin.reading.report import Report

_OPENING = 300  # characters that say what a report is about
_BODY = 4000  # characters of a text in which a shot would be told of
#: Who looks into a deed looks back at it.
_INQUIRY = re.compile(
    r"\bcover(?:s|ed|ing)?[ -]?ups?\b|\bon this day\b|\bpodcast\b|\bdocumentary\b"
    r"|\bin videos?\b.*\bidentified\b"
    r"|\b(?:a|one|two|three|four|five|ten|\d+) (?:years?|decades?|months?) (?:on|later)\b",
    re.IGNORECASE,
)
_FINDINGS = re.compile(
    r"\b(?:investigation|inquiry|probe)\b(?: (?:in)?to [^.;:]{1,90}?)? (?:has |have |had )?"
    r"(?:found|finds|gathered|identif\w+|reveal\w*|uncover\w*|trace[sd]|shows?|conclude[sd]?)\b"
    r"|\b(?:weeks?|months?|year)-?long (?:investigation|inquiry)\b"
    r"|\b(?:according to|in) (?:an?|its|the) (?:new |recent )?(?:investigation|inquiry)\b",
    re.IGNORECASE,
)
#: Whose page says what it is of: views and lives, whatever day they name.
_VIEWS = re.compile(
    r"^(?:opinion|analysis|editorial|comment|review|obituary) ?[:|]"
    r"|[|–-] (?:opinion|analysis|editorial|comment|obituary)$|\bdiar(?:y|ies)\b",
    re.IGNORECASE,
)
#: What comes of a deed long after it: its trial, its price, what is learned of who did it.
_LATER = re.compile(
    r"\bnew (?:\w+ )?(?:details?|evidence|findings|clues|videos?|footage|images?|photos?)\b"
    r"|^(?:more )?details (?:of|about|on)\b|\bdetails (?:emerge|are revealed)"
    r"|\b(?:found|finds?|plead(?:s|ed)?) (?:not )?guilty\b|\bconvict(?:ed (?:of|over|for|in)|ion)\b"
    r"|\b(?:on|stands?|faces?) trial\b|\btrial (?:of|over|begins|opens|starts)\b|\bverdicts?\b"
    r"|\bsentence[sd]? (?:to|over|for|in)\b|\bsentenced\b|\bjailed (?:for|over)\b"
    r"|\bindict(?:s|ed|ment)\b|\bextradit\w+|\blawsuit\b|\bsu(?:es|ed|ing) (?:over|for)\b"
    r"|\b(?:pay(?:s|ments?|outs?)?|compensat\w+|reparations)\b.{1,40}?"
    r"\b(?:relatives|famil(?:y|ies)|kin|victims?|survivors?)\b"
    r"|\b(?:bombers?|attackers?|gunm[ae]n|assailants?|killers?|shooters?)"
    r" who (?:carried out|attacked|bombed|killed|shot|struck|hit|targeted|stormed) .{3,80}?"
    r" (?:had|was|were|is|are|has|have|came|lived|planned|trained|spent)\b",
    re.IGNORECASE,
)
#: What is told of a deed by those who lived through it, or shown of it.
_ACCOUNT = re.compile(
    r"^(?:[^:]{1,24}: )?inside (?:an?|the|[\w-]+['’]s?)\b"
    r"|\bsurvivors?\b|\bwho survived\b|\bhear (?:from|how)\b"
    r"|\b(?:m[ae]n|wom[ae]n|mother|father|parents|wi(?:fe|dow)|husband|famil(?:y|ies)|couple"
    r"|eyewitness(?:es)?|victims?) (?:describes?|remembers?|tells?|shares?|blames?)\b"
    r"|\b(?:her|his|their) (?:sons?|daughters?|husband|wife|brothers?|sisters?) w(?:as|ere)\b"
    r"|\b(?:recalls?|recount(?:s|ed)|relives?)\b|\bmurals?\b|\bexhibition\b|\bportraits?\b",
    re.IGNORECASE,
)
#: The dead come home, or are mourned by the month in which they fell.
_HOME = re.compile(
    r"^(?:[\w,’'-]+ ){0,3}(?:bod(?:y|ies)|remains|coffins?) of\b.{1,80}?\b(?:return(?:s|ed)?"
    r"|repatriated|flown|handed over|(?:arrives?|brought|sent|taken) (?:home|back))\b"
    r"|^(?:[\w’'-]+ ){1,3}(?:receive[sd]?|return(?:s|ed)?|repatriate[sd]?"
    r"|hand(?:s|ed)? (?:over|back)) (?:[\w,]+ ){0,3}(?:bod(?:y|ies)|remains|coffins?) of\b"
    r"|^(?:[\w’'-]+ ){0,3}(?:soldiers?|troops|peacekeepers?|police(?:men)?|officers?)"
    r" (?:who were )?killed in .{1,60}? (?:return(?:s|ed)? home|repatriated"
    r"|(?:brought|flown|sent) (?:home|back))\b"
    r"|^(?:[\w’'-]+ ){1,3}(?:mourns?|honou?rs?|remembers?|commemorates?|buries|pays? tribute)\b"
    r".{1,60}?\b(?:in|last) (?:january|february|march|april|may|june|july|august|september"
    r"|october|november|december|month|year)\b",
    re.IGNORECASE,
)
_ACCIDENT = re.compile(
    r"\b(?:fire|blaze) (?:breaks?|broke) out\b|\b(?:fire|blaze) (?:rips?|sweeps?|tears?|engulfs?)\b"
    r"|\b(?:jet|plane|aircraft|helicopter|bus|train|ferry) crash(?:es|ed)?\b"
    r"|\bstampedes?\b|\bcapsiz(?:es|ed|ing)\b",
    re.IGNORECASE,
)
#: Armed, and no party of a war.
_CRIME = re.compile(
    r"\bpirates?\b|\bpiracy\b|\b(?:cattle )?rustlers?\b|\brobber(?:s|y|ies)?\b|\bcarjack\w*"
    r"|\b(?:school|university|college|campus|supermarket|mall|nightclub) (?:mass )?shootings?\b"
    r"|\b(?:shootings?|gunman|shooter)\b.{0,30} (?:at|in) (?:an? )?(?:[\w-]+ )?"
    r"(?:school|university|college|campus|supermarket|mall|nightclub)\b",
    re.IGNORECASE,
)
_MOB = re.compile(r"\bmobs?\b", re.IGNORECASE)
_PROTEST = re.compile(
    r"\b(?:protest(?:s|ed|ers?|ors?)?|demonstrat(?:ors?|ions?)|tear ?gas(?:sed)?)\b", re.IGNORECASE
)
#: By these words somebody fought, or somebody died.
_ARMS = re.compile(
    r"\b(?:open(?:s|ed|ing)? fire|fir(?:e[sd]?|ing) (?:on|into)|gun\w*|shot|shots|shoot(?:s|ing)?"
    r"|bullets?|live (?:fire|rounds?|ammunition)|rebels?|militants?"
    r"|militia\w*|insurgents?|missiles?|rockets?|drones?|shell(?:s|ed|ing)|air ?strikes?"
    r"|bomb\w*|downed)\b",
    re.IGNORECASE,
)
#: Theirs are accidents too; a mob or a march that met them met arms.
_FORCES = re.compile(r"\b(?:soldiers?|troops?|army)\b", re.IGNORECASE)
_ATTACK = re.compile(r"\battack", re.IGNORECASE)
_DEATH = re.compile(
    r"\b(?:kill(?:s|ed|ing)?|dead|die[sd]?|deaths?|deadly|fatal(?:ly)?|lynch\w*)\b", re.IGNORECASE
)


def looks_back(title: str) -> bool:
    """Whether a title is of an inquiry, a trial, an opinion, an anniversary or a homecoming."""
    return any(one.search(title) is not None for one in (_VIEWS, _INQUIRY, _LATER, _HOME))


def occasion(report: Report, event: Event) -> Quiet | None:
    """Why an event is no attack of these days but the occasion of its report; None if it may be.

    `historical`: its title looks back at it, and no day of it is given. `not_conflict`: nobody in
    it was armed.
    """
    title, body = report.title, f"{report.summary} {report.text[:_BODY]}"
    opening = f"{title}. {body[:_OPENING]}"
    unarmed = _unarmed(title, opening, body, event)
    if unarmed:
        return Quiet("not_conflict", unarmed)
    if _VIEWS.search(title):
        return Quiet("historical", "its title says that it gives views")
    dated = event.stated and not is_old(event, event.said)
    if not dated and (looks_back(title) or _FINDINGS.search(opening)):
        return Quiet("historical", "its report looks back at a deed of the past")
    if _ACCOUNT.search(title) and not _is_full(event):
        return Quiet("historical", "its title is of what was lived through, and no toll of a town")
    return None


def _is_full(event: Event) -> bool:
    """Whether an event has a town, and more dead or wounded than the one who is portrayed."""
    several = any((level(claim) or 0) > 1 for claim in event.claims)
    return several and any(fine(place) for place in event.places)


def _unarmed(title: str, opening: str, body: str, event: Event) -> str:
    """Why nobody of an event was armed; empty if somebody may have been."""
    if _CRIME.search(title) and all(one.startswith("other:") for one in event.attackers):
        return "its title tells of a crime"
    if not _ARMS.search(title):
        if _ACCIDENT.search(title) and not _ATTACK.search(title):
            return "its title tells of an accident"
        if _MOB.search(title) and not _FORCES.search(title):
            return "its title tells of a mob"
    if not _PROTEST.search(opening):
        return ""
    whole = f"{title}. {body}"
    dead = any(claim.indicator == "killed" for claim in event.claims)
    if dead or any(one.search(whole) for one in (_ARMS, _FORCES, _DEATH)):
        return ""
    return "a protest, without a shot or a death"
