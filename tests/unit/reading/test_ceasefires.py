"""Ceasefires: the newest status of a truce, and the truces that are none."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tocsin.reading.facts import Ceasefire
from tocsin.reading.read import read
from tocsin.reading.report import Report
from tocsin.shelf.lexicon import load_lexicon
from tocsin.shelf.shipped import rules_home

LEXICON = load_lexicon(rules_home())
WEDNESDAY = datetime(2023, 5, 24, 12, tzinfo=UTC)


def ceasefires(title: str, summary: str = "") -> tuple[Ceasefire, ...]:
    """What a report of that Wednesday says of truces."""
    report = Report(id="r", title=title, summary=summary, published=WEDNESDAY)
    return read(report, LEXICON).ceasefire


@pytest.mark.parametrize(
    ("status", "title"),
    [
        ("proposed", "UN chief calls for immediate ceasefire in Sudan"),
        ("proposed", "Mediators push for truce as fighting rages in Khartoum"),
        ("proposed", "Hamas and Israel in talks on a ceasefire in Gaza, Egypt says"),
        ("proposed", "Russia proposes 36-hour truce in Ukraine for Orthodox Easter"),
        ("proposed", "Army says it is ready for a ceasefire if rebels leave the city"),
        ("agreed", "Sudan's army and RSF agree to seven-day ceasefire"),
        ("agreed", "Houthis and government sign truce in Yemen"),
        ("agreed", "Taliban announce three-day ceasefire with Afghan government for Eid"),
        ("agreed", "Rebels declare unilateral ceasefire in eastern Congo"),
        ("agreed", "Israel and Islamic Jihad accept Egyptian-brokered ceasefire in Gaza"),
        ("agreed", "Armenia and Azerbaijan reach ceasefire after border clashes"),
        ("agreed", "Gaza truce will take effect at midnight, mediators say"),
        ("agreed", "Sudan's army is pausing fighting in Khartoum to let aid convoys in"),
        ("agreed", "Armenia and Azerbaijan agree to sign a ceasefire in Moscow"),
        ("proposed", "Envoy gives Russia a week to reach a ceasefire with Ukraine"),
        ("proposed", "Sudan's rebels should accept a ceasefire, says African Union"),
        ("proposed", "UN calls on Sudan's army to pause fighting in Khartoum"),
        ("proposed", "Ministers renew calls for an end to the fighting in Sudan"),
        ("in_effect", "Gaza ceasefire takes effect after five days of fighting"),
        ("in_effect", "Ceasefire comes into force between Israel and Hezbollah in Lebanon"),
        ("in_effect", "Sudan truce brokered by the U.S. appears to hold, residents say"),
        ("in_effect", "Fragile truce holds in Khartoum for a second day, residents say"),
        ("extended", "Sudan's warring sides extend ceasefire by 72 hours"),
        ("extended", "Yemen truce renewed for two months by government and Houthis"),
        ("delayed", "Start of Gaza truce delayed until Friday, Israeli official says"),
        ("violated", "Azerbaijan accuses Armenia of violating ceasefire in Karabakh"),
        ("violated", "Shelling in Khartoum breaches ceasefire hours after it began"),
        ("violated", "Rebels broke the truce with attack on army post, Mali's military says"),
        ("suspended", "Colombia suspends ceasefire with armed group after killings"),
        ("expired", "Fighting resumes in Khartoum as ceasefire expires"),
        ("collapsed", "Truce collapses in Sudan as army and RSF trade fire"),
        ("collapsed", "Guerrillas end ceasefire with Colombian government"),
        ("rejected", "Kyiv rejects Russian offer of a Christmas ceasefire"),
        ("rejected", "Netanyahu rules out ceasefire in Gaza war"),
        ("rejected", "Rebels refuse truce with Ethiopian army in Tigray"),
    ],
)
def test_status(status: str, title: str) -> None:
    """R12: each stage in the life of a truce is read by its words."""
    found = ceasefires(title)
    assert found, title
    assert found[0].status == status


@pytest.mark.parametrize(
    "title",
    [
        "Truce in trade war lifts markets in Asia",
        "Rail unions call truce in strike over pay until January",
        "Striker and coach agree truce ahead of cup final",
        "Sisters call a truce in their feud over the family album",
        "Tech giants reach truce over patents",
        "Crowds gather for Armistice Day service at the war memorial",
        "Rival factions of the party agree truce before leadership vote",
    ],
)
def test_truces_that_are_none(title: str) -> None:
    """R2, R12: a truce of trade, work, sport, gossip or remembrance is none."""
    assert ceasefires(title) == ()


@pytest.mark.parametrize(
    "title",
    [
        "Summit threatens sanctions if the truce in Libya collapses",
        "Without a common map no ceasefire can last, historian says",
        "Months of talks have failed to stop the fighting in northern Ethiopia",
    ],
)
def test_what_would_follow_or_was_not_brought_about_is_no_truce(title: str) -> None:
    """R9, R12: a condition and a failure tell nothing of any truce."""
    assert ceasefires(title) == ()


def test_a_truce_that_is_only_named_is_marked() -> None:
    """R12: without a word of what became of it the status is a guess, and says so."""
    assert ceasefires("Shipping firms wary of Yemen's truce with the Houthis")[0].mentioned
    assert not ceasefires("Yemen's truce with the Houthis takes effect")[0].mentioned


def test_an_attack_during_a_truce_is_a_violation() -> None:
    """R12: a strike told together with a truce in force breaks it, though nobody says the word."""
    found = ceasefires(
        "Ceasefire in effect between Armenia and Azerbaijan",
        "Three civilians were killed on Wednesday when rockets hit a village near Shusha.",
    )
    assert found[0].status == "violated"


def test_one_sides_word_is_no_truce_in_effect() -> None:
    """R12: a truce ordered by one side alone is announced, not in force."""
    found = ceasefires("Putin orders 36-hour ceasefire in Ukraine for Orthodox Christmas")
    assert found[0].status == "agreed"


def test_the_newest_truce_leads() -> None:
    """R12: what became of an earlier truce does not hide the new one."""
    found = ceasefires(
        "Armenia and Azerbaijan agree to a third ceasefire in Karabakh",
        "An earlier truce brokered by Russia collapsed within hours.",
    )
    assert [one.status for one in found] == ["agreed", "collapsed"]
    assert found[0].ordinal == 3


def test_who_broke_it_who_says_so_and_who_brokered_it() -> None:
    """R12: accuser, accused, parties and broker are read; the quote is the slice at its offsets."""
    title = "Azerbaijan accuses Armenia of breaking US-brokered ceasefire in Nagorno-Karabakh"
    found = ceasefires(title)[0]
    assert (found.claimant, found.violator, found.broker) == ("Azerbaijan", "Armenia", "US")
    assert set(found.parties) == {"Armenia", "Azerbaijan"}
    assert title[found.start : found.end] == found.quote


def test_a_truce_of_the_past_is_background() -> None:
    """R4, R12: a truce of long ago has no status today."""
    assert ceasefires("Kashmir's people look back on the 2003 ceasefire between two armies") == ()


def test_a_figure_under_a_truce_is_news() -> None:
    """R4, R12: a truce that heads a report is news as an attack is; its dead are no history."""
    report = Report(
        id="r",
        title="Sudan's army and paramilitaries agree to ceasefire",
        summary="At least 35 people have been killed in fighting linked to an old dispute.",
        published=WEDNESDAY,
    )
    (figure,) = read(report, LEXICON).claims
    assert (figure.value, figure.basis) == (35, "incident")


def test_who_accuse_each_other_name_no_violator() -> None:
    """R12: a breach is told; by whom is open where each says it was the other."""
    (found,) = ceasefires("Armenia and Azerbaijan accuse each other of breaking the ceasefire")
    assert (found.status, found.claimant, found.violator) == ("violated", None, None)


@pytest.mark.parametrize(
    "title",
    [
        "UN council calls for a global ceasefire in all wars",
        "UN sends monitors to observe a widely flouted ceasefire in the valley",
    ],
)
def test_a_byword_or_a_call_to_the_whole_world_is_only_mentioned(title: str) -> None:
    """R12: its status is read, and is no news of a truce between two sides."""
    (first, *_) = ceasefires(title)
    assert first.mentioned


@pytest.mark.parametrize(
    "title",
    [
        "The sides in Yemen last week failed to renew a truce deal",
        "A failed truce extension in Yemen could strain ties with Riyadh",
    ],
)
def test_a_truce_of_last_week_or_of_what_may_come_is_only_mentioned(title: str) -> None:
    """R25: what befell it is known by now, and what it may lead to is no step of it."""
    assert all(one.mentioned for one in ceasefires(title))


def test_a_truce_of_this_week_is_news() -> None:
    """The newest of the days named beside it counts."""
    assert not ceasefires("Truce in Yemen takes effect on Monday, a week after talks")[0].mentioned
    assert not ceasefires("Truce in Yemen, agreed last week, takes effect today")[0].mentioned


@pytest.mark.parametrize(
    ("title", "side"),
    [
        ("Armenia accepts ceasefire proposal", "Armenia"),
        ("Israel agrees to ceasefire in Gaza", "Israel"),
        ("Rebel general declares ceasefire in Gaza", None),
        ("Libya's rebel general declares ceasefire", None),
    ],
)
def test_who_binds_only_itself(title: str, side: str | None) -> None:
    """R12: one side accepts a truce or declares it, and it is that side's word."""
    first = ceasefires(title)[0]
    assert first.unilateral
    assert first.claimant == side


@pytest.mark.parametrize(
    ("title", "who"),
    [
        ("Putin announces Easter truce in Ukraine until midnight", "Putin"),
        ("Trump announces ceasefire between India and Pakistan", "Trump"),
        ("Sudan's Burhan agrees to week-long truce sought by the UN", "Burhan"),
        ("Both sides hail ceasefire that Trump announced", None),
    ],
)
def test_who_announces_one_by_name_is_kept(title: str, who: str | None) -> None:
    """R12: whether he is a side's leader or a mediator is the theatre's to tell."""
    first = ceasefires(title)[0]
    assert (first.status, first.claimant, first.unilateral) == ("agreed", who, False)


def test_a_refusal_told_of_somebody_in_passing_is_only_mentioned() -> None:
    """R12: "the army, which rejected a truce, did not respond" moves no truce."""
    said = ceasefires(
        "Rebels agree to a truce. The army, which rejected a truce earlier, is silent."
    )
    assert [(one.status, one.mentioned) for one in said][-1] == ("rejected", True)


@pytest.mark.parametrize(
    "title",
    [
        "Armenia and Azerbaijan agree to ceasefire",
        "Both sides agree to ceasefire in Gaza, Israel says",
        "Mediators announce ceasefire in Gaza",
        "Armenia war: parties agree truce",
        "Armenia's war: generals agree truce",
        "Qatar announces ceasefire in Gaza",
        "Qatar announces ceasefire between Israel and its enemies",
    ],
)
def test_two_agree_and_a_mediator_announces(title: str) -> None:
    """R12: a truce of both sides is agreed, whoever tells of it."""
    assert not any(one.unilateral for one in ceasefires(title))
