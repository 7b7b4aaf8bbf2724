"""Strikes: attacks of these days with who, where, when and with what; and what is none."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tocsin.reading.facts import Strike
from tocsin.reading.read import read
from tocsin.reading.report import Report
from tocsin.shelf.lexicon import load_lexicon
from tocsin.shelf.shipped import rules_home
from tocsin.shelf.theatres import load_theatres

RULES = rules_home()
THEATRES = load_theatres(sorted((RULES / "theatres").glob("*.yaml")))
LEXICON = load_lexicon(RULES, [*THEATRES.values()] if isinstance(THEATRES, dict) else ())
#: A Wednesday.
PUBLISHED = datetime(2020, 10, 28, 15, tzinfo=UTC)


def strikes(title: str, summary: str = "") -> tuple[Strike, ...]:
    """What a report of that Wednesday tells of attacks."""
    report = Report(id="r", title=title, summary=summary, published=PUBLISHED)
    return read(report, LEXICON).strikes


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("air", "Airstrike on wedding party in Yemen kills 40, villagers say"),
        ("missile", "Russian missile hits apartment block in Kharkiv, killing five"),
        ("drone", "Ukraine shoots down 20 drones over Kyiv overnight"),
        ("artillery", "Shelling of Stepanakert kills two civilians, officials say"),
        ("bombing", "Suicide bomber kills nine at Kabul mosque"),
        ("bombing", "Car bomb explodes outside Mogadishu hotel, killing guards"),
        ("ground", "Gunmen kill 30 villagers in raid in northern Nigeria"),
        ("ground", "Militants ambush army convoy in Mali, 12 soldiers dead"),
        ("ground", "Israeli forces kill three Palestinians in Jenin raid"),
    ],
)
def test_an_attack_is_a_strike_of_its_kind(kind: str, title: str) -> None:
    """Each way of attack is read, whatever it hit."""
    found = strikes(title)
    assert found, title
    assert found[0].kind == kind


@pytest.mark.parametrize(
    "title",
    [
        "Russia could launch missile strikes on Kyiv this winter, experts warn",
        "Army holds missile exercise near the border with Lebanon",
        "Court sentences three over 2016 airport bombing in Brussels",
        "Survivors mark anniversary of market massacre in Sarajevo",
        "How drones changed the war in Ukraine",
        "NATO ministers discuss air defence for Ukraine at summit",
        "Ukraine asks allies for more artillery shells",
        "Funeral held for soldiers killed in Donbas last month",
    ],
)
def test_talk_of_attacks_is_no_strike(title: str) -> None:
    """R9: threats, exercises, verdicts, anniversaries, features and pleas tell of no new attack."""
    assert strikes(title) == ()


@pytest.mark.parametrize(
    "title",
    [
        "Nurses' strikes spread across hospitals as pay talks fail",
        "Lightning strikes kill 12 farmers in Bihar",
        "Striker fires hosts into cup final",
        "Rail strike brings trains to a halt",
    ],
)
def test_strikes_that_are_none(title: str) -> None:
    """R2: work, weather and sport strike too."""
    assert strikes(title) == ()


def test_what_was_shot_down_is_counted_on() -> None:
    """R24: "57 were shot down over ▢" tells of no drone that came through."""
    text = "Air defence downed 90 Ukrainian drones. Fifty-seven were shot down over Kursk region."
    (strike, *_) = read(Report(id="r", text=text, published=PUBLISHED), LEXICON).strikes
    assert strike.intercepted


def test_who_where_when_and_with_what() -> None:
    """An accusation gives its author, its target's place, the day and the weapon."""
    found = strikes(
        "Azerbaijan accuses Armenia of missile attack on Barda",
        "Armenian forces fired Smerch rockets at the town of Barda on Wednesday, killing 21 people,"
        " the prosecutor's office said.",
    )
    assert len(found) == 1
    (strike,) = found
    assert (strike.attacker, strike.place, strike.when) == ("Armenia", "Barda", "2020-10-28")
    assert strike.kind == "missile"
    assert strike.stance == "accused"
    assert strike.claimant == "Azerbaijan"


@pytest.mark.parametrize(
    ("title", "attacker"),
    [
        ("Israeli airstrikes hit Gaza after rocket fire", "Israel"),
        ("Russia launches wave of missiles at Ukraine", "Russia"),
        ("Two soldiers killed in attack by Taliban in Helmand", "Taliban"),
        ("Boko Haram fighters raid village near Maiduguri, killing six", "Boko Haram"),
        ("Five killed in bombing in Pakistan", None),
        ("Beach attack: al-Shabaab said its fighters were behind the assault", "al-Shabaab"),
    ],
)
def test_the_attacker_is_who_does_it(title: str, attacker: str | None) -> None:
    """The author is the subject, the "by" or the name of an attack; a place is none."""
    assert strikes(title)[0].attacker == attacker


@pytest.mark.parametrize(
    ("title", "intercepted"),
    [
        ("Army says it shot down five drones over Odesa", True),
        ("Two missiles were intercepted over Riyadh, army says", True),
        ("Air defence shot down 14 of 20 drones over Odesa", False),
        ("Debris of drones shot down over Odesa hit a school", False),
        ("Fighter jet shot down by a missile over Kharkiv", False),
        ("Fighter jet shoots down drone over Kharkiv", True),
        ("Warships repel drones near Sevastopol, army says", True),
        ("Army shoots down rebel drones over Marib. They were launched from the coast.", True),
        ("Army shoots down rebel drones over Marib. Other drones hit a depot in Marib.", False),
        ("Drones hit a power plant in Odesa", False),
    ],
)
def test_what_was_stopped_is_told_as_intercepted(title: str, intercepted: bool) -> None:  # noqa: FBT001 — a parameter of the table
    """An attack of which all was shot down is one, and says so; not if a part came through."""
    assert strikes(title)[0].intercepted is intercepted


@pytest.mark.parametrize(
    ("title", "foiled"),
    [
        ("Taliban foil a suicide attack in Kabul", True),
        ("Suicide attack by militants in Kabul foiled", True),
        ("Army thwarts a rebel attack on a base in Goma", True),
        ("Army foils a rebel attack on a base in Goma, two soldiers killed", False),
        ("Army fails to prevent attack on a market in Goma that killed six", False),
    ],
)
def test_an_attack_that_was_foiled_is_told_as_foiled(title: str, foiled: bool) -> None:  # noqa: FBT001 — a parameter of the table
    """What did not come about is stopped; not where anybody came to harm."""
    assert strikes(title)[0].intercepted is foiled


@pytest.mark.parametrize(
    ("title", "downed"),
    [
        ("Turkey shoots down Syrian warplane over Idlib", True),
        ("Military helicopter shot down over Kachin, rebels say", True),
        ("Rebels shoot down a reconnaissance drone over Marib", True),
        ("Explosion over Kyiv after fighter jet shot down", True),
        ("Army shoots down 30 drones over Odesa", False),
        ("Rocket attack on Kharkiv kills three, and jet shot down", False),
        ("Air strike on Kharkiv by a fighter jet", False),
    ],
)
def test_aircraft_shot_down_are_told_as_that(title: str, downed: bool) -> None:  # noqa: FBT001 — a parameter of the table
    """They are no attack on the place below, where no other attack comes before them."""
    assert strikes(title)[0].downed is downed


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("Three aid workers killed in Tigray", True),
        ("Three aid workers killed in attack in Tigray", False),
        ("Gunmen kill three aid workers in Tigray", False),
    ],
)
def test_harm_is_no_attack_until_somebody_says_so(title: str, bare: bool) -> None:  # noqa: FBT001 — a parameter of the table
    """Who was only told to be killed may have been killed by anything."""
    assert strikes(title)[0].bare is bare


@pytest.mark.parametrize(
    ("title", "near"),
    [
        ("Night raid on a village near the central Nigerian city of Jos kills 36", True),
        ("Rockets hit a depot near Kharkiv", True),
        ("Rockets hit a depot north-east of Kharkiv", True),
        ("Rockets hit a village outside the capital Kyiv", True),
        ("Rockets hit a depot near Kharkiv railway station", False),
        ("Rockets hit a depot near Kharkiv's airport", False),
        ("Rockets hit a depot near a school in Kharkiv", False),
        ("Rockets hit a depot in the north of Kharkiv", False),
    ],
)
def test_what_is_near_a_town_is_told_as_near_it(title: str, near: bool) -> None:  # noqa: FBT001 — a parameter of the table
    """A town that the attack was only near to is no target; what is near its station is in it."""
    assert strikes(title)[0].near is near


@pytest.mark.parametrize(
    ("title", "blast"),
    [
        ("Explosions shake central Kabul, wounding six", True),
        ("Six wounded in blast at Kabul mosque", True),
        ("Bomb blast wounds six in Kabul", False),
        ("Suicide bomber kills six in explosion at Kabul mosque", False),
        ("Explosions shake Kharkiv as missiles hit a depot", False),
    ],
)
def test_a_blast_is_no_bomb_until_somebody_says_so(title: str, blast: bool) -> None:  # noqa: FBT001 — a parameter of the table
    """What only went off may have been a shell or a store of gas."""
    assert strikes(title)[0].blast is blast


@pytest.mark.parametrize(
    ("text", "clash"),
    [
        ("Three soldiers killed in clashes near Goma", True),
        ("Four soldiers injured in altercation with Russian convoy in Syria", True),
        ("Ten killed in fighting between rival militias in Tripoli", True),
        ("Rebels attacked Goma, and three soldiers died in clashes", False),
        ("Clashes in Kabul after gunmen stormed a ministry", False),
        ("Three soldiers killed in an ambush near Goma", False),
        ("Three killed in shelling and clashes near Goma", False),
    ],
)
def test_fighting_is_no_attack_until_somebody_says_so(text: str, clash: bool) -> None:  # noqa: FBT001 — a parameter of the table
    """R14: two who fought are not one who attacked."""
    assert strikes(text)[0].clash is clash


@pytest.mark.parametrize(
    ("title", "summary", "suspected"),
    [
        ("Suspected Houthi drone attack kills three in Abu Dhabi", "", True),
        ("Houthi drone attack kills three in Abu Dhabi", "", False),
        ("Houthi drone attack kills three in Abu Dhabi", "It was a suspected drone strike.", False),
        (
            "Suspected Houthi drone attack kills three in Abu Dhabi",
            "Houthi drones struck a depot in Abu Dhabi on Monday, police say.",
            False,
        ),
    ],
)
def test_a_suspicion_stays_one_until_a_sentence_is_sure(
    title: str,
    summary: str,
    suspected: bool,  # noqa: FBT001 — a parameter of the table
) -> None:
    """R14: who is only suspected is told as such."""
    assert strikes(title, summary)[0].suspected is suspected


@pytest.mark.parametrize(
    ("title", "stance"),
    [
        ("Wagner fighters accused of an attack on a village in Mali that killed nine", "accused"),
        ("Wagner fighters attack a village in Mali, killing nine", "asserted"),
        ("Soldier killed in landmine blast in Mali, army blames jihadists", "accused"),
    ],
)
def test_an_accusation_stays_one_whoever_makes_it(title: str, stance: str) -> None:
    """R14: who is accused by nobody named is no less only accused."""
    assert strikes(title)[0].stance == stance


def test_mines_that_are_cleared_are_no_bombing() -> None:
    """R2: gunmen among those who clear mines shoot."""
    (strike,) = strikes("Gunmen kill ten members of a mine-clearing team in Kunduz")
    assert strike.kind == "ground"


def test_nobody_strikes_the_land_of_his_own_name() -> None:
    """Of a place and an attacker of one name only one is told: the accused, else the place."""
    (strike,) = strikes("Russia blames Ukraine for attack on convoy in Ukraine")
    assert (strike.attacker, strike.place) == ("Ukraine", None)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Fighter jet shot down over Kharkiv by rebels", "ground"),
        ("US jet shoots down a drone near Kharkiv", "drone"),
        ("Army hits two rocket launch sites near Gaza City, killing three fighters", "ground"),
        ("Missiles hit two depots near Gaza City", "missile"),
        ("Militants attacked an airfield for planes used in missile strikes on Kyiv", "ground"),
        ("Turkey bombs towns in northern Syria after car bomb in Istanbul", "other"),
        ("Gunmen killed 12 villagers near Goma, a day after rebels fired rockets", "ground"),
        ("Army strikes rebel camps near Goma in response to a rocket attack", "ground"),
        ("Fighter jets bombed a depot near Kharkiv", "air"),
        ("Russian forces shelled a market in Kherson overnight", "artillery"),
        ("Rebels fired rockets at a base near Goma", "missile"),
        ("Explosions in Kyiv as residents are warned of missiles", "bombing"),
        ("Israel hits Gaza after rocket fire from Hamas", "ground"),
        ("Three hit after rocket attack on Sderot", "missile"),
        ("Bomb in a bus in Damascus kills 14, army says", "bombing"),
        ("Rebels attacked an army base near Goma and destroyed an aircraft", "ground"),
    ],
)
def test_aircraft_that_were_lost_make_no_air_strike(text: str, kind: str) -> None:
    """The kind is by what struck, and not by what was destroyed."""
    assert strikes(text)[0].kind == kind


def test_two_days_are_two_strikes() -> None:
    """R24: attacks on one district on two days stay two."""
    found = strikes(
        "Two attacks on Barda district",
        "A missile strike killed five people in Barda on Tuesday. "
        "A second missile strike killed 21 in Barda on Wednesday.",
    )
    assert {strike.when for strike in found if strike.when} == {"2020-10-27", "2020-10-28"}


def test_the_quote_is_the_slice_at_its_offsets() -> None:
    """R1: every strike carries its sentence, to the letter."""
    title = "“Shock” in Gaza as Israeli airstrikes kill nine"
    for strike in strikes(title):
        assert title[strike.start : strike.end] == strike.quote


@pytest.mark.parametrize(
    ("title", "summary"),
    [
        (
            "Rocket attack kills 14 in centre of Barda",
            "Armenian forces fired Smerch rockets. The dead were taken away on Wednesday.",
        ),
        (
            "Fourteen killed in attack on Barda",
            "A rocket attack by Armenian forces hit its centre on Wednesday with Smerch missiles.",
        ),
        (
            "At least 14 civilians killed in centre of Barda",
            "Rockets fired by Armenian forces struck on Wednesday. Smerch missiles hit the town.",
        ),
    ],
)
def test_sentences_of_one_attack_are_joined(title: str, summary: str) -> None:
    """R24: title and text of one attack give its day, kind, attacker, weapon and finest place."""
    found = strikes(title, summary)[0]
    assert (found.place, found.when, found.weapon) == ("Barda", "2020-10-28", "Smerch")
    assert (found.attacker, found.kind) == ("Armenia", "missile")


def test_two_attacks_of_two_days_stay_two() -> None:
    """R24: what is dated otherwise is another attack, and lends nothing to the first."""
    first, second = strikes(
        "Missile strike on Barda kills 14",
        "Missiles hit the town on Wednesday. A missile hit Garayusifli on Tuesday, killing four.",
    )
    assert (first.place, first.when) == ("Barda", "2020-10-28")
    assert (second.place, second.when) == ("Garayusifli", "2020-10-27")


def test_the_day_of_a_word_is_not_the_day_of_a_deed() -> None:
    """When somebody spoke says nothing of when it was."""
    (found,) = strikes("Shelling of Martuni kills two", "Officials said on Tuesday it was rebuilt.")
    assert found.when is None


@pytest.mark.parametrize(
    ("day", "summary"),
    [
        ("2020-10-26", "Two killed in the shelling of Martuni on Monday were buried, police said."),
        ("2020-10-26", "Shells fell on Martuni on Monday, killing two, a mayor told us Wednesday."),
        ("2020-10-26", "Police arrested a man Tuesday after shells killed two there on Monday."),
        ("2020-10-27", "The shelling of Martuni killed two, the mayor said on Tuesday."),
        (
            "2020-10-27",
            "Officials said on Tuesday shells killed ten since fighting began on Monday.",
        ),
        ("2020-10-28", "Shells killed two in Martuni on Wednesday. A truce began there on Monday."),
    ],
)
def test_the_day_of_an_attack_is_the_one_named_nearest_to_it(day: str, summary: str) -> None:
    """A word's day stands for the deed's only where no other is named."""
    (found,) = strikes("Shelling of Martuni kills two", summary)
    assert found.when == day


@pytest.mark.parametrize("answered", ["on Tuesday warned of war", "condemned it on Tuesday"])
def test_the_day_of_an_answer_is_not_the_day_of_the_attack(answered: str) -> None:
    """Who warns of a war or condemns an attack does so after it."""
    (found,) = strikes("Shelling of Martuni kills two", f"The foreign minister {answered}.")
    assert found.when is None


def test_what_was_fired_is_no_target() -> None:
    """A weapon is what was fired, never whom it was fired at."""
    found = strikes("Armenian forces fired Smerch rockets at the centre of Barda")
    assert [(strike.target, strike.weapon) for strike in found] == [
        ("the centre of Barda", "Smerch")
    ]


def test_a_capital_named_further_down_is_not_where_it_happened() -> None:
    """A lone town of another sentence is the place only where something is said to be there."""
    title = "Helicopter shot down over the rebel bastion as Syrian troops advance"
    (away,) = strikes(title, "Allies met again in light of Moscow's role.")
    (near,) = strikes(title, "The wreck lay near Saraqib.")
    assert (away.place, near.place) == (None, "Saraqib")
