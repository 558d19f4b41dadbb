"""Fetch, verify, keep the last good edition, load. Files and clock live here."""
