// Exists to carry the precompiled header that every other target reuses.
