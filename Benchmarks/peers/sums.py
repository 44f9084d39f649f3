"""Reads payments and adds them up by payer, payee and month: `sums.py FILE ENGINE THREADS`.

ENGINE is polars or duckdb. Prints CPU seconds, peak megabytes and the number of sums.
"""
import os
import resource
import sys

path, engine, threads = sys.argv[1], sys.argv[2], sys.argv[3]
os.environ["POLARS_MAX_THREADS"] = threads


def cpu():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


if engine == "polars":
    import polars

    began = cpu()
    schema = {
        "payer": polars.String,
        "payee": polars.String,
        "amount": polars.Float64,
        "date": polars.Date,
    }
    month = polars.col("date").dt.truncate("1mo").alias("month")
    sums = (
        polars.scan_csv(path, schema=schema)
        .group_by("payer", "payee", month)
        .agg(polars.col("amount").sum(), polars.len())
        .collect(engine="streaming")
        .height
    )
else:
    import duckdb

    began = cpu()
    connection = duckdb.connect()
    connection.execute(f"set threads={threads}")
    columns = "{'payer':'VARCHAR','payee':'VARCHAR','amount':'DECIMAL(18,2)','date':'DATE'}"
    connection.execute(
        "create table sums as select payer,payee,date_trunc('month',date) m,sum(amount) s,count(*) c "
        f"from read_csv('{path}',header=true,columns={columns}) group by all"
    )
    sums = connection.execute("select count(*) from sums").fetchone()[0]
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(f"{cpu() - began:.3f} {peak} {sums}")
