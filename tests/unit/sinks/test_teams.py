"""What Teams is sent, and what its answers mean."""

from __future__ import annotations

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.sinks.examples import parcel

from tocsin.sinks.message import Line, Message, words
from tocsin.sinks.parcel import Delivered, Outcome, Rejected, Retry
from tocsin.sinks.post import Answer, Unanswered
from tocsin.sinks.teams import envelope, outcome

HOSTILE = "[bank](http://evil.example) **bold** <at>everyone</at>"


def _message(*headlines: str) -> Message:
    parcels = [parcel(f"a{n}", data={"headline": text}) for n, text in enumerate(headlines, 1)]
    return Message("alert", tuple(Line(one) for one in parcels))


def test_feed_text_stands_only_in_text_runs() -> None:
    """Text runs know no markdown and no mentions: it is literal (H15)."""
    sent = orjson.loads(envelope(words(_message(HOSTILE, HOSTILE))))
    card = sent["attachments"][0]["content"]
    assert {block["type"] for block in card["body"]} == {"RichTextBlock"}
    runs = [run for block in card["body"] for run in block["inlines"]]
    assert {run["type"] for run in runs} == {"TextRun"}
    assert HOSTILE in runs[0]["text"]
    assert "entities" not in card["msteams"]


def test_the_envelope_is_a_workflows_one() -> None:
    """A message with one adaptive card; a bare card fails in the template flows."""
    sent = orjson.loads(envelope(words(_message("12 killed"))))
    assert sent["type"] == "message"
    [attachment] = sent["attachments"]
    assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
    assert attachment["content"]["type"] == "AdaptiveCard"


@given(st.lists(st.text(max_size=600), min_size=1, max_size=80))
def test_the_envelope_stays_within_24_kb(headlines: list[str]) -> None:
    """Whatever is told (D23)."""
    assert len(envelope(words(_message(*headlines)))) <= 24_000


def test_what_does_not_fit_is_counted() -> None:
    """A hundred long lines: as many as fit, and how many do not (D23)."""
    body = envelope(words(_message(*("killed " * 80 for _ in range(100)))))
    assert len(body) <= 24_000
    assert b"more" in body


@pytest.mark.parametrize(
    ("answer", "meaning"),
    [
        (Answer(202, ""), Delivered(202)),
        (Answer(200, "1"), Delivered(200)),
        (Answer(202, '{"error":{"code":"WorkflowTriggerIsNotEnabled"}}'), Retry("error_in_body")),
        (Answer(404, ""), Rejected("no_workflow", disable=True)),
        (Answer(413, ""), Rejected("status_413")),
        (Answer(500, ""), Retry("status_500")),
        (Unanswered("connect"), Retry("connect")),
    ],
)
def test_what_an_answer_means(answer: Answer | Unanswered, meaning: Outcome) -> None:
    """202 is accepted; an error in the body is none (D24)."""
    assert outcome(answer) == meaning


def test_throttling_in_words_is_throttling() -> None:
    """The older endpoint answers 200 and says 429 in its body (D23, D24)."""
    said = "Message delivery failed: Microsoft Teams endpoint returned HTTP error 429"
    found = outcome(Answer(200, said))
    assert isinstance(found, Retry)
    assert found.reason == "throttled_in_body"
