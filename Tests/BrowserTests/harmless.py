"""Two hundred texts that would do harm as markup, in every text field, form and upload: nothing of them is run.

    python Tests/BrowserTests/harmless.py .build/release/ouro
"""

import csv
import io
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.parse

from playwright.sync_api import sync_playwright

from served import Served, browser, watched

SHAPES = [
    "<script>X</script>", "\"><script>X</script>", "'><img src=x onerror=X>", "</title><script>X</script>",
    "</style><script>X</script>", "</svg><script>X</script>", "<svg onload=X>", "<a href=javascript:X>y</a>",
    "]]><script>X</script>", "--><script>X</script>", "&lt;script&gt;X&lt;/script&gt;", "\" onmouseover=\"X",
    "' onfocus='X' autofocus='", "<iframe srcdoc='<script>X</script>'>", "<math><mtext></form><form>X",
    "<!--<img src=--><img src=x onerror=X>", "javascript:X", "data:text/html,<script>X</script>",
    "<use href=\"data:image/svg+xml,X\"/>", "</textarea><script>X</script>",
]
ACTS = ["window.harmed=1", "document.title='harmed'", "alert(1)", "fetch('//e.example')", "top.location='//e.example'",
        "eval('harmed=1')", "document.body.dataset.harmed=1", "import('//e.example')", "open('//e.example')", "print()"]
TEXTS = [shape.replace("X", act) for shape in SHAPES for act in ACTS]
HARMED = "() => Boolean(window.harmed || document.documentElement.querySelector('[data-harmed]') || document.title === 'harmed')"
faults = []


class Looker:
    """A browser's page that goes from view to view and minds what is run on them."""

    def __init__(self, opened, served, folder):
        self.served, self.folder, self.seen = served, pathlib.Path(folder), 0
        self.page = watched(opened.new_context().new_page(), faults)
        self.page.on("dialog", lambda dialog: (faults.append(f"{self.page.url} said {dialog.message}"), dialog.dismiss()))
        self.page.on("popup", lambda _: faults.append(f"{self.page.url} opened another"))
        self.page.goto(served.address)

    def look(self):
        """Whether anything was run on the page that is shown; every mark of it is touched first."""
        self.seen += 1
        self.page.evaluate("""() => document.querySelectorAll("main *").forEach((node) => {
            for (const kind of ["mouseover", "focus"]) node.dispatchEvent(new Event(kind, { bubbles: true }));
          })""")
        harmed = self.page.evaluate(HARMED)
        if harmed or self.page.locator("h1").count() != 1 or not self.page.url.startswith(self.served.base):
            faults.append(f"something is run at {self.page.url}")

    def visit(self, *views):
        for view in views:
            # What a view answers to nonsense is looked at too, and a browser reports its status as an error.
            known = len(faults)
            self.page.goto(self.served.base + view)
            faults[known:] = [fault for fault in faults[known:] if "Failed to load resource" not in fault]
            self.look()

    def post(self, place, fields):
        """Sends a form by a form element, as a person would, and looks at what is answered."""
        known = len(faults)
        with self.page.expect_navigation():
            self.page.evaluate("""([place, fields]) => {
                const form = document.createElement("form");
                [form.method, form.action] = ["post", place];
                for (const [name, value] of Object.entries(fields)) {
                  const field = document.createElement("textarea");
                  [field.name, field.value] = [name, value];
                  form.append(field);
                }
                document.body.append(form);
                form.submit();
              }""", [place, fields])
        faults[known:] = [fault for fault in faults[known:] if "Failed to load resource" not in fault]
        self.look()

    def drawing(self, address):
        """Opens a drawing that was saved as a document of its own, where no policy of the server holds."""
        reply = self.page.request.get(self.served.base + address)
        assert reply.status == 200, (address, reply.status)
        path = self.folder / "drawing.svg"
        path.write_bytes(reply.body())
        alone = watched(self.page.context.new_page(), [])
        alone.on("dialog", lambda dialog: (faults.append(f"{address} said {dialog.message}"), dialog.dismiss()))
        alone.goto(path.as_uri())
        held = alone.evaluate("""() => [...document.querySelectorAll("*")].filter((node) =>
            /^(script|iframe|foreignobject|image|use)$/i.test(node.localName)
            || [...node.attributes].some((one) => /^on/i.test(one.name)
              || (/(href|src)$/i.test(one.name) && !/^(#|\\/|\\.)/.test(one.value)))).length""")
        if held or alone.evaluate("() => Boolean(window.harmed)"):
            faults.append(f"the drawing {address} holds what could be run")
        alone.close()
        self.seen += 1


def table(folder, name, header, rows):
    with open(folder / f"{name}.csv", "w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header.split(",")] + rows)


def written(folder):
    """A book each of whose text fields holds such a text."""
    count = len(TEXTS)
    folder.mkdir()
    table(folder, "parties", "id,name,kind,parent,inside,identifiers,note",
          [[f"p{n}", f"{text} {n}", "company", "", "yes", "", text] for n, text in enumerate(TEXTS)])
    table(folder, "sources", "id,publisher,title,published,url,kind,seen_as,note",
          [[f"s{n}", text, text, "2025-01-01", text, "news", text, text] for n, text in enumerate(TEXTS)])
    table(folder, "deals", "id,payer,payee,kind,title,capacity,capacity_unit,note",
          [[f"d{n}", f"p{n}", f"p{(n + 1) % count}", "purchase", text, "", text, text] for n, text in enumerate(TEXTS)])
    table(folder, "claims", "id,deal,source,teller,reported,status,level,low,high,currency,start,end,schedule,about,says,"
          "new_payer,quote,note,confidence",
          [[f"c{n}", f"d{n}", f"s{n}", text, "2025-01-01", "completed", "paid", str(100 + n), str(100 + n), "USD", "2024",
            "2024", "", "", "", "", text, text, ""] for n, text in enumerate(TEXTS)])
    table(folder, "facts", "id,party,counterparty,metric,low,high,unit,start,end,source,teller,reported,about,says,quote,"
          "note,confidence", [])
    table(folder, "assumptions", "id,name,low,high,unit,basis,reason,source,note", [])


def read(opened, ouro, folder):
    """A book that is full of them is walked."""
    book = folder / "book"
    written(book)
    served = Served(ouro, str(book))
    looker = Looker(opened, served, folder)
    looker.visit("/report", "/map", "/map?kind=chord", "/map?kind=network", "/loops", "/party", "/deal", "/flows",
                 "/left-out", "/disputes", "/check", "/source", "/history", "/search?q=script", "/trend",
                 "/path?party=p0&party=p1", "/changes?from=2024-01-01&to=2025-06-01")
    looker.visit(*(f"/{kind}{n}" for n in range(0, len(TEXTS), 10) for kind in ["party/p", "deal/d", "source/s", "row/c"]))
    for kind in ["sankey", "network", "chord"]:
        looker.drawing(f"/map.svg?kind={kind}")
    served.end()
    return looker.seen


def sent(opened, ouro, folder):
    """Each is sent by every form that takes text, and what became of it is looked at."""
    book = folder / "market.ouro"
    subprocess.run([ouro, "import", "Examples/ai-economy", str(book)], check=True, capture_output=True)
    served = Served(ouro, str(book))
    looker = Looker(opened, served, folder)
    for place, text in enumerate(TEXTS):
        looker.visit("/search?q=" + urllib.parse.quote(text))
        looker.post("/write/words", {"words": f"Payer{place} pays Payee{place} 1m in 2024", "source": text, "teller": text,
                                     "reported": "2025-01-31", "reason": text})
        looker.post("/write/claim", {"cell-deal": "microsoft-nebius", "cell-source": "cnbc-nebius", "cell-status": "signed",
                                     "cell-reported": "2026-01-31", "cell-quote": text, "cell-note": text,
                                     "cell-teller": text, "reason": text})
        named = text.replace("\\", "\\\\").replace('"', '\\"')
        looker.post("/scenarios/run", {"text": f'name: "{named}"\ndescription: "{named}"\nmonths: 2\n', "action": "add",
                                       "verb": "withdraw", "target": text, "because": text, "on": "2027-01"})
        if place % 10 == 0:
            looker.post("/write/words", {"words": f"{text} pays Nvidia 1m in 2024", "source": text})
            looker.post("/scenarios/run", {"text": f'extends: baseline\nname: "{named}"\nmonths: 2\n', "paths": "1"})
            looker.visit(re.sub(r"^https?://[^/]+", "", looker.page.url))
    for first in range(0, len(TEXTS), 10):
        texts = TEXTS[first:first + 10]
        lines = [f"{text} On Monday Microsoft agreed to pay Oracle ${place + 1} billion in 2027 {text}"
                 for place, text in enumerate(texts)]
        looker.post("/inbox/read", {"text": "\n\n".join(lines), "publisher": texts[0], "published": "2026-08-25",
                                    "url": "https://e.example/" + urllib.parse.quote(texts[0])})
        looker.visit("/inbox")
    candidates = looker.page.locator("main table a[href^='/inbox/']")
    addresses = [candidates.nth(place).get_attribute("href") for place in range(candidates.count())]
    assert len(addresses) > 20, f"only {len(addresses)} candidates were read"
    for place, address in enumerate(addresses[:40]):
        looker.visit(address)
        number = re.search(r"/inbox/(\d+)", address)[1]
        looker.post(f"/inbox/{number}/reject", {"reason": TEXTS[place]})
    looker.visit("/write", "/history", "/runs", "/runs?run=1&run=2", "/scenarios", "/source", "/deal/microsoft-nebius", "/report",
                 "/search?q=script")
    served.end()
    told = subprocess.run([ouro, "verify", str(book)], capture_output=True, text=True)
    if "intact" not in told.stdout:
        faults.append(f"the book is not intact: {told.stdout}")
    return looker.seen


def dropped(opened, ouro, folder):
    """They are the cells, the headings and the names of files that are dropped."""
    served = Served(ouro, "Examples/ai-economy")
    looker = Looker(opened, served, folder)
    page = looker.page
    for first in range(0, len(TEXTS), 10):
        texts = TEXTS[first:first + 10]
        sheet = io.StringIO()
        rows = csv.writer(sheet)
        rows.writerow(["payer", "payee", "amount", "date", texts[0]])
        for place, text in enumerate(texts):
            ring = [text, f"{texts[place - 1]} by", f"{text} on"]
            for step in range(3):
                rows.writerow([ring[step], ring[(step + 1) % 3], 100 - step, f"2025-01-{place + 1 + step:02}", text])
        looker.visit("/payments")
        name = texts[0].replace("/", "|") + ".csv"
        page.set_input_files("input[type=file]", {"name": name, "mimeType": "text/csv", "buffer": sheet.getvalue().encode()})
        page.click("text=Read them")
        page.wait_for_url("**/rings?**")
        looker.look()
        if first == 0 and not page.locator("article.loop svg").count():
            faults.append("no ring was drawn of the first files")
        place = re.search(r"/payments/[0-9a-f]+/", page.url)[0]
        payer = urllib.parse.quote(texts[0])
        looker.visit(f"{place}split", f"{place}rings?payer={payer}&max-hops=3", f"{place}rings?date-order={payer}",
                     f"{place}follow?from={payer}&at=2025-01-01&sum=100", f"{place}follow?from={payer}&at={payer}&sum={payer}")
    looker.visit("/payments")
    served.end()
    return looker.seen


def main():
    ouro = sys.argv[1]
    seen = 0
    with sync_playwright() as playwright, browser(playwright) as opened, tempfile.TemporaryDirectory() as folder:
        for part in [read, sent, dropped]:
            looked = part(opened, ouro, pathlib.Path(folder))
            print(f"{part.__name__}: {looked} pages and drawings, {len(faults)} faults", flush=True)
            print("\n".join(faults[:10]), flush=True)
            seen += looked
    print(f"{len(TEXTS)} texts on {seen} pages and drawings: {len(faults)} faults")
    if faults:
        raise SystemExit("\n".join(faults[:40]))


main()
