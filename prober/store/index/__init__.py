"""The index over case folders: a database that lists, filters and remembers, and can be rebuilt from the folders."""

from prober.store.index.place import INDEX, index_of

__all__ = ["INDEX", "index_of"]
