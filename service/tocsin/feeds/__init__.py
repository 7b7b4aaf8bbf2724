"""Network in: fetch, parse, full text, politeness, OPML."""
