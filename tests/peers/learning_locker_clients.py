"""Answers Learning Locker's question "whose Authorization is this?" (AUTH_REPO=fetch) from a file of clients.

Prints its port, then serves until it is ended. A header that no client has gets 404: Learning Locker says 401.
"""

import http.server
import json
import sys


def main():
    with open(sys.argv[1], encoding="utf-8") as source:
        clients = json.load(source)

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            client = clients.get(self.headers.get("Authorization", ""))
            body = json.dumps(client or {}).encode()
            self.send_response(200 if client else 404)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    with open(sys.argv[2], "w", encoding="utf-8") as out:
        out.write(str(server.server_address[1]))
    server.serve_forever()


main()
