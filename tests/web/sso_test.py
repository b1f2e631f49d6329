"""The sign-in with University 20.35, set up by clicks with a real OAuth2 server: settings, trial, a link, who waits for a person."""
import unittest

from peers import OAuth2
from place import Place

SECRETS = {"test": "s3cret-of-the-test-contour-9f1c", "production": "s3cret-of-production-7ab2"}


def put(place, *records):
    answer = place.server.json("POST", place.demo.base + "/records", {"source": "lms", "records": list(records)}, token=place.demo.token)
    assert not answer["counts"].get("rejected"), answer


class Sso(unittest.TestCase):
    def test_set_up_tried_and_decided_by_clicks(self):
        with Place(peers=False) as place:
            base = place.server.url.rstrip("/")
            clients = {f"demo-{contour}": {"secret": secret, "redirectUri": f"{base}/u2035/sso/demo/{contour}/callback"} for contour, secret in SECRETS.items()}
            put(place, {"kind": "programmes", "externalId": "sp", "project": "bas", "title": "БПЛА: вход"},
                {"kind": "flows", "externalId": "sf", "programme": "sp", "key": "sf", "title": "Осень: вход", "u2035Id": 8802},
                {"kind": "learners", "externalId": "sso-1", "lastName": "Входова", "firstName": "Анна", "untiId": "900777", "leaderId": "22"},
                {"kind": "enrollments", "externalId": "sn-1", "learner": "sso-1", "flow": "sf", "status": "enrolled"},
                {"kind": "learners", "externalId": "sso-2", "lastName": "Ссылкин", "firstName": "Пётр"},
                {"kind": "enrollments", "externalId": "sn-2", "learner": "sso-2", "flow": "sf", "status": "enrolled"})
            with OAuth2(clients) as peer:
                peer.control(user={"unti_id": 12345, "leader_id": "22", "email": "user@example.com", "lastname": "Иванов"})
                place.browse("sso", peer=peer["base"], secrets=SECRETS)
            learner = place.server.json("GET", f"{place.demo.base}/records/learners?externalId=sso-1", token=place.demo.token)["items"][0]
            # Accepted by a person, and unlinked again.
            self.assertEqual(learner["untiId"], "900777")
            actions = [row["action"] for row in place.server.json("GET", "/api/v1/journal?limit=1000")["items"]]
            for action in ("sso.client-changed", "sso.trial-begun", "sso.links-made", "sso.join-accepted", "sso.join-undone", "sso.link-revoked", "sso.unlinked"):
                self.assertIn(action, actions)
            for secret in SECRETS.values():
                self.assertNotIn(secret, place.server.log())


if __name__ == "__main__":
    unittest.main()
