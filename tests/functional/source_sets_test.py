"""Ready-made sets of routes on a real lmsd, with the adapter of the tests as their kind of source."""
import json
import unittest

from lmsd import BUILD, Lmsd

BASE = "/api/v1/organizations/demo/connections"
HALL = BASE + "/hall"
MAPPING = {"target": "learners", "externalId": {"column": "id"},
           "fields": {"untiId": {"column": "unti"}, "lastName": {"column": "name"}}}


class Sets(unittest.TestCase):
    def test_a_ready_made_set_brings_its_routes_in_order_and_tells_what_they_assume_in_both_languages(self):
        server = Lmsd({"modules.load": "adapter"}, modules=BUILD / "tests/adapter")
        self.addCleanup(server.__exit__)
        folder = server.directory / "sets" / "terminal"
        folder.mkdir(parents=True)
        title = {"ru": "Терминал", "en": "Terminal"}
        (folder / "set.json").write_text(json.dumps(
            {"title": title, "kind": "card-terminal", "order": ["10-people"],
             "parameters": [{"name": "file", "title": title, "required": True, "example": "people.txt"}]}))
        (folder / "10-people.json").write_text(json.dumps(
            {"title": title, "kind": "card-terminal", "settings": {"file": "{file}"},
             "mapping": {**MAPPING, "externalId": {"template": "p-{id}"},
                         "assumed": [{"ru": "Карта — слушатель.", "en": "A card is a learner."}]}, "deletions": "follow"}))
        server.settings.update({"sources.sets": folder.parent, "module.adapter.folder": server.directory})
        server.write_config()
        server.start()
        server.create_organization("demo")
        server.json("POST", BASE, {"name": "hall", "kind": "card-terminal", "settings": {"terminal": "hall", "pin": "4711-4711"}})
        self.assertEqual(server.json("GET", "/api/v1/source-sets")["items"][0]["routes"],
                         [{"name": "people", "title": "Terminal"}])
        answer = server.post(HALL + "/routes/from-set", {"set": "terminal", "parameters": {}})
        self.assertEqual(answer.status, 422)
        answer = server.post(HALL + "/routes/from-set", {"set": "terminal", "parameters": {"file": "a.txt"}})
        self.assertEqual(answer.status, 201, answer)
        (route,) = answer.json["items"]
        self.assertEqual((route["name"], route["settings"], route["deletions"], route["fromSet"]),
                         ("people", {"file": "a.txt"}, "follow", "terminal"))
        self.assertEqual(route["mapping"]["externalId"], {"template": "p-{id}"})

        def told(language):
            got = server.get(HALL + "/routes/people", headers={"Accept-Language": language})
            return got, got.json["mapping"]["assumed"]

        self.assertEqual((told("ru")[1], told("en")[1]), (["Карта — слушатель."], ["A card is a learner."]))
        shown, lines = told("ru")
        body = {**shown.json, "mapping": {**shown.json["mapping"], "assumed": [*lines, "Своя строка."]}}
        put = server.put(HALL + "/routes/people", body, etag=shown.headers["etag"])
        self.assertEqual(put.status, 200, put)
        self.assertEqual(told("en")[1], ["A card is a learner.", "Своя строка."], "who saves in one language keeps the other")
        body["mapping"]["assumed"] = [{"ru": "одна"}]
        put = server.put(HALL + "/routes/people", body, etag=put.headers["etag"], headers={"Accept-Language": "ru"})
        self.assertEqual((put.status, put.json["errors"][0]["pointer"]), (422, "/mapping/assumed/0"), put)
        self.assertIn("не на обоих языках", put.text)


if __name__ == "__main__":
    unittest.main()
