"""One report read, from top to bottom: the picture of everything in this folder."""

from __future__ import annotations

from tocsin.reading.bygone import is_bygone
from tocsin.reading.ceasefires import find_ceasefires
from tocsin.reading.claims import Setting, to_claims
from tocsin.reading.document import lay_out
from tocsin.reading.facts import Reading
from tocsin.reading.lexicon import Lexicon
from tocsin.reading.places import find_places
from tocsin.reading.relevance import weigh_relevance
from tocsin.reading.report import Report
from tocsin.reading.sections import turns
from tocsin.reading.speakers import Speakers
from tocsin.reading.strikes import find_strikes, weigh_news
from tocsin.reading.told import bring_together, find_told, give_voices, may_claim
from tocsin.reading.toll import find_toll


def read(report: Report, lexicon: Lexicon) -> Reading:
    """All facts of one report; never raises for any text."""
    return _read(report, lexicon, only_war=False)


def read_war(report: Report, lexicon: Lexicon) -> Reading:
    """The facts of one report that judging asks for: in one of no war no figure is looked for."""
    return _read(report, lexicon, only_war=True)


def _read(report: Report, lexicon: Lexicon, *, only_war: bool) -> Reading:
    words = lexicon.words_for(report)
    document = lay_out(report, words.book)
    located = find_places(document, lexicon.places)
    relevance = weigh_relevance(document, words.relevance, located.theatre)
    speakers = Speakers(document, words.figures.attribution)
    told = [] if only_war and not relevance.conflict else find_told(document, words.figures)
    if relevance.conflict or may_claim(told):  # a driver who crashed is in nobody's voice
        give_voices(told, speakers)
    told = bring_together(told)
    news = weigh_news(document, words.strikes, relevance, located)
    strikes = () if is_bygone(told) else find_strikes(document, news, relevance, located, speakers)
    ceasefires = find_ceasefires(document, words.ceasefires, relevance, strikes, located)
    # a truce that took a step heads the news of a war as an attack does
    truce = any(one.field == "title" and not one.mentioned for one in ceasefires)
    odds = max(news.odds, 0.0) if truce else news.odds
    setting = Setting(
        document,
        words.figures.basis,
        speakers,
        located,
        relevance.conflict,
        odds,
        words.figures.victims.attackers,
        turns(document),
    )
    return Reading(
        id=report.id,
        conflict=relevance.conflict,
        claims=to_claims(told, setting),
        strikes=strikes,
        ceasefire=ceasefires,
        toll=find_toll(told),
        places=located.places,
        theatre=located.theatre,
        because=relevance.because,
        genre=relevance.genre,
        newness=round(news.odds, 2) if strikes else None,
    )
