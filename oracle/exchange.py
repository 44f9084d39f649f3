"""Checks what `ouro export` writes for other tools against those tools themselves.

    python oracle/exchange.py path/to/ouro

  FollowTheMoney  every entity is of a schema of the public package, has what that requires, and only properties that
                  it knows; what they refer to is there and of the right kind; amounts are numbers; `ftm validate` gives
                  back what it was given; and through entities, statements and what the package makes of either, a
                  book comes back cell by cell
  GraphML, GEXF   networkx opens both, and finds the same parties and money as the table of flows

on the shipped book, and on one of odd texts. Exits with 1, and what differs, where anything does.
"""

import csv
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

import networkx as nx
import orjson
from followthemoney import model
from followthemoney.types import registry

TABLES = ["parties", "sources", "deals", "claims", "facts", "assumptions"]
ODD = [
    "plain",
    " blanks around ",
    "two  blanks",
    'quoted "words"',
    "'apostrophe'",
    "\u201ctypographic\u201d",
    "=1+1",
    "-x",
    "@here",
    "line\nline",
    "tab\there",
    "caf\u00e9 cafe\u0301",
    "\u6771\u4eac",
    "\U0001f4b6",
    "a\u00a0b",
    "\u202eright to left",
    "zero\u200bwidth",
    '{"ouro":"claims","id":"c1"}',
    "<b>&amp;</b>",
    "x" * 3000,
]
faults = []


def check(is_so, words):
    if not is_so:
        faults.append(words)


def run(*words):
    done = subprocess.run(words, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, words))}: {done.stderr}")
    return done.stdout


def rows(folder):
    return {
        table: list(csv.DictReader(open(folder / f"{table}.csv", newline="", encoding="utf-8")))
        for table in TABLES
    }


def entities(path):
    return [orjson.loads(line) for line in path.read_bytes().splitlines()]


def odd_book(folder, seed):
    """A book whose every text is odd; amounts are points, ranges, and open on either side."""
    rng = random.Random(seed)
    # A cell that would be a formula has an apostrophe before it in a folder.
    text = lambda: (lambda t: "'" + t if t[0] in "=-@" else t)(rng.choice(ODD))
    folder.mkdir()

    def write(table, header, lines):
        with open(folder / f"{table}.csv", "w", newline="", encoding="utf-8") as file:
            out = csv.writer(file, lineterminator="\n")
            out.writerow(header.split(","))
            out.writerows(lines)

    kinds = ["company", "fund", "government", "market", "households", "enterprises", "other"]
    parties = [
        [f"p{i}", text(), kind, "p0" if i > 7 else "", "no", "ticker:X schema:Person" if i % 3 else "", text()]
        for i, kind in enumerate(kinds * 2)
    ]
    write("parties", "id,name,kind,parent,inside,identifiers,note", parties)
    write(
        "sources",
        "id,publisher,title,published,url,kind,seen_as,note",
        [[f"s{i}", text(), text(), "2025-03", f"http://x.y/{i}?a=b c", "news", text(), text()] for i in range(9)],
    )
    deals = "purchase option lease revenue-share backstop equity convertible warrant loan facility grant".split()
    write(
        "deals",
        "id,payer,payee,kind,title,capacity,capacity_unit,note",
        [
            [f"d{i}", f"p{i % 7}", f"p{7 + i % 7}", kind, text(), "1.5", "GW", text()]
            for i, kind in enumerate(deals * 2)
        ],
    )
    amounts = [("5", "5"), ("0.50", "0.50"), ("1", "2"), ("", "7"), ("7", ""), ("", "")]
    claims = []
    for i in range(40):
        low, high = amounts[i % len(amounts)]
        has = bool(low or high)
        claims.append(
            [f"c{i}", f"d{i % 22}", f"s{i % 9}", text() if i % 2 else "", "2025-03-06", "signed" if i % 3 else ""]
            + ["binding" if has else "", low, high, "USD" if has or i % 2 else "", "2025", "2026-02", "", "", "", ""]
            + [text(), text(), "0.5"]
        )
    header = "id,deal,source,teller,reported,status,level,low,high,currency,start,end,schedule,about,says,new_payer"
    write("claims", header + ",quote,note,confidence", claims)
    facts = []
    for i in range(30):
        metric, unit = [("revenue", "USD"), ("stake", "percent"), ("revenue-share", "percent")][i % 3]
        other = f"p{(i + 3) % 14}" if metric != "revenue" else ""
        facts.append(
            [f"f{i}", f"p{i % 14}", other, metric, "5", "5" if i % 2 else "6", unit, "2025", "2025", f"s{i % 9}"]
            + ["", "2025-03", "", "", text(), text(), ""]
        )
    header = "id,party,counterparty,metric,low,high,unit,start,end,source,teller,reported,about,says,quote,note"
    write("facts", header + ",confidence", facts)
    write("assumptions", "id,name,low,high,unit,basis,reason,source,note", [])


def check_entities(book, path):
    """What the public package knows of each entity."""
    listed = entities(path)
    proxies = {}
    for data in listed:
        schema = model.get(data["schema"])
        check(schema is not None, f"{data['id']}: no schema {data['schema']}")
        if schema is None:
            continue
        for name in schema.required:
            check(data["properties"].get(name), f"{data['id']}: {data['schema']} requires {name}")
        for name in data["properties"]:
            prop = schema.get(name)
            check(prop is not None and not prop.stub, f"{data['id']}: {data['schema']} has no {name}")
        check(data["id"] not in proxies, f"{data['id']} stands twice")
        proxies[data["id"]] = model.get_proxy(data, cleaned=False)
    for data in listed:
        for name, texts in data["properties"].items():
            prop = model.get(data["schema"]).get(name)
            for text in texts:
                if prop.type == registry.number:
                    number, unit = registry.number.parse(text)
                    check(number == text and unit is None, f"{data['id']}: {name} is {text}")
                if prop.type == registry.entity:
                    other = proxies.get(text)
                    check(other is not None, f"{data['id']}: {name} refers to {text}, which is not there")
                    check(
                        other is None or other.schema.is_a(prop.range),
                        f"{data['id']}: {name} is to be a {prop.range.name}, and {text} is a {other and other.schema.name}",
                    )
    payments = sum(data["schema"] == "Payment" for data in listed)
    check(payments == len(book["claims"]), f"{payments} payments for {len(book['claims'])} claims")
    points = [row for row in book["claims"] if row["low"] and row["low"] == row["high"]]
    amounts = sum("amount" in data["properties"] for data in listed if data["schema"] == "Payment")
    check(amounts == len(points), f"{amounts} payments have an amount, {len(points)} claims a single figure")
    return listed


def same_texts(listed, path, is_exact):
    """Whether validation gave back each text; of a book of odd texts only those that carry what no property can."""
    given = {data["id"]: data["properties"] for data in entities(path)}
    for data in listed:
        for name, texts in data["properties"].items():
            if is_exact or name == "indexText":
                kept = given.get(data["id"], {}).get(name, [])
                # Addresses are spelt anew; their own spelling travels beside them.
                if name != "sourceUrl":
                    check(sorted(kept) == sorted(texts), f"{data['id']}: {name} came back as {kept}")


def check_follow_the_money(ouro, ftm, source, folder, is_exact):
    folder.mkdir()
    whole = folder / "whole"
    run(ouro, "export", source, "--format", "csv", "-o", whole)
    book = rows(whole)
    told, stated = folder / "book.ftm.json", folder / "book.statements.csv"
    run(ouro, "export", source, "--format", "ftm", "-o", told)
    run(ouro, "export", source, "--format", "ftm-statements", "-o", stated)
    listed = check_entities(book, told)
    validated, theirs, put = folder / "valid.json", folder / "theirs.csv", folder / "put.json"
    run(ftm, "validate", "-i", told, "-o", validated)
    same_texts(listed, validated, is_exact)
    run(ftm, "statements", told, "-d", "ouro", "-f", "csv", "-o", theirs)
    run(ftm, "aggregate-statements", "-i", stated, "-f", "csv", "-d", "ouro", "-o", put)
    for way in [told, validated, stated, theirs, put]:
        again = folder / f"{way.name}.ouro"
        run(ouro, "import", way, again)
        run(ouro, "export", again, "--format", "csv", "-o", folder / f"{way.name}.rows")
        back = rows(folder / f"{way.name}.rows")
        for table in TABLES:
            check(back[table] == book[table], f"{source} by {way.name}: {table} came back otherwise")
        run(ouro, "import", way, again)
        lines = run(ouro, "export", again, "--format", "json")
        check(len(orjson.loads(lines)["claims"]) == len(book["claims"]), f"{way.name}: a second time it adds")


def check_networks(ouro, source, folder):
    period = ["--period", "2025"]
    flows = list(csv.DictReader(run(ouro, "export", source, "--by", "year", *period).splitlines()))
    for form, read in [("graphml", nx.read_graphml), ("gexf", nx.read_gexf)]:
        path = folder / f"net.{form}"
        run(ouro, "export", source, "--format", form, *period, "-o", path)
        graph = read(path)
        check(graph.is_directed(), f"{form}: not directed")
        inner = {}
        for payer, payee, data in graph.edges(data=True):
            inner[payer, payee] = inner.get((payer, payee), 0) + data["weight"]
        # Money that crosses the boundary is a flow of the network, and none of the table.
        for flow in flows:
            pair = (flow["payer id"], flow["payee id"])
            check(pair in inner, f"{form}: no flow {pair}")
            low, high = float(flow["at least"] or 0), float(flow["at most"] or "inf")
            check(low * 0.999 <= inner.get(pair, -1) <= high * 1.001, f"{form}: {pair} is {inner.get(pair)}")
        for node, data in graph.nodes(data=True):
            check({"label", "kind", "inside"} <= data.keys(), f"{form}: {node} has only {data}")
    check(flows, "the table of flows is empty")


def main():
    ouro = os.path.abspath(sys.argv[1])
    ftm = os.path.join(os.path.dirname(sys.executable), "ftm")
    shipped = Path(__file__).parent.parent / "Examples" / "ai-economy"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        check_follow_the_money(ouro, ftm, shipped, folder / "shipped", True)
        odd_book(folder / "odd-book", 1)
        check_follow_the_money(ouro, ftm, folder / "odd-book", folder / "odd", False)
        check_networks(ouro, shipped, folder)
    for words in faults[:20]:
        print(words, file=sys.stderr)
    if faults:
        sys.exit(f"{len(faults)} faults")
    print("FollowTheMoney (five ways there and back), GraphML and GEXF: as their own tools read them")


main()
