"""What went and what did not, by clicks: a night from the page, a real refusal of a real LRS, decisions, tables, unti_ids."""
import unittest

from place import Place
from refusals import broken_profiles, occupy

HONEST = ("Наконец-то понял, зачем перед вылетом смотреть на влажность, а не только на ветер. Раньше про обледенение "
          "винтов вообще не думал, а преподаватель показал фото с реального падения.")


def copied_reflections(place):
    """Two learners hand in the same text, and a third one random characters."""
    learners = [row[0] for row in place.server.query(
        "SELECT l.external_id FROM record_learners l JOIN record_enrollments e ON e.learner_id = l.id "
        "JOIN record_flows f ON f.id = e.flow_id WHERE f.external_id = 'uav-2025-1' AND l.unti_id IS NOT NULL ORDER BY l.id LIMIT 3")]
    texts = (HONEST, HONEST, "1111 1111 fgfgfg fgfgfg 1111 йцукен йцукен 1111")
    answer = place.server.json("POST", place.demo.base + "/records", {"source": "demo", "records": [
        {"kind": "reflections", "externalId": f"web-{i}", "learner": learner, "flow": "uav-2025-1", "text": text,
         "at": f"2025-12-02T12:0{i}:00Z"} for i, (learner, text) in enumerate(zip(learners, texts))]}, token=place.demo.token)
    assert not answer["counts"].get("rejected"), answer


def without_unti_id(query):
    """A learner of the demonstration whose unti_id is missing, and one for them."""
    last, first, flow = query("SELECT l.last_name, l.first_name, f.u2035_id FROM record_learners l JOIN record_enrollments e ON e.learner_id = l.id "
                              "JOIN record_flows f ON f.id = e.flow_id WHERE l.unti_id IS NULL AND f.external_id = 'uav-2025-1' ORDER BY l.id LIMIT 1")[0]
    return {"lastName": last, "firstName": first, "flow": flow, "untiId": 7770000}


def prepare(place):
    occupy(place)
    copied_reflections(place)


class Footprint(unittest.TestCase):
    def test_a_morning_worked_off(self):
        with broken_profiles() as profiles, Place(connected=True, settings={"module.u2035.profiles_directory": profiles}) as place:
            prepare(place)
            place.browse("footprint", learner=without_unti_id(place.server.query))
            actions = [row["action"] for row in place.server.json("GET", "/api/v1/journal?limit=1000")["items"]]
            for action in ("run.started", "quarantine.replay", "quarantine.discard", "reflection.judged", "unti-ids.applied", "export.file-uploaded"):
                self.assertIn(action, actions)


if __name__ == "__main__":
    unittest.main()
