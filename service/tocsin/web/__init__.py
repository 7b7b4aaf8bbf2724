"""API, stream of events, metrics, pages."""
