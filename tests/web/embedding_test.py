"""The module's pages on a site of another origin, as plugin/web/examples shows it: with a token, never with a cookie."""
import functools
import http.server
import json
import threading
import unittest

from lmsd import SOURCE
from place import Place

EXAMPLE = SOURCE / "plugin/web/examples"


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


class Embedding(unittest.TestCase):
    def test_the_example_shows_the_three_elements(self):
        site = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(EXAMPLE)))
        self.addCleanup(site.server_close)
        threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        self.addCleanup(site.shutdown)
        origin = f"http://127.0.0.1:{site.server_address[1]}"
        with Place(peers=False, settings={"http.cors_origins": origin}) as place:
            made = json.loads(place.server.lmsctl("tokens", "create", "platform", "--json", "--role=demo=organization-admin").stdout)
            place.browse("embedding", url=origin, server=place.server.url, token=made["token"])


if __name__ == "__main__":
    unittest.main()
