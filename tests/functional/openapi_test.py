"""The OpenAPI document of a real lmsd with its module: whole, unique, with examples that its schemas accept, and true:
what the server answers is what the document says, no member more.
"""
import base64
import copy
import csv
import io
import re
import unittest

import jsonschema

import adapter
from lmsd import Lmsd
from nights import SETTINGS, Organization

VERBS = {"get", "post", "put", "patch", "delete"}
# Bodies that are bytes: nothing to say of them, and no example.
BYTES = "application/octet-stream"


def operations(document):
    for path, item in document["paths"].items():
        for verb, operation in item.items():
            yield verb, path, operation


def success(operation):
    """(status, content) of the one successful answer."""
    (status, answer), = [(s, a) for s, a in operation["responses"].items() if s.startswith("2")]
    return int(status), answer.get("content", {})


def references(node):
    if isinstance(node, dict):
        if "$ref" in node:
            yield node["$ref"]
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def resolve(document, reference):
    node = document
    for key in reference.removeprefix("#/").split("/"):
        node = node[key.replace("~1", "/").replace("~0", "~")]
    return node


def strict(schema):
    """The same schema, but a member that it does not name is wrong."""
    schema = copy.deepcopy(schema)

    def close(node, inside_all_of=False):
        if isinstance(node, list):
            for value in node:
                close(value)
        elif isinstance(node, dict):
            named = "properties" in node or "allOf" in node
            if named and not inside_all_of and "additionalProperties" not in node:
                node["unevaluatedProperties"] = False
            for key, value in node.items():
                if key == "allOf":
                    for part in value:
                        close(part, inside_all_of=True)
                elif key == "properties":
                    for child in value.values():
                        close(child)
                elif key in ("items", "oneOf", "anyOf"):
                    close(value)

    close(schema)
    return schema


class OpenApi(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Lmsd({**SETTINGS, **adapter.SETTINGS}, modules=adapter.modules(cls)).__enter__()
        cls.addClassCleanup(cls.server.__exit__)
        cls.server.lmsctl("demo", "load", "demo")
        cls.demo = Organization(cls.server, "demo")
        cls.night = cls.demo.run()
        cls.unti_ids = cls.server.post(cls.demo.u2035 + "/learners/unti-ids?match=leaderId:Leader",
                                       "Unti ID,ID потока,Leader\n1,2,3\n".encode(), token=cls.demo.token).json
        cls.connection, cls.route, cls.route_run = adapter.make_connection(cls.server, "demo", cls.demo.token)
        cls.listening = adapter.make_listening(cls.server, "demo", cls.demo.token)
        cls.xapi = cls.server.json("POST", "/api/v1/organizations/demo/xapi-sources",
                                   {"name": "plugin", "title": "Плагин", "ruleSet": "h5p"}, token=cls.demo.token)
        pair = base64.b64encode(f"{cls.xapi['key']}:{cls.xapi['secret']}".encode()).decode()
        cls.statement = cls.server.post("/data/xAPI/statements", {
            "actor": {"mbox": "mailto:a@example.org"}, "verb": {"id": "http://example.org/danced"},
            "object": {"id": "http://example.org/a"}}, token=None,
            headers={"Authorization": f"Basic {pair}", "X-Experience-API-Version": "1.0.3"}).json[0]
        cls.document = cls.server.json("GET", "/api/v1/openapi.json", token=None)

    # -- the document itself ------------------------------------------------------------------------------------

    def test_every_reference_leads_somewhere(self):
        found = set(references(self.document))
        self.assertTrue(found)
        for reference in found:
            with self.subTest(reference):
                self.assertIsInstance(resolve(self.document, reference), dict)

    def test_every_operation_has_an_id_of_its_own_a_summary_and_a_tag_of_the_list(self):
        ids = [operation["operationId"] for _, _, operation in operations(self.document)]
        self.assertEqual(len(ids), len(set(ids)))
        tags = {tag["name"] for tag in self.document["tags"]}
        for verb, path, operation in operations(self.document):
            with self.subTest(f"{verb.upper()} {path}"):
                self.assertIn(verb, VERBS)
                self.assertTrue(operation["summary"].strip())
                self.assertEqual(len(operation["tags"]), 1)
                self.assertIn(operation["tags"][0], tags - {"Other"})

    def test_every_parameter_of_a_path_is_described_once_and_required(self):
        for verb, path, operation in operations(self.document):
            with self.subTest(f"{verb.upper()} {path}"):
                named = re.findall(r"\{([^}]+)\}", path)
                described = [p["name"] for p in operation["parameters"] if p["in"] == "path" and p["required"]]
                self.assertEqual(named, described)
                everything = [(p["in"], p["name"]) for p in operation["parameters"]]
                self.assertEqual(len(everything), len(set(everything)))

    def test_every_operation_has_one_success_and_problem_documents(self):
        problem = {"$ref": "#/components/schemas/Problem"}
        for verb, path, operation in operations(self.document):
            with self.subTest(f"{verb.upper()} {path}"):
                success(operation)
                failures = {s: a for s, a in operation["responses"].items() if not s.startswith("2")}
                self.assertIn("default", failures)
                if operation["security"]:
                    self.assertLessEqual({"401", "403"}, set(failures))
                for status, answer in failures.items():
                    self.assertTrue(answer["description"], status)
                    self.assertEqual(answer["content"]["application/problem+json"]["schema"], problem)

    def test_every_body_has_a_schema_and_an_example_that_it_accepts(self):
        for verb, path, operation in operations(self.document):
            with self.subTest(f"{verb.upper()} {path}"):
                status, answer = success(operation)
                bodies = list(answer.items()) + list(operation.get("requestBody", {}).get("content", {}).items())
                if status != 204:
                    self.assertTrue(answer)
                for kind, body in bodies:
                    if kind == BYTES:
                        continue
                    self.assertTrue(body["schema"], kind)
                    jsonschema.Draft202012Validator.check_schema(body["schema"])
                    if kind != "application/json":
                        continue
                    self.assertIn("example", body)
                    jsonschema.Draft202012Validator(strict(body["schema"])).validate(body["example"])

    def test_the_example_of_a_problem_is_one(self):
        components = self.document["components"]
        jsonschema.Draft202012Validator(components["schemas"]["Problem"]).validate(
            components["examples"]["Problem"]["value"])

    # -- and what the server answers ----------------------------------------------------------------------------

    def answers(self, path, operation):
        """The paths with real ids that this operation can be asked for here."""
        values = {"org": "demo", "project": "bas", "job": "u2035.nightly", "login": "reader", "run": self.night["id"],
                  "export": self.night["id"], "kind": "test-access", "import": self.unti_ids["id"],
                  "element": "assessment-results"}
        values |= {"connection": self.connection, "route": self.route, "xapi": self.xapi["name"]}
        if path.endswith(("/{connection}/listening", "/{connection}/openapi.json")):
            values["connection"] = self.listening
        if "/xapi-rules/" in path:
            values["name"] = self.xapi["ruleSet"]
        if "/xapi-sources/" in path:
            values["statement"] = self.statement
        if "/connections/" in path:
            values["run"] = self.route_run
        if path.endswith("/jobs/{job}/runs/{run}"):
            values["run"] = self.server.json("GET", "/api/v1/jobs/u2035.nightly/runs")["items"][0]["id"]
        if path.endswith("/{id}"):
            rows = self.server.get(path.replace("{org}", "demo").removesuffix("/{id}"), token=self.demo.token)
            items = rows.json["items"] if rows.status == 200 else []
            if not items:
                return None
            values["id"] = items[0]["id"]
        if "{flow}" in path:
            values["flow"] = self.demo.json("GET", "/readiness")["items"][0]["flow"]
            values["learner"] = self.demo.json("GET", f"/readiness/flows/{values['flow']}")["items"][0]["learner"]
        try:
            return re.sub(r"\{([^}]+)\}", lambda match: values[match[1]], path)
        except KeyError:
            return None

    def test_the_server_answers_what_the_document_says(self):
        self.server.create_user("reader", roles={"demo": "viewer"})
        self.server.post("/api/v1/organizations/demo/imports?mapping=oulad/learners", b"id_student\r\n1\r\n",
                         headers={"Content-Type": "text/csv"}, token=self.demo.token)
        asked = set()
        for verb, path, operation in operations(self.document):
            with self.subTest(f"{verb.upper()} {path}"):
                content = success(operation)[1]
                if verb != "get" or "application/json" not in content:
                    continue
                address = self.answers(path, operation)
                if address is None:
                    continue
                own = "server-admin" not in operation["x-who"] or path.startswith("/api/v1/organizations/{org}/u2035")
                token = self.demo.token if own and "endpoints" not in path and "{org}" in path else True
                answer = self.server.get(address, token=token)
                self.assertEqual(answer.status, 200, answer)
                jsonschema.Draft202012Validator(strict(content["application/json"]["schema"])).validate(answer.json)
                asked.add(operation["operationId"])
        self.assertLessEqual(
            {"listRuns", "getRun", "listExports", "getExport", "getHandedOver", "listFullPackages", "listUnsendable", "summarizeUnsendable", "listReadiness",
             "listReadinessLearners", "getReadinessLearner", "listIntegrations",
             "getIntegration", "getScope", "getLetter", "listServerModules", "listImports", "getImport", "ready",
             "listJobs", "getJobRun", "listJournal", "listUsers", "listTokens", "listResults", "getResults"}, asked)

    def test_every_list_is_a_table_too_with_as_many_rows(self):
        lists = 0
        for verb, path, operation in operations(self.document):
            with self.subTest(f"{verb.upper()} {path}"):
                content = success(operation)[1].get("application/json")
                if verb != "get" or not content or "items" not in content["schema"].get("properties", {}):
                    continue
                address = self.answers(path, operation)
                if address is None and "{receipt}" in path:
                    continue  # no LRS, no receipt: night/receipts_test.py asks for it
                self.assertIsNotNone(address)
                token = self.demo.token if "{org}" in path else True
                page = self.server.json("GET", address, token=token)
                answer = self.server.get(address, headers={"Accept": "text/csv"}, token=token)
                self.assertEqual(answer.headers["content-type"], "text/csv; charset=utf-8")
                self.assertTrue(answer.body.startswith(b"\xef\xbb\xbf"), "a spreadsheet reads it as UTF-8")
                rows = list(csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig"), newline="")))
                self.assertEqual(len(rows), len(page["items"]))
                for row in rows:
                    self.assertNotIn(None, row.values(), "every row has every column")
                    self.assertNotIn(None, row, "and none more")
                self.assertEqual("link" in answer.headers, page["next"] is not None)
                lists += 1
        self.assertGreaterEqual(lists, 28)

    def test_the_link_of_a_table_leads_to_the_next_page_with_its_filters(self):
        first = self.server.get("/api/v1/organizations/demo/records/results?limit=2&attempt=1",
                                headers={"Accept": "text/csv"}, token=self.demo.token)
        link = first.headers["link"].split(">")[0].lstrip("<")
        self.assertIn("attempt=1", link)
        second = self.server.get("/api/v1/organizations/demo/records/results" + link,
                                 headers={"Accept": "text/csv"}, token=self.demo.token)
        ids = [row["id"] for answer in (first, second)
               for row in csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig"), newline=""))]
        self.assertEqual(len(ids), 4)
        self.assertEqual(ids, sorted(set(ids), key=int))

    def test_a_list_tells_every_field_it_can_be_filtered_by(self):
        parameters = self.document["paths"]["/api/v1/organizations/{org}/records/results"]["get"]["parameters"]
        for name in [p["name"] for p in parameters if p["in"] == "query"]:
            with self.subTest(name):
                value = {"deleted": "any", "success": "true", "graded": "true", "format": "csv"}.get(name, "1")
                answer = self.server.get(f"/api/v1/organizations/demo/records/results?limit=1&{name}={value}"
                                         if name not in ("limit", "cursor") else
                                         "/api/v1/organizations/demo/records/results?limit=1", token=self.demo.token)
                self.assertEqual(answer.status, 200, answer)
        refused = self.server.get("/api/v1/organizations/demo/records/results?raw=5", token=self.demo.token)
        self.assertEqual(refused.status, 400)
        self.assertNotIn("raw,", refused.json["detail"])
        self.assertIn("attempt", refused.json["detail"])


if __name__ == "__main__":
    unittest.main()
