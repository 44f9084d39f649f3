#!/usr/bin/env python3
"""Writes small files of ours for a fuzzed reader to begin with.

    python3 Tests/Fuzz/seeds.py READER FOLDER

Those that only the program writes (a book's file, a pack, a run) are made by `ouro`, where it is built: the one that OURO
names, else that of `make demo` or of `swift build`.
"""

import bz2
import gzip
import io
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PLAIN = "payer,payee,amount,date\na,b,100.00,2025-01-02\nb,c,90,2025-01-03\nc,a,80.5,2025-01-04\n"
LEDGER = "2025-01-31 * x\n    A:B    5.00 EUR\n    C:D    3.00 EUR\n    E:F\n"
BEANCOUNT = '2025-01-31 * "x" "y"\n  Assets:B  5.00 EUR\n  Income:D  -3.00 EUR\n  Equity:F\n'
FRENCH = "JournalCode|EcritureNum|EcritureDate|CompteNum|Debit|Credit\nBQ|1|20250131|401|5,00|\nBQ|1|20250131|512||5,00\n"
GERMAN = 'Buchungstag;Auftraggeber;Empfänger;Betrag;Währung\n02.01.2025;A GmbH;"B; AG";1.234,56;EUR\n'
SIGNED = "Date,Description,Debit,Credit,Account\n01/13/2025,rent,(100.00),,DE89370400440532013000\n"
CAMT = """<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt><Id>1</Id>
<Acct><Id><IBAN>DE89370400440532013000</IBAN></Id><Ccy>EUR</Ccy></Acct><Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp>
<Amt Ccy="EUR">10.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2025-01-01</Dt></Dt></Bal><Ntry><Amt Ccy="EUR">5.00</Amt>
<CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2025-01-02</Dt></BookgDt><NtryDtls><TxDtls><RltdPties><Cdtr><Nm>B</Nm>
</Cdtr></RltdPties></TxDtls></NtryDtls></Ntry></Stmt></BkToCstmrStmt></Document>"""
MT940 = ":20:1\n:25:DE89370400440532013000\n:28C:1/1\n:60F:C250101EUR10,00\n:61:2501020102D5,00NTRFx\n:86:020?32B AG\n" \
    ":62F:C250102EUR5,00\n-\n"
OFX1 = "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:USASCII\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>USD" \
    "<BANKACCTFROM><ACCTID>1</BANKACCTFROM><BANKTRANLIST><STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20250102<TRNAMT>-5.00<FITID>1" \
    "<NAME>B</STMTTRN></BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>"
BAI2 = "01,122,123,250102,0800,1,80,1,2/\n02,123,122,1,250102,0800,USD,2/\n03,456,USD,010,1000,,/\n16,475,500,Z,1,B,check/\n" \
    "49,1500,3/\n98,1500,1,5/\n99,1500,1,7/\n"
ARTICLE = "# A deal\n\nThe Times, 3 March 2025. Nvidia will invest up to $100 billion in OpenAI over ten years, people familiar said; " \
    "OpenAI denied it. CoreWeave's contract is worth $11.9bn (not $ 12 billion), half of it in 2026.\n"
HTML = "<html><head><title>t</title></head><body><p>Oracle pays &#36;3bn a year to <b>Crusoe</b>.<script>x</script></p></body></html>"
INLINE = """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL" xmlns:xbrli="http://www.xbrl.org/2003/instance">
<body><ix:header><ix:resources><xbrli:context id="c"><xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">0000000001
</xbrli:identifier></xbrli:entity><xbrli:period><xbrli:startDate>2024-01-01</xbrli:startDate><xbrli:endDate>2024-12-31</xbrli:endDate>
</xbrli:period></xbrli:context><xbrli:unit id="u"><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unit></ix:resources></ix:header>
<ix:nonFraction name="us-gaap:Revenues" contextRef="c" unitRef="u" decimals="-6" scale="6" sign="-">1,234</ix:nonFraction></body></html>"""
FACTS = {"cik": 1, "entityName": "X", "facts": {"us-gaap": {"Revenues": {"label": "r", "description": "", "units": {"USD": [
    {"start": "2024-01-01", "end": "2024-12-31", "val": 5, "accn": "1-1-1", "fy": 2024, "fp": "FY", "form": "10-K", "filed": "2025-02-01"}]}}}}}
SUBMISSIONS = {"cik": "1", "name": "X", "tickers": ["X"], "filings": {"recent": {
    "accessionNumber": ["1"], "filingDate": ["2025-02-01"], "reportDate": ["2024-12-31"], "form": ["10-K"], "primaryDocument": ["a.htm"],
    "isInlineXBRL": [1]}, "files": []}}
SCENARIO = "name: s\nmonths: 12\nstart: 2026-01\ngiven:\n  - demand: 10%\nshocks:\n  - in: 2026-03\n    party: a\n    cannot_raise: true\n"
ENTITY = {"id": "p", "schema": "Payment", "properties": {"payer": ["a"], "beneficiary": ["b"], "amount": ["5"], "date": ["2025-01-02"]}}
OWNERSHIP = [{"statementId": "s", "recordId": "r", "recordType": "entity", "recordDetails": {"name": "X", "entityType": {"type": "registeredEntity"}}}]
CLAIM = {"claims": [{"quote": "Nvidia will invest $100 billion in OpenAI", "payer": "Nvidia", "payee": "OpenAI", "kind": "equity",
                     "status": "planned", "amount": "$100 billion"}]}
MAP = {"version": 1, "columns": {"payer": "payer", "payee": "payee", "amount": "amount", "time": "date"}}


def packed_sheet():
    """A workbook with one sheet."""
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "xl/workbook.xml": '<workbook xmlns:r="r"><sheets><sheet name="s" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": "<worksheet><sheetData>" + "".join(
            "<row>" + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in line.split(",")) + "</row>"
            for line in PLAIN.split()) + "</sheetData></worksheet>",
    }
    return zipped(parts)


def zipped(parts):
    """A zip of files by name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(zipfile.ZipInfo(name), text)
    return out.getvalue()


def frame(content, more=()):
    """A frame of Zstandard whose content stands in it as it is, and further blocks by kind, size and bytes."""
    blocks = [(0, len(content), content), *more]
    size = sum(length for _, length, _ in blocks)
    body = b"".join((length << 3 | kind << 1 | (place == len(blocks) - 1)).to_bytes(3, "little") + data
                    for place, (kind, length, data) in enumerate(blocks))
    return b"\x28\xb5\x2f\xfd\x20" + bytes([size]) + body


def program():
    """The `ouro` that is built; nothing where there is none."""
    places = [os.environ.get("OURO"), ROOT / ".build/release/ouro", ROOT / ".build/debug/ouro"]
    return next((place for place in places if place and os.access(place, os.X_OK)), None)


def made(*arguments):
    """A file that the program writes under the name that stands as OUT; nothing where it is not built."""
    ouro = program()
    if not ouro:
        return []
    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / "in.csv").write_text(PLAIN, encoding="utf-8")
        out = pathlib.Path(folder) / "out"
        (pathlib.Path(folder) / "s.yaml").write_text("name: s\nmonths: 2\n", encoding="utf-8")
        words = {"IN": f"{folder}/in.csv", "SCENARIO": f"{folder}/s.yaml",
                 "OUT": str(out), "BOOK": str(ROOT / "Tests/CommandTests/Fixtures/loop-book")}
        subprocess.run([ouro, *(words.get(a, a) for a in arguments)], check=True, capture_output=True)
        return [out.read_bytes()]


def tables():
    """Each table of a small book, behind the byte that chooses it."""
    names = ["parties", "sources", "deals", "claims", "facts", "assumptions"]
    book = ROOT / "Tests/CommandTests/Fixtures/loop-book"
    return [bytes([place]) + (book / f"{name}.csv").read_bytes() for place, name in enumerate(names)]


def seeds(reader):
    """The files for a reader, as text or bytes."""
    return {
        "table": lambda: [PLAIN, GERMAN, 'a,b\n"x\ny",2\n'],
        "book-folder": tables,
        "book-file": lambda: made("import", "BOOK", "OUT"),
        "edges": lambda: ["0 1 5\n1 2 4\n2 0 3\n", "source,target,weight\na,b,5\nb,a,4\n"],
        "payments": lambda: [PLAIN, GERMAN, SIGNED, LEDGER, FRENCH, "\ufeff" + PLAIN, PLAIN.encode("utf-16"), PLAIN.replace("2025-01-0", "2501")],
        "statement": lambda: [CAMT, MT940, OFX1, BAI2, CAMT.replace("camt.053.001.02", "pain.001.001.03")],
        "journal": lambda: [LEDGER, FRENCH, BEANCOUNT, FRENCH.replace("|", "\t"), LEDGER.replace("5.00 EUR", "2 X @ 2.50 EUR")],
        "zstandard": lambda: [frame(PLAIN.encode()), frame(PLAIN.encode()) + frame(b"a,b,5,2025-01-02\n"), frame(b"", [(1, 90, b"x")])],
        "archive": lambda: [gzip.compress(PLAIN.encode(), mtime=0), bz2.compress(PLAIN.encode()), zipped({"p.csv": PLAIN}), packed_sheet()],
        "pack": lambda: made("pack", "IN", "-o", "OUT"),
        "stream": lambda: [bytes([20]) + PLAIN.encode()],
        "aliases": lambda: ["name,party\na,b\n"],
        "rates": lambda: ["currency,rate\nEUR,1.1\n"],
        "scenario": lambda: [SCENARIO] + [path.read_bytes() for path in sorted((ROOT / "Examples/scenarios").glob("*.yaml"))],
        "run": lambda: made("project", "BOOK", "SCENARIO", "--paths", "2", "-o", "OUT"),
        "sentence": lambda: ["Nvidia invests 2bn in OpenAI in 2025", "a pays b $5m a year from 2025 to 2027"],
        "article": lambda: [ARTICLE, HTML, (ROOT / "Examples/reading/article.txt").read_bytes()],
        "filing": lambda: [INLINE],
        "facts": lambda: [json.dumps(FACTS)],
        "submissions": lambda: [json.dumps(SUBMISSIONS)],
        "exchange": lambda: [json.dumps(ENTITY), json.dumps(OWNERSHIP), "id,entity_id,prop,schema,value\n1,p,amount,Payment,5\n"],
        "map": lambda: [json.dumps(MAP)],
        "model": lambda: [json.dumps({"choices": [{"message": {"content": json.dumps(CLAIM)}}]})],
        "understanding": lambda: [json.dumps(MAP)],
    }[reader]()


def main():
    reader, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    for place, seed in enumerate(seeds(reader)):
        (folder / f"seed-{place}").write_bytes(seed.encode() if isinstance(seed, str) else seed)


if __name__ == "__main__":
    main()
