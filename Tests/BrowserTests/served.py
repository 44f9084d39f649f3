"""A served book and a browser that knows it."""

import atexit
import contextlib
import http.client
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")


class Served:
    """ouro serving a book, on a port of its own."""

    def __init__(self, ouro, book):
        self.errors = tempfile.NamedTemporaryFile("w+", suffix=".err")
        self.process = subprocess.Popen(
            [ouro, "serve", book, "--no-open"], stdout=subprocess.PIPE, stderr=self.errors, text=True
        )
        atexit.register(self.process.kill)
        self.address = self.process.stdout.readline().strip()
        if not re.fullmatch(r"http://127\.0\.0\.1:\d+/\?token=[0-9a-f]{32}", self.address):
            raise SystemExit(f"no address: {self.address!r}")
        self.base = self.address.split("/?")[0]

    def next_address(self):
        """The address printed for another browser."""
        for _ in range(100):
            self.errors.seek(0)
            lines = [line for line in self.errors.read().splitlines() if "token=" in line]
            if lines:
                return lines[-1].split(": ", 1)[1]
            time.sleep(0.05)
        raise SystemExit("no address for another browser")

    def end(self):
        self.process.terminate()
        code = self.process.wait(timeout=30)
        assert code == 0, f"the server ended with {code}"


@contextlib.contextmanager
def browser(playwright):
    """Debian's Chromium, which runs as root only without its sandbox."""
    started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
    try:
        yield started
    finally:
        started.close()


def watched(page, faults):
    """Collects what the page complains of: scripts that fail, and what its policy refused."""
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    page.on(
        "console",
        lambda message: faults.append(f"{page.url}: {message.text}") if message.type == "error" and "status of 422" not in message.text else None,
    )
    # Nothing is asked of any other machine.
    page.on(
        "request",
        lambda request: None
        if request.url.startswith(("http://127.0.0.1:", "blob:", "data:"))
        else faults.append(f"asked of {request.url}"),
    )
    return page


def cookie(served):
    """The cookie for the address that was printed."""
    host, target = served.address.split("//")[1].split("/", 1)
    link = http.client.HTTPConnection(host, timeout=60)
    link.request("GET", "/" + target)
    return link.getresponse().getheader("Set-Cookie").split(";")[0]
