"""What the typos stage needs to know about words."""
