"""A replay added up, and two replays compared."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tocsin.judging.verdict import Alert, Reason
from tocsin.reading.report import Report
from tocsin.rehearsal.replay import Judgement, Lost
from tocsin.rehearsal.tally import Tally, gained_and_lost, seal


def _judgement(hour: int, *alerts: Alert, silent: str = "") -> Judgement:
    reasons = (Reason(silent),) if silent else ()
    when = datetime(2024, 3, 2, hour, tzinfo=UTC)
    return Judgement(when, "row", Report(id=f"r{hour}"), alerts, reasons, ())


def _alert(rule: str, severity: str, *, loud: bool, killed: int = 3) -> Alert:
    event: dict[str, Any] = {
        "type": "tocsin.figure.changed",
        "subject": "story/1/killed",
        "severitytext": severity,
        "data": {
            "rule": {"id": rule},
            "loud": loud,
            "changes": [{"indicator": "killed", "to": {"value": killed}}],
        },
    }
    return Alert("id", event)


def test_alerts_silences_and_losses_are_counted() -> None:
    """Alerts by rule and severity, loud ones, silences by reason, snapshots lost by feed."""
    tally = Tally()
    high, low = _alert("a.b", "high", loud=True), _alert("a.b", "low", loud=False)
    tally.add(_judgement(1, high, low))
    tally.add(_judgement(2, silent="corroborated"))
    tally.add(Lost(datetime(2024, 3, 2, tzinfo=UTC), "wire", "html"))
    assert (tally.reports, tally.total) == (2, 2)
    assert tally.alerts == {("a.b", "high"): 1, ("a.b", "low"): 1}
    assert tally.loud == {"a.b": 1}
    assert tally.silences == {"corroborated": 1}
    assert tally.lost == {("wire", "html"): 1}


def test_the_loudest_shift() -> None:
    """Loud alerts are counted in shifts of eight hours, over those in which reports came."""
    tally = Tally()
    loud = _alert("a.b", "high", loud=True)
    for hour in (0, 1, 9, 17):
        tally.add(_judgement(hour, loud, loud))
    tally.add(_judgement(18))
    assert tally.loudest_shifts() == (2, 4)
    assert Tally().loudest_shifts() == (0, 0)


def test_what_another_set_of_rules_gains_and_loses() -> None:
    """The same change told by another rule is no difference; another value is."""
    step = _judgement(1)
    three = _alert("a.b", "high", loud=True)
    renamed = _alert("c.d", "low", loud=True)
    four = _alert("a.b", "high", loud=True, killed=4)
    assert seal(step, three.event) == seal(step, renamed.event)
    before = {seal(step, three.event): "three"}
    after = {seal(step, four.event): "four"}
    assert list(gained_and_lost(before, after)) == [("-", "three"), ("+", "four")]
    assert list(gained_and_lost(before, before)) == []
