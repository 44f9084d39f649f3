"""The story of the book, walked in a browser as a reader would, and every view looked at for what axe finds.

    python Tests/BrowserTests/walk.py .build/release/ouro [FOLDER for pictures]
"""

import csv
import io
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

import openpyxl
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from served import Served, browser, watched

BOOK = "Examples/ai-economy"
VIEWS = [
    "/report", "/map", "/map?kind=chord&loop=1", "/map?kind=network", "/loops", "/path?party=nvidia&party=openai",
    "/party", "/party/coreweave", "/deal", "/deal/openai-coreweave-2025-03", "/flows", "/left-out", "/disputes",
    "/changes?from=2025-02-15&to=2025-04-15", "/trend", "/check", "/search?q=option", "/source", "/row/c004",
    "/tellers", "/history", "/inbox", "/scenarios", "/scenarios?scenario=microsoft-withdraws&paths=50", "/payments", "/write", "/runs",
    "/scenarios/edit?scenario=ipo-fails",
]
faults = []


def check(holds, what):
    print(("ok    " if holds else "FAULT ") + what)
    if not holds:
        faults.append(what)


def settled(page):
    page.wait_for_function("() => !document.body.classList.contains('working')")


def walk(page, served):
    """From the printed address through the spring of 2025."""
    page.goto(served.address)
    check(re.search(r"/report\?.*head=[0-9a-f]{12}$", page.url) is not None, "the address holds the whole question")
    check("token" not in page.url, "the token is not kept in the address")
    check("are known to have paid one another" in page.inner_text("main"), "the answer opens in sentences")

    # The slider moves the map from February to April 2025.
    page.click("nav >> text=Map")
    drawn = {}
    for day in ["2025-02-15", "2025-03-20", "2025-04-15"]:
        page.evaluate(
            """day => {
              const slider = document.querySelector(".slider");
              slider.value = Date.parse(day) / 864e5;
              slider.dispatchEvent(new Event("input", { bubbles: true }));
            }""",
            day,
        )
        page.wait_for_function("day => location.search.includes('as-of=' + day)", arg=day)
        settled(page)
        drawn[day] = page.inner_text("#picture-map")
        check(day in drawn[day], f"the map is of {day}")
    check(len(set(drawn.values())) == 3, "the three days differ")
    page.go_back()
    page.wait_for_function("() => document.querySelector('#picture-map').textContent.includes('as known on 2025-03-20')")
    settled(page)
    check(True, "back leads to the day before")

    # Keyboard: a mark says what it is, and leads to the flow.
    mark = page.locator("#picture-map svg a[href^='/path']").first
    mark.focus()
    said = page.inner_text(".peek")
    check("$" in said, f"a flow in focus says its amount: {said[:60]!r}")
    page.keyboard.press("Enter")
    page.wait_for_url("**/path?**")
    check("moved in" in page.inner_text("main"), "a flow opens what runs between the two")

    # The dispute of March 2025, both sides, and on to claim and source.
    page.goto(f"{served.base}/disputes?as-of=2025-03-31")
    sides = page.inner_text("main")
    check("Stands:" in sides and "Against:" in sides, "disputes stand side by side")
    check("Financial Times" in sides and "CoreWeave" in sides, "the report and the denial are both there")
    page.click(".sides a[href^='/row/']")
    page.wait_for_url("**/row/**")
    page.click(".said a[href^='/source/']")
    page.wait_for_url("**/source/**")
    check("What it says of deals" in page.inner_text("main"), "a claim leads to its source with all it said")

    # The takeover, and what it did to the figures.
    page.goto(f"{served.base}/changes?from=2025-02-15&to=2025-04-15&as-of=2025-04-15&period=2025")
    changed = page.inner_text("main")
    check("OpenAI → CoreWeave" in changed and "now disputed" in changed, "what changed tells the takeover and the dispute")
    check("What it did to the figures" in changed, "and what it did to the figures")
    page.goto(f"{served.base}/deal/openai-coreweave-2025-03")
    check("c006" in page.inner_text("#claims"), "the deal tells its story claim by claim")

    # Tables sort and filter.
    page.goto(f"{served.base}/flows")
    page.fill(".tools input", "nvidia")
    rows = page.locator("main table").first.locator("tbody tr:visible")
    check(rows.count() > 2 and all("Nvidia" in text for text in rows.all_inner_texts()), "a table is filtered")
    check(not page.locator(".tools button").is_visible(), "and all that is left of it is shown")
    page.set_viewport_size({"width": 390, "height": 900})
    check(all("Nvidia" in text for text in rows.all_inner_texts()), "on a telephone too")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.click("thead th:nth-child(2) button")
    amounts = [scaled(text) for text in page.locator("main table").first.locator("tbody tr:visible td:nth-child(2)").all_inner_texts()]
    check(amounts == sorted(amounts, reverse=True), "and sorted by its figures")

    # Search as one types, and the keys.
    page.goto(f"{served.base}/report")
    page.keyboard.press("/")
    page.keyboard.type("takes over coreweave")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?**")
    page.fill("form.find input[type=search]", "coreweave option")
    page.wait_for_selector("main table")
    check(page.locator("main table tbody tr").count() > 0, "search finds as one types")
    page.goto(f"{served.base}/report")
    page.keyboard.press("?")
    check(page.locator("dialog.keys").is_visible(), "? lists the keys")
    page.keyboard.press("Escape")
    page.keyboard.press("x")
    page.wait_for_url("**/disputes?**")
    check(True, "a key leads to a view")

    # What is refused is told in place, and the question stays as it was typed.
    page.goto(f"{served.base}/disputes")
    page.fill(".question input[name=told-by]", "nobody at all")
    page.click(".question button")
    page.wait_for_selector(".complaint")
    check("Nobody in the book" in page.inner_text(".complaint"), "an unknown teller is told in place")
    check(page.input_value(".question input[name=told-by]") == "nobody at all", "and what was typed stays")
    page.goto(f"{served.base}/flows?period=FY2025:nvidia")
    check("period=2024-01-29..2025-01-26" in page.url, "a fiscal year is taken, and told in days")
    page.goto(f"{served.base}/disputes")
    page.click("text=What the press tells, beside what the companies do")
    page.wait_for_url("**/tellers?**")
    check("companies" in page.inner_text("main table >> nth=0"), "two tellers stand side by side")

    # Without three parties there is no loop, and it says why.
    page.goto(f"{served.base}/loops")
    page.click("summary:has-text('Why is this not a loop')")
    for field, name in zip(page.locator(".ask input[name=party]").all(), ["Microsoft", "CoreWeave", "OpenAI"]):
        field.fill(name)
    page.click(".ask button")
    page.wait_for_url("**/path?**")
    check("loop" in page.inner_text("main .answer >> nth=0"), "it says why some parties are no loop")


def scaled(text):
    found = re.search(r"([\d.,]+)(bn|m|k)?", text)
    return float(found[1].replace(",", "")) * {"bn": 1e9, "m": 1e6, "k": 1e3, None: 1}[found[2]]


def exports(page, served):
    """Every export is read by a program of its own kind."""
    page.goto(f"{served.base}/map")
    for word, read in [("SVG", lambda path: xml.etree.ElementTree.parse(path).getroot().tag.endswith("svg")),
                       ("PNG", lambda path: path.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n")]:
        with page.expect_download() as download:
            page.locator(f".exports >> text={word}").click()
        check(read(pathlib.Path(download.value.path())), f"the map is kept as {word}")
    for view in ["/report", "/flows", "/loops", "/deal", "/left-out", "/disputes"]:
        page.goto(served.base + view)
        with page.expect_download() as download:
            page.click(".exports >> text=CSV")
        rows = list(csv.reader(io.StringIO(pathlib.Path(download.value.path()).read_text())))
        check(len(rows) > 1 and len({len(row) for row in rows}) == 1, f"{view} is kept as CSV: {len(rows)} rows")
        with page.expect_download() as download:
            page.click(".exports >> text=Excel")
        sheets = openpyxl.load_workbook(io.BytesIO(pathlib.Path(download.value.path()).read_bytes())).sheetnames
        check(sheets[0] == "Question" and len(sheets) > 1, f"{view} is kept as a workbook: {sheets}")
        reply = page.request.get(served.base + page.locator(".exports a", has_text="JSON").get_attribute("href"))
        check(isinstance(json.loads(reply.text()), dict), f"{view} is kept as JSON")


def without_script(opened, served, cookies):
    """Every view reads and asks without scripting."""
    context = opened.new_context(java_script_enabled=False)
    context.add_cookies(cookies)
    page = context.new_page()
    for view in VIEWS:
        page.goto(served.base + view)
        check(page.locator("main h1").count() == 1, f"{view} reads without scripting")
    page.goto(f"{served.base}/disputes?as-of=2025-03-31")
    page.click("a.step[rel=prev]")
    page.wait_for_load_state()
    check("as-of=2025-03-31" not in page.url and "/disputes?" in page.url, "steps lead from day to day without scripting")
    page.fill("input[type=date][name=as-of]", "2025-03-06")
    page.click(".question button")
    page.wait_for_load_state()
    check("as-of=2025-03-06" in page.url, "a day is asked for without scripting")
    context.close()


def looked_at(opened, served, cookies, folder, views=None):
    """No view overflows a telephone or a wall, and axe finds nothing, light and dark."""
    axe = Axe()
    for scheme in ["light", "dark"]:
        for width in [390, 1440, 2560]:
            context = opened.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
            context.add_cookies(cookies)
            page = watched(context.new_page(), faults)
            for view in views or VIEWS:
                page.goto(served.base + view)
                page.wait_for_load_state("networkidle")
                check("HTML(markup" not in page.content(), f"{view} is markup throughout")
                over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                check(over <= 0, f"{view} fits {width} px, {scheme}")
                if folder:
                    name = re.sub(r"[^a-z0-9]+", "-", view.strip("/"))[:60]
                    page.screenshot(path=f"{folder}/{name}-{width}-{scheme}.png")
                if width == 2560:
                    continue
                found = axe.run(page, options={"resultTypes": ["violations"]}).response["violations"]
                words = [f"{fault['id']}: {fault['nodes'][0]['html'][:160]}" for fault in found]
                check(not found, f"axe on {view}, {width} px, {scheme}: {words}")
            context.close()


def two_browsers(opened, served, cookies):
    """Another browser comes in by its own address; one without is told what to do."""
    stranger = opened.new_context().new_page()
    stranger.goto(f"{served.base}/report")
    check("not known here" in stranger.inner_text("h1"), "a browser that is not known is told so")
    stranger.goto(served.next_address())
    check("/report?" in stranger.url, "the next address lets another browser in")


def moved_on(opened, ouro):
    """A page whose book moved on says so, and offers the new one."""
    with tempfile.TemporaryDirectory() as folder:
        book = pathlib.Path(folder) / "book"
        shutil.copytree(BOOK, book)
        served = Served(ouro, str(book))
        page = watched(opened.new_context().new_page(), faults)
        page.goto(served.address)
        page.goto(f"{served.base}/party")
        here = page.url
        parties = book / "parties.csv"
        parties.write_text(parties.read_text() + "newcomer,Newcomer Inc.,company,,no,,\n")
        page.wait_for_timeout(400)
        page.goto(here)
        check("moved on" in page.inner_text(".notice"), "a page whose book moved on says so")
        check("Newcomer" not in page.text_content("main"), "and shows what its address names")
        page.click(".notice a")
        page.wait_for_load_state()
        check("Newcomer" in page.text_content("main"), "and leads to the book as it is now")
        served.end()


def written(opened, ouro, folder):
    """A candidate is read out of an article, accepted, and undone."""
    with tempfile.TemporaryDirectory() as place:
        book = f"{place}/market.ouro"
        subprocess.run([ouro, "import", BOOK, book], check=True, capture_output=True)
        served = Served(ouro, book)
        context = opened.new_context(viewport={"width": 1440, "height": 900})
        page = watched(context.new_page(), faults)
        page.goto(served.address)
        page.click("nav >> text=Inbox")
        page.fill("textarea", "Nothing happened today.")
        page.click(".read button")
        page.wait_for_selector(".complaint")
        check(page.input_value("textarea") == "Nothing happened today.", "a text in which nothing is found stays")
        page.fill("textarea", pathlib.Path("Examples/reading/article.txt").read_text())
        page.fill("input[name=publisher]", "Gazette")
        page.fill("input[name=published]", "2026-08-25")
        page.click(".read button")
        page.wait_for_url("**/inbox/1**")
        check("pay Oracle $24 billion" in page.inner_text("mark"), "the words that were read are marked in their text")
        check("Accepting adds" in page.inner_text("main"), "what accepting would change is told")
        check("The next that waits: 2" in page.inner_text("main"), "and which candidate is next")
        looked_at(opened, served, context.cookies(), folder, ["/inbox/1", "/inbox", "/write", "/history"])
        page.fill("input[name=cell-low]", "25000000000")
        page.fill("input[name=cell-high]", "25000000000")
        page.click("text=Accept >> nth=-1")
        page.wait_for_function("() => document.querySelector('main').textContent.includes('accepted with batch')")
        check("What it changed" in page.inner_text("main"), "what it changed is told")
        page.goto(f"{served.base}/search?q=gazette-2026-08-25")
        check("gazette-2026-08-25.1" in page.inner_text("main"), "the claim is in the book")
        page.click("nav >> text=History")
        page.click("text=Undo the last batch")
        page.wait_for_function("() => document.querySelector('main').textContent.includes('retract claim')")
        page.goto(f"{served.base}/search?q=gazette-2026-08-25")
        check("No row of the book" in page.inner_text("main"), "and out of it once it is undone")
        page.goto(f"{served.base}/inbox")
        check("Waiting: 3" in page.inner_text("main"), "and the candidate waits again")
        served.end()
        told = subprocess.run([ouro, "verify", book], capture_output=True, text=True)
        check("intact" in told.stdout, "the book is intact")


def followed(opened, served, cookies, folder):
    """A statement is dropped, its understanding corrected, a ring seen, a sum followed, and all of it kept."""
    context = opened.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)
    context.add_cookies(cookies)
    page = watched(context.new_page(), faults)
    page.goto(f"{served.base}/payments")
    # A semicolon table with a decimal comma, and days that could be months until somebody says.
    rows = ["Auftraggeber;Empfaenger;Betrag;Datum", "Acme;Bolt;1.000,00;01.02.2025", "Bolt;Cano;900,00;02.02.2025",
            "Cano;Acme;800,50;03.02.2025", "Acme;Dune;55,00;04.02.2025"]
    page.set_input_files("input[type=file]", {"name": "konto.csv", "mimeType": "text/csv", "buffer": "\n".join(rows).encode()})
    page.click("text=Read them")
    page.wait_for_url("**/rings?**")
    page.wait_for_selector("#understood")
    said = page.inner_text("#understood + *, section[aria-labelledby=understood]")
    check("semicolons between cells" in said, "it says how the statement was understood")
    if "not understood that way yet" in page.inner_text("main"):
        check("--day-order" in said, "what nothing in the file decides is asked")
        page.select_option("select[name=day-order]", "DMY")
        page.click("text=Read them so")
        page.wait_for_selector("article.loop")
    check("Acme → Bolt → Cano → Acme" in page.inner_text("main"), "the ring is found")
    check(page.locator("article.loop svg").count() == 1, "and drawn")
    drawn = page.text_content("article.loop svg")
    check("Acme pays Bolt 1,000.00" in drawn and "less than left" in page.text_content("article.loop"), "as hands over time")
    for word, suffix in [("CSV", "csv"), ("Excel", "xlsx")]:
        with page.expect_download() as download:
            page.click(f".exports >> text={word}")
        path = pathlib.Path(download.value.path())
        if suffix == "csv":
            check("Acme" in path.read_text(), "rings are kept as CSV")
        else:
            check("Loops" in openpyxl.load_workbook(io.BytesIO(path.read_bytes())).sheetnames, "and as a workbook")
    rings = page.url
    page.click("article.loop >> text=follow it >> nth=0")
    page.wait_for_url("**/follow?**")
    told = page.inner_text("main")
    check("followed by 4 rules" in told and "came back" in told, "a sum is followed by each rule")
    row = page.locator("section#where tr", has_text="came back").inner_text()
    check("800.50" in row, f"what came back is told to the cent: {row!r}")
    page.click(".choices >> text=lifo")
    page.wait_for_url("**rule=lifo**")
    views = [address(rings), address(page.url), address(rings.replace("/rings", "/split"))]
    looked_at(opened, served, cookies, folder, [*views, "/payments"])
    page.click("text=Money split and rejoined")
    page.wait_for_url("**/split?**")
    page.wait_for_selector("main .answer")
    check("through others" in page.inner_text("main"), "money that was split is looked for")
    page.click("text=Forget these files")
    page.wait_for_url("**/payments?**")
    check("Dropped before" not in page.inner_text("main"), "and the files are forgotten")
    context.close()


def run_and_compared(opened, served, cookies, folder):
    """A scenario is edited, run with progress, another stopped, and two compared."""
    context = opened.new_context(viewport={"width": 1440, "height": 900})
    context.add_cookies(cookies)
    page = watched(context.new_page(), faults)

    def start(paths, happening=None):
        page.goto(f"{served.base}/scenarios/edit?scenario=microsoft-withdraws")
        if happening:
            page.select_option("select[name=verb]", happening[0])
            page.fill("input[name=target]", happening[1])
            page.fill("input[name=value]", happening[2])
            page.click("text=Add it")
            page.wait_for_url("**draft=**")
            check(f"{happening[0]}: {happening[1]}" in page.input_value("textarea"), "one thing more happens in the text")
        page.select_option("select[name=paths]", paths)
        page.click("text=Run it")
        page.wait_for_url("**/runs/*")

    start("200")
    page.wait_for_selector("#run-spread", timeout=300_000)
    check("Outside money needed" in page.inner_text("main"), "a run ends by itself, with the money needed")
    for word in ["forced loss", "at risk", "nobody can know"]:
        check(word in page.inner_text("#run-spread"), f"whom it hits is told apart: {word}")
    page.click("#run-spread .chips a >> nth=1")
    page.wait_for_url("**month=**")
    check(page.locator("#run-spread .chips [aria-current]").count() == 1, "month by month")
    views = [address(page.url)]
    start("10000", ("share-price", "openai", "-50%"))
    page.wait_for_selector(".running progress")
    page.click("text=Stop it")
    page.wait_for_function("() => document.querySelector('main').textContent.includes('was stopped')", timeout=300_000)
    check(True, "a run is stopped")
    start("200", ("share-price", "openai", "-50%"))
    page.wait_for_selector("#run-spread", timeout=300_000)
    page.click("text=All runs")
    page.wait_for_selector("main table")
    boxes = page.locator("input[name=run]")
    boxes.nth(0).check()
    boxes.nth(2).check()
    page.click("text=Compare the two chosen")
    page.wait_for_selector("#compared")
    check("somebody fails, of the paths" in page.inner_text("main"), "two runs stand side by side")
    looked_at(opened, served, cookies, folder, [*views, address(page.url)])
    context.close()


def address(url):
    """What of an address stands behind the server's own."""
    return re.sub(r"^https?://[^/]+", "", url)


def main():
    ouro = sys.argv[1]
    folder = sys.argv[2] if len(sys.argv) > 2 else None
    served = Served(ouro, BOOK)
    with sync_playwright() as playwright, browser(playwright) as opened:
        context = opened.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)
        page = watched(context.new_page(), faults)
        page.set_default_timeout(20_000)
        walk(page, served)
        exports(page, served)
        cookies = context.cookies()
        without_script(opened, served, cookies)
        two_browsers(opened, served, cookies)
        moved_on(opened, ouro)
        written(opened, ouro, folder)
        followed(opened, served, cookies, folder)
        run_and_compared(opened, served, cookies, folder)
        looked_at(opened, served, cookies, folder)
    served.end()
    if faults:
        print(f"\n{len(faults)} faults")
        for fault in faults:
            print("  " + fault)
        raise SystemExit(1)
    print("\nno fault")


main()
