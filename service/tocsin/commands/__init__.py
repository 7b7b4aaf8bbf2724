"""One file a command: arguments in, the right part of the house called, words out."""
