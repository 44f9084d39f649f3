"""A thousand connections that send a request a byte at a time: others are answered all the same.

    python Tests/BrowserTests/crowded.py .build/release/ouro [SECONDS]
"""

import http.client
import resource
import socket
import sys
import time

from served import Served, cookie

COUNT = 1_000


def main():
    ouro, seconds = sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else 60
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, 8_192), most))
    served = Served(ouro, "Examples/ai-economy")
    mine = cookie(served)
    host, port = served.base.split("//")[1].split(":")
    link = http.client.HTTPConnection(host, int(port), timeout=60)

    def ask():
        start = time.monotonic()
        link.request("GET", "/report", headers={"Cookie": mine})
        reply = link.getresponse()
        reply.read()
        return reply.status, time.monotonic() - start

    ask()
    sent = f"GET /report HTTP/1.1\r\nHost: {host}:{port}\r\nX: " + "a" * 10_000
    slow, times, at, begun = [], [], 0, time.monotonic()
    while time.monotonic() - begun < seconds:
        # Those that the server gave up are opened again.
        alive = []
        for one in slow:
            try:
                one.send(sent[at % len(sent)].encode())
                alive.append(one)
            except OSError:
                one.close()
        slow = alive
        while len(slow) < COUNT:
            slow.append(socket.create_connection((host, int(port)), timeout=10))
            slow[-1].send(sent[:20].encode())
        at += 1
        for _ in range(5):
            status, took = ask()
            assert status in (200, 303), status
            times.append(took)
        time.sleep(0.2)
    served.end()
    times.sort()
    print(f"{len(times)} pages beside {COUNT} slow connections for {seconds:.0f} s: "
          f"middle {times[len(times) // 2] * 1e3:.1f} ms, slowest {times[-1] * 1e3:.1f} ms")
    if times[-1] > 0.5:
        raise SystemExit("a page took more than 500 ms")


main()
