"""Redis: keys, recall, commit, outbox, leases, the embedded server."""
