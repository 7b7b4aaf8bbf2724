"""The notebook that rule tests are judged against remembers what the ledger remembers."""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.intake import Intake, Taken
from tocsin.judging.rulebook import Rulebook
from tocsin.ledger.connection import Store
from tocsin.ledger.keys import Keys
from tocsin.ledger.leases import claim_due, enroll
from tocsin.reading.facts import Reading
from tocsin.reading.lexicon import Lexicon
from tocsin.reading.read import read
from tocsin.reading.report import Report
from tocsin.rehearsal.replay import private_store
from tocsin.rehearsal.trial import SOURCE, Trial
from tocsin.shelf.lexicon import load_lexicon
from tocsin.shelf.rule_cases import Case, case_files, load_cases
from tocsin.shelf.rules import load_rulebook
from tocsin.shelf.shipped import rules_home


async def test_every_shipped_case_raises_the_same_alerts_on_the_real_ledger() -> None:
    """R20: judged from memory in a notebook or from Redis, the alerts have the same ids."""
    book = load_rulebook()
    assert isinstance(book, Rulebook), book
    lexicon = load_lexicon(rules_home(), tuple(book.theatres.values()))
    cases = [case for path in case_files(rules_home()) for case in load_cases(path)]
    trial = Trial(book, lexicon)
    async with private_store() as store:
        for number, case in enumerate(cases):
            assert isinstance(case, Case), case
            raised = trial.run(case, book.rules).raised
            own = Store(store.redis, Keys(f"{{case-{number}}}"))
            assert await _on_ledger(own, case, book, lexicon) == [one.alert.id for one in raised], (
                f"{case.file}:{case.line} {case.name}"
            )


async def _on_ledger(store: Store, case: Case, book: Rulebook, lexicon: Lexicon) -> list[str]:
    async def read_all(reports: Sequence[Report]) -> list[Reading]:
        return [read(report, lexicon) for report in reports]

    await enroll(store, {"feed": "host"})
    leases = await claim_due(store, 1)
    assert isinstance(leases, list)
    intake = Intake(store, read_all, lambda: book, reader="test", source=SOURCE, test=True)
    alerts: list[str] = []
    for report in case.reports:
        assert report.fetched is not None
        backlog = report.fetched.replace(year=2100) if report.id in case.backlog else None
        taken = await intake.take_in(
            "feed", leases[0].token, [report], report.fetched, memory_until=backlog
        )
        assert isinstance(taken, Taken)
        alerts += (alert.id for told in taken.told for alert in told.judged.verdict.alerts)
    return alerts
