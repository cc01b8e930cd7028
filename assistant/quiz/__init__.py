"""Questions for trainers, each with a key that a cited clause proves: library and request in, paper out."""
