"""What Slack is sent, and what its answers mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.sinks.examples import parcel

from tocsin.sinks.message import Line, Message, words
from tocsin.sinks.parcel import Delivered, Outcome, Rejected, Retry
from tocsin.sinks.post import Answer, Unanswered
from tocsin.sinks.slack import outcome, payload

HOSTILE = "<!channel> <@U1> <http://evil.example|bank.example> & *bold*"


def _message(*headlines: str) -> Message:
    parcels = [
        parcel(f"a{n}", data={"headline": text, "report": {"id": "r", "title": text}})
        for n, text in enumerate(headlines, 1)
    ]
    return Message("alert", tuple(Line(one) for one in parcels))


def test_feed_text_is_literal_everywhere() -> None:
    """No mention, no link, no formatting out of a headline (H14)."""
    sent = payload(words(_message(HOSTILE, HOSTILE)))
    assert "<!channel>" not in str(sent)
    assert "<http://evil" not in str(sent)
    for block in sent["blocks"]:
        for element in [block.get("text"), *block.get("elements", [])]:
            if element and element["type"] == "mrkdwn":
                assert "bold" not in element["text"]
    assert sent["mrkdwn"] is False


def test_text_is_always_there_for_push_and_screen_readers() -> None:
    """It says the gravest first."""
    sent = payload(words(_message("Ministry: 12 killed", "Mayor: 3 wounded")))
    assert sent["text"].startswith("HIGH · Ministry: 12 killed")


def test_the_link_shows_the_publishers_host() -> None:
    """The one mrkdwn element is ours (H16)."""
    one = parcel("a1", data={"report": {"id": "r", "url": "https://news.example/a?x=1&y=<2>|"}})
    sent = payload(words(Message("alert", (Line(one),))))
    [link] = [e for e in sent["blocks"][-1]["elements"] if e["type"] == "mrkdwn"]
    assert link["text"] == "<https://news.example/a?x=1&amp;y=%3C2%3E%7C|news.example>"


@given(st.lists(st.text(max_size=700), min_size=1, max_size=60))
def test_block_kits_limits_hold(headlines: list[str]) -> None:
    """Any number of alerts of any length fits."""
    sent = payload(words(_message(*headlines)))
    assert len(sent["blocks"]) <= 50
    assert len(sent["text"]) < 4_000
    assert len(sent["blocks"][0]["text"]["text"]) <= 150
    for block in sent["blocks"]:
        if block["type"] == "section":
            assert 1 <= len(block["text"]["text"]) <= 3_000
        for element in block.get("elements", []):
            assert 1 <= len(element["text"]) <= 3_000


def test_what_does_not_fit_is_counted() -> None:
    """Lines are left out whole, and their number is told."""
    sent = payload(words(_message(*(f"{n} " + "killed " * 80 for n in range(20)))))
    assert "more" in sent["blocks"][2]["text"]["text"].splitlines()[-1]


@pytest.mark.parametrize(
    ("answer", "meaning"),
    [
        (Answer(200, "ok"), Delivered(200)),
        (Answer(200, "<html>login</html>"), Retry("not_ok")),
        (Answer(404, "no_service"), Rejected("no_service", disable=True)),
        (Answer(410, "channel_is_archived"), Rejected("gone", disable=True)),
        (Answer(403, "action_prohibited"), Rejected("action_prohibited", disable=True)),
        (Answer(400, "invalid_payload"), Rejected("invalid_payload")),
        (Answer(500, "rollup_error"), Retry("status_500")),
        (Unanswered("timeout"), Retry("timeout")),
    ],
)
def test_what_an_answer_means(answer: Answer | Unanswered, meaning: Outcome) -> None:
    """Success is 200 and `ok`; Slack's words tell what is permanent (D22, D24)."""
    assert outcome(answer) == meaning
