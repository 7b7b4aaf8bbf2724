"""PURE: text + lexicon → reading. No await, clock, network, file, Redis, log or environment."""
