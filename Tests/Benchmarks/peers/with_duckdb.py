"""DuckDB: scores of `party-building` from columns that it is handed, timed alone.

The columns are those that the rubric reads, already derived, in memory and with codes as
enumerations, as Heng has them before its own step of scoring. Each repetition makes a table of
status, score and tier anew. Left out beside that step: the other rubrics, upper bounds, lists
of what is missing, and what is kept to explain points. Prints a line of JSON for each repetition.
"""

from __future__ import annotations

import argparse
import json
import time

import duckdb

import rubric


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("facts", help="Parquet file")
    arguments.add_argument("results")
    arguments.add_argument("--runs", type=int, default=3)
    options = arguments.parse_args()
    database = duckdb.connect()
    database.execute("create view handed as select * from read_parquet(?)".replace(
        "?", f"'{options.facts}'"))
    for name in rubric.CODES:
        database.execute(f"create type {name}_code as enum"
                         f" (select distinct {name} from handed where {name} is not null)")
    coded = ", ".join(f"{name}::{name}_code as {name}" for name in rubric.CODES)
    database.execute(f"create table units as select * replace ({coded}) from handed")
    for _ in range(options.runs):
        began, worked = time.perf_counter(), time.process_time()
        database.execute(f"create or replace table scores as {rubric.SCORES}")
        print(json.dumps({"seconds": time.perf_counter() - began,
                          "cpu": time.process_time() - worked}))
    database.execute(f"copy ({rubric.RANKS}) to '{options.results}' (header)")


if __name__ == "__main__":
    main()
