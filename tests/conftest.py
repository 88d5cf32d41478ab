"""What all tests share: seeded properties, no time limits that a slow machine would break."""

from hypothesis import settings

settings.register_profile("seeded", derandomize=True, deadline=None, max_examples=50, database=None)
settings.load_profile("seeded")
