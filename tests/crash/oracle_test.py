"""The oracle over made-up outcomes: each kind of wrong is seen, and what is right is not."""
import collections
import json
import pathlib
import random
import tempfile
import types
import unittest

import oracle
from records import METHODIST, Records


def statement(number, name, at, **more):
    return {"id": f"00000000-0000-4000-8000-{number:012}", "actor": {"account": {"name": name}}, "timestamp": at,
            "object": {"objectType": "StatementRef", "id": "fact"}, **more}


class Oracle(unittest.TestCase):
    def setUp(self):
        self.records = Records(random.Random(5))
        self.records.by_key = {key: fields for key, fields in self.records.by_key.items() if key[0] in ("learners",)}
        self.records.files, self.records.learners = {}, ["l1", "l2"]
        self.records.put("views", "seen", learner="l2", element="v1", flow="autumn", at="2025-09-02T10:00:00+03:00", percent=90)
        self.percent = {"extensions": {"https://id.2035.university/xapi/extension/view-percentage": 90}}
        self.told = statement(1, "9900000002", "2025-09-02T10:00:00+03:00", result=self.percent)

    def judge(self, stored, rows=None, listed=(), kept=None):
        judge = oracle.Judge.__new__(oracle.Judge)
        judge.wrong, judge.stored = [], stored
        judge.by_id = {one["id"]: one for one in stored}
        judge.cancelled = collections.Counter(one["object"]["id"] for one in stored if one["actor"]["account"]["name"] == METHODIST)
        judge.listed = collections.defaultdict(set, {("views", "seen"): set(listed)})
        rows = [(one["id"], "accepted", json.dumps(one)) for one in stored] if rows is None else rows
        judge.server = types.SimpleNamespace(query=lambda sql, *_: rows)
        judge.seed = types.SimpleNamespace(records=self.records, kept=kept or {},
                                           state_of=lambda key: dict(self.records.by_key[key]))
        judge.outbox_and_lrs_agree()
        judge.learners_are_told_once()
        judge.cancellations_are_consistent()
        return "\n".join(judge.wrong)

    def cancel(self, number, one):
        return {**statement(number, METHODIST, "2025-12-01T00:00:00+03:00"), "object": {"objectType": "StatementRef", "id": one["id"]}}

    def test_what_is_right_is_not_wrong(self):
        self.assertEqual(self.judge([self.told]), "")

    def test_a_due_record_that_is_nowhere_is_lost(self):
        self.assertIn("LOST: ('views', 'seen')", self.judge([]))
        self.assertIn("LOST: ('views', 'seen')", self.judge([], listed=["no-file"]))

    def test_a_row_that_counts_as_accepted_and_is_not_there_is_lost(self):
        rows = [(self.told["id"], "accepted", json.dumps(self.told))]
        self.assertIn("LOST: 00000000-0000-4000-8000-000000000001", self.judge([], rows))

    def test_what_the_lrs_has_and_the_outbox_not_is_told(self):
        self.assertIn("the outbox does not know it", self.judge([self.told], rows=[]))
        waiting = [(self.told["id"], "waiting", json.dumps(self.told))]
        self.assertIn("the outbox says 'waiting'", self.judge([self.told], waiting))

    def test_a_record_told_twice_is_a_duplicate_under_any_id(self):
        self.assertIn("TWICE: ('views', 'seen')", self.judge([self.told, {**self.told, "id": statement(2, "", "")["id"]}]))

    def test_other_content_than_frozen_is_seen(self):
        rows = [(self.told["id"], "accepted", json.dumps({**self.told, "result": {"duration": "PT1S"}}))]
        self.assertIn("CHANGED", self.judge([self.told], rows))

    def test_a_changed_record_is_to_be_held_or_told_anew(self):
        self.records.by_key["views", "seen"]["percent"] = 95
        self.assertIn("is told as it is not", self.judge([self.told]))
        self.assertEqual(self.judge([self.told], listed=["changed-after-sending"]), "")
        self.assertEqual(self.judge([self.told], kept={("views", "seen"): dict(self.records.by_key["views", "seen"])}), "")
        anew = {**self.told, "id": statement(2, "", "")["id"],
                "result": {"extensions": {next(iter(self.percent["extensions"])): 95}}}
        self.assertEqual(self.judge([self.told, self.cancel(3, self.told), anew]), "")

    def test_a_word_about_an_earlier_change_keeps_no_later_one(self):
        earlier = dict(self.records.by_key["views", "seen"], percent=93)
        self.records.by_key["views", "seen"]["percent"] = 95
        self.assertIn("is told as it is not", self.judge([self.told], kept={("views", "seen"): earlier}))

    def test_cancelled_twice_or_without_being_told(self):
        self.assertIn("cancelled 2 times", self.judge([self.told, self.cancel(3, self.told), self.cancel(4, self.told)]))
        self.assertIn("the LRS does not have it", self.judge([self.cancel(3, self.told)]))

    def test_a_deleted_record_that_is_still_told_is_on_a_list(self):
        self.records.deleted.add(("views", "seen"))
        self.assertIn("on no list", self.judge([self.told]))
        self.assertEqual(self.judge([self.told], listed=["deleted-after-sending"]), "")
        self.assertEqual(self.judge([]), "")

    def test_what_is_not_told_is_on_a_list(self):
        self.records.by_key["learners", "l2"].pop("untiId")
        self.assertIn("no list says why", self.judge([]))
        self.assertEqual(self.judge([], listed=["no-unti-id"]), "")

    def test_other_bytes_after_the_lrs_took_them_are_seen(self):
        first, second = ('{"id":"a","v":1}', '{"id":"a","v":2}')
        for bodies, upstream, wrong in (((first, first), (200, 200), ""), ((first, second), (200, 200), "other bytes of a"),
                                        ((first, second), (None, 200), "")):
            with tempfile.TemporaryDirectory() as folder:
                entries = []
                for n, (body, status) in enumerate(zip(bodies, upstream), 1):
                    pathlib.Path(folder, str(n)).write_text(f"[{body}]")
                    entries.append({"n": n, "method": "POST", "upstream": status})
                judge = oracle.Judge.__new__(oracle.Judge)
                judge.wrong, judge.frozen = [], {"a": bodies[-1] if status == 200 and not wrong else first}
                judge.seed = types.SimpleNamespace(lrs_from=0, campaign=types.SimpleNamespace(
                    bodies=pathlib.Path(folder), lrs_proxy=types.SimpleNamespace(log=lambda since, all=entries: all)))
                judge.attempts_were_the_same_bytes()
                self.assertEqual(wrong in "\n".join(judge.wrong) and bool(judge.wrong) == bool(wrong), True, judge.wrong)


if __name__ == "__main__":
    unittest.main()
