"""What a real lmsd tells of connections that nobody typed in: the latest check, how their routes do, in which order."""
import json
import unittest

from hall import BASE, HALL, PIN, ROUTE, Hall


class Told(Hall):
    def test_the_latest_check_is_kept_and_told_with_the_connection(self):
        self.make()
        self.assertIsNone(self.server.json("GET", HALL)["lastCheck"])
        (self.folder / "hall").rename(self.folder / "moved")
        found = self.server.json("POST", HALL + "/check")
        self.assertEqual((found["ok"], found["failedAt"], self.codes(found), found["outdated"]),
                         (False, "connect", ["source.unreachable"], False), found)
        self.assertTrue(found["diagnoses"][0]["detail"] and found["diagnoses"][0]["fix"], found)
        self.server.stop()
        self.server.start()
        for told in (self.server.json("GET", HALL), self.server.json("GET", BASE)["items"][0]):
            self.assertEqual(told["lastCheck"], found)
        self.assertEqual(found["by"], self.server.json("GET", HALL)["changedBy"])
        self.assertNotIn(PIN, json.dumps(self.server.query("SELECT * FROM source_check")))
        (self.folder / "moved").rename(self.folder / "hall")
        found = self.server.json("POST", HALL + "/check")
        self.assertEqual((found["ok"], found["failedAt"], found["diagnoses"]), (True, None, []), found)

    def test_a_check_is_outdated_by_what_it_looked_at_and_by_nothing_else(self):
        self.make()

        def outdated_by(change):
            self.assertFalse(self.server.json("POST", HALL + "/check")["outdated"])
            change()
            return self.server.json("GET", HALL)["lastCheck"]["outdated"]

        def put(path, **changes):
            now = self.server.get(path)
            answer = self.server.put(path, {**now.json, **changes}, etag=now.headers["etag"])
            self.assertEqual(answer.status, 200, answer)
        people = HALL + "/routes/people"
        self.assertFalse(outdated_by(lambda: put(HALL, title="Другой")))
        self.assertFalse(outdated_by(lambda: put(people, title="Другой")))
        self.assertTrue(outdated_by(lambda: put(HALL, settings={"terminal": "yard", "pin": PIN})))
        self.assertTrue(outdated_by(lambda: put(HALL, settings={"terminal": "yard", "pin": "0000-0000"})))
        self.assertTrue(outdated_by(lambda: put(people, watermark=None)))
        self.assertTrue(outdated_by(lambda: self.server.post(HALL + "/disable", {})))
        self.assertEqual(self.server.json("POST", HALL + "/check")["failedAt"], "enabled")
        self.assertTrue(outdated_by(lambda: self.server.post(HALL + "/enable", {})))
        self.assertTrue(outdated_by(lambda: self.server.delete(people, headers={"If-Match": self.server.get(people).headers["etag"]})))

    def test_the_list_tells_in_short_how_the_routes_of_each_connection_do(self):
        self.make(schedule={"cron": "0 3 * * *", "zone": "Europe/Moscow"})
        self.server.json("POST", HALL + "/routes", {**ROUTE, "name": "gone", "settings": {"file": "gone.txt"}})
        self.server.json("POST", HALL + "/routes", {**ROUTE, "name": "idle", "enabled": False})
        self.server.json("POST", BASE, {"name": "bare", "kind": "card-terminal", "settings": {"terminal": "bare", "pin": PIN}})
        bare, hall = (one["routes"] for one in self.server.json("GET", BASE)["items"])
        self.assertEqual((bare["count"], bare["latest"], bare["worst"], bare["nextRunAt"]), (0, None, None, None))
        self.assertEqual((hall["count"], hall["enabled"], hall["failing"], hall["latest"]), (3, 2, 0, None))
        self.assertRegex(hall["nextRunAt"], r"T00:00:00(\.0+)?Z$")
        failed = self.run_route(route="gone")
        good = self.run_route()
        hall = self.server.json("GET", BASE)["items"][1]["routes"]
        self.assertEqual((hall["failing"], hall["running"], hall["remarked"], hall["well"]), (1, 0, 0, 1), hall)
        self.assertEqual((hall["worst"]["route"], hall["worst"]["run"]), ("gone", failed))
        self.assertEqual((hall["latest"]["route"], hall["latest"]["run"]), ("people", good))
        self.assertEqual(self.server.json("GET", HALL)["routes"], hall)
        self.server.post(HALL + "/routes/gone/disable", {})
        self.server.post(HALL + "/disable", {})
        hall = self.server.json("GET", HALL)["routes"]
        self.assertEqual((hall["enabled"], hall["failing"], hall["worst"], hall["nextRunAt"]), (1, 0, None, None), hall)

    def test_the_order_of_routes_is_set_in_one_request_or_not_at_all(self):
        self.make()
        for name in ("more", "last"):
            self.server.json("POST", HALL + "/routes", {**ROUTE, "name": name})
        routes = lambda: {one["name"]: one["revision"] for one in self.server.json("GET", HALL + "/routes")["items"]}
        before = routes()
        self.assertEqual(list(before), ["people", "more", "last"])
        answer = self.server.put(HALL + "/route-order", {"names": ["more", "people", "last"]})
        self.assertEqual(answer.status, 200, answer)
        self.assertEqual([one["name"] for one in answer.json["items"]], ["more", "people", "last"])
        self.assertEqual(routes(), {"more": before["more"] + 1, "people": before["people"] + 1, "last": before["last"]})
        after = routes()
        for names, where in ((["more", "people"], ["/names"]), (["more", "people", "last", "more"], ["/names/3"]),
                             (["more", "people", "lost"], ["/names/2", "/names"]), (None, ["/names"])):
            answer = self.server.put(HALL + "/route-order", {} if names is None else {"names": names},
                                     headers={"Accept-Language": "ru"})
            self.assertEqual((answer.status, [one["pointer"] for one in answer.json["errors"]]), (422, where), answer)
            self.assertNotRegex(json.dumps([(e["reason"], e["fix"]) for e in answer.json["errors"]]), "[a-z]{5} [a-z]{4}")
        self.assertEqual((routes(), list(routes())), (after, list(after)))
        rows = self.server.json("GET", "/api/v1/organizations/demo/journal")["items"]
        self.assertIn("connection.routes-ordered", [row["action"] for row in rows])


if __name__ == "__main__":
    unittest.main()
