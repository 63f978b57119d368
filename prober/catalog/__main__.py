"""`python -m prober.catalog schema` writes the JSON schemas of the data files for editors."""

from __future__ import annotations

import sys

from prober.catalog.schema import write_schemas

if __name__ == "__main__":
    if sys.argv[1:] != ["schema"]:
        sys.exit("Use: python -m prober.catalog schema")
    for path in write_schemas():
        print(path)
