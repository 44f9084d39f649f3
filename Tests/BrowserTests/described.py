"""What the OpenAPI document says is what the server does: schemathesis, with all its checks.

    python Tests/BrowserTests/described.py .build/release/ouro [EXAMPLES]
"""

import pathlib
import subprocess
import sys
import tempfile
import urllib.request

from served import Served, cookie

# What the document admits has an answer, or names what the book has not, or asks what has none.
CONFIG = """
[auth.openapi.cookie]
api_key = "{value}"

[checks.positive_data_acceptance]
expected-statuses = ["2xx", "404", "414", "422"]
"""


def main():
    ouro, examples = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "100"
    served = Served(ouro, "Examples/ai-economy")
    mine = cookie(served)
    value = mine.split("=", 1)[1]
    ask = urllib.request.Request(f"{served.base}/api/openapi.json", headers={"Cookie": mine})
    with urllib.request.urlopen(ask) as reply:
        document = reply.read()
    with tempfile.TemporaryDirectory() as folder:
        config = pathlib.Path(folder) / "schemathesis.toml"
        config.write_text(CONFIG.format(value=value))
        described = pathlib.Path(folder) / "openapi.json"
        described.write_bytes(document)
        program = pathlib.Path(sys.executable).parent / "schemathesis"
        common = [str(program), "--config-file", str(config), "run", str(described), "--url", served.base,
                  "--workers", "2", "--seed", "1", "--request-timeout", "120"]
        # Those that begin long work get fewer.
        long = "/api/(scenarios|trend|changes|payments)"
        codes = [
            subprocess.run([*common, "-n", examples, "--exclude-path-regex", long]).returncode,
            subprocess.run([*common, "-n", "20", "--include-path-regex", long]).returncode,
        ]
    served.end()
    if any(codes):
        raise SystemExit("the document and the server differ")


main()
