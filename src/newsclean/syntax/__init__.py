"""Which parts of Markdown, MDX and HTML are prose, and how to clean those and nothing else."""
