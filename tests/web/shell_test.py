"""The platform's shell in a browser: signing in, the organization and its edit page, people, tokens, jobs, the journal, alarms,
and modules' pages in the menu at the right."""
import unittest

from place import Place


class Shell(unittest.TestCase):
    def test_what_people_do_in_it(self):
        with Place(peers=False) as place:
            place.person("nobody", "", {})
            place.browse("shell")
            actions = [row["action"] for row in place.server.json("GET", "/api/v1/journal?limit=200")["items"]]
            for action in ("session.refused", "organization.changed", "user.created", "user.deleted", "token.created", "token.withdrawn",
                           "user.password-changed", "alarms.recipients-changed", "job.run-requested"):
                self.assertIn(action, actions)


if __name__ == "__main__":
    unittest.main()
