"""Tocsin: an alert feed for people who watch wars."""
