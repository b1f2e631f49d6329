"""The whole set-up wizard by clicks, against the real Learning Locker and RADOS Gateway: each error, two people, disconnected and anew."""
import threading
import unittest

from fault_proxy import FaultProxy
from peers import HttpPeer
from place import Place


class Held(HttpPeer):
    """Answers nothing until it is asked for /release, then breaks off every connection."""

    def __init__(self):
        super().__init__()
        self.released = threading.Event()

    def answer(self, request):
        if request.path.endswith("release"):
            self.released.set()
            return request.reply(200, "text/plain", b"released")
        self.released.wait()
        request.close_connection = True

    def release(self):
        self.released.set()


class Wizard(unittest.TestCase):
    def test_from_not_done_to_active_and_anew(self):
        with Held() as held, Place() as place:
            place.person("pavel", "Павел Ильин", {"demo": "organization-admin"})
            path = "/api/v1/organizations/demo/u2035/integrations/bas/endpoints"
            answer = place.server.put(path, {"test": place.lrs["testEndpoint"]}, etag=place.server.get(path).headers["etag"])
            self.assertEqual(answer.status, 200, answer)
            with FaultProxy(place.lrs["endpoint"]) as door:
                place.browse("wizard", adminToken=place.server.token, slow=held.url("/"), door=door.url("/xAPI/"))
            actions = [row["action"] for row in place.server.json("GET", "/api/v1/journal?limit=500")["items"]]
            for action in ("integration.opened", "integration.disconnected"):
                self.assertIn(action, actions)
            for secret in (place.lrs["production"]["secret"], place.s3["secretKey"], "knows-this"):
                self.assertNotIn(secret, place.server.log())


if __name__ == "__main__":
    unittest.main()
