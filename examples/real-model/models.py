"""Two small classifiers, trained on the spot, behind KServe's v1 protocol: POST /v1/models/<name>:predict.

Needs scikit-learn, whose own data they are trained on. Prints the port that it listens on, on 127.0.0.1.
"""

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression
from sklearn.tree import DecisionTreeClassifier

iris = load_iris()
is_setosa = iris.target == 0
others = iris.data[~is_setosa], iris.target[~is_setosa]

# the first tells setosa from the other two, the second tells those apart
MODELS = {
    "is-setosa": LogisticRegression(max_iter=1000).fit(iris.data, ["setosa" if yes else "other" for yes in is_setosa]),
    "which-other": DecisionTreeClassifier(random_state=0).fit(others[0], [iris.target_names[i] for i in others[1]]),
}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        name = self.path.removeprefix("/v1/models/").removesuffix(":predict")
        if name not in MODELS:
            return self.answer(404, {"error": f"Model with name {name} does not exist."})
        try:
            instances = json.loads(body)["instances"]
            return self.answer(200, {"predictions": [str(label) for label in MODELS[name].predict(instances)]})
        except (KeyError, TypeError, ValueError) as error:
            return self.answer(400, {"error": str(error)})

    def answer(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 0), Handler)
print(server.server_port, flush=True)
server.serve_forever()
