"""A second try, by clicks: what was refused goes once its cause is mended, and what only a test contour has is told to production."""
import unittest

from nights import SETTINGS
from peers import LearningLocker
from place import Place
from refusals import broken_profiles, occupy


def restart(place, profiles):
    place.server.stop()
    place.server.settings["module.u2035.profiles_directory"] = profiles
    place.server.start()


def correct(place, statement):
    """The mark that the statement tells, put right in the organization's own records."""
    external, element, learner, flow = place.server.query(
        "SELECT r.external_id, e.external_id, l.external_id, f.external_id FROM u2035_outbox o "
        "JOIN record_results r ON r.id = o.record_id JOIN record_elements e ON e.id = r.element_id "
        "JOIN record_learners l ON l.id = r.learner_id JOIN record_flows f ON f.id = r.flow_id WHERE o.statement_id = ?", statement)[0]
    answer = place.server.json("POST", place.demo.base + "/records", {"source": "demo", "records": [
        {"kind": "results", "externalId": external, "learner": learner, "element": element, "flow": flow, "attempt": 1, "raw": 98,
         "success": True, "durationSeconds": 60, "at": "2025-10-01T12:00:00+03:00"}]}, token=place.demo.token)
    assert [item["status"] for item in answer["items"]] == ["updated"], answer


def move(place, lrs):
    """University 2035 says that the store was the test contour; set up anew with another one. Gives what is to be told again."""
    demo = place.demo
    path = f"{demo.u2035}/stores/{demo.json('GET', '/stores')['items'][0]['id']}"
    before = demo.server.get(path, token=demo.token)
    declared = demo.server.post(path + "/contour", {"contour": "test", "comment": "Письмо: это тестовый контур"},
                                token=demo.token, headers={"If-Match": before.headers["etag"]})
    assert declared.status == 200, declared
    demo.to_stage_4(lrs)
    demo.check(4, demo.production(lrs, place.s3))
    due = demo.press("/stages/4/continue", status=409)["current"]["dueAgain"]
    demo.press("/stages/4/continue", {"sameStore": False, "expected": due})
    return due


class Again(unittest.TestCase):
    def test_mended_and_repeated_then_told_to_production(self):
        with LearningLocker() as production, broken_profiles() as broken, \
                Place(connected=True, settings={"module.u2035.profiles_directory": broken}) as place:
            conflict = occupy(place)
            place.browse("again", part="refused", conflict=conflict)

            correct(place, conflict)
            restart(place, SETTINGS["module.u2035.profiles_directory"])
            place.browse("again", part="mended", conflict=conflict)

            due = move(place, production)
            self.assertGreater(due, 300)
            place.browse("again", part="production", due=due)
            told = place.server.query("SELECT store_id, COUNT(DISTINCT statement_id), COUNT(*) FROM u2035_outbox "
                                      "WHERE state IN ('accepted', 'confirmed') GROUP BY store_id ORDER BY store_id")
            self.assertEqual([row[1:] for row in told], [(due, due)] * 2, "each once in either store")


if __name__ == "__main__":
    unittest.main()
