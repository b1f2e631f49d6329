"""A small organization with every kind of record, made from a seed, and what University 2035 must be told of it.

What is due is known here from how the records were made; nothing is asked of the server. Every learner's record has a second
of its own, and every part of a programme a title of its own: a statement is matched to its record by these alone.
"""
import datetime

BAS, DP = "bas", "dp"
METHODIST = "9900900001"
START = datetime.datetime(2025, 9, 1, 9, 0, tzinfo=datetime.timezone(datetime.timedelta(hours=3)))
MIDDLE = datetime.date(2025, 10, 11)  # half of the learners' records are older

# external id, parent's kind and id, type, what else is in the record
ELEMENTS = [
    ("v1", "theme", "t1", "video", {"durationSeconds": 1200, "lectureHours": 1}),
    ("w1", "theme", "t2", "webinar", {"durationSeconds": 3600, "lectureHours": 1, "webinarLink": "https://example.org/w1",
                                      "webinarAt": "2025-09-10T12:00:00+03:00"}),
    ("a1", "theme", "t3", "article", {"lectureHours": 1}),
    ("d1", "block", "theory", "entry-diagnostics", {"workshopHours": 1}),
    ("e1", "theme", "t1", "test", {"workshopHours": 1, "passScore": 60}),
    ("e2", "module", "m1", "intermediate-assessment", {"workshopHours": 1, "passScore": 60}),
    ("e3", "theme", "t2", "practice", {"workshopHours": 2, "passScore": 50, "admittanceForm": "offline"}),
    ("e4", "programme", "uav", "final-assessment", {"workshopHours": 2, "passScore": 60, "documentType": "Удостоверение",
                                                    "qualification": "Оператор"}),
    ("e5", "programme", "uav", "final-work", {"workshopHours": 2, "passScore": 60, "practical": True,
                                              "documentType": "Удостоверение", "qualification": "Оператор"}),
    ("f1", "theme", "t3", "fact", {"workshopHours": 1, "practical": True, "admittanceForm": "offline", "bestResult": "max",
                                   "fixationMethod": "LMS", "fixationUntiIds": ["9900900002"],
                                   "fixationRoles": ["Инструктор"]}),
    ("p1", "block", "practice", "practice-diary", {}),
]
SCORED = {"minScore": 0, "maxScore": 100, "maxAttempts": 3, "comparability": 0}
THOUGHTS = ["Понял, зачем перед вылетом смотреть на влажность: обледенение винтов раньше казалось мелочью.",
            "Матрица рисков теперь висит над столом, планёрки стали короче, заказчику научился отказывать.",
            "Больше всего времени ушло на сборку рамы, зато теперь понимаю каждую деталь и могу объяснить её другим."]


class Told:
    """What is to be told of one record. `due`: now; else it must not be told, and `silent` says that no list names it."""

    def __init__(self, project, kind, external, fields, due, silent=False):
        self.project, self.kind, self.external, self.fields, self.due, self.silent = project, kind, external, fields, due, silent


class Records:
    """The organization as the source has it. Made by `random`, a random.Random: the same seed makes the same records."""

    def __init__(self, random, learners=(5, 8)):
        self.random = random
        self.by_key = {}     # (kind, external id) → fields
        self.files = {}      # external id → (owner's query, name, bytes)
        self.deleted = set()
        self.clock = 0
        self.learners = []
        self._structure()
        for n in range(random.randint(*learners)):
            self.add_learner(nameless=n == 0)

    # -- making -------------------------------------------------------------------------------------------------

    def put(self, kind, external, **fields):
        self.by_key[kind, external] = fields
        return external

    def moment(self):
        self.clock += 1
        return (START + datetime.timedelta(days=self.clock % 80, seconds=self.clock)).isoformat()

    def _structure(self):
        self.put("programmes", "uav", project=BAS, title="Программа полётов", u2035Id=501, online=False, minutesPerHour=45)
        self.put("flows", "autumn", programme="uav", title="Осень", key="autumn", u2035Id=502, methodistUntiId=METHODIST,
                 instructorUntiIds=["9900900002"], startsAt="2025-09-01T00:00:00+03:00", endsAt="2025-12-01T00:00:00+03:00")
        for one in ("theory", "practice"):
            self.put("blocks", one, programme="uav", type=one, title=f"Блок {one}")
        for n, block in enumerate(("theory", "practice"), 1):
            self.put("modules", f"m{n}", block=block, title=f"Модуль {n}", position=1, u2035Id=510 + n)
        for n, module in enumerate(("m1", "m1", "m2"), 1):
            self.put("themes", f"t{n}", module=module, title=f"Тема {n}", position=n, u2035Id=520 + n)
        for external, parent_kind, parent, kind, more in ELEMENTS:
            self.element(external, parent_kind, parent, kind, more)
        self.put("programmes", "analyst", project=DP, title="Программа аналитика", u2035Id=601, online=True, minutesPerHour=45)
        self.put("flows", "analyst-1", programme="analyst", title="Поток аналитиков", key="analyst-1", u2035Id=602,
                 methodistUntiId=METHODIST, startsAt="2025-09-01T00:00:00+03:00", endsAt="2025-12-01T00:00:00+03:00")
        self.put("blocks", "analyst-b", programme="analyst", type="theory", title="Блок аналитика")
        self.put("modules", "analyst-m", block="analyst-b", title="Модуль аналитика", position=1, u2035Id=611)
        self.put("themes", "analyst-t", module="analyst-m", title="Тема аналитика", position=1, u2035Id=621)
        self.element("av", "theme", "analyst-t", "video", {"durationSeconds": 600, "lectureHours": 1})
        self.element("ae", "theme", "analyst-t", "test", {"workshopHours": 1, "passScore": 60})

    def element(self, external, parent_kind, parent, kind, more):
        scored = {} if kind in ("video", "webinar", "article", "practice-diary") else SCORED
        self.put("elements", external, **{parent_kind: parent}, type=kind, title=f"Элемент {external}", position=1,
                 required=True, **scored, **more)

    def add_learner(self, nameless=False):
        """`nameless`: University 2035 has given no unti_id yet."""
        n = len(self.learners) + 1
        learner = self.put("learners", f"l{n}", lastName=f"Слушатель{n}", firstName="Имя", testUntiId=str(9800000000 + n),
                           email=f"l{n}@example.org", **({} if nameless else {"untiId": str(9900000000 + n)}))
        self.learners.append(learner)
        for flow in ("autumn", "analyst-1"):
            self.put("enrollments", f"n-{learner}-{flow}", learner=learner, flow=flow, status="enrolled")
        for external, _, _, kind, _ in ELEMENTS:
            if self.random.random() < 0.85:
                self.add_fact(learner, external, kind, "autumn")
        self.add_fact(learner, "av", "video", "analyst-1")
        self.add_fact(learner, "ae", "test", "analyst-1")
        if n <= len(THOUGHTS):
            self.put("reflections", f"x-{learner}", learner=learner, flow="analyst-1", text=THOUGHTS[n - 1], at=self.moment())
        return learner

    def add_fact(self, learner, element, kind, flow, attempt=1):
        """What a learner did with an element; returns its key."""
        common = {"learner": learner, "element": element, "flow": flow, "at": self.moment()}
        name = f"{learner}-{element}-{attempt}"
        if kind in ("video", "webinar"):
            percent = self.random.randint(86, 100)
            attended = {"attended": True} if kind == "webinar" else {}
            self.put("views", name, **common, percent=percent, watchedSeconds=percent * 10, **attended)
            return "views", name
        if kind == "article":
            self.put("openings", name, **common, downloaded=self.random.random() < 0.5)
            return "openings", name
        fields = {**common, "attempt": attempt, "durationSeconds": self.random.randint(600, 5000)}
        luck = self.random.random()
        if kind == "practice-diary":
            pass
        elif luck < 0.05:
            fields["graded"] = False
        elif luck > 0.05 + 0.05:  # else a mark is missing
            fields.update(raw=self.random.randint(30, 100))
            fields["success"] = fields["raw"] >= 60
        self.put("results", name, **fields)
        if kind in ("final-work", "practice-diary") and self.random.random() < 0.9:
            self.files[f"file-{name}"] = (f"result={name}", f"Работа {name}.txt",
                                          f"Работа {name} {self.random.random()}\n".encode() * 40)
        return "results", name

    # -- changes at the source ----------------------------------------------------------------------------------

    def learner_facts(self):
        return [key for key in self.by_key if key[0] in ("results", "views", "openings") and key not in self.deleted]

    def change(self):
        """One seeded change: the records to be posted, and the key to be deleted or None."""
        kind = self.random.choice(["mark", "mark", "delete", "add", "add", "learner", "named", "graded"])
        facts = self.learner_facts()
        if kind == "mark":
            marked = [key for key in facts if key[0] == "results" and "raw" in self.by_key[key]]
            return self.remark(self.random.choice(marked)), None
        if kind == "delete":
            key = self.random.choice([key for key in facts if key[0] != "results" or self.by_key[key]["element"] != "e5"])
            self.deleted.add(key)
            return [], key
        if kind == "add":
            learner = self.random.choice(self.learners)
            return [self.add_fact(learner, "e1", "test", "autumn", attempt=self.clock + 1)], None
        if kind == "learner":
            before = set(self.by_key)
            self.add_learner()
            return [key for key in self.by_key if key not in before], None
        if kind == "named":
            self.by_key["learners", "l1"]["untiId"] = "9900000001"
            return [("learners", "l1")], None
        waiting = [key for key in facts if self.by_key[key].get("graded") is False]
        for key in waiting:
            self.by_key[key].pop("graded")
            self.by_key[key].update(raw=77, success=True)
        return waiting, None

    def remark(self, key):
        """Another mark."""
        fields = self.by_key[key]
        fields["raw"] = fields["raw"] - 1 if fields["raw"] > 31 else fields["raw"] + 1
        return [key]

    def posted(self, keys=None):
        """Records as POST …/records takes them, parents first."""
        order = ["programmes", "flows", "blocks", "modules", "themes", "elements", "learners", "enrollments"]
        chosen = list(self.by_key if keys is None else keys)
        chosen.sort(key=lambda key: order.index(key[0]) if key[0] in order else len(order))
        return [{"kind": kind, "externalId": external, **self.by_key[kind, external]} for kind, external in chosen]

    # -- what is due --------------------------------------------------------------------------------------------

    def titles(self):
        """Titles of the parts of «Кадры для БАС», each told once by the methodist."""
        parts = [key for key in self.by_key if key[0] in ("blocks", "modules", "themes", "elements")]
        return {self.by_key["programmes", "uav"]["title"]} | {
            self.by_key[key]["title"] for key in parts
            if not key[1].startswith("analyst") and key[1] not in ("av", "ae", "p1")}

    def told(self):
        """Second of the statement (Unix time) → Told, for every learner's record there ever was."""
        out = {}
        for (kind, external), fields in self.by_key.items():
            if kind not in ("results", "views", "openings", "reflections"):
                continue
            project = DP if fields["flow"] == "analyst-1" else BAS
            named = "untiId" in self.by_key["learners", fields["learner"]]
            element = fields.get("element")
            marked = kind != "results" or element == "p1" or "raw" in fields
            filed = element not in ("e5", "p1") or any(query == f"result={external}" for query, _, _ in self.files.values())
            final = fields.get("graded", True)
            deleted = (kind, external) in self.deleted
            out[int(datetime.datetime.fromisoformat(fields["at"]).timestamp())] = Told(
                project, kind, external, fields, named and marked and filed and final and not deleted,
                silent=deleted or not final)
        return out
