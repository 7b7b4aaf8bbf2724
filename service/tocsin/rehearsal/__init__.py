"""Rules tried before they are trusted: on made-up reports, and on the past."""
