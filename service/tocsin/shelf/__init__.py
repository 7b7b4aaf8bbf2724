"""What an analyst edits, read from files: rules, theatres, publishers, lexicon, gazetteer."""
