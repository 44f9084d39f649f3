"""The server is killed at random moments of writing: every claim that was acknowledged is there, and nothing half.

    python Tests/BrowserTests/killed.py .build/release/ouro [ROUNDS]
"""

import csv
import http.client
import pathlib
import random
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

from served import Served, cookie


class Writer(threading.Thread):
    """Writes one claim after another for as long as the server answers."""

    def __init__(self, served, cookie, first):
        super().__init__(daemon=True)
        self.served, self.cookie, self.next = served, cookie, first
        self.acknowledged = []
        self.refused = []

    def run(self):
        host = self.served.base.split("//")[1]
        headers = {"Host": host, "Cookie": self.cookie, "Origin": self.served.base,
                   "Content-Type": "application/x-www-form-urlencoded"}
        try:
            link = http.client.HTTPConnection(host, timeout=60)
            while True:
                number, self.next = self.next, self.next + 1
                words = f"Payer{number} pays Payee{number} {number + 1}m in 2024"
                body = urllib.parse.urlencode({"words": words, "source": f"Gazette {number}", "reported": "2025-01-31"})
                link.request("POST", "/write/words", body, headers)
                reply = link.getresponse()
                reply.read()
                if reply.status == 303:
                    self.acknowledged.append(number)
                else:
                    self.refused.append((number, reply.status))
        except (OSError, http.client.HTTPException):
            pass


def rows(ouro, book, folder):
    subprocess.run([ouro, "export", book, "--format", "csv", "-o", str(folder)], check=True, capture_output=True)
    tables = {}
    for name in ["parties", "sources", "deals", "claims"]:
        with open(folder / f"{name}.csv", newline="") as file:
            tables[name] = list(csv.DictReader(file))
    return tables


def main():
    ouro, rounds = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 50
    chance = random.Random(1)
    acknowledged, number, faults = [], 0, []
    with tempfile.TemporaryDirectory() as folder:
        book = f"{folder}/killed.ouro"
        subprocess.run([ouro, "new", book], check=True, capture_output=True)
        for place in range(rounds):
            served = Served(ouro, book)
            writer = Writer(served, cookie(served), number)
            writer.start()
            time.sleep(chance.uniform(0.02, 0.9))
            served.process.kill()
            served.process.wait()
            writer.join(timeout=30)
            acknowledged += writer.acknowledged
            faults += [f"claim {number} was answered with {status}" for number, status in writer.refused]
            number = writer.next
            told = subprocess.run([ouro, "verify", book], capture_output=True, text=True)
            if told.returncode != 0 or "intact" not in told.stdout:
                faults.append(f"round {place}: {told.stdout}{told.stderr}")
        tables = rows(ouro, book, pathlib.Path(folder) / "out")
    claims = {claim["deal"]: claim for claim in tables["claims"]}
    parties = {party["id"] for party in tables["parties"]}
    publishers = {source["publisher"] for source in tables["sources"]}
    whole = set()
    for deal in tables["deals"]:
        place = int(deal["payer"].removeprefix("payer"))
        claim = claims.get(deal["id"])
        if claim is None or {deal["payer"], deal["payee"]} - parties or f"Gazette {place}" not in publishers:
            faults.append(f"half of claim {place} is there")
        elif float(claim["low"]) != (place + 1) * 1e6:
            faults.append(f"claim {place} says {claim['low']}")
        else:
            whole.add(place)
    if len(tables["claims"]) != len(whole) or len(parties) != 2 * len(whole):
        faults.append("rows that belong to no claim are there")
    lost = sorted(set(acknowledged) - whole)
    faults += [f"claim {place} was acknowledged and is not there" for place in lost]
    print(f"killed {rounds} times: {len(acknowledged)} claims acknowledged, {len(whole)} there, "
          f"{len(whole) - len(acknowledged)} of them on their way when the server was killed")
    if not acknowledged or faults:
        raise SystemExit("\n".join(faults[:20]) or "nothing was acknowledged")


main()
