"""Spark, in one process with its own readers: a delivery to scores and ranks of `party-building`.

Run by spark-submit. Left out beside Heng is what with_polars.py leaves out.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from functools import cache, reduce

from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as f

import delivery
import rubric


def schema(paths: list[str]) -> str:
    """A schema of texts that holds all of these paths; attributes are headed by _."""
    nested = defaultdict(list)
    for path in paths:
        head, _, rest = path.replace("@", "_").partition("/")
        if head != "..":
            nested[head].append(rest)
    return ", ".join(
        f"{head} struct<{schema(rests).replace(' ', ': ').replace(',: ', ', ')}>" if any(rests)
        else f"{head} string" for head, rests in nested.items())


def read_xml(spark: SparkSession, files: list[delivery.File]) -> DataFrame:
    source = files[0].source
    table = spark.read.format("xml").options(
        rowTag=source.rows.split("/")[-1], encoding=files[0].encoding).schema(
            schema(list(source.columns.values()))).load([file.path for file in files])
    places = {}
    for name, path in source.columns.items():
        if path.startswith(".."):
            # Spark shows a row nothing of what stands around it.
            with open(files[0].path, encoding="latin-1") as opened:
                value = re.search(rf'{path.split("@")[1]}="([^"]*)"', opened.read(1000))[1]
            places[name] = f.lit(value)
        else:
            places[name] = f.col(path.replace("@", "_").replace("/", "."))
    return texts(table, places, source)


def read_csv(spark: SparkSession, files: list[delivery.File]) -> DataFrame:
    file = files[0]
    encoding = "UTF-8" if file.encoding == "utf-8-sig" else file.encoding
    table = spark.read.options(
        sep=file.separator, encoding=encoding, escape='"', multiLine=encoding == "UTF-16").schema(
            ", ".join(f"_{place} string" for place in range(file.width))).csv(
                [file.path for file in files])
    places = {name: f.col(f"_{place}") for name, place in file.places.items()}
    # Titles, headings, sums and signatures have no code.
    return texts(table.where(f.length(places["uscc"]) == 18), places, file.source)


def texts(table: DataFrame, places: dict[str, Column], source: delivery.Source) -> DataFrame:
    """The cells as they stand, only numbers that mean a code exchanged for it."""
    return table.select([
        (coded(text, source.codes[name]) if name in source.codes else text).alias(name)
        for name, text in places.items()])


def typed(parts: list[DataFrame]) -> DataFrame:
    table = reduce(lambda one, other: one.unionByName(other, allowMissingColumns=True), parts)
    return table.select([cell(name, f.col(name)).alias(name) for name in table.columns])


def cell(name: str, text: Column) -> Column:
    if name in delivery.YEARS | delivery.COUNTS:
        return text.cast("int")
    if name in delivery.FLAGS:
        return coded(text, delivery.FLAG_WORDS)
    if name in delivery.DATES:
        return day(text)
    return coded(text, delivery.CODES[name]) if name in delivery.CODES else text


def coded(text: Column, codes: dict[str, str | bool]) -> Column:
    return f.element_at(known(tuple(codes.items())), text)


@cache
def known(codes: tuple[tuple[str, str | bool], ...]) -> Column:
    """One expression, because each call of the virtual machine costs more than it does there."""
    return f.expr(f"map({', '.join(f'{word!r}, {code!r}' for word, code in codes)})")


def day(text: Column) -> Column:
    """The forms that with_polars.py reads."""
    plain = f.regexp_replace(f.regexp_replace(text, "[年月./]", "-"), "日", "")
    number = f.when(text.rlike("^[0-9]{5}$"), text.cast("int"))
    return f.coalesce(f.to_date(f.when(plain.contains("-"), plain), "yyyy-M-d"),
                      f.to_date(f.when(f.length(text) == 8, text), "yyyyMMdd"),
                      f.date_add(f.lit("1899-12-30").cast("date"), number))


def latest(table: DataFrame, by: str) -> DataFrame:
    names = [name for name in table.columns if name not in ("uscc", by)]
    return table.groupBy("uscc").agg(f.max_by(f.struct(*names), by).alias("row")).select(
        "uscc", "row.*")


def corrected(units: DataFrame, corrections: DataFrame, files: list[str]) -> DataFrame:
    accepted = corrections.where("field = '从业人数' and result = 'accepted'").where(
        f.col("file").isin(files)).select(
        "uscc", f.col("old_value").cast("int"), f.col("new_value").cast("int"))
    return units.join(f.broadcast(accepted), "uscc", "left").withColumn(
        "employees", f.expr("if(employees = old_value, new_value, employees)"))


def linked(tables: dict[str, DataFrame], on: str, files: list[str]) -> DataFrame:
    units = corrected(tables["registration"].dropDuplicates(["uscc"]), tables["correction"],
                      files)
    reports = latest(tables["annual_report"], "report_year").withColumnsRenamed(
        {"registration_state": "reported_state", "employees": "reported_employees"})
    lately = rubric.inspected_lately(on)
    inspections = tables["inspection"].groupBy("uscc").agg(
        f.expr("count(1)").alias("inspections"),
        f.expr(f"case when bool_or({lately}) then true"
               f" when count_if({lately} is null) = 0 then false end").alias("inspected_lately"),
        f.expr("max_by(conclusion, if(conclusion is null, null, inspection_year))").alias(
            "last_conclusion"))
    # The same list and day twice is one entry, of which the later removal counts.
    entries = tables["listing"].groupBy("uscc", "listing_kind", "listed_on").agg(
        f.max("removed_on").alias("removed_on"))
    listings = entries.groupBy("uscc").agg(
        f.expr(f"cast(count_if({rubric.listing_in_use(on)}) as int)").alias("current_listings"),
        f.expr(f"bool_or({rubric.serious_listing(on)})").alias("seriously_listed"))
    penalties = tables["penalty"].groupBy("uscc").agg(
        f.expr(f"cast(count_if({rubric.penalty_in_use(on)}) as int)").alias("penalties_in_use"))
    singles = [latest(tables[kind], by) for kind, by in delivery.LATEST.items()
               if kind != "annual_report"]
    for table in [reports, inspections, listings, penalties, *singles]:
        units = units.join(table, "uscc", "left")
    return units.withColumns({
        "registration_state": f.coalesce("registration_state", "reported_state"),
        "employees": f.coalesce("employees", "reported_employees")})


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("delivery")
    arguments.add_argument("results", help="folder to make")
    options = arguments.parse_args()
    on = delivery.as_of(options.delivery)
    spark = SparkSession.builder.getOrCreate()
    alike = defaultdict(list)
    for file in delivery.recognised(options.delivery):
        places = (file.separator, file.width, *file.places.items())
        alike[id(file.source), file.encoding, places].append(file)
    tables = defaultdict(list)
    for files in alike.values():
        read = read_xml if files[0].source.rows else read_csv
        tables[files[0].source.kind].append(read(spark, files))
    units = linked({kind: typed(parts) for kind, parts in tables.items()}, on,
                   delivery.delivered(options.delivery))
    for step in rubric.facts(on, delivery.public_types()):
        units = units.withColumns({name: f.expr(text) for name, text in step.items()})
    units.where("in_scope").selectExpr("uscc as subject", *rubric.READ).createOrReplaceTempView(
        "units")
    spark.sql(rubric.RANKS).coalesce(1).write.csv(options.results, header=True)


if __name__ == "__main__":
    main()
