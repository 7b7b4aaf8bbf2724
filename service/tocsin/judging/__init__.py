"""PURE: reading + memory + rulebook + now → verdict. No await, clock, network, file, Redis, log."""
