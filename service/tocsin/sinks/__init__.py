"""Network out: one file a sink, its settings beside it."""
