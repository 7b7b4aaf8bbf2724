"""What an operator does to a running Tocsin: looks at it, spoils its rules, kills its server."""

from __future__ import annotations

import os
import re
import shutil
import signal
from pathlib import Path

import aiohttp
from tests.e2e.program import Program, alerts_of
from tests.e2e.test_river import feed, strike
from tests.feed_server import FeedServer
from tests.waiting import until

from tocsin.ledger.data_directory import find_running
from tocsin.shelf.shipped import rules_home


async def _read(base: str, path: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(base + path) as response:
        return response.status, await response.text()


async def _measured(base: str, name: str) -> float | None:
    """The value of one metric, with its labels as they stand on the page; None if absent."""
    _, text = await _read(base, "/metrics")
    found = re.search(rf"^{re.escape(name)} (\S+)$", text, re.MULTILINE)
    return None if found is None else float(found[1])


async def test_bad_rules_and_a_killed_server_stop_nothing(tmp_path: Path) -> None:
    """Metrics speak; a bad rule is named and the old stay; a dead server comes back, all kept.

    (P12, R18, law 6, law 9)
    """
    data, rules = tmp_path / "data", tmp_path / "rules"
    shutil.copytree(rules_home() / "armed-conflict", rules / "armed-conflict")
    config = tmp_path / "tocsin.yaml"
    config.write_text(f"api: {{port: 0}}\nrules: [{rules}]\n", encoding="utf-8")
    items = [strike("Kharkiv", 3, minutes_ago=90)]
    async with FeedServer() as server:
        page = server.on("/wire.xml")
        page.serve(feed(items))
        run = ["run", server.url("/wire.xml"), "--config", str(config), "--data", str(data)]
        async with Program(*run) as tocsin:
            base = (await tocsin.says("page ")).split()[-1]
            await tocsin.says("learned")
            items.append(strike("Odesa", 6))
            page.serve(feed(items))
            await tocsin.says("Odesa: 6 killed")
            assert (await _read(base, "/readyz"))[0] == 200
            assert "Odesa" in (await _read(base, "/"))[1]
            for name in (
                "tocsin_ready",
                "tocsin_poll_seconds_sum",
                'tocsin_polls_total{outcome="new"}',
                'tocsin_reports_total{kind="new"}',
                'tocsin_latency_seconds_count{leg="published_to_seen"}',
                'tocsin_latency_seconds_count{leg="seen_to_committed"}',
            ):
                assert await _measured(base, name), name

            spoilt = rules / "armed-conflict" / "strikes.yaml"
            spoilt.write_text(spoilt.read_text().replace("severity:", "severty:"))
            tocsin.process.send_signal(signal.SIGHUP)
            refusal = await tocsin.says("unknown key 'severty'")
            assert re.search(r"still_in_force=\d+ why=.*strikes\.yaml:\d+", refusal)

            async def refused() -> bool:  # counted after it is logged
                return bool(await _measured(base, 'tocsin_rulebook_loads_total{outcome="refused"}'))

            await until(refused, within=10.0)
            items.append(strike("Poltava", 12))
            page.serve(feed(items))
            await tocsin.says("Poltava: 12 killed")
            spoilt.write_text(spoilt.read_text().replace("severty:", "severity:"))
            await tocsin.says("rules are in force")

            running = find_running(data)
            assert running is not None
            os.kill(running.pid, signal.SIGKILL)
            items.append(strike("Sumy", 11))
            page.serve(feed(items))
            await tocsin.says("Sumy: 11 killed")
            told = [entry[b"subject"] for entry in await alerts_of(data)]
            assert len([one for one in told if one.endswith(b"/strike")]) == 3

            async def ready() -> bool:
                return bool(await _measured(base, 'tocsin_feeds{state="fresh"}'))

            await until(ready, within=40.0)
            assert await tocsin.stop() == 0
        assert not [line for line in tocsin.lines if "raised an exception" in line]
