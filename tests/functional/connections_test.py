"""Connections and routes of a real lmsd, with an adapter of one's own: a module that registers a kind of source."""
import json
import time
import unittest

from hall import BASE, HALL, MAPPING, PIN, ROUTE, Hall
from lmsd import BUILD, Lmsd

class Connections(Hall):
    # -- the way of a record --------------------------------------------------------------------------------------

    def test_the_adapters_rows_become_records_once_and_go_on_from_where_they_ended(self):
        self.make()
        first = self.run_route()
        self.assertEqual((first["state"], first["mode"], first["counts"]["created"]), ("done", "full", 2), first)
        self.assertEqual(self.server.query("SELECT DISTINCT source FROM record_learners"), [("hall",)])
        self.assertEqual(self.server.json("GET", HALL + "/routes/people")["readUpTo"], "20")

        self.write("1|501|Ivanov|10", "2|502|Petrov|20", "3|503|Sidorov|30")
        second = self.run_route()
        self.assertEqual((second["mode"], second["counts"]["rows"], second["counts"]["created"]), ("incremental", 2, 1))
        third = self.run_route({"full": True})
        self.assertEqual((third["mode"], third["counts"]["unchanged"]), ("full", 3))
        self.assertEqual(self.server.query("SELECT MAX(revision) FROM record_learners"), [(1,)])

    def test_deletions_are_followed_within_a_bound_or_on_a_persons_word(self):
        self.make(deletions="follow", watermark=None)
        self.run_route()
        self.write("1|501|Ivanov|10")
        run = self.run_route()
        self.assertEqual((run["state"], self.codes(run)), ("failed", ["source.deletions"]))
        self.assertEqual(len(self.learners()), 2)
        run = self.run_route({"full": True, "confirmDeletions": True})
        self.assertEqual((run["state"], run["counts"]["deleted"]), ("done", 1), run)
        self.assertEqual(self.learners(), {"1": "Ivanov"})

    def test_a_server_killed_in_the_middle_of_a_run_loses_and_repeats_nothing(self):
        self.make()
        count = 20000
        self.write(*(f"{i}|{100000 + i}|Name|{i}" for i in range(count)))
        started = self.server.post(HALL + "/routes/people/run", {}).headers["location"]
        while self.server.json("GET", started)["counts"].get("rows", 0) < 1000:
            time.sleep(0.01)
        self.server.kill()
        self.server.start()
        run = self.server.json("GET", started)
        self.assertEqual((run["state"], self.codes(run)), ("interrupted", ["source.interrupted"]))
        (there,), = self.server.query("SELECT COUNT(*) FROM record_learners")
        self.assertTrue(0 < there < count and there % 1000 == 0, there)
        again = self.run_route()
        self.assertEqual((again["counts"]["created"], again["counts"]["unchanged"]), (count - there, there))
        self.assertEqual(self.server.query("SELECT MAX(revision) FROM record_learners"), [(1,)])

    def test_a_whole_connection_runs_its_routes_in_order(self):
        self.make()
        self.write("5|505|Orlov|1", file="more.txt")
        self.server.json("POST", HALL + "/routes", {**ROUTE, "name": "more", "settings": {"file": "more.txt"}})
        answer = self.server.post(HALL + "/run", {})
        self.assertEqual(answer.status, 202)
        self.assertEqual([run["route"] for run in answer.json["items"]], ["people", "more"])
        runs = [self.finished(f"{HALL}/routes/{name}/runs/{run['id']}")
                for name, run in zip(("people", "more"), answer.json["items"])]
        self.assertEqual([run["state"] for run in runs], ["done", "done"])
        self.assertEqual(len(self.learners()), 3)

    def test_a_route_with_a_schedule_stands_among_the_jobs_and_goes_with_it(self):
        self.make(schedule={"cron": "0 3 * * *", "zone": "Europe/Moscow"})
        jobs = lambda: [job["name"] for job in self.server.json("GET", "/api/v1/jobs")["items"]]
        self.assertIn("connections.demo.hall.people", jobs())
        self.server.post("/api/v1/jobs/connections.demo.hall.people/runs", {})
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and len(self.learners()) < 2:
            time.sleep(0.05)
        self.assertEqual(len(self.learners()), 2)
        run = self.server.json("GET", HALL + "/routes/people/runs")["items"][0]
        self.assertEqual(run["trigger"], "schedule")
        self.server.post(HALL + "/disable", {})
        self.assertNotIn("connections.demo.hall.people", jobs())

    def test_the_journal_says_how_runs_ended_and_does_not_drown_in_good_ones(self):
        self.make(schedule={"cron": "0 3 * * *", "zone": "Europe/Moscow"})
        ended = lambda: self.server.query("SELECT actor, action, subject, details FROM journal WHERE action LIKE 'route.run-%' "
                                          "AND action <> 'route.run-requested' ORDER BY id")
        runs = lambda: self.server.json("GET", HALL + "/routes/people/runs")["items"]

        def by_the_clock(state):
            before = len(runs())
            self.server.post("/api/v1/jobs/connections.demo.hall.people/runs", {})
            deadline = time.monotonic() + 30
            while time.monotonic() < deadline and (len(runs()) == before or runs()[0]["finishedAt"] is None):
                time.sleep(0.05)
            self.assertEqual(runs()[0]["state"], state)

        run = self.run_route()
        (actor, action, subject, details), = ended()
        self.assertEqual((action, subject), ("route.run-done", f"connections/hall/routes/people/runs/{run['id']}"))
        self.assertEqual(json.loads(details)["counts"], {"rows": 2, "created": 2})
        by_the_clock("done")
        self.assertEqual(len(ended()), 1, "nothing to tell")
        self.write("1|501|Ivanov|30", "BROKEN")
        by_the_clock("failed")
        by_the_clock("failed")
        self.write("1|501|Ivanov|30")
        by_the_clock("done")
        by_the_clock("done")
        self.assertEqual([row[1] for row in ended()[1:]], ["route.run-failed", "route.run-failed", "route.run-done"])
        self.assertEqual((ended()[1][0], json.loads(ended()[1][3])["diagnoses"]), ("schedule", ["source.interrupted"]))
        words = self.server.json("GET", "/api/v1/organizations/demo/journal", headers={"Accept-Language": "ru"})["items"]
        self.assertIn("Передача данных не удалась", [one.get("actionText") for one in words])

    # -- what a person sees before ----------------------------------------------------------------------------------

    def test_ten_rows_as_they_would_arrive_and_nothing_kept(self):
        self.make()
        self.write("1|501|Ivanov|10", "2|05|Petrov|20", *(f"{i}|6{i}|Name|{i}" for i in range(10, 30)))
        trial = self.server.json("POST", HALL + "/routes/people/try")
        self.assertEqual(len(trial["rows"]), 10)
        self.assertEqual(trial["rows"][0]["source"], {"id": "1", "unti": "501", "name": "Ivanov", "changed": "10"})
        self.assertEqual(trial["rows"][0]["record"],
                         {"kind": "learners", "externalId": "1", "untiId": "501", "lastName": "Ivanov"})
        self.assertEqual(trial["rows"][0]["outcome"], "created")
        self.assertEqual(trial["rows"][1]["outcome"], "rejected")
        self.assertEqual(trial["rows"][1]["errors"][0]["column"], "unti")
        self.assertEqual(self.learners(), {})

    def test_the_eight_typical_problems_each_have_a_code_of_their_own_and_words(self):
        self.make()
        base = HALL + "/routes/people"
        route = self.server.get(base)

        def with_route(**changes):
            current = self.server.get(base)
            body = {**ROUTE, **changes}
            answer = self.server.put(base, body, etag=current.headers["etag"])
            self.assertEqual(answer.status, 200, answer)
            return self.server.json("POST", base + "/try")

        # A field named wrong: the nearest name is told.
        wrong = {**MAPPING, "fields": {**MAPPING["fields"], "untiId": {"column": "unty"}}}
        trial = with_route(mapping=wrong)
        self.assertEqual(self.codes(trial), ["source.field-name"])
        self.assertIn("'unti'", trial["diagnoses"][0]["fix"])
        # Fields matched wrongly.
        wrong = {**MAPPING, "fields": {**MAPPING["fields"], "untiId": {"column": "name"}}}
        self.assertEqual(self.codes(with_route(mapping=wrong)), ["source.field-matching"])
        # Errors in the structure: what is referred to is not there.
        wrong = {"target": "enrollments", "externalId": {"column": "id"},
                 "fields": {"learner": {"column": "id"}, "flow": {"column": "name"}, "status": {"constant": "enrolled"}}}
        self.assertEqual(self.codes(with_route(mapping=wrong)), ["source.structure"])
        # No data in the answer.
        self.write(file="empty.txt")
        self.assertEqual(self.codes(with_route(settings={"file": "empty.txt"})), ["source.no-data"])
        # No rights.
        current = self.server.get(HALL)
        self.server.put(HALL, {"settings": {"terminal": "hall", "pin": "wrong-wrong"}}, etag=current.headers["etag"])
        check = self.server.json("POST", HALL + "/check")
        self.assertEqual((check["ok"], self.codes(check)), (False, ["source.rights"]))
        self.assertEqual(check["diagnoses"][0]["title"], "Access is not granted")
        russian = self.server.request("POST", HALL + "/check", headers={"Accept-Language": "ru"}).json
        self.assertEqual(russian["diagnoses"][0]["title"], "Не предоставлены права доступа")
        # Disabled.
        self.server.post(HALL + "/disable", {})
        check = self.server.json("POST", HALL + "/check")
        self.assertEqual(self.codes(check)[0], "source.disabled")
        answer = self.server.post(base + "/run", {})
        self.assertEqual((answer.status, answer.json["code"]), (409, "source.disabled"))

    def test_a_source_that_breaks_says_so_and_keeps_what_came(self):
        self.make()
        self.write("1|501|Ivanov|10", "BROKEN", "2|502|Petrov|20")
        run = self.run_route()
        self.assertEqual((run["state"], self.codes(run), run["counts"]["created"]), ("failed", ["source.interrupted"], 1))

    def test_a_bad_row_stops_the_run_where_the_route_says_so_and_the_log_names_it(self):
        self.make(onError="stop")
        self.write("1|501|Ivanov|10", "2|0502|Petrov|20", "3|503|Sidorov|30")
        run = self.run_route()
        self.assertEqual((run["state"], self.codes(run)), ("failed", ["source.bad-row"]))
        log = self.server.get(f"{HALL}/routes/people/runs/{run['id']}/log")
        self.assertIn("error line 3, unti '0502'", log.text)
        self.assertIn("The terminal is open.", log.text)
        csv = self.server.get(f"{HALL}/routes/people/runs/{run['id']}/log", headers={"Accept": "text/csv"})
        self.assertTrue(csv.text.lstrip("\ufeff").startswith("time,level,place,column,value,reason,fix\r\n"), csv.text)
        whole = self.server.get(HALL + "/log")
        self.assertIn(run["id"], whole.text)
        self.assertIn("error line 3, unti '0502': is not an unti_id", whole.text)
        self.assertIn("attachment", whole.headers["content-disposition"])

    def test_the_log_of_a_run_is_told_in_the_language_that_was_asked_for(self):
        self.make()
        self.write("1|501|Ivanov|10", "2|0502|Petrov|20")
        run = self.run_route()
        russian = {"Accept-Language": "ru"}
        for where in (f"/routes/people/runs/{run['id']}/log", "/log"):
            text = self.server.get(HALL + where, headers=russian).text
            self.assertIn("error строка 3, unti '0502': не unti_id (поле 'untiId'); От 1 до 19 цифр", text)
            self.assertIn("Запуск завершён", text)
            self.assertIn("source.rows-refused: Не принято строк: 1 из 2.; Журнал запуска", text)
            self.assertNotRegex(text, r"\b(Give|ended|began|is not)\b")
            table = self.server.get(HALL + where, headers={**russian, "Accept": "text/csv"}).text
            self.assertIn(",error,строка 3,unti,0502,не unti_id (поле 'untiId'),", table)
            self.assertIn("time,level,place,column,value,reason,fix\r\n", table)
        trial = self.server.json("POST", HALL + "/routes/people/try", headers=russian)
        self.assertEqual(trial["rows"][1]["place"], "строка 3")

    # -- who may, and what is told ----------------------------------------------------------------------------------

    def test_secrets_are_write_only_and_stay_when_they_are_not_given(self):
        self.make()
        shown = self.server.get(HALL)
        self.assertEqual(shown.json["settings"]["pin"], {"set": True, "lastFour": "4711"})
        answer = self.server.put(HALL, shown.json, etag=shown.headers["etag"])
        self.assertEqual(answer.status, 200, answer)
        self.assertTrue(self.server.json("POST", HALL + "/check")["ok"])
        (self.folder / "stranger").mkdir()
        elsewhere = {"settings": {"terminal": "stranger"}}
        answer = self.server.put(HALL, elsewhere, etag=answer.headers["etag"])
        self.assertEqual(answer.status, 422, "a secret is not taken elsewhere unseen")
        self.assertEqual([error["pointer"] for error in answer.json["errors"]], ["/settings/pin"])
        for text in (self.server.log(), *(str(row) for row in self.server.query("SELECT * FROM journal"))):
            self.assertNotIn(PIN, text)
        self.assertNotIn(PIN, str(self.server.query("SELECT * FROM source_connection")))
        self.assertEqual(self.server.delete(HALL, headers={"If-Match": "*"}).status, 204)
        self.assertEqual(self.server.query("SELECT COUNT(*) FROM source_route"), [(0,)])

    def test_a_connection_is_checked_before_it_is_added_and_nothing_is_kept(self):
        body = {"name": "hall", "kind": "card-terminal", "settings": {"terminal": "hall", "pin": PIN}}
        before = self.server.query("SELECT COUNT(*) FROM secret")
        self.assertEqual(self.server.json("POST", BASE + "/check", body), {"ok": True, "failedAt": None, "diagnoses": []})
        for wrong, codes in (({"pin": "0000"}, ["source.rights"]), ({"terminal": "attic"}, ["source.unreachable"])):
            answer = self.server.post(BASE + "/check", {**body, "settings": {**body["settings"], **wrong}})
            self.assertEqual((answer.status, self.codes(answer.json)), (200, codes), answer)
            self.assertNotIn(PIN, answer.text)
        answer = self.server.post(BASE + "/check", {**body, "name": "", "settings": {"terminal": "hall"}})
        self.assertEqual((answer.status, {error["pointer"] for error in answer.json["errors"]}),
                         (422, {"/name", "/settings/pin"}))
        self.assertEqual(self.server.query("SELECT COUNT(*) FROM source_connection"), [(0,)])
        self.assertEqual(self.server.query("SELECT COUNT(*) FROM secret"), before)
        for text in (self.server.log(), *(str(row) for row in self.server.query("SELECT * FROM journal"))):
            self.assertNotIn(PIN, text)
        methodist = self.server.create_token("m", roles={"demo": "methodist"})
        self.assertEqual(self.server.post(BASE + "/check", body, token=methodist).status, 403,
                         "who may not add a connection sends the server nowhere")

    def test_a_change_needs_the_revision_it_was_made_from(self):
        self.make()
        self.assertEqual(self.server.put(HALL, {"settings": {"terminal": "hall"}}).status, 428)
        answer = self.server.put(HALL, {"settings": {"terminal": "hall"}}, etag='"7"')
        self.assertEqual(answer.status, 412)

    def test_settings_are_checked_before_the_kind_sees_them(self):
        answer = self.server.post(BASE, {"name": "hall", "kind": "card-terminal", "settings": {"terminl": "hall"}})
        self.assertEqual(answer.status, 422)
        self.assertEqual({error["pointer"] for error in answer.json["errors"]},
                         {"/settings/terminal", "/settings/pin", "/settings/terminl"})
        answer = self.server.post(BASE, {"name": "hall", "kind": "card-terminl", "settings": {}})
        self.assertIn("card-terminal", answer.json["errors"][0]["fix"])

    def test_all_that_is_wrong_with_a_new_connection_is_told_at_once(self):
        def pointers(body):
            answer = self.server.post(BASE, body)
            self.assertEqual(answer.status, 422, answer)
            return {error["pointer"] for error in answer.json["errors"]}

        self.assertEqual(pointers({"name": "", "kind": "card-terminal", "title": 7, "settings": {"pin": PIN}}),
                         {"/name", "/title", "/settings/terminal"})
        self.assertEqual(pointers({"name": "check", "kind": "card-terminal"}),
                         {"/name", "/settings/terminal", "/settings/pin"})
        self.assertEqual(pointers({"name": "Ы", "kind": "nothing"}), {"/name", "/kind"})
        self.assertEqual(pointers({}), {"/name", "/kind"})

    def test_refusals_of_connections_and_routes_are_told_in_russian_too(self):
        self.make()
        russian = {"Accept-Language": "ru"}
        refused = [self.server.post(HALL + "/routes", body, headers=russian) for body in (
            {**ROUTE, "name": "other", "onError": "shout", "schedule": {"cron": "0 25 * * *"}},
            {**ROUTE, "name": "other", "watermark": {"column": "a", "type": "day"}, "schedule": {"cron": "0"}},
            {"name": "Other"})]
        refused.append(self.server.post(BASE, {"name": "o", "kind": "sql", "settings": {"driver": "dbase"}}, headers=russian))
        refused.append(self.server.post(HALL + "/routes/from-set", {}, headers=russian))
        self.assertEqual(self.server.post(HALL + "/disable", {}).status, 200)
        for what in ("/run", "/routes/people/run"):
            refused.append(self.server.post(HALL + what, {}, headers=russian))
        for answer in refused:
            self.assertIn(answer.status, (409, 422), answer)
            for text in (answer.json["detail"], *(error[part] for error in answer.json.get("errors", [])
                                                  for part in ("reason", "fix"))):
                self.assertTrue(any("а" <= c <= "я" for c in text), answer)
                self.assertNotRegex(text, r"\b(is|not|the|[Gg]ive|has|fields)\b")

    def test_viewers_read_methodists_run_and_administrators_change(self):
        self.make()
        viewer = self.server.create_token("v", roles={"demo": "viewer"})
        methodist = self.server.create_token("m", roles={"demo": "methodist"})
        self.assertEqual(self.server.get(HALL, token=viewer).status, 200)
        self.assertEqual(self.server.post(HALL + "/check", {}, token=viewer).status, 403)
        self.assertEqual(self.server.post(HALL + "/check", {}, token=methodist).status, 200)
        self.assertEqual(self.server.post(HALL + "/disable", {}, token=methodist).status, 403)
        actions = {row[0] for row in self.server.query("SELECT action FROM journal")}
        self.assertLessEqual({"connection.created", "route.created"}, actions)

    def test_kinds_are_described_for_forms_and_gone_with_their_module(self):
        kinds = self.server.get("/api/v1/source-kinds", headers={"Accept-Language": "ru"}).json["items"]
        (kind,) = [one for one in kinds if one["name"] == "card-terminal"]
        self.assertEqual(kind["title"], "Терминал карт")
        # What a module's kind cannot say is not made up; what the server's own kinds say needs no page that knows them.
        self.assertEqual((kind["way"], kind["brought"], kind["leadsTo"]), (None, None, []))
        self.assertEqual([one["name"] for one in kinds], ["sql", "http", "odata", "listen", "files", "card-terminal"])
        told = {one["name"]: one for one in kinds}
        self.assertEqual(told["files"]["brought"], {"by": ["upload", "folder"], "whole": True, "maxBytes": 2 ** 30})
        self.assertEqual(told["listen"]["brought"], {"by": ["request"], "whole": False, "maxBytes": None})
        self.assertEqual(told["files"]["pathsWhen"], {"field": "format", "values": ["json", "xml"]})
        for one in kinds:
            for form in (one["connection"], one["route"]):
                choices = {field["name"]: field.get("choices") for field in form}
                for field in form:
                    if when := field.get("when"):
                        self.assertLessEqual(set(when["values"]), set(choices[when["field"]]), (one["name"], field))
                    self.assertLessEqual(set(field.get("choiceTitles", {})), set(field.get("choices", [])), (one["name"], field))
        self.assertEqual([field["type"] for field in kind["connection"]], ["text", "secret"])
        self.make()
        self.server.stop()
        self.server.settings["modules.load"] = self.server.settings["modules.required"] = ""
        del self.server.settings["module.adapter.folder"]
        self.server.write_config()
        self.server.start()
        check = self.server.json("POST", HALL + "/check")
        self.assertEqual(self.codes(check), ["source.kind-unknown"])
        self.assertEqual(self.server.get(HALL).status, 200)

    def test_a_wrong_mapping_is_told_in_the_language_that_was_asked_for(self):
        self.make()
        mapping = {"target": "results", "fields": {"raw": {"column": "a", "template": "{"}, "mark": {"column": "b"},
                                                   "at": {"column": "c", "date": {"unit": "weeks", "zone": "Moscow"}}},
                   "when": [{"column": "x"}], "missin": [""]}
        answer = self.server.post(HALL + "/routes", {**ROUTE, "name": "wrong", "mapping": mapping},
                                  headers={"Accept-Language": "ru"})
        self.assertEqual(answer.status, 422, answer)
        self.assertGreater(len(answer.json["errors"]), 7)
        for error in answer.json["errors"]:
            for text in (error["reason"], error["fix"]):
                self.assertTrue(any("а" <= c <= "я" for c in text), error)
                self.assertNotRegex(text, r"\b(is|not|the|Give|has)\b")

    def test_what_is_wrong_with_a_mapping_stands_at_its_place(self):
        self.make()
        mapping = {"target": "results", "externalId": {"column": ""},
                   "fields": {"learner": {"column": "a"}, "raw": {"column": "a", "constant": 1}, "a/b": {"column": "x"},
                              "at": {"column": "c", "date": {"zone": "Moscow"}}},
                   "when": [{"column": "x", "in": ["1"]}, {"column": ""}]}
        answer = self.server.post(HALL + "/routes", {**ROUTE, "name": "wrong", "mapping": mapping, "onError": "shout"})
        self.assertEqual(answer.status, 422, answer)
        told = {error["pointer"]: error["reason"] for error in answer.json["errors"]}
        for pointer, reason in {"/mapping/externalId/column": "is empty", "/mapping/fields/element": "is missing",
                                "/mapping/fields/raw": "says not exactly one source",
                                "/mapping/fields/a~1b": "is not a field of 'results'",
                                "/mapping/fields/at/date/zone": "is not a time zone",
                                "/mapping/when/1/column": "is empty", "/mapping/when/1": "says nothing",
                                "/onError": "is not one of the choices"}.items():
            self.assertEqual(told.get(pointer), reason, (pointer, told))
        self.assertEqual(answer.json["detail"], f"The route is not valid: {len(answer.json['errors'])} fields are wrong.")

    def test_a_repeated_request_is_answered_with_the_run_of_the_first(self):
        self.make()

        def ask(key, where="/routes/people/run", order=None):
            return self.server.post(HALL + where, order or {}, headers={"Idempotency-Key": key})

        first = ask("one")
        self.assertEqual(first.status, 202, first)
        again = ask("one")
        self.assertEqual((again.status, again.json["id"]), (202, first.json["id"]), again)
        self.finished(first.headers["location"])
        self.assertEqual(ask("one").json["id"], first.json["id"], "after its end too")
        other = ask("two")
        self.assertNotEqual(other.json["id"], first.json["id"])
        self.finished(other.headers["location"])
        whole = ask("three", "/run")
        self.assertEqual(ask("three", "/run").json["items"][0]["id"], whole.json["items"][0]["id"])
        self.finished(f"{HALL}/routes/people/runs/{whole.json['items'][0]['id']}")
        runs = self.server.json("GET", HALL + "/routes/people/runs")["items"]
        self.assertEqual(len(runs), 3)
        self.assertEqual(ask("x" * 201).status, 400)

    # -- the administrator's command --------------------------------------------------------------------------------

    def test_lmsctl_makes_checks_tries_and_runs_a_connection(self):
        file = self.server.directory / "hall.json"
        file.write_text(json.dumps({"name": "hall", "kind": "card-terminal",
                                    "settings": {"terminal": "hall", "pin": PIN}, "routes": [ROUTE]}))
        self.server.lmsctl("connections", "create", "demo", str(file))
        self.assertIn("hall", self.server.lmsctl("connections", "list", "demo").stdout)
        self.assertIn("people", self.server.lmsctl("connections", "list", "demo", "hall").stdout)
        self.assertIn("right", self.server.lmsctl("connection", "check", "demo", "hall").stdout)
        self.assertIn("Ivanov", self.server.lmsctl("connection", "try", "demo", "hall", "people").stdout)
        self.assertIn("created=2", self.server.lmsctl("connection", "run", "demo", "hall").stdout.replace(": ", "=").replace('"', ""))
        self.assertIn("The run ended: done", self.server.lmsctl("connection", "log", "demo", "hall", "people").stdout)


if __name__ == "__main__":
    unittest.main()
