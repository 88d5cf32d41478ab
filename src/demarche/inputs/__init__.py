"""Files that people write: how they are decoded, checked line by line, and found again in the texts."""
