"""Prints the rows of a product's table, of its newest release or of another one, as CSV: read_release.py TABLE [RELEASE]"""

import sys

from pyiceberg.catalog import load_catalog


def read_release(table_name, release=None):
    """The rows as a pandas DataFrame; release is a tag such as "r1"."""
    table = load_catalog("lakemesh").load_table(table_name)
    snapshot = table.snapshot_by_name(release).snapshot_id if release else None
    return table.scan(snapshot_id=snapshot).to_pandas()


if __name__ == "__main__":
    print(read_release(*sys.argv[1:]).to_csv(index=False), end="")
