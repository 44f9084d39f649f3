#!/usr/bin/env python3
"""How long each view of a served book takes: a question that was never asked before, and the same asked again.

    Benchmarks/book.py 10000 /tmp/big && Benchmarks/views.py .build/release/ouro /tmp/big

Each view is asked about five days of its own, so that nothing of it is kept: the middle of the five is `new`; then the
same again, which is kept: `again`. Addresses of parties, deals and rows are those that the book has the most to say of.
"""
import csv
import http.client
import pathlib
import re
import statistics
import subprocess
import sys
import time

VIEWS = [
    "/report", "/map", "/map?kind=network", "/map?kind=chord", "/loops", "/path?party={party}&party={other}", "/party",
    "/party/{party}", "/deal", "/deal/{deal}", "/flows", "/left-out", "/disputes", "/changes?from=2025-01-31", "/trend", "/check",
    "/search?q=deal", "/source", "/source/{source}", "/row/{claim}", "/write", "/history", "/inbox", "/payments", "/runs",
]


def most(folder, table, column):
    """The value that stands most often in a column of a table."""
    with open(folder / f"{table}.csv", encoding="utf-8", newline="") as file:
        return statistics.mode(row[column] for row in csv.DictReader(file) if row[column])


class Server:
    def __init__(self, ouro, book):
        self.process = subprocess.Popen([ouro, "serve", str(book), "--no-open"], stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, text=True)
        host, target = self.process.stdout.readline().strip().split("//")[1].split("/", 1)
        self.link = http.client.HTTPConnection(host, timeout=600)
        self.link.request("GET", "/" + target)
        reply = self.link.getresponse()
        reply.read()
        self.cookie = reply.getheader("Set-Cookie").split(";")[0]

    def ask(self, target):
        """The status, the bytes and the milliseconds of a reply, and where it leads."""
        start = time.perf_counter()
        self.link.request("GET", target, headers={"Cookie": self.cookie})
        reply = self.link.getresponse()
        body = reply.read()
        return reply.status, len(body), (time.perf_counter() - start) * 1e3, reply.getheader("Location")

    def whole(self, target):
        """The address that holds the whole question."""
        status, _, _, place = self.ask(target)
        return place if status == 303 else target


def main():
    ouro, book = sys.argv[1], pathlib.Path(sys.argv[2])
    names = {"party": most(book, "deals", "payer"), "other": most(book, "deals", "payee"), "deal": most(book, "claims", "deal"),
             "source": most(book, "claims", "source"), "claim": most(book, "claims", "id")}
    if names["other"] == names["party"]:
        names["other"] = most(book, "facts", "party")
    server = Server(ouro, book)
    print(f"{'view':34}{'status':>7}{'kB':>8}{'new, ms':>10}{'again, ms':>11}")
    day = 0
    for view in VIEWS:
        target = view.format(**names)
        new, again = [], []
        for _ in range(5):
            day += 1
            asked = f"{target}{'&' if '?' in target else '?'}as-of={2026 + day // 336}-{1 + day // 28 % 12:02}-{1 + day % 28:02}"
            place = server.whole(asked)
            status, size, took, _ = server.ask(place)
            new.append(took)
            again.append(server.ask(place)[2])
        print(f"{re.sub('[?].*', '', view) + (' ' + view.split('kind=')[1] if 'kind=' in view else ''):34}{status:>7}"
              f"{size / 1e3:>8.0f}{statistics.median(new):>10.1f}{statistics.median(again):>11.1f}", flush=True)
    server.process.terminate()
    server.process.wait()


main()
