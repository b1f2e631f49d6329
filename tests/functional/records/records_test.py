"""Records, files and imports over a real connection: what is cut off leaves nothing, what is large stays flat."""
import csv
import hashlib
import io
import json
import os
import pathlib
import socket
import sqlite3
import time
import unittest
import urllib.parse

from lmsd import SOURCE, Lmsd, sanitized

OULAD = pathlib.Path(os.environ.get("LMSD_SHARED", SOURCE / "../shared")) / "data/oulad"
RECORDS = "/api/v1/organizations/demo/records"
IMPORTS = "/api/v1/organizations/demo/imports"


def upload(name, external_id, **more):
    return RECORDS + "/files?" + urllib.parse.urlencode({"source": "lms", "externalId": external_id, "name": name, **more})


class Records(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Lmsd({"modules.load": ""}).__enter__()
        cls.addClassCleanup(cls.server.__exit__)
        cls.server.create_organization("demo")

    def kept(self):
        """Files of the server's folder, half-done uploads included."""
        return [file for file in (self.server.directory / "data").rglob("*") if file.is_file() and "files" in file.parts]

    def wait_until(self, holds):
        """The server does it in its own time and tells nobody."""
        deadline = time.monotonic() + 30
        while not holds():
            self.assertLess(time.monotonic(), deadline, self.kept())
            time.sleep(0.02)

    def test_an_upload_that_is_cut_off_leaves_nothing(self):
        before = self.kept()
        parts = urllib.parse.urlsplit(self.server.url)
        for length, sent in ((8_000_000, 3_000_000), (2_000_000, 0)):
            with socket.create_connection((parts.hostname, parts.port), timeout=30) as connection:
                connection.sendall(f"POST {upload('cut.pdf', 'cut')} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                                   f"{self.server.token}\r\nContent-Type: application/octet-stream\r\n"
                                   f"Content-Length: {length}\r\n\r\n".encode())
                connection.sendall(b"%PDF-" + b"x" * sent)
                self.wait_until(lambda: len(self.kept()) == len(before) + 1)  # it is being written
            self.wait_until(lambda: self.kept() == before)
        found = self.server.get(RECORDS + "/files?source=lms&externalId=cut").json["items"]
        self.assertEqual(found, [])

    def test_a_large_upload_comes_back_equal_and_is_kept_once(self):
        piece = os.urandom(1 << 20)
        digest = hashlib.sha256(piece * 40).hexdigest()
        for external_id in ("big-1", "big-2"):
            answer = self.server.post(upload("съёмка.bin", external_id), (piece for _ in range(40)),
                                      headers={"Content-Type": "application/octet-stream"})  # chunked
            self.assertEqual(answer.status, 201, answer)
            self.assertEqual((answer.json["size"], answer.json["sha256"]), (40 << 20, digest))
        self.assertEqual(sum(file.name == digest for file in self.kept()), 1)
        back = self.server.get(f"{RECORDS}/files/{answer.json['id']}/content")
        self.assertEqual(hashlib.sha256(back.body).hexdigest(), digest)
        self.assertIn("filename*=UTF-8''%D1%81", back.headers["content-disposition"])

    def test_files_beyond_an_organizations_quota_are_refused_and_those_of_another_are_not(self):
        with Lmsd({"modules.load": "", "records.files_quota": "10KB"}) as server:
            for organization in ("demo", "other"):
                server.create_organization(organization)

            def send(name, content, organization="demo"):
                return server.post(upload(name, name).replace("/demo/", f"/{organization}/"), content)
            self.assertEqual(send("a.bin", b"a" * 6000).status, 201)
            refused = send("b.bin", b"b" * 6000)
            self.assertEqual((refused.status, refused.json["code"]), (413, "files-quota"))
            self.assertIn("6000 bytes of the", refused.json["detail"])
            self.assertEqual(send("b.bin", b"b" * 6000, "other").status, 201)
            self.assertEqual(send("a.bin", b"a" * 6000).status, 200, "what is there takes no more")
            self.assertEqual(send("copy.bin", b"a" * 6000).status, 201)
            self.assertEqual(send("c.bin", b"c" * 3000).status, 201)
            self.assertEqual(server.stop(), 0)
            server.start()
            self.assertEqual(send("d.bin", b"d" * 3000).status, 413, "a start forgets nothing")
            left = [file for file in (server.directory / "data/files/staging").rglob("*")]
            self.assertEqual(left, [])

    def test_a_batch_of_ten_thousand_is_one_answer(self):
        batch = {"source": "bulk", "records": [{"kind": "learners", "externalId": f"l{i}", "lastName": "Ёлкина"}
                                               for i in range(10_000)]}
        self.assertEqual(self.server.json("POST", RECORDS, batch)["counts"]["created"], 10_000)
        self.assertEqual(self.server.json("POST", RECORDS, batch)["counts"]["unchanged"], 10_000)
        batch["records"].append(batch["records"][0])
        self.assertEqual(self.server.post(RECORDS, batch).status, 422)

    def test_a_list_as_csv_is_read_by_others(self):
        self.server.json("POST", RECORDS, {"source": "csv", "records": [
            {"kind": "learners", "externalId": "1", "lastName": "О\"Нил, мл.", "firstName": "=1+1"}]})
        answer = self.server.get(RECORDS + "/learners?source=csv", headers={"Accept": "text/csv"})
        rows = list(csv.DictReader(io.StringIO(answer.text, newline="")))
        self.assertEqual([(row["lastName"], row["firstName"]) for row in rows], [("О\"Нил, мл.", "'=1+1")])

    def test_every_kind_is_described(self):
        document = self.server.get("/api/v1/openapi.json").json
        for kind in ("programmes flows blocks modules themes elements learners enrollments results views openings "
                     "reflections files").split():
            text = json.dumps(document["paths"]["/api/v1/organizations/{org}/records/" + kind])
            self.assertIn("example", text, kind)

    @unittest.skipUnless(OULAD.exists(), f"the Open University dataset is not at {OULAD}; set LMSD_SHARED")
    def test_the_open_university_comes_in_whole(self):
        manifest = json.loads((SOURCE / "config/mappings/oulad/import.json").read_text())
        report = None
        for step in manifest["steps"]:
            with open(OULAD / step["file"], "rb") as file:
                answer = self.server.post(f"{IMPORTS}?mapping={step['mapping']}", file, timeout=300,
                                          headers={"Content-Type": "text/csv",
                                                   "Content-Length": str((OULAD / step["file"]).stat().st_size)})
            self.assertEqual(answer.status, 201, answer)
            report = answer.json
            self.assertEqual(report["counts"]["rejected"], 0, report["errors"][:3])
            self.assertTrue(report["assumed"])
        with open(OULAD / "studentAssessment.csv", newline="") as file:
            source = {(row["id_assessment"] + "-" + row["id_student"]): row["score"] for row in csv.DictReader(file)}
        self.assertEqual(report["counts"]["created"], len(source))
        database = sqlite3.connect(f"file:{self.server.settings['database.path']}?mode=ro", uri=True)
        stored = dict(database.execute("SELECT external_id, raw FROM record_results WHERE source = 'oulad'"))
        database.close()
        self.assertEqual(stored, {key: float(score) if score else None for key, score in source.items()})
        if not sanitized():
            self.assertLess(self.server.memory_kib(), 128 * 1024)


if __name__ == "__main__":
    unittest.main()
