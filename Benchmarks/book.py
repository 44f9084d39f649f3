#!/usr/bin/env python3
"""Writes a book folder of any size, so that one can see how the cost of an answer grows with it.

    Benchmarks/book.py 10000 /tmp/big          10,000 claims, from the seed 1
    Benchmarks/book.py 100000 /tmp/bigger --seed 7

A party has about forty claims about ten deals, and facts for each of three years: revenue, costs and capital
spending. Of four deals three run between parties of the network; one in ten is told at "at least", one in twenty is
denied. `time ouro report FOLDER --period 2025` is then the figure that CONTRIBUTING.md names.
"""
import argparse
import csv
import pathlib
import random

COLUMNS = {
    "parties": "id name kind parent inside identifiers note",
    "deals": "id payer payee kind title capacity capacity_unit note",
    "claims": "id deal source teller reported status level low high currency start end schedule about says "
    "new_payer quote note confidence",
    "facts": "id party counterparty metric low high unit start end source teller reported about says quote note "
    "confidence",
    "sources": "id publisher title published url kind seen_as note",
    "assumptions": "id name low high unit basis reason source note",
}
KINDS = ["purchase"] * 6 + ["lease", "equity", "loan", "revenue-share"]


def day(random_, year):
    return f"{year}-{random_.randint(1, 12):02}-{random_.randint(1, 28):02}"


def claims_of(random_, deal, first):
    """A deal's story: announced, signed, paid for years, now and then denied."""
    amount = random_.randint(1, 4000) * 1_000_000
    rows = [("announced", "headline", amount, amount, "", ""), ("signed", "binding", amount // 2, amount // 2, "2024", "2027")]
    for year in random_.sample([2024, 2025], random_.randint(1, 2)):
        least = amount // random_.randint(8, 20)
        rows.append(("", "paid", least, "" if random_.random() < 0.1 else least, year, year))
    for index, (status, level, low, high, start, end) in enumerate(rows):
        reported = day(random_, 2023) if index < 2 else f"{int(end) + 1}-02-{random_.randint(1, 28):02}"
        yield {
            "id": f"c{first + index}", "deal": deal["id"], "source": random_.choice(["filing", "press"]),
            "teller": deal["payee"] if level == "paid" else "", "reported": reported, "status": status,
            "level": level, "low": low, "high": high, "currency": "USD", "start": start, "end": end,
        }
    if random_.random() < 0.05:
        yield {
            "id": f"c{first + len(rows)}", "deal": deal["id"], "source": "press", "teller": deal["payer"],
            "reported": day(random_, 2025), "about": f"c{first}", "says": "deny",
        }


def book(claims, seed):
    random_ = random.Random(seed)
    count = max(8, claims // 40)
    tables = {name: [] for name in COLUMNS}
    parties = [f"p{index}" for index in range(count)]
    for party in parties:
        tables["parties"].append({"id": party, "name": f"Party {party[1:]}", "kind": "company", "inside": "yes"})
    for outside in ("buyers", "lenders"):
        tables["parties"].append({"id": outside, "name": outside.title(), "kind": "market", "inside": "no"})
    tables["sources"] += [
        {"id": "filing", "publisher": "SEC", "title": "Annual report", "kind": "filing", "seen_as": "read"},
        {"id": "press", "publisher": "Gazette", "title": "Business pages", "kind": "news", "seen_as": "read"},
    ]
    while len(tables["claims"]) < claims:
        payer = random_.choice(parties if random_.random() < 0.75 else ["buyers", "lenders"])
        payee = random_.choice([party for party in random_.sample(parties, 2) if party != payer])
        deal = {"id": f"d{len(tables['deals'])}", "payer": payer, "payee": payee, "kind": random_.choice(KINDS)}
        deal["title"] = f"Deal {deal['id'][1:]}"
        tables["deals"].append(deal)
        tables["claims"] += claims_of(random_, deal, len(tables["claims"]))
    for party in parties:
        for year in (2023, 2024, 2025):
            revenue = random_.randint(2000, 60000) * 1_000_000
            for metric, share in (("revenue", 1), ("costs", 0.7), ("capex", 0.4)):
                amount = round(revenue * share)
                tables["facts"].append({
                    "id": f"f{len(tables['facts'])}", "party": party, "metric": metric, "low": amount,
                    "high": amount, "unit": "USD", "start": f"{year}-01-01", "end": f"{year}-12-31",
                    "source": "filing", "teller": party, "reported": f"{year + 1}-02-15",
                })
    return tables


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("claims", type=int)
    options.add_argument("folder", type=pathlib.Path)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    for name, rows in book(asked.claims, asked.seed).items():
        with open(asked.folder / f"{name}.csv", "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS[name].split(), restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


if __name__ == "__main__":
    main()
