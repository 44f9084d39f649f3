"""Scans a table of payments on Spark for loops: cut by time, each slice piped through ouro, parts joined; or sums it.

Run by spark-submit, with the program beside it:

    spark-submit --files ouro ouro_spark.py scan payments.csv --within 7d --slices 64 -o scan.json -- --max-hops 6
    spark-submit ouro_spark.py sum payments.csv --by month -o sums.csv

The table is CSV with a header (a file or a folder of them) or Parquet. Each task holds the payments of one slice of
time and of the window after it, no more than --most-rows; what it comes to is a part of a scan, which `ouro merge`
joins. A task that dies is run again, one that runs twice gives the same part: neither changes the answer, which has
the bytes of `ouro scan` on one machine. Sums by pair and period are Spark's own, with the bytes of `ouro sum`, or as
Parquet where -o ends so. docs/scale.md says what a task takes.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
from pyspark import SparkFiles, StorageLevel
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F

UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800}
# So many stretches of time are counted to decide where to cut.
STRETCHES = 20_000
PERIODS = ["day", "week", "month", "quarter", "year"]
ISO_DAY = r"^\d{4}-\d{2}-\d{2}$"


@dataclass(frozen=True)
class Slice:
    """A span of time in seconds, up to but not including its end, and how many payments it has and needs."""

    start: int
    end: int
    rows: int
    needed: int


def seconds(stretch: str) -> int:
    """What a stretch of time as `7d` or `3600` is in seconds."""
    unit = UNITS.get(stretch[-1:])
    return int(stretch if unit is None else stretch[:-1]) * (unit or 1)


def parsed() -> argparse.Namespace:
    """The arguments; what follows `--` is for ouro scan."""
    own, _, rest = "\0".join(sys.argv[1:]).partition("\0--\0")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["scan", "sum"])
    parser.add_argument("table", help="CSV (a file or a folder) or Parquet")
    parser.add_argument("--within", help="of a scan: the most time from first payment to last: 7d")
    parser.add_argument("--by", default="all", choices=["all", *PERIODS], help="of sums: what is kept apart")
    parser.add_argument("--slices", type=int, default=64, help="how many slices to begin with (default: 64)")
    parser.add_argument("--most-rows", type=int, default=20_000_000, help="cut slices again until none needs more")
    parser.add_argument("--parquet", action="store_true", help="the table is Parquet")
    for role in ["payer", "payee", "amount"]:
        parser.add_argument(f"--{role}", default=role, help=f"the column (default: {role})")
    parser.add_argument("--time", help="the column (default: time or date)")
    parser.add_argument("--time-format", help="a pattern of Spark, as yyyy/MM/dd HH:mm (default: ISO 8601 or seconds)")
    parser.add_argument("--currency", help="the currency of all amounts, where it is to be said")
    parser.add_argument("--digits", type=int, default=2, help="how many digits amounts have after the point")
    parser.add_argument("--leave-out", action="store_true", help="leave out rows that are no payments, and count them")
    parser.add_argument("--ouro", default="ouro", help="the name of the program among --files (default: ouro)")
    parser.add_argument("-o", "--output", default="-", help="where the answer goes (default: standard output)")
    parser.add_argument("--list", help="write every loop to this file, as CSV")
    parser.add_argument("--tasks", help="write what each slice took, in time and memory, to this file, as CSV")
    arguments = parser.parse_args(own.split("\0"))
    if arguments.command == "scan" and not arguments.within:
        parser.error("a scan needs --within")
    arguments.options = rest.split("\0") if rest else []
    return arguments


def main() -> None:
    """Reads the table, then scans or sums it."""
    arguments = parsed()
    spark = SparkSession.builder.appName("ouro scan").getOrCreate()
    spark.conf.set("spark.sql.session.timeZone", "UTC")
    rows = payments(table(spark, arguments), arguments).persist(StorageLevel.MEMORY_AND_DISK)
    whole = described(rows, arguments)
    if arguments.command == "sum":
        add_up(rows, arguments)
    else:
        scan(spark, rows, whole, arguments)
    spark.stop()


def scan(spark: SparkSession, rows: DataFrame, whole: dict[str, Any], arguments: argparse.Namespace) -> None:
    """Finds the loops."""
    window = seconds(arguments.within)
    slices = cut(counted(rows, whole["searched"]), arguments.slices, arguments.most_rows, window)
    say(f"{len(slices)} slices, of {max(s.needed for s in slices)} payments at most with the window after them")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "whole.json")
        path.write_text(json.dumps(whole))
        spark.sparkContext.addFile(str(path))
        parts = scanned(spark, pieces(spark, rows, slices, window, arguments), slices, arguments)
        if arguments.tasks:
            tell_tasks(parts, slices, arguments.tasks)
        merge(parts, Path(folder), arguments)


def say(words: str) -> None:
    """Writes words to standard error."""
    print(f"ouro_spark: {words}", file=sys.stderr)


# MARK: Rows


def table(spark: SparkSession, arguments: argparse.Namespace) -> DataFrame:
    """The rows of the table as they stand, each with its line."""
    if arguments.parquet:
        raw = spark.read.parquet(arguments.table).select("*", "_metadata.file_path", "_metadata.row_index")
        ends = raw.groupBy("file_path").count().orderBy("file_path").collect()
        starts, total = [], 2
        for row in ends:
            starts.append((row["file_path"], total))
            total += row["count"]
        offsets = F.broadcast(spark.createDataFrame(starts, "file_path string, start long"))
        return raw.join(offsets, "file_path").withColumn("line", F.col("start") + F.col("row_index"))
    lines = numbered(spark, spark.read.text(arguments.table))
    header = lines.filter("line = 1").first()
    if header is None:
        sys.exit(f"{arguments.table} is empty")
    names = next(csv.reader([header["value"].lstrip("\ufeff").rstrip("\r")]))
    schema = ", ".join(f"`c{place}` string" for place in range(len(names)))
    cells = lines.filter(F.col("value") != header["value"]).select(
        "line", F.from_csv(F.rtrim("value", F.lit("\r")), schema, {"mode": "PERMISSIVE", "escape": '"'}).alias("cells")
    )
    return cells.select("line", *(F.col(f"cells.c{place}").alias(name) for place, name in enumerate(names)))


def numbered(spark: SparkSession, text: DataFrame) -> DataFrame:
    """Lines of text with their numbers, from 1, files in the order of their names."""
    raw = text.select(
        "value",
        F.input_file_name().alias("file"),
        F.input_file_block_start().alias("block"),
        F.monotonically_increasing_id().alias("place"),
    )
    blocks = raw.groupBy("file", "block").agg(F.count("*").alias("count"), F.min("place").alias("first"))
    offsets, total = [], 1
    for row in blocks.orderBy("file", "block").collect():
        offsets.append((row["file"], row["block"], total - row["first"]))
        total += row["count"]
    known = spark.createDataFrame(offsets, "file string, block long, offset long")
    joined = raw.join(F.broadcast(known), ["file", "block"])
    return joined.select("value", (F.col("place") + F.col("offset")).alias("line"))


def payments(rows: DataFrame, arguments: argparse.Namespace) -> DataFrame:
    """Rows as payments: line, payer, payee, amount as text, time in seconds; null where a row is none."""
    when = arguments.time or ("time" if "time" in rows.columns else "date")
    kinds = dict(rows.dtypes)
    amount = F.col(arguments.amount)
    if kinds[arguments.amount] in ("double", "float"):
        amount = amount.cast(f"decimal(38,{arguments.digits})")
    amount = F.trim(amount.cast("string"))
    form = rf"^\d{{1,15}}(\.\d{{1,{arguments.digits}}})?$" if arguments.digits else r"^\d{1,15}$"
    read = rows.select(
        "line",
        F.col(arguments.payer).cast("string").alias("payer"),
        F.col(arguments.payee).cast("string").alias("payee"),
        F.when(amount.rlike(form), amount).alias("amount"),
        moment(F.col(when), kinds[when], arguments.time_format).alias("time"),
    )
    isGood = (F.length("payer") > 0) & (F.length("payee") > 0) & F.col("amount").isNotNull() & F.col("time").isNotNull()
    return read.withColumn("good", F.coalesce(isGood, F.lit(False)))


def moment(cell: Column, kind: str, pattern: str | None) -> Column:
    """A cell as seconds since 1970; null where it is no moment."""
    if kind.startswith("timestamp"):
        return F.unix_seconds(cell.cast("timestamp"))
    if kind == "date":
        return F.unix_date(cell) * 86_400
    text = F.trim(cell.cast("string"))
    if pattern:
        return F.unix_seconds(F.try_to_timestamp(text, F.lit(pattern)))
    day = F.unix_date(F.try_to_timestamp(text, F.lit("yyyy-MM-dd")).cast("date")) * 86_400
    number = F.when(text.rlike(r"^-?\d{1,12}$"), text.cast("long"))
    return F.coalesce(number, F.when(text.rlike(ISO_DAY), day), F.unix_seconds(F.try_to_timestamp(text)))


def described(rows: DataFrame, arguments: argparse.Namespace) -> dict[str, Any]:
    """What the slices are slices of, in the form that `ouro scan --piece-of` reads."""
    good = rows.filter("good")
    scale = 10**arguments.digits
    units = (F.col("amount").cast("decimal(38,9)") * scale).cast("decimal(38,0)")
    of_day = F.col("time") % 86_400 == 0
    found = good.agg(
        F.count("*"), F.min("time"), F.max("time"), F.sum(units), F.coalesce(F.bool_and(of_day), F.lit(False))
    ).first()
    bad = rows.filter("not good").agg(F.count("*"), F.min("line")).first()
    rejected, line = bad if bad else (0, None)
    if rejected and not arguments.leave_out:
        sys.exit(
            f"{rejected} rows are no payments, as line {line}: "
            "mend the table or the columns named, or leave them out: --leave-out"
        )
    if found is None or not found[0]:
        sys.exit(f"{arguments.table} has no payments")
    count, first, last, total, only_days = found
    parties = good.select("payer").union(good.select("payee")).distinct().count()
    searched = {
        "payments": count,
        "parties": parties,
        "rejected": rejected,
        "first": first,
        "last": last,
        "days_only": count > 1 and (only_days or first == last),
        "digits": arguments.digits,
        "currency": arguments.currency,
        "totals": [{"currency": arguments.currency, "payments": count, "minor_units": str(total)}],
        "sources": [],
        "currency_notes": [],
    }
    return {"searched": searched, "inputs": [{"file": arguments.table, "sha256": hash_of(arguments.table)}]}


def hash_of(path: str) -> str | None:
    """The SHA-256 of a local file; none of a folder or of what only the cluster sees."""
    local = Path(path.removeprefix("file://"))
    if not local.is_file():
        return None
    with local.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# MARK: Sums


def add_up(rows: DataFrame, arguments: argparse.Namespace) -> None:
    """Sums by pair and period, parties in the order in which they first come."""
    good = rows.filter("good").withColumn("money", F.col("amount").cast("decimal(38,9)"))
    place = F.col("line") * 2
    named = good.select(F.col("payer").alias("party"), place.alias("place"))
    named = named.union(good.select("payee", place + 1)).groupBy("party").agg(F.min("place").alias("place"))
    day = F.date_trunc(arguments.by, F.timestamp_seconds("time")) if arguments.by != "all" else F.lit(0)
    sums = good.groupBy("payer", "payee", day.alias("period")).agg(F.sum("money").alias("weight"))
    for role in ("payer", "payee"):
        known = named.select(F.col("party").alias(role), F.col("place").alias(f"{role}_place"))
        sums = sums.join(known, role)
    ordered = sums.orderBy("payer_place", "payee_place", "period")
    columns = [F.col("payer").alias("from"), F.col("payee").alias("to")]
    columns.append(F.col("weight").cast(f"decimal(38,{arguments.digits})").alias("weight"))
    if arguments.by != "all":
        columns.append(F.date_format("period", "yyyy-MM-dd").alias("time"))
    edges = ordered.select(*columns)
    if arguments.output.endswith(".parquet"):
        edges.write.parquet(arguments.output)
        return
    with sys.stdout if arguments.output == "-" else open(arguments.output, "w", encoding="utf-8", newline="") as file:
        file.write(",".join(edges.columns) + "\n")
        for row in edges.toLocalIterator():
            file.write(",".join([cell(row[0]), cell(row[1]), *map(str, row[2:])]) + "\n")


def cell(name: str) -> str:
    """A name in a CSV file, as ouro writes it: quoted where it must be, and nothing that a spreadsheet would run."""
    bare = name.lstrip("'")[:1]
    safe = f"'{name}" if bare in ("=", "+", "-", "@", "\t", "\r") and bare and not is_number(name) else name
    return '"' + safe.replace('"', '""') + '"' if any(mark in safe for mark in ',"\n\r') else safe


def is_number(text: str) -> bool:
    """Whether a text is a plain number."""
    return text.lstrip("+-").replace(".", "", 1).isdigit()


# MARK: Slices


def counted(rows: DataFrame, searched: dict[str, Any]) -> list[tuple[int, int, int]]:
    """Stretches of time in order: the first second, the second after the last, how many payments."""
    first, last = searched["first"], searched["last"]
    width = max(1, -(-(last - first + 1) // STRETCHES))
    stretch = F.floor((F.col("time") - first) / width).alias("stretch")
    found = rows.filter("good").groupBy(stretch).count().orderBy("stretch").collect()
    return [(first + r[0] * width, min(first + (r[0] + 1) * width, last + 1), r[1]) for r in found]


def cut(stretches: list[tuple[int, int, int]], slices: int, most: int, window: int) -> list[Slice]:
    """Slices of about as many payments each, those that need more than `most` cut again."""
    begins = [stretch[0] for stretch in stretches] + [stretches[-1][1]]
    ends = [0]
    for _, _, rows in stretches:
        ends.append(ends[-1] + rows)

    def needed(first: int, past: int) -> int:
        place = bisect_left(begins, begins[past] + window, past, len(stretches))
        return ends[place] - ends[first]

    def split(first: int, past: int) -> list[tuple[int, int]]:
        if past - first == 1 or needed(first, past) <= most:
            return [(first, past)]
        half = bisect_left(ends, (ends[first] + ends[past]) / 2)
        middle = min(max(first + 1, half), past - 1)
        return split(first, middle) + split(middle, past)

    edges = [0]
    for part in range(1, slices):
        place = bisect_left(ends, ends[-1] * part / slices)
        if edges[-1] < place < len(stretches):
            edges.append(place)
    edges.append(len(stretches))
    pairs = [pair for first, past in zip(edges, edges[1:], strict=False) for pair in split(first, past)]
    cuts = [Slice(begins[a], begins[b], ends[b] - ends[a], needed(a, b)) for a, b in pairs]
    hottest = max(piece.needed for piece in cuts)
    if hottest > most:
        sys.exit(
            f"{hottest} payments lie in one window and the least slice before it, more than --most-rows {most}: "
            "give tasks more memory and raise it, or shorten --within"
        )
    return cuts


def pieces(
    spark: SparkSession, rows: DataFrame, slices: list[Slice], window: int, arguments: argparse.Namespace
) -> DataFrame:
    """The payments of each slice with those of the window after it, as lines of CSV, a partition a slice."""
    width = max(1, (slices[-1].end - slices[0].start) // (4 * len(slices)))
    spans = [
        (stretch, number, piece.start, piece.end + window)
        for number, piece in enumerate(slices)
        for stretch in range(piece.start // width, (piece.end + window) // width + 1)
    ]
    known = F.broadcast(spark.createDataFrame(spans, "stretch long, slice int, since long, before long"))
    meant = rows.filter("good").withColumn("stretch", F.floor(F.col("time") / width))
    meant = meant.join(known, "stretch").filter("time >= since and time < before")

    def quoted(name: str) -> Column:
        return F.concat(F.lit('"'), F.replace(F.col(name), F.lit('"'), F.lit('""')), F.lit('"'))

    cells = [F.col("line"), quoted("payer"), quoted("payee"), F.col("amount"), F.col("time")]
    if arguments.currency:
        cells.append(F.lit(arguments.currency))
    meant = meant.select("slice", "line", F.concat_ws(",", *cells).alias("row"))
    return meant.repartitionById(len(slices), F.col("slice")).sortWithinPartitions("line").select("slice", "row")


# MARK: Tasks

PART = "slice int, part binary, rows long, seconds double, processor double, kilobytes long"


def scanned(
    spark: SparkSession, rows: DataFrame, slices: list[Slice], arguments: argparse.Namespace
) -> list[dict[str, Any]]:
    """What each slice comes to: a part of a scan as bytes, with what the program took."""
    found = rows.mapInArrow(task(slices, arguments), PART).collect()
    return sorted((row.asDict() for row in found), key=lambda row: int(row["slice"]))


def task(
    slices: list[Slice], arguments: argparse.Namespace
) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """The work of one task: its rows piped through the program."""
    options = ["--within", arguments.within, "--digits", str(arguments.digits), "--threads", "1", *arguments.options]
    options += ["--keep-loops"] if arguments.list else []
    header = b"line,payer,payee,amount,time" + (b",currency" if arguments.currency else b"") + b"\n"
    spans = [(piece.start, piece.end) for piece in slices]
    program = arguments.ouro

    def run(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        batches = iter(batches)
        first = next((batch for batch in batches if batch.num_rows), None)
        if first is None:
            return
        number = first.column(0)[0].as_py()
        start, end = spans[number]
        with tempfile.TemporaryDirectory() as folder:
            part, words = Path(folder, "part"), Path(folder, "words")
            command = [SparkFiles.get(program), "scan", "-", *options, "--piece-of", SparkFiles.get("whole.json"),
                       f"--roots-from={start}", f"--roots-until={end}", "-o", str(part)]
            began, rows = time.monotonic(), 0
            with words.open("wb") as errors, subprocess.Popen(command, stdin=subprocess.PIPE, stderr=errors) as child:
                assert child.stdin is not None
                try:
                    child.stdin.write(header)
                    while first is not None:
                        rows += first.num_rows
                        child.stdin.write("\n".join(first.column(1).to_pylist()).encode() + b"\n")
                        first = next(batches, None)
                    child.stdin.close()
                except BrokenPipeError:
                    pass
                _, status, usage = os.wait4(child.pid, 0)
                child.returncode = os.waitstatus_to_exitcode(status)
            if child.returncode:
                raise RuntimeError(f"slice {number}: ouro ended with {child.returncode}: {words.read_text()[-2_000:]}")
            spent = [time.monotonic() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss]
            values = [[value] for value in (number, part.read_bytes(), rows, *spent)]
        types = [pa.int32(), pa.binary(), pa.int64(), pa.float64(), pa.float64(), pa.int64()]
        names = ["slice", "part", "rows", "seconds", "processor", "kilobytes"]
        yield pa.RecordBatch.from_arrays([pa.array(v, t) for v, t in zip(values, types, strict=True)], names)

    return run


def tell_tasks(parts: list[dict[str, Any]], slices: list[Slice], path: str) -> None:
    """Writes what each slice took."""
    with open(path, "w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["slice", "from", "until", "payments", "needed", "seconds", "processor", "megabytes"])
        for part in parts:
            own = slices[part["slice"]]
            took = [f"{part['seconds']:.2f}", f"{part['processor']:.2f}", f"{part['kilobytes'] / 1_024:.0f}"]
            rows.writerow([part["slice"], own.start, own.end, own.rows, part["rows"], *took])


def merge(parts: list[dict[str, Any]], folder: Path, arguments: argparse.Namespace) -> None:
    """Joins the parts to the answer of the whole."""
    files = []
    for part in parts:
        files.append(folder / f"slice{part['slice']}")
        files[-1].write_bytes(part["part"])
    listed = ["--list", arguments.list] if arguments.list else []
    output = [] if arguments.output == "-" else ["-o", arguments.output]
    names = [str(file) for file in files]
    done = subprocess.run([SparkFiles.get(arguments.ouro), "merge", *names, "--json", *listed, *output], check=False)
    if done.returncode:
        sys.exit(done.returncode)


if __name__ == "__main__":
    main()
