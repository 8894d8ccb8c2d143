"""The five stages, one file each; `options` says in which order they run and why."""
