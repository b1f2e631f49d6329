"""The pages of xAPI intake in a browser: a source is made, statements come, what waits and what fits no rule, another secret."""
import unittest

from place import Place


class Xapi(unittest.TestCase):
    def test_what_people_do_in_them(self):
        with Place(peers=False) as place:
            place.browse("xapi")
            actions = [row["action"] for row in place.server.json("GET", "/api/v1/organizations/demo/journal?limit=200")["items"]]
            for action in ("xapi-source.created", "xapi-source.changed", "xapi-source.retry-requested", "xapi-source.secret-changed",
                           "xapi-source.deleted"):
                self.assertIn(action, actions)


if __name__ == "__main__":
    unittest.main()
