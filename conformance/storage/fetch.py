"""KServe's storage initializer, asked what it does with storage URIs: its own code, with stores that are a server on 127.0.0.1.

Reads one JSON string a line and answers each with a line: {"refused": "..."} where it raises before any store is asked, or {"asked": "..."}, the
first request that it makes.
"""

import http.server
import json
import os
import socket
import sys
import tempfile
import threading

asked = []


class Store(http.server.BaseHTTPRequestHandler):
    """Has nothing, and notes what it is asked for."""

    def setup(self):
        super().setup()
        asked.append("a connection")  # of a client that insists on TLS no more is seen

    def do_GET(self):
        host = self.headers["Host"].rsplit(":", 1)[0]
        if asked == ["a connection"]:
            asked[0] = f"{self.command} {host}{self.path}"
        self.send_response(404)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_POST = do_GET

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Store)
threading.Thread(target=server.serve_forever, daemon=True).start()
store = f"http://127.0.0.1:{server.server_port}"

# whatever name a client looks up: nothing leaves this machine
look_up = socket.getaddrinfo
socket.getaddrinfo = lambda host, *rest, **more: look_up("127.0.0.1", *rest, **more)

# the clients of the stores read these as they are imported; no proxy may stand between, and no credentials of this machine are looked for
os.environ.update({
    "AWS_ENDPOINT_URL": store, "AWS_DEFAULT_REGION": "us-east-1", "awsAnonymousCredential": "true", "AWS_EC2_METADATA_DISABLED": "true",
    "STORAGE_EMULATOR_HOST": store, "GOOGLE_CLOUD_PROJECT": "none", "NO_GCE_CHECK": "true",
    "HF_ENDPOINT": store, "HF_HUB_DISABLE_TELEMETRY": "1", "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "no_proxy": "127.0.0.1",
})
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)  # whatever a client prints is no answer

from kserve_storage import Storage  # noqa: E402


def answer(uri):
    asked.clear()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HF_HOME"] = folder
        try:
            Storage.download(uri, os.path.join(folder, "model"))
        except Exception as error:  # whatever it is, the container ends with it
            if not asked:
                return {"refused": f"{type(error).__name__}: {error}"}
        return {"asked": asked[0]}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), file=answers, flush=True)
