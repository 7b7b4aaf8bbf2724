"""Ledger entries as compact tuples."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tocsin.judging.verdict import Entry
from tocsin.ledger.entries import pack_entry, unpack_entry

SERIES = "theatre/south-caucasus/killed/soldiers/nagorno-karabakh-defence-ministry"
figures = st.none() | st.integers(0, 10**12)
words = st.sampled_from(["", "soldiers", "firefighters", "approx", "raised", "of our own", "ärzte"])
moments = st.integers(10**8, 4 * 10**9).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


@given(
    st.builds(
        Entry,
        id=st.text(min_size=1, max_size=24),
        series=st.sampled_from([SERIES, "story/0123456789abcdef/killed", "odd"]),
        said=moments,
        recorded=moments,
        value=figures,
        low=figures,
        high=figures,
        bound=st.sampled_from(["exact", "at_least", "at_most", "approx", "a new word"]),
        reason=st.sampled_from(["first_report", "raised", "a new word"]),
        report=st.text(max_size=24),
        alert=st.none() | st.text(min_size=1, max_size=24),
        victims=words,
        claimant=words.filter(bool),
        basis=st.sampled_from(["", "incident", "historical", "a new word"]),
        status=words,
    )
)
def test_an_entry_comes_back_as_it_was(entry: Entry) -> None:
    """Whatever an entry holds, packing loses nothing (times are whole seconds)."""
    assert unpack_entry(entry.series, pack_entry(entry)) == entry


def test_an_entry_is_small() -> None:
    """A usual entry takes at most 150 bytes."""
    now = datetime(2020, 10, 28, 14, 5, tzinfo=UTC)
    entry = Entry(
        id="0123456789abcdef0123",
        series=SERIES,
        said=now,
        recorded=now + timedelta(minutes=12),
        value=None,
        low=1000,
        high=1999,
        bound="approx",
        reason="claimants_diverge",
        report="0123456789abcdef01234567",
        alert="0123456789abcdef0123",
        victims="soldiers",
        claimant="nagorno-karabakh-defence-ministry",
        basis="cumulative",
    )
    assert len(pack_entry(entry)) <= 150
