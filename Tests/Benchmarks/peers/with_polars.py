"""lxml and Polars: the files of a delivery to scores and ranks of `party-building`.

XML goes through libxslt and CSV through Python's decoders, several files at once, because neither
holds Python's lock for long; all else is Polars. Left out beside Heng: units without a unified
code and rows that name one only by number or name, conflicts, quarantine, findings, control
totals, digests, the other rubrics, rank intervals, screening, statistics, explanations, and
all reports but one.
"""

from __future__ import annotations

import argparse
import io
import os
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor

import polars as pl
from lxml import etree

import delivery
import rubric

STYLE = """<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:output method="text" encoding="UTF-8"/><xsl:template match="/"><xsl:for-each select="{rows}">
{cells}<xsl:text>&#10;</xsl:text></xsl:for-each></xsl:template></xsl:stylesheet>"""
CELL = '<xsl:value-of select="translate({path}, \'&#9;&#10;&#13;&quot;\', \'    \')"/>'


def read(file: delivery.File) -> pl.DataFrame:
    source = file.source
    if source.rows:
        parser = etree.XMLParser(encoding=file.encoding, huge_tree=True)
        cells = "<xsl:text>&#9;</xsl:text>".join(
            CELL.format(path=path) for path in source.columns.values())
        style = etree.XSLT(etree.XML(STYLE.format(rows=source.rows, cells=cells)))
        text = bytes(style(etree.parse(file.path, parser)))
        names, separator, first = list(source.columns), "\t", 0
    else:
        with open(file.path, encoding=file.encoding, newline="") as opened:
            text = opened.read().encode()
        names = [f"{place}" for place in range(file.width)]
        for name, place in file.places.items():
            names[place] = name
        separator, first = file.separator, file.first
    table = pl.read_csv(
        io.BytesIO(text), has_header=False, new_columns=names, separator=separator,
        skip_lines=first, columns=list(range(len(names))), infer_schema=False,
        truncate_ragged_lines=True)
    # Sums and signatures at the foot of a sheet have no code.
    return table.filter(pl.col("uscc").str.len_bytes() == 18).select(
        typed(name, source.codes.get(name)) for name in source.columns)


def typed(name: str, codes: dict[str, str] | None) -> pl.Expr:
    text = pl.col(name)
    if codes:
        text = text.replace_strict(codes, default=None, return_dtype=pl.String)
    if name in delivery.YEARS | delivery.COUNTS:
        return text.cast(pl.Int32)
    if name in delivery.FLAGS:
        return text.replace_strict(delivery.FLAG_WORDS, default=None, return_dtype=pl.Boolean)
    if name in delivery.DATES:
        return day(text)
    if name in delivery.CODES:
        return text.replace_strict(
            delivery.CODES[name], default=None, return_dtype=pl.String)
    return text


def day(text: pl.Expr) -> pl.Expr:
    """2018-11-06, 2018/11/6, 2018.11.6, 2018年11月6日, 20181106, and a spreadsheet's day number."""
    plain = text.str.replace_all("[年月./]", "-").str.strip_chars_end("日")
    number = text.cast(pl.Int32, strict=False)
    return pl.coalesce(
        plain.str.to_date("%Y-%m-%d", strict=False), text.str.to_date("%Y%m%d", strict=False),
        pl.when(number < 100_000).then(pl.date(1899, 12, 30) + pl.duration(days=number)))


def latest(table: pl.DataFrame, by: str) -> pl.DataFrame:
    return table.sort(by).unique("uscc", keep="last").drop(by)


def corrected(
    units: pl.DataFrame, corrections: pl.DataFrame, files: list[str]
) -> pl.DataFrame:
    """Accepted corrections of files that are there, if what they correct still stands in them."""
    accepted = corrections.filter(
        pl.col("field") == "从业人数", pl.col("result") == "accepted", pl.col("file").is_in(files))
    return units.join(
        accepted.select("uscc", pl.col("old_value", "new_value").cast(pl.Int32)), on="uscc",
        how="left").with_columns(
            employees=pl.when(pl.col("employees") == pl.col("old_value"))
            .then("new_value").otherwise("employees"))


def linked(tables: dict[str, pl.DataFrame], on: str, files: list[str]) -> pl.DataFrame:
    """One row a registered unit, with all that was delivered of it."""
    units = corrected(tables["registration"].unique("uscc"), tables["correction"], files)
    reports = latest(tables["annual_report"], "report_year").rename(
        {"registration_state": "reported_state", "employees": "reported_employees"})
    inspections = tables["inspection"].group_by("uscc").agg(
        pl.len().alias("inspections"),
        pl.sql_expr(rubric.inspected_lately(on)).any(ignore_nulls=False).alias("inspected_lately"),
        pl.col("conclusion").filter(pl.col("conclusion").is_not_null()).sort_by(
            pl.col("inspection_year").filter(pl.col("conclusion").is_not_null())).last()
        .alias("last_conclusion"))
    # The same list and day twice is one entry, of which the later removal counts.
    entries = tables["listing"].group_by("uscc", "listing_kind", "listed_on").agg(
        pl.col("removed_on").max())
    listings = entries.group_by("uscc").agg(
        pl.sql_expr(rubric.listing_in_use(on)).sum().alias("current_listings"),
        pl.sql_expr(rubric.serious_listing(on)).any().alias("seriously_listed"))
    penalties = tables["penalty"].group_by("uscc").agg(
        pl.sql_expr(rubric.penalty_in_use(on)).sum().alias("penalties_in_use"))
    singles = [latest(tables[kind], by) for kind, by in delivery.LATEST.items()
               if kind != "annual_report"]
    for table in [reports, inspections, listings, penalties, *singles]:
        units = units.join(table, on="uscc", how="left")
    return units.with_columns(
        pl.coalesce("registration_state", "reported_state").alias("registration_state"),
        pl.coalesce("employees", "reported_employees").alias("employees"))


def columns(expressions: dict[str, str]) -> list[pl.Expr]:
    return [pl.sql_expr(text).alias(name) for name, text in expressions.items()]


def ranked(units: pl.DataFrame) -> pl.DataFrame:
    results = units.lazy().with_columns(columns(rubric.POINTS)).with_columns(
        columns(rubric.TOTALS)).with_columns(columns(rubric.RESULTS)).collect()
    counts = pl.col("status").is_in(["ranked", "provisional"])
    return results.with_columns(
        pl.when(counts).then(pl.col("score").rank("min", descending=True).over(
            "kind", "size_class", counts)).alias("place")).select(
                "subject", "status", "score", "tier", "place")


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("delivery")
    arguments.add_argument("results")
    arguments.add_argument("--facts", help="keep what the rubric reads in this Parquet file, too")
    options = arguments.parse_args()
    on = delivery.as_of(options.delivery)
    tables = defaultdict(list)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        files = delivery.recognised(options.delivery)
        for file, table in zip(files, pool.map(read, files)):
            tables[file.source.kind].append(table)
    units = linked(
        {kind: pl.concat(parts, how="diagonal") for kind, parts in tables.items()}, on,
        delivery.delivered(options.delivery)).lazy()
    for step in rubric.facts(on, delivery.public_types()):
        units = units.with_columns(columns(step))
    facts = units.filter("in_scope").select(
        pl.col("uscc").alias("subject"), *rubric.READ).collect()
    if options.facts:
        facts.write_parquet(options.facts)
    ranked(facts).write_csv(options.results)


if __name__ == "__main__":
    main()
