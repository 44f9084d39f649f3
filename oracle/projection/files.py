"""A book and a scenario, written as the files that `ouro project` reads."""

import csv

from .cases import MONTHS, OUTSIDE, YEAR


def name(party):
    return "clients" if party == OUTSIDE else f"p{party}"


def dollars(cents):
    return f"{cents // 100}.{cents % 100:02d}"


def month_name(index):
    return f"{YEAR + index // 12}-{index % 12 + 1:02d}"


def write(rows, header, path):
    with open(path, "w", newline="") as file:
        table = csv.DictWriter(file, header.split(","), restval="", lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


def write_book(case, folder):
    parties = [
        {"id": name(p), "name": name(p), "kind": "company", "inside": "yes"}
        for p in range(len(case["parties"]))
    ] + [{"id": "clients", "name": "clients", "kind": "enterprises", "inside": "no"}]
    write(parties, "id,name,kind,parent,inside,identifiers,note", f"{folder}/parties.csv")
    source = {"id": "s", "publisher": "p", "title": "t", "kind": "filing"}
    write([source], "id,publisher,title,published,url,kind,seen_as,note", f"{folder}/sources.csv")
    deals, claims, facts = [], [], []
    for deal in case["deals"]:
        ends = {"payer": name(deal["payer"]), "payee": name(deal["payee"])}
        deals.append({"id": deal["id"], "kind": deal["kind"], "title": "t", **ends})
        claims.append(
            {
                "id": "c" + deal["id"], "deal": deal["id"], "source": "s", "reported": "2025-12-01",
                "status": "signed", "level": "binding", "low": dollars(deal["low"]),
                "high": dollars(deal["high"]), "currency": "USD",
                "start": month_name(deal["first"]), "end": month_name(deal["last"]),
            }
        )

    def fact(party, metric, cents, start, other=""):
        facts.append(
            {
                "id": f"f{len(facts)}", "party": name(party), "counterparty": other, "metric": metric,
                "low": dollars(cents), "high": dollars(cents), "unit": "USD", "start": start,
                "end": "2025-12-31", "source": "s", "reported": "2025-12-31",
            }
        )

    for party, figures in enumerate(case["parties"]):
        for metric, cents in figures.items():
            if cents is not None:
                fact(party, metric, cents, "2025-12-31" if metric in ("cash", "debt") else "2025-01-01")
    for (payer, payee), cents in case["habits"].items():
        fact(payee, "revenue-from", cents, "2025-01-01", name(payer))
    write(deals, "id,payer,payee,kind,title,capacity,capacity_unit,note", f"{folder}/deals.csv")
    write(
        claims,
        "id,deal,source,teller,reported,status,level,low,high,currency,start,end,schedule,about,says,"
        "new_payer,quote,note,confidence",
        f"{folder}/claims.csv",
    )
    write(
        facts,
        "id,party,counterparty,metric,low,high,unit,start,end,source,teller,reported,about,says,quote,"
        "note,confidence",
        f"{folder}/facts.csv",
    )
    write([], "id,name,low,high,unit,basis,reason,source,note", f"{folder}/assumptions.csv")


def plain(value):
    return f"{float(value):.6f}".rstrip("0").rstrip(".")


def yaml(quantity):
    kind, *values = quantity
    if kind == "fixed":
        return plain(values[0])
    if kind == "choice":
        options = ", ".join(f"{{value: {plain(v)}, weight: {plain(w)}}}" for v, w in values)
        return f"{{choice: [{options}]}}"
    return f"{{{kind}: [{', '.join(plain(v) for v in values)}]}}"


def write_scenario(case, path):
    scenario = case["scenario"]
    lines = ["name: oracle", f"months: {MONTHS}", "outside:"]
    lines += [f"  {key}: {yaml(value)}" for key, value in scenario["outside"].items()]
    lines.append("parties:")
    for party in range(len(case["parties"])):
        entries = [f"    {k}: {yaml(v)}" for k, v in scenario["parties"].get(party, {}).items()]
        for investor, share in scenario["investors"].get(party, {}).items():
            entries.append(f"    investors: {{{name(investor)}: {yaml(share)}}}")
        if entries:
            lines += [f"  {name(party)}:"] + entries
    if lines[-1] == "parties:":
        lines.pop()
    if scenario["deals"]:
        lines.append("deals:")
        for deal, terms in scenario["deals"].items():
            text = ", ".join(
                f"{k}: {name(v) if k == 'taker' else v if k == 'grace' else plain(v)}"
                for k, v in terms.items()
            )
            lines.append(f"  {deal}: {{{text}}}")
    if scenario["shocks"]:
        lines.append("shocks:")
        lines += [f"  - {{{shock_text(shock)}}}" for shock in scenario["shocks"]]
    with open(path, "w") as file:
        file.write("\n".join(lines) + "\n")


def shock_text(shock):
    verb = shock["verb"]
    deals = shock.get("deals")
    target = deals if isinstance(deals, str) else f"[{', '.join(deals)}]" if deals else None
    if target is None and "party" in shock:
        target = name(shock["party"])
    key = {"amend-amount": "amend", "lose-share": "lose-customer"}.get(verb, verb)
    words = [f"{key}: {target or yaml(shock['value'])}", f"on: {month_name(shock['on'])}"]
    for part in ("months", "factor", "amount", "change", "share"):
        if part in shock:
            words.append(f"{part}: {yaml(shock[part])}")
    if "to" in shock:
        words.append(f"to: {name(shock['to'])}")
    if "customer" in shock:
        words.append(f"customer: {name(shock['customer'])}")
    if "chance" in shock:
        words.append(f"chance: {plain(shock['chance'])}")
    if "when" in shock:
        kind, *rest = shock["when"]
        value = {
            "failed": lambda p: f"failed: {name(p)}",
            "cash-below": lambda p, x: f"cash-below: {name(p)}, amount: {plain(x)}",
            "late": lambda d, n: f"late: {d}, months: {n}",
        }[kind](*rest)
        words.append(f"when: {{{value}}}")
    return ", ".join(words)
