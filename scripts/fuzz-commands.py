#!/usr/bin/env python3
"""Runs whole commands with options and files made up at random: `fuzz-commands.py OURO [--runs 2000] [--seconds S] [--seed 1]`.

Which commands there are, and which options each has, the program tells itself. Books, edges, payments, scenarios and the rest are small:
valid extremes (names in quotes, with line ends, from right to left, of one byte and of thousands; amounts from 10⁻³⁰⁰ to 10³⁰⁰ or of 18
digits; days of the years 1 and 9999; files of one row and of none) and broken ones. A run may end with 0, 64, 65, 66 or 74; any other code,
a signal, or more than LONGEST seconds is a fault, whose command and files are kept in the folder that is told, as `again.sh`.

Runs are told by seed and number, so that `--seed S --only N` repeats one of them. Commands that wait for somebody or ask the network
are run only as far as they refuse: `serve`, `edgar --fetch`, `read --model`.
"""
import argparse
import collections
import concurrent.futures
import json
import os
import pathlib
import random
import resource
import shlex
import shutil
import subprocess
import sys
import tempfile
import time

LONGEST = 20
ALLOWED = {0, 64, 65, 66, 74}
MEMORY = 8 << 30
# Options whose size is how long a run takes, or that reach out of the machine.
SMALL = {"samples", "paths", "months", "threads", "every", "max-hops", "depth", "limit", "piece-of"}
LEFT_OUT = {"fetch", "model", "server", "model-timeout", "user-agent", "no-open", "port", "address"}

NAMES = ["a", "b", "c", "Alpha", "Beta, Inc.", 'The "Gamma"', "δέλτα", "שלום", "\u202eabc", "👩‍👩‍👧", "e\u0301", "é", "x" * 3000, " a ", "-", "--",
         "0", "a\nb", "a\tb", "=1+1", "<b>&amp;</b>", "a;b", "'", "\\", "\u0000", "NULL", "\ufeff", "openai", "nvidia", "Total", ""]
TAME = ["a", "b", "c", "d", "Alpha", "Beta, Inc.", 'The "Gamma"', "δέλτα", "👩‍👩‍👧", "=1+1"]
AMOUNTS = ["1", "2.5", "100", "0", "1e-300", "1e300", "9.99e299", "1e-301", "1e301", "123456789012345678", "0.000000000000000001", "-5", "1e", "",
           "nan", "1,5", "1.234,56", "92233720368547758.07", "9223372036854775808", "٣", "1_000", "1 000", "$5", "(5)", "5-", "0x10"]
DAYS = ["2025-01-01", "2025-01-02", "2025-02-28", "2024-02-29", "2025-02-29", "0001-01-01", "9999-12-31", "2016-12-31T23:59:60", "2025", "2025-03",
        "2025-13-01", "0000-01-01", "10000-01-01", "01/02/2025", "31.12.2025", "1700000000", "-1", "", "2025-01-01T00:00:00Z", "2025-W01"]
NUMBERS = ["0", "1", "2", "3", "10", "-1", "0.5", "1.5", "1e308", "1e-308", "nan", "inf", "9223372036854775807", "9223372036854775808", "", "x", "5%",
           "2d", "1h", "30d", "999999d", "0d", "-2d", "100%", "1bn", "1e20"]
FEW = ["1", "2", "3", "0", "-1", "x", "", "9223372036854775808"]
WORDS = ["a", "b", "c", "x y", "", "-", "é", "1", "zz", "*", "[", "a=b", "a=0.5", "b=1", "=", "a=2", "loan", "1/2", "2/2", "0/0", "all", "a,b", "en", "USD", "EUR",
         "utf-8", "utf-16", "latin1", ",", ";", "|", "month", "2025-01", "debit", "x" * 500, "👩‍👩‍👧", "json", "csv", "graphml", "gexf", "ndjson"]
# What somebody who knows the option writes.
SHARES, DATES, PARTIES = ["0", "0.5", "1", "5%", "0.25"], ["2025-06-30", "2025-12-31", "2026-01-01"], ["p0", "p1", "a", "Alpha", "b"]
USUAL = {
    "as-of": DATES, "recorded-by": DATES, "from": DATES, "to": DATES, "until": DATES, "since": DATES, "at": DATES, "fit": DATES, "on": DATES,
    "period": ["2025", "2025-01", "2025-01-01..2025-06-30", "FY2025:p0"], "told-by": ["Paper", "s1", "press"], "seed": ["1", "7"],
    "payer": ["payer", "p0", "a"], "payee": ["payee", "p1", "b"], "amount": ["amount"], "time": ["date", "time"], "currency": ["USD", "EUR", "currency"],
    "where": ["payer=a", "amount=1"], "leave-out": ["a"], "digits": ["0", "2", "3"], "within": ["2d", "30d", "1h"], "min": ["1", "0", "100"],
    "min-hops": ["2", "3"], "tolerance": ["5%", "0", "100%"], "party": PARTIES, "focus": PARTIES, "of": PARTIES, "shock": ["a=0.5", "b=1", "Alpha=0.1"],
    "alpha": SHARES, "beta": SHARES, "recovery": SHARES, "volatility": SHARES, "confidence": SHARES, "share": SHARES, "least": SHARES, "kept": SHARES,
    "passing": ["2h", "1d"], "threshold": ["10", "10000"], "hub": ["2", "10"], "slack": ["1d", "0d"], "top": ["0", "1", "5"], "undisclosed": ["0", "5", "1e9"],
    "at-most": ["1", "0.5"], "funding": ["a=0.5"], "at-least": ["1bn", "5m", "0"], "shard": ["1/2", "2/2", "1/1"], "seniority": ["loan", "loan,bond"],
    "reason": ["because"], "source": ["https://example.org/x", "s1"], "teller": ["p0"], "publisher": ["Paper"], "published": DATES, "set": ["low=5"],
    "accept": ["1"], "reject": ["1"], "show": ["1"], "loop": ["1"], "finding": ["1"], "roots-from": DATES, "roots-until": DATES, "delimiter": [",", ";"],
    "encoding": ["utf-8", "windows-1252"], "time-format": ["yyyy-MM-dd"], "account": ["account"], "inside": ["empty"], "expecting": ["0" * 64],
}
# What a command hardly does without, though it may.
ALSO = {"export": {"format", "output"}, "edgar": {"from"}}


class Case:
    """The files of one folder, and the arguments of one run, all by chance."""

    def __init__(self, seed, number, folder):
        self.chance = random.Random(f"{seed} {number}")
        self.folder = folder

    def some(self, pool, wild):
        return self.chance.choice(pool if self.chance.random() < wild else TAME if pool is NAMES else pool[:3])

    def cell(self, text):
        return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in '",\n\r;') else text

    def rows(self, header, columns, most=8):
        wild = self.chance.choice([0, 0, 0.05, 0.3])
        count = self.chance.choice([0, 1, 1, 2, self.chance.randint(2, most), self.chance.randint(2, most)])
        lines = [header] + [",".join(self.cell(column(wild)) for column in columns) for _ in range(count)]
        return self.marred("\n".join(lines) + self.chance.choice(["\n", "\n", "", "\r\n"]))

    def marred(self, text):
        data = text.encode("utf-8", "surrogatepass")
        if self.chance.random() < 0.1:
            kind = self.chance.randrange(6)
            place = self.chance.randrange(len(data) + 1)
            data = [
                lambda: b"", lambda: b"\xef\xbb\xbf" + data, lambda: data[:place], lambda: data[:place] + bytes([self.chance.randrange(256)]) + data[place:],
                lambda: text.encode("utf-16", "surrogatepass"), lambda: data.replace(b"\n", b"\r"),
            ][kind]()
        return data

    def name(self, wild):
        return self.some(NAMES, wild)

    def amount(self, wild):
        if self.chance.random() < wild:
            return self.chance.choice(AMOUNTS)
        return str(self.chance.choice([1, 2.5, 100, self.chance.randint(1, 10**6), round(self.chance.uniform(0, 1000), 2)]))

    def day(self, wild):
        if self.chance.random() < wild:
            return self.chance.choice(DAYS)
        return f"2025-{self.chance.randint(1, 12):02}-{self.chance.randint(1, 28):02}"

    def edges(self):
        header, columns = "from,to,weight", [self.name, self.name, self.amount]
        if self.chance.random() < 0.3:
            header, columns = header + ",time", [*columns, self.day]
        if self.chance.random() < 0.2:
            header, columns = header + ",kind", [*columns, lambda _: self.chance.choice(["loan", "bond", ""])]
        return self.rows(header, columns)

    def nodes(self):
        figures = ["external_assets", "external_liabilities", "equity", "buffer", "size", "inflow", "outflow"]
        chosen = [figure for figure in figures if self.chance.random() < 0.6]
        wild = self.chance.choice([0, 0, 0.1])
        lines = ["id," + ",".join(chosen)] if chosen else ["id"]
        for name in self.chance.sample(TAME, self.chance.randint(1, 6)):
            lines.append(",".join([self.cell(name)] + [self.amount(wild) for _ in chosen]))
        return self.marred("\n".join(lines) + "\n")

    def payments(self):
        kind = self.chance.randrange(5)
        if kind == 0:
            return self.rows("date,description,debit,credit,account", [
                self.day, self.name, lambda w: self.chance.choice(["", self.amount(w)]), lambda w: self.chance.choice(["", self.amount(w)]), self.name])
        if kind == 1:
            return self.marred(f":20:1\n:25:DE89370400440532013000\n:28C:1/1\n:60F:C250101EUR10,00\n:61:2501020102D{self.chance.randint(0, 99)},00NTRFx\n"
                               f":86:020?32{self.name(0.3)}\n:62F:C250102EUR5,00\n-\n")
        header, columns = "payer,payee,amount,date", [self.name, self.name, self.amount, self.day]
        if self.chance.random() < 0.3:
            header, columns = header + ",currency", [*columns, lambda _: self.chance.choice(["USD", "EUR", "", "JPY", "xx"])]
        return self.rows(header, columns, most=30)

    def tables(self):
        """The six files of a book folder."""
        wild = self.chance.choice([0, 0, 0, 0.1])
        parties = self.chance.sample(TAME, self.chance.randint(2, 6))
        ids = [f"p{place}" for place in range(len(parties))]

        def lines(header, rows):
            return self.marred("\n".join([header] + [",".join(self.cell(cell) for cell in row) for row in rows]) + "\n")

        def one(*choices):
            return self.chance.choice(choices)

        deals = [f"d{place}" for place in range(self.chance.randint(0, 5))]
        sources = ["s1", "s2"]
        amount = lambda: str(self.chance.randint(0, 10**9)) if self.chance.random() >= wild else self.chance.choice(AMOUNTS)
        return {
            "parties.csv": lines("id,name,kind,parent,inside,identifiers,note", [
                (key, self.name(wild) if self.chance.random() < wild else name, kind, "",
                 one("yes", "no") if self.chance.random() < wild else "yes" if kind == "company" else "no", "", self.some(NAMES, wild))
                for key, name in zip(ids, parties, strict=True)
                for kind in [one("company", "company", "company", "fund", "market" if self.chance.random() >= wild else "markets")]]),
            "sources.csv": lines("id,publisher,title,published,url,kind,seen_as,note", [
                (key, "Paper", self.some(NAMES, 0.1), self.day(wild), "", one("news", "filing", "analysis"), "", "") for key in sources]),
            "deals.csv": lines("id,payer,payee,kind,title,capacity,capacity_unit,note", [
                (deal, payer, one(*ids) if self.chance.random() < wild else payee, one("purchase", "equity", "loan", "option", "lease"),
                 self.some(NAMES, 0.1), "", "", "") for deal in deals for payer, payee in [self.chance.sample(ids, 2)]]),
            "claims.csv": lines("id,deal,source,teller,reported,status,level,low,high,currency,start,end,schedule,about,says,new_payer,quote,note,confidence", [
                (f"c{place}", one(*deals), one(*sources), "", self.day(wild), one("signed", "active", "announced", "rumoured", "completed"),
                 one("headline", "binding", "paid", "drawn"), low, low, "USD", self.day(wild), "2025-12-31", "", "", "", "", "q", "", "")
                for place in range(self.chance.randint(0, 8)) if deals for low in [amount()]]),
            "facts.csv": lines("id,party,counterparty,metric,low,high,unit,start,end,source,teller,reported,about,says,quote,note,confidence", [
                (f"f{place}", one(*ids), "", one("revenue", "capex", "cash", "debt"), low, low, "USD", "2025-01-01", "2025-12-31", one(*sources), "",
                 self.day(wild), "", "", "q", "", "") for place in range(self.chance.randint(0, 5)) for low in [amount()]]),
            "assumptions.csv": lines("id,name,low,high,unit,basis,reason,source,note", []),
        }

    def scenario(self):
        parts = [f"name: {self.chance.choice(['s', 'x y', '1'])}", f"months: {self.chance.choice(['1', '12', '3', '0', '-1', 'x'])}"]
        parts += self.chance.sample(["start: 2025-01", "start: 9999-12", "extends: base.yaml", "extends: ../base.yaml", "given:\n  - demand: 10%",
                                     "shocks:\n  - in: 2025-03\n    party: p0\n    cannot_raise: true", "parties:\n  p0:\n    cash: 1bn", "seed: 5",
                                     "shocks:\n  - in: 2025-02\n    deal: d0\n    withdraw: true", "? a", "&x [*x]", "paths: 10"], self.chance.randint(0, 4))
        return self.marred("\n".join(parts) + "\n")

    def write(self):
        """Fills the folder; what there is to name in it."""
        found = []

        def put(name, data):
            (self.folder / name).write_bytes(data)
            found.append(name)

        (self.folder / "book").mkdir()
        for name, data in self.tables().items():
            (self.folder / "book" / name).write_bytes(data)
        for name, make in [("edges.csv", self.edges), ("nodes.csv", self.nodes), ("payments.csv", self.payments), ("scenario.yaml", self.scenario)]:
            put(name, make())
        put("empty", b"")
        put("aliases.csv", self.rows("name,is", [self.name, self.name]))
        put("problem.json", self.marred(json.dumps({"rows": [self.chance.choice([1, 5, 1e300, 1e-300])], "columns": [2, 3], "cells": [[0, 0], [0, 1]]})))
        put("claim.txt", self.marred("Nvidia will invest up to $100 billion in OpenAI, The Times said on 3 March 2025.\n"))
        put("map.json", self.marred(json.dumps({"version": 1, "columns": {"payer": "payer", "payee": "payee", "amount": "amount", "time": "date"}})))
        return found


class Grammar:
    """The commands of the program, as it tells them."""

    def __init__(self, ouro):
        told = json.loads(subprocess.run([ouro, "--experimental-dump-help"], capture_output=True, check=True).stdout)
        self.commands = []
        self.walk(told["command"], [])
        self.commands = [command for command in self.commands if command[0] and command[0][0] not in ("help", "serve")]

    def walk(self, command, path):
        subcommands = command.get("subcommands", [])
        for part in subcommands:
            self.walk(part, path + [part["commandName"]])
        if not subcommands:
            self.commands.append((path, command.get("arguments", [])))

    def arguments(self, case, found):
        chance = case.chance
        path, arguments = chance.choice(self.commands)
        line, options = list(path), []
        for argument in arguments:
            name = argument.get("preferredName", {}).get("name")
            if argument["kind"] == "positional":
                for _ in range(chance.choice([1, 1, 2, 3]) if argument.get("isRepeating") else 1 if not argument.get("isOptional") or chance.random() < 0.5 else 0):
                    line.append(self.positional(chance, argument.get("valueName", ""), path, found))
            elif name not in LEFT_OUT and name not in ("help", "version"):
                options.append((name, argument))
        needed = {name for name, argument in options if not argument.get("isOptional")} | ALSO.get(path[0], set())
        chosen = [option for option in options if option[0] in needed and chance.random() < 0.95]
        chosen += chance.sample(options, min(len(options), chance.choice([0, 0, 1, 1, 2, 3, 5])))
        for name, argument in chosen:
            line.append(f"--{name}" if len(name) > 1 else f"-{name}")
            if argument["kind"] == "option":
                line.append(self.value(chance, name, argument, found))
        if chance.random() < 0.03:
            line.insert(chance.randrange(len(line) + 1), chance.choice(["--", "-", "--x", "", "-h", "--help", "a", "--json", "\u202e"]))
        return line

    @staticmethod
    def positional(chance, value, path, found):
        if chance.random() < 0.04:
            return chance.choice([*found, "-", "none", "", ".", "..", "/dev/null", *WORDS])
        if value in ("book", "parts") and path[0] != "new":
            return chance.choice(["book", "book", "b.ouro", "b.ouro", *(["payments.csv"] if path[0] in ("trace", "follow", "export") else [])])
        if path[0] == "new":
            return chance.choice(["new.ouro", "newbook", "book", "b.ouro"])
        if value in ("input", "payments"):
            pool = {"scan": ["payments.csv"], "sum": ["payments.csv"], "pack": ["payments.csv"], "parties": ["payments.csv"], "watch": ["-", "payments.csv"],
                    "stress": ["edges.csv"], "import": ["book", "edges.csv", "b.ouro"]}.get(path[0], ["edges.csv", "payments.csv", "book", "b.ouro"])
            return chance.choice(pool)
        fixed = {"scenario": ["scenario.yaml"], "problem": ["problem.json"], "files": ["claim.txt"], "file": ["run.json", "problem.json"], "folder": ["demo"],
                 "kind": ["sankey", "chord", "network", "timeline", "provenance", "panel", "trend", "fan", "ring", "tornado"],
                 "party": ["p0", "p1", "a", "Alpha"], "parties": ["p0", "p1", "p2", "a"], "ids": ["c0", "d0", "f0", "p0", "s1"], "id": ["c0", "d0"],
                 "table": ["claims", "deals", "facts"], "table-or-words": ["claims", "Nvidia invests 2bn in OpenAI in 2025", "parties", "x"],
                 "cells": ["id=q1", "name=Q", "kind=company", "deal=d0", "low=5"], "words": ["a", "p0", "p1", "100"]}
        return chance.choice(fixed.get(value, WORDS))

    @staticmethod
    def value(chance, name, argument, found):
        allowed = argument.get("allValues") or []
        if allowed and chance.random() < 0.9:
            return chance.choice(allowed)
        if name in SMALL:
            return chance.choice(FEW)
        value = argument.get("valueName", "")
        if name in ("output", "o", "xlsx", "csv", "list", "html", "svg", "checkpoint", "cache"):
            return chance.choice(["out.svg", "out.csv", "out.xlsx", "out.json", "outfolder", "/dev/full", "none/x", "", "-"])
        if value in ("file", "path", "folder") or name in ("nodes", "aliases", "rates", "map", "openings", "inside", "errors", "anchor", "signers", "key"):
            return chance.choice([*found, *found, "none", "-", "book", *DAYS[:3]])
        if chance.random() < 0.8 and name in USUAL:
            return chance.choice(USUAL[name])
        if value in ("date", "dates", "time") or name in ("since", "at", "until", "by", "period"):
            return chance.choice([*DAYS, "2025", "2025", "2025-01-01..2025-06-30", "Q1 2025", "month", "year"])
        if chance.random() < 0.7 and name in USUAL:
            return chance.choice(USUAL[name])
        return chance.choice([*NUMBERS, *WORDS, *TAME, "p0", "p1"])


def limits():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run(ouro, grammar, seed, number, keep):
    """The command and the code it ended with; the folder is kept where that is a fault."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix=f"commands-{number}-", dir=keep))
    case = Case(seed, number, folder)
    found = case.write()
    line = grammar.arguments(case, found)
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TZ": "UTC", "HOME": str(folder)}

    def ask(words, stdin=subprocess.DEVNULL):
        return subprocess.run([ouro, *words], cwd=folder, stdin=stdin, capture_output=True, timeout=LONGEST, env=environment, preexec_fn=limits, check=False)

    if "b.ouro" in line and not (folder / "b.ouro").exists():
        ask(["import", "book", "b.ouro"])
    line = [word.replace("\0", "") for word in line]
    given = case.chance.choice(["payments.csv", "edges.csv", "claim.txt", "empty"])
    try:
        with (folder / given).open("rb") as stdin:
            done = ask(line, stdin)
        code, said = done.returncode, done.stderr[-2000:]
    except subprocess.TimeoutExpired:
        code, said = "too long", b""
    if code in ALLOWED:
        shutil.rmtree(folder, ignore_errors=True)
        return line, code, None
    (folder / "again.sh").write_text(f"cd {folder} && {shlex.join([ouro, *line])} < {given}\n")
    return line, code, f"run {number}: {code}: ouro {shlex.join(line)} < {given}\n  {said.decode(errors='replace').strip()[-300:]}\n  {folder}/again.sh"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ouro", type=os.path.abspath)
    parser.add_argument("--runs", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=float("inf"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int)
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    parser.add_argument("--most-faults", type=int, default=20)
    options = parser.parse_args()
    keep = tempfile.mkdtemp(prefix="fuzz-commands-", dir="/dev/shm" if os.path.isdir("/dev/shm") else None)
    grammar, faults, ended, began = Grammar(options.ouro), 0, collections.Counter(), time.monotonic()
    numbers = iter([options.only] if options.only is not None else range(options.runs))
    with concurrent.futures.ThreadPoolExecutor(options.workers) as workers:
        waiting = set()
        for number in numbers:
            if time.monotonic() - began > options.seconds or faults >= options.most_faults:
                break
            waiting.add(workers.submit(run, options.ouro, grammar, options.seed, number, keep))
            if len(waiting) < 2 * options.workers:
                continue
            done, waiting = concurrent.futures.wait(waiting, return_when=concurrent.futures.FIRST_COMPLETED)
            faults += note(done, ended)
        faults += note(concurrent.futures.wait(waiting).done, ended)
    names = sorted({name for name, _ in ended})
    for name in names:
        told = ", ".join(f"{code}: {count}" for (own, code), count in sorted(ended.items(), key=lambda entry: str(entry[0][1])) if own == name)
        print(f"  {name:<22} {told}")
    whole = ended.total()
    codes = collections.Counter()
    for (_, code), count in ended.items():
        codes[str(code)] += count
    print(f"commands: {whole} runs of {len(names)} commands, seed {options.seed}: {faults} faults ({', '.join(f'{c}: {n}' for c, n in sorted(codes.items()))})")
    if not faults:
        shutil.rmtree(keep, ignore_errors=True)
    sys.exit(1 if faults else 0)


def note(done, ended):
    """Counts what ended, tells the faults, and says how many there were."""
    faults = 0
    for line, code, fault in (future.result() for future in done):
        name = " ".join(line[:2] if line and line[0] in ("measure", "stress") else line[:1])
        ended[name if len(name) < 23 and name.isprintable() else "(other)", code] += 1
        if fault:
            faults += 1
            print(fault, flush=True)
    return faults


main()
