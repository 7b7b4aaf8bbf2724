"""Figures: who was killed, wounded, missing, displaced or captured, and how many."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tocsin.reading.facts import Claim
from tocsin.reading.read import read
from tocsin.reading.report import Report
from tocsin.shelf.lexicon import load_lexicon
from tocsin.shelf.shipped import rules_home

LEXICON = load_lexicon(rules_home())


def claims_of(text: str, title: str = "") -> tuple[Claim, ...]:
    """The claims of a report published on 12 May 2024."""
    published = datetime(2024, 5, 12, tzinfo=UTC)
    return read(Report(id="r", title=title, text=text, published=published), LEXICON).claims


def figures_of(text: str) -> list[tuple[str, int | None, str]]:
    """Indicator, value and bound of every claim."""
    return [(claim.indicator, claim.value, claim.bound) for claim in claims_of(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shells killed 14 villagers.", [("killed", 14, "exact")]),
        ("At least nine people were killed.", [("killed", 9, "at_least")]),
        (
            "The blast left 12 dead and 30 wounded.",
            [("killed", 12, "exact"), ("wounded", 30, "exact")],
        ),
        ("6 dead, 11 hurt in market shelling", [("killed", 6, "exact"), ("wounded", 11, "exact")]),
        ("The raid claimed 40 lives.", [("killed", 40, "exact")]),
        ("Rescuers recovered the bodies of nine miners.", [("killed", 9, "exact")]),
        ("The army lost 30 men.", [("killed", 30, "exact")]),
        ("Gunmen took five villagers hostage.", [("captured", 5, "exact")]),
        ("Rebels abducted 20 schoolgirls.", [("captured", 20, "exact")]),
        ("More than 8,000 people fled their homes.", [("displaced", 8000, "at_least")]),
        ("Twelve sailors are still missing.", [("missing", 12, "exact")]),
        ("Seven fighters were martyred.", [("killed", 7, "exact")]),
        ("Troops eliminated 18 militants.", [("killed", 18, "exact")]),
        ("Three drivers succumbed to their wounds.", [("killed", 3, "exact")]),
        ("Killed: 12, wounded: 45", [("killed", 12, "exact"), ("wounded", 45, "exact")]),
        ("The dead include three children.", [("killed", 3, "exact")]),
        ("Two of the wounded later died.", [("killed", 2, "exact")]),
        ("9 soldiers, 4 civilians killed", [("killed", 9, "exact"), ("killed", 4, "exact")]),
        ("One driver was wounded and later died.", [("killed", 1, "exact")]),
    ],
)
def test_what_happened_in_the_wording_of_reports(
    text: str, expected: list[tuple[str, int | None, str]]
) -> None:
    """Active, passive, noun and headline wording all name the indicator and the figure."""
    assert figures_of(text) == expected


@pytest.mark.parametrize(
    ("text", "value", "low", "high", "bound"),
    [
        ("Between 35 and 44 people were killed.", None, 35, 44, "approx"),
        ("As many as 5,000 people were killed.", 5000, None, 5000, "at_most"),
        ("Nearly 300 people were killed.", 300, 250, 350, "approx"),
        ("Some 40 people were killed.", 40, 35, 45, "approx"),
        ("40 or so people were killed.", 40, 35, 45, "approx"),
        ("Upwards of 60 people were killed.", 60, 60, None, "at_least"),
        ("Dozens of people were killed.", None, 24, 199, "approx"),
        ("Hundreds were killed.", None, 200, 1999, "approx"),
        ("A dozen people were killed.", 12, 12, 12, "exact"),
        ("Over a dozen people were killed.", 12, 12, None, "at_least"),
    ],
)
def test_hedges_ranges_and_vague_words(
    text: str, value: int | None, low: int | None, high: int | None, bound: str
) -> None:
    """R7: a hedge becomes an interval, and a vague word never an exact figure."""
    claim = claims_of(text)[0]
    assert (claim.value, claim.low, claim.high, claim.bound) == (value, low, high, bound)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,068 soldiers were killed.", 1068),
        ("1 068 soldiers were killed.", 1068),
        ("1\u202f068 soldiers were killed.", 1068),
        ("1\u00a0068 soldiers were killed.", 1068),
        ("２１ soldiers were killed.", 21),
        ("2.5m people were displaced.", 2_500_000),
        ("2.5 million people were displaced.", 2_500_000),
        ("Twenty-one soldiers were killed.", 21),
        ("Two hundred and six soldiers were killed.", 206),
        ("Three dozen soldiers were killed.", 36),
        ("Half a million people were displaced.", 500_000),
    ],
)
def test_number_forms(text: str, value: int) -> None:
    """R11, H23, H25, H26: digits in any grouping, words, and both together."""
    assert claims_of(text)[0].value == value


def test_an_ambiguous_point_is_left_open() -> None:
    """H24: "1.068" in English has two readings; neither is guessed."""
    claim = claims_of("1.068 soldiers were killed.")[0]
    assert (claim.value, claim.low, claim.high) == (None, 1, 1068)


@pytest.mark.parametrize(
    "text",
    [
        "A 27-year-old man spoke of those killed.",
        "The actor died at 49.",
        "He was killed on 14 October 2023.",
        "The 47th brigade was among those killed.",
        "The attack 30 km away killed nobody.",
        "Some 20% of the wounded went home.",
        "They lost 3-1 and two players were hurt in the 80th minute of training.",
        "1_000 were killed.",
        "1e9999 were killed.",
    ],
)
def test_what_only_looks_like_a_count(text: str) -> None:
    """R8, H27: ages, dates, distances, unit numbers, percentages and scores are no casualties."""
    assert not [claim for claim in claims_of(text) if claim.value != 2]


@pytest.mark.parametrize(
    "text",
    [
        "There were no casualties.",
        "Nobody was killed.",
        "The bomb could kill thousands.",
        "He threatened to kill 20 hostages.",
        "An escalation would leave 500 people dead.",
        "The army denied killing 12 civilians.",
        "Five hostages were freed.",
        "The two sides exchanged 40 prisoners of war.",
        "Russia returned the bodies of 60 soldiers.",
    ],
)
def test_what_did_not_happen(text: str) -> None:
    """R9: negation, threats and mights are no figures."""
    assert not claims_of(text)


def test_parts_belong_to_their_total() -> None:
    """R5: a total with its parts, never their sum."""
    total, part = claims_of("The strike killed 21 people, including five children.")
    assert (total.value, part.value, part.part_of) == (21, 5, total.id)
    assert (total.victims, part.victims) == ("people", "children")


def test_a_part_between_its_total_and_the_verb_is_a_part() -> None:
    """R5: nor is the total a part of it."""
    text = "More than 100 people, among them at least 20 children, are feared to have been killed."
    total, part = claims_of(text)
    assert (total.value, total.part_of, part.value) == (100, None, 20)
    assert part.part_of == total.id


def test_a_part_takes_nothing_of_the_next_clause() -> None:
    """R5: the missing are counted after it."""
    text = "In Bat Yam six people were killed, among them two children, and 35 were missing."
    assert figures_of(text) == [
        ("killed", 6, "exact"),
        ("killed", 2, "exact"),
        ("missing", 35, "exact"),
    ]


def test_who_speaks_after_the_victims_is_none_of_them() -> None:
    """R5: an official named by a people's name is not one wounded more."""
    text = "The blast killed four people and wounded many guards, a Taliban official said."
    assert figures_of(text) == [("killed", 4, "exact"), ("wounded", None, "approx")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The ministry put the number of drones shot down at 337, of which 91 were at sea.", []),
        ("A man of 52 died when a drone hit his car.", [("killed", 1, "exact")]),
        ("The number of people shot has risen to 45.", [("wounded", 45, "exact")]),
        ("Operation 1027 forces captured base 99.", []),
        ("In the camp 12 people were killed.", [("killed", 12, "exact")]),
        ("A group of 52 soldiers was killed.", [("killed", 52, "exact")]),
    ],
)
def test_drones_shot_down_and_ages_are_no_victims(
    text: str, told: list[tuple[str, int, str]]
) -> None:
    """R8: nor is what a tally of things says."""
    assert figures_of(text) == told


def test_a_toll_that_has_gone_up_is_no_upper_bound() -> None:
    """R6: nor are those told after it its dead."""
    text = "The number of people killed in the raid has gone up to six, with 91 others injured."
    assert figures_of(text) == [("killed", 6, "exact"), ("wounded", 91, "exact")]


def test_the_total_killed_is_a_toll() -> None:
    """R6: "the total killed since … stood at"."""
    text = "The total killed in Gaza since October 2023 stood at 58,895, the ministry said."
    assert [(c.indicator, c.value, c.basis) for c in claims_of(text)] == [
        ("killed", 58895, "cumulative")
    ]


def test_a_sum_told_in_pieces() -> None:
    """R5: two soldiers and a civilian are three."""
    text = "Two soldiers and a civilian were killed."
    toll = read(Report(id="r", text=text), LEXICON).toll
    assert (toll["killed"].low, toll["killed"].high) == (3, 3)
    toll = read(Report(id="r", text="A woman and her two sons died."), LEXICON).toll
    assert toll["killed"].low == 3


def test_an_increment_is_no_total() -> None:
    """R6: "another 49" is new; what it brings the toll to is the total."""
    claims = claims_of("Another 49 soldiers were killed, bringing the death toll to 1,068.")
    new = next(claim for claim in claims if claim.increment)
    total = next(claim for claim in claims if not claim.increment)
    assert (new.value, total.value) == (49, 1068)


def test_history_is_told_as_history() -> None:
    """R4: an earlier war's dead are read, and marked historical."""
    claims = claims_of("The 1991-94 war killed 30,000 people. On Sunday four soldiers were killed.")
    assert [(claim.value, claim.basis) for claim in claims] == [
        (30000, "historical"),
        (4, "incident"),
    ]


def test_a_running_total_is_cumulative() -> None:
    """A total since a day, and one of a whole war, are cumulative."""
    assert claims_of("Since March 3, 58 soldiers have been killed.")[0].basis == "cumulative"
    assert claims_of("The war has killed 150 people.")[0].basis == "cumulative"


@pytest.mark.parametrize(
    ("text", "claimant"),
    [
        ("The interior ministry said nine people were killed.", "interior ministry"),
        ("Nine people were killed, the governor said on Friday.", "governor"),
        ("Nine people were killed, according to two rescue workers.", "two rescue workers"),
        ("Nine people were killed, Ana Reyes, a hospital director, told Reuters.", "Ana Reyes"),
        ("Nine people were killed on Friday.", None),
        ("The group claimed responsibility for an attack that killed nine people.", None),
        ('"Nine people were killed. We are searching," Mayor Ilia Kern said.', "Mayor Ilia Kern"),
    ],
)
def test_who_says_so(text: str, claimant: str | None) -> None:
    """R10: the claimant is whoever stands behind the figure, nobody where nobody is named."""
    found = claims_of(text)[0].claimant
    assert found == claimant if claimant is None else claimant in (found or "")


def test_an_accusation_is_marked() -> None:
    """R10: "X accused Y of killing" is X's accusation."""
    claim = claims_of("Azerbaijan accused Armenia of killing 21 people.")[0]
    assert (claim.claimant, claim.stance) == ("Azerbaijan", "accused")


def test_one_figure_told_thrice_is_one_claim() -> None:
    """Title and text tell one figure: the more careful bound and the fuller claimant win."""
    claims = claims_of(
        "At least 14 people were killed in the shelling, the health ministry said.",
        title="14 killed in shelling",
    )
    assert [(c.value, c.bound, c.claimant) for c in claims] == [(14, "at_least", "health ministry")]


def test_what_is_feared_in_a_title_and_told_in_the_text_is_told() -> None:
    """R9: the surer telling is quoted."""
    (claim,) = claims_of(
        "At least 26 people were shot dead.", title="26 feared dead as gunmen fire"
    )
    assert (claim.field, claim.quote) == ("text", "At least 26 people were shot dead")


def test_another_so_many_wounded_stand_beside_the_dead() -> None:
    """R6: they add to no wounded told before."""
    text = "At least 26 people were shot dead. Another 17 have been injured, officials said."
    claims = claims_of(text, title="26 people shot dead")
    assert [(c.indicator, c.value, c.increment) for c in claims] == [
        ("killed", 26, False),
        ("wounded", 17, False),
    ]


def test_who_neither_confirms_nor_denies_denies_nothing() -> None:
    """R10: nor does who denied something else at first."""
    raid = "The army said the raid killed nine rebels. The ministry "
    (claim,) = claims_of(raid + "has neither confirmed nor denied it.")
    assert claim.disputed_by == ()
    (claim,) = claims_of(raid + "at first denied this.")
    assert claim.disputed_by == ("ministry",)


def test_a_claim_knows_its_setting() -> None:
    """R10: place, side, since when, and who denies it."""
    text = (
        "The ministry said 21 civilians were killed in Barda. Armenia denied the attack. "
        "Since April 3, 90 Azerbaijani soldiers have been killed."
    )
    attack, total = claims_of(text)
    assert (attack.place, attack.disputed_by) == ("Barda", ("Armenia",))
    assert (total.side, total.since, total.basis) == ("Azerbaijan", "2024-04-03", "cumulative")
    assert total.victims == "soldiers"


def test_what_the_text_leaves_out_is_left_out() -> None:
    """A group that the text does not count is not in the toll."""
    text = "Four guards and one soldier (not counted here) were killed."
    assert read(Report(id="r", text=text), LEXICON).toll["killed"].low == 4


def test_one_named_victim_counts_in_the_toll_only() -> None:
    """A name has no number: it is no claim, and the toll is one."""
    reading = read(Report(id="r", text="Senator Ruiz was killed by gunmen in the city."), LEXICON)
    assert not reading.claims
    assert reading.toll["killed"].low == 1


@pytest.mark.parametrize(
    ("title", "counted"),
    [
        ("Aid worker killed in Gao", [("killed", 1, "aid workers")]),
        ("American aid worker is shot dead in Gao", [("killed", 1, "aid workers")]),
        ("Journalist dies in Gao", []),
        ("Reporter enters base captured by rebels in Gao", []),
        ("Man killed in Gao", []),
    ],
)
def test_a_headline_need_not_number_one_who_came_to_help(
    title: str, counted: list[tuple[str, int, str]]
) -> None:
    """R7: one aid worker, medic or journalist killed is news, and no number is written."""
    told = [(claim.indicator, claim.value, claim.victims) for claim in claims_of("", title)]
    assert told == counted
