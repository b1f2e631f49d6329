"""A learner's way to University 2035's sign-in and back, in a browser that keeps cookies and follows redirects: a real lmsd,
a real OAuth2 server."""
import csv
import io
import json
import re
import unittest
import urllib.error
import urllib.parse
import urllib.request

from lmsd import Lmsd
from nights import SETTINGS, Organization
from peers import OAuth2

SECRET = "s3cret+of/the=client"
OTHER_SECRET = "an0ther-secret-of-production"


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


class Page:
    def __init__(self, status, headers, text, url):
        self.status, self.headers, self.text, self.url = status, headers, text, url

    def __repr__(self):
        return f"{self.status} {self.url}\n{self.text}"

    @property
    def code(self):
        found = re.search(r'class="code">[^:]*: ([\w.-]+)<', self.text)
        return found and found[1]

    def link(self):
        return re.search(r'<a class="button"[^>]*href="([^"]+)"', self.text)[1].replace("&amp;", "&")


class Browser:
    """Cookies by origin, as far as Path=/ goes; redirects are followed one by one, so that a test can stop in between."""

    def __init__(self, language="ru"):
        self.cookies = {}
        self.language = language
        self.opener = urllib.request.build_opener(NoRedirect(), urllib.request.ProxyHandler({}))

    def step(self, url, form=None, **headers):
        origin = "{0.scheme}://{0.netloc}".format(urllib.parse.urlsplit(url))
        jar = self.cookies.setdefault(origin, {})
        request = urllib.request.Request(url, form and urllib.parse.urlencode(form).encode(), {
            "Accept-Language": self.language, "Cookie": "; ".join(f"{k}={v}" for k, v in jar.items()), **headers})
        try:
            response = self.opener.open(request, timeout=60)
        except urllib.error.HTTPError as refused:
            response = refused
        with response:
            for line in response.headers.get_all("Set-Cookie") or []:
                name, value = line.split(";")[0].split("=", 1)
                jar[name] = value
            return Page(response.status, {k.lower(): v for k, v in response.headers.items()},
                        response.read().decode("utf-8", "replace"), url)

    def go(self, url, form=None, until=None, **headers):
        """Follows redirects; stops before the address in which `until` stands."""
        page = self.step(url, form, **headers)
        while page.status in (302, 303):
            url = urllib.parse.urljoin(page.url, page.headers["location"])
            if until and until in url:
                return url
            page = self.step(url)
        return page

    def answer(self, page, answer="yes", **headers):
        csrf = re.search(r'name="csrf" value="(\w+)"', page.text)[1]
        action = re.search(r'<form method="post" action="([^"]+)"', page.text)[1]
        return self.go(urllib.parse.urljoin(page.url, action), {"csrf": csrf, "answer": answer}, **headers)


class Sso(unittest.TestCase):
    count = 0

    @classmethod
    def setUpClass(cls):
        cls.server = Lmsd({**SETTINGS, "module.u2035.sso.timeout": "2s"}).__enter__()
        cls.addClassCleanup(cls.server.__exit__)
        cls.schools = [f"school-{n}" for n in range(60)]
        clients = {}
        for school in (*cls.schools, "demo"):
            for contour, secret in (("test", SECRET), ("production", OTHER_SECRET)):
                clients[f"{school}-{contour}"] = {"secret": secret, "redirectUri": cls.callback(school, contour)}
        cls.peer = OAuth2(clients).__enter__()
        cls.addClassCleanup(cls.peer.__exit__)

    @classmethod
    def callback(cls, school, contour):
        return f"{cls.server.url.rstrip('/')}/u2035/sso/{school}/{contour}/callback"

    def setUp(self):
        self.name = self.schools[type(self).count]
        type(self).count += 1
        self.server.create_organization(self.name)
        self.school = Organization(self.server, self.name)
        self.put({"kind": "programmes", "externalId": "p1", "project": "bas", "title": "БПЛА", "u2035Id": 501},
                 {"kind": "flows", "externalId": "f1", "programme": "p1", "key": "f-1", "u2035Id": 7001})
        self.learner("l1", "Соколова", "Анна <b>")
        self.learner("l2", "Орлов", "Пётр", untiId="900002", leaderId="22")
        self.set_client("production")
        self.set_client("test")
        self.peer.control(reset=True, user={"unti_id": 12345, "leader_id": "777", "email": "user@example.com",
                                            "lastname": "Иванов", "tags": ["assistant"]})
        self.browser = Browser()

    def put(self, *records):
        answer = self.server.json("POST", f"/api/v1/organizations/{self.name}/records",
                                  {"source": "lms", "records": list(records)}, token=self.school.token)
        self.assertEqual(answer["counts"]["rejected"], 0, answer)

    def learner(self, external_id, last, first, **more):
        self.put({"kind": "learners", "externalId": external_id, "lastName": last, "firstName": first, **more},
                 {"kind": "enrollments", "externalId": "n" + external_id, "learner": external_id, "flow": "f1",
                  "status": "enrolled"})

    def record(self, external_id):
        return self.server.json("GET", f"/api/v1/organizations/{self.name}/records/learners?externalId={external_id}",
                                token=self.school.token)["items"][0]

    def client_at(self, contour):
        return self.server.get(f"{self.school.u2035}/sso/clients/{contour}", token=self.school.token)

    def set_client(self, contour, status=200, **changes):
        body = {"base": self.peer["base"] + "/", "clientId": f"{self.name}-{contour}",
                "clientSecret": SECRET if contour == "test" else OTHER_SECRET,
                "redirectUri": self.callback(self.name, contour), **changes}
        answer = self.server.put(f"{self.school.u2035}/sso/clients/{contour}", body,
                                 etag=self.client_at(contour).headers["etag"], token=self.school.token)
        self.assertEqual(answer.status, status, answer)
        return answer

    def links(self, body, **headers):
        return self.server.post(f"{self.school.u2035}/sso/links", body, token=self.school.token, headers=headers)

    def link(self, external_id="l1", contour="production", **more):
        made = self.links({"contour": contour, "externalIds": [external_id], **more})
        self.assertEqual(made.status, 201, made)
        self.assertEqual(len(made.json["items"]), 1, made)
        return made.json["items"][0]["url"]

    def sign_in(self, url, browser=None, until=None):
        browser = browser or self.browser
        page = browser.go(url)
        self.assertEqual(page.status, 200, page)
        return browser.go(urllib.parse.urljoin(page.url, page.link()), until=until)

    def joins(self, state=""):
        return list(self.school.items("/sso/joins" + (f"?state={state}" if state else "")))

    def confirmed(self, external_id="l1", contour="production", **more):
        page = self.sign_in(self.link(external_id, contour, **more))
        self.assertEqual(page.status, 200, page)
        return self.browser.answer(page)

    # -- the way as it should be ----------------------------------------------------------------------------------

    def test_a_learner_signs_in_confirms_and_has_both_ids(self):
        landing = self.browser.go(self.link())
        self.assertIn("Войти через Университет 20.35", landing.text)
        self.assertNotIn("Соколова", landing.text)
        self.assertNotIn("<script", landing.text)
        page = self.browser.go(urllib.parse.urljoin(landing.url, landing.link()))

        self.assertIn("Это вы?", page.text)
        self.assertIn("Соколова Анна &lt;b&gt;", page.text)
        self.assertIn("<dd>12345</dd>", page.text)
        self.assertNotIn("code=", page.url)
        self.assertNotIn("untiId", self.record("l1"))
        for name, value in (("cache-control", "no-store"), ("referrer-policy", "no-referrer"), ("x-frame-options", "DENY")):
            self.assertIn(value, page.headers[name])
        self.assertIn("frame-ancestors 'none'", page.headers["content-security-policy"])

        done = self.browser.answer(page)

        self.assertIn("Готово", done.text)
        record = self.record("l1")
        self.assertEqual((record["untiId"], record["leaderId"]), ("12345", "777"))
        self.assertNotIn("testUntiId", record)
        self.assertEqual([(one["state"], one["untiId"], one["leaderId"]) for one in self.joins()],
                         [("joined", "12345", "777")])
        asked = [(one["method"], one["path"]) for one in self.peer.control()]
        self.assertEqual(asked, [("GET", "/oauth2/authorize"), ("POST", "/oauth2/access_token"), ("GET", "/users/me")])

    def test_of_the_profile_nothing_but_the_two_ids_is_kept(self):
        self.peer.control(user={"unti_id": 12345, "leader_id": "777", "email": "kept.nowhere@example.com",
                                "lastname": "Нигдеев", "tags": ["tag-of-nobody"]})
        self.confirmed()

        everything = json.dumps([[str(cell) for cell in row] for rows in self.server.dump().values() for row in rows],
                                ensure_ascii=False)
        for word in ("kept.nowhere", "Нигдеев", "tag-of-nobody", SECRET, OTHER_SECRET):
            self.assertNotIn(word, everything)

    def test_an_upsert_of_the_source_keeps_what_was_joined(self):
        self.confirmed()
        self.learner("l1", "Соколова", "Анна Игоревна")

        record = self.record("l1")
        self.assertEqual((record["untiId"], record["leaderId"], record["firstName"]), ("12345", "777", "Анна Игоревна"))

    def test_a_test_id_goes_to_the_test_contour_alone(self):
        self.peer.control(user={"unti_id": 66600666, "leader_id": "55500555"})

        self.confirmed("l1", "test")

        record = self.record("l1")
        self.assertEqual(record["testUntiId"], "66600666")
        self.assertNotIn("untiId", record)
        self.assertNotIn("leaderId", record)

    def test_a_test_id_enters_no_production_statement(self):
        """Of a learner with results, with and without an unti_id of the production contour."""
        self.server.lmsctl("demo", "load", "demo")
        self.name, self.school = "demo", Organization(self.server, "demo")
        self.set_client("test")
        ((learner, flow, unti_id),) = self.server.query(
            "SELECT r.learner_id, r.flow_id, l.unti_id FROM record_results r JOIN record_learners l ON l.id = r.learner_id"
            " WHERE l.unti_id <> '' ORDER BY r.id LIMIT 1")
        self.peer.control(user={"unti_id": 66600666, "leader_id": "55500555"})
        made = self.links({"contour": "test", "learners": [str(learner)], "again": True}).json["items"][0]["url"]
        self.browser.answer(self.sign_in(made))
        for waiting in self.joins("waiting"):
            self.decide(waiting, "accept")
        self.assertEqual(self.server.query("SELECT unti_id, test_unti_id FROM record_learners WHERE id = ?", learner),
                         [(unti_id, "66600666")])

        planned = self.school.json("POST", "/preview", {"flow": flow, "learner": learner, "limit": 200, "all": True})

        told = json.dumps(planned)
        self.assertGreater(len(planned["statements"]), 0)
        self.assertIn(unti_id, told)
        self.assertNotIn("66600666", told)
        self.assertNotIn("55500555", told)

    def test_a_profile_without_a_leader_id_is_enough(self):
        for unti_id, leader in ((31, None), (32, ""), (33, "absent")):
            with self.subTest(leader=leader):
                self.learner(f"x{unti_id}", "Икс", str(unti_id))
                user = {"unti_id": unti_id, "leader_id": leader}
                if leader == "absent":
                    del user["leader_id"]
                self.peer.control(user=user)
                self.confirmed(f"x{unti_id}")
                record = self.record(f"x{unti_id}")
                self.assertEqual(record["untiId"], str(unti_id))
                self.assertNotIn("leaderId", record)

    def test_the_pages_speak_english_to_whoever_asks(self):
        page = self.sign_in(self.link(), Browser("en"))

        self.assertIn("Is this you?", page.text)
        self.assertIn('<html lang="en">', page.text)

    # -- what goes wrong on the way -------------------------------------------------------------------------------

    def failed(self, page, code, status=None):
        self.assertEqual(page.code, code, page)
        if status:
            self.assertEqual(page.status, status, page)
        self.assertNotIn("untiId", self.record("l1"))
        self.assertEqual(self.joins(), [])

    def test_a_wrong_state_is_refused(self):
        back = self.sign_in(self.link(), until="/callback?")
        wrong = re.sub(r"state=\w+", "state=" + "0" * 64, back)

        self.failed(self.browser.go(wrong), "sso.state-unknown", 400)
        self.failed(self.browser.go(re.sub(r"&?state=\w+", "", back)), "sso.state-missing", 400)

    def test_a_state_serves_once(self):
        back = self.sign_in(self.link(), until="/callback?")
        first = self.browser.go(back)
        self.assertIn("Это вы?", first.text)

        again = self.browser.go(back)

        self.assertEqual(again.code, "sso.state-unknown")
        self.assertEqual([one["path"] for one in self.peer.control()].count("/oauth2/access_token"), 1)

    def test_a_state_of_another_browser_is_refused(self):
        back = self.sign_in(self.link(), until="/callback?")

        self.failed(Browser().go(back), "sso.other-browser", 400)
        self.failed(self.browser.go(back), "sso.state-unknown")

    def test_a_state_of_another_contour_is_refused(self):
        back = self.sign_in(self.link(), until="/callback?")

        self.failed(self.browser.go(back.replace("/production/", "/test/")), "sso.state-unknown")

    def test_a_code_that_was_used_is_refused(self):
        """As if somebody had been quicker with the code."""
        back = self.sign_in(self.link(), until="/callback?")
        code = urllib.parse.parse_qs(urllib.parse.urlsplit(back).query)["code"][0]
        form = urllib.parse.urlencode({"client_id": f"{self.name}-production", "client_secret": OTHER_SECRET, "code": code,
                                       "grant_type": "authorization_code",
                                       "redirect_uri": self.callback(self.name, "production")})
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(
                self.peer["base"] + "/oauth2/access_token", form.encode()) as answer:
            self.assertEqual(answer.status, 200)

        self.failed(self.browser.go(back), "sso.invalid-grant", 502)

    def test_a_redirect_uri_that_differs_is_named(self):
        """The authorize page refuses it before anybody is asked; the token's answer is the same mistake seen later."""
        back = self.sign_in(self.link(), until="/callback?")
        self.set_client("production", redirectUri="http://other.example.org" + urllib.parse.urlsplit(back).path)

        self.failed(self.browser.go(back), "sso.redirect-mismatch", 502)

        refused = self.sign_in_elsewhere()
        self.assertEqual(refused.status, 400)
        self.assertIn("redirect_uri", refused.text)

    def sign_in_elsewhere(self):
        made = self.link()
        local = self.server.url.rstrip("/") + urllib.parse.urlsplit(made).path + "?" + urllib.parse.urlsplit(made).query
        return self.sign_in(local)

    def test_a_wrong_secret_is_named(self):
        self.set_client("production", clientSecret="wrong-secret")

        self.failed(self.sign_in(self.link()), "sso.invalid-client", 502)

    def test_an_expired_token_is_named(self):
        self.peer.control(expired=True)

        self.failed(self.sign_in(self.link()), "sso.not-authorized", 502)

    def test_a_person_may_cancel(self):
        self.peer.control(cancel=True)

        self.failed(self.sign_in(self.link()), "sso.cancelled", 200)

    def test_a_slow_server_is_waited_for_no_longer_than_configured(self):
        for path in ("/oauth2/access_token", "/users/me"):
            with self.subTest(path):
                self.peer.control(slow=path)
                self.failed(self.sign_in(self.link()), "sso.slow", 502)
                self.peer.control(slow="")

    def test_what_is_no_sign_in_service_is_named(self):
        for path in ("/oauth2/access_token", "/users/me"):
            with self.subTest(path):
                self.peer.control(html=path, status=200)
                self.failed(self.sign_in(self.link()), "sso.not-json", 502)
        self.peer.control(html="/users/me", status=503)
        self.failed(self.sign_in(self.link()), "sso.server-trouble", 502)

    def test_a_profile_without_an_unti_id_is_named(self):
        for user, code in (({"leader_id": "1"}, "sso.no-unti-id"), ({"unti_id": "12a"}, "sso.bad-unti-id"),
                           ({"unti_id": -1}, "sso.bad-unti-id")):
            with self.subTest(user=user):
                self.peer.control(user=user)
                self.failed(self.sign_in(self.link()), code, 502)

    def test_the_same_link_serves_again_after_a_failure_and_never_after_a_success(self):
        url = self.link()
        self.peer.control(expired=True)
        self.sign_in(url)
        self.peer.control(expired=False)

        self.browser.answer(self.sign_in(url))

        self.assertEqual(self.record("l1")["untiId"], "12345")
        again = self.browser.go(url)
        self.assertIn("Вы уже вошли", again.text)
        self.assertNotIn("class=\"button\"", again.text)

    # -- «Это вы?» ------------------------------------------------------------------------------------------------

    def test_who_says_no_has_nothing_written(self):
        page = self.sign_in(self.link())

        said = self.browser.answer(page, "no")

        self.assertIn("Ничего не записано", said.text)
        self.assertNotIn("untiId", self.record("l1"))
        self.assertEqual([one["state"] for one in self.joins()], ["declined"])

    def test_an_answer_without_the_pages_token_or_cookie_is_refused(self):
        page = self.sign_in(self.link())

        for form in ({"answer": "yes"}, {"answer": "yes", "csrf": "0" * 64}):
            self.assertEqual(self.browser.go(page.url, form).code, "sso.csrf")
        self.assertEqual(Browser().go(page.url, {"answer": "yes", "csrf": "0" * 64}).code, "sso.other-browser")
        self.assertNotIn("Соколова", Browser().go(page.url).text)
        foreign = self.browser.answer(page, Origin="https://evil.example.org")
        self.assertEqual(foreign.status, 403, foreign)
        self.assertEqual(self.joins(), [])

    def test_two_presses_confirm_once(self):
        page = self.sign_in(self.link())
        self.browser.answer(page)
        again = self.browser.answer(page)

        self.assertIn("Ответ уже принят", again.text)
        self.assertEqual(len(self.joins()), 1)

    # -- an administrator decides ---------------------------------------------------------------------------------

    def decide(self, join, decision, status=200):
        answer = self.server.post(f"{self.school.u2035}/sso/joins/{join['id']}/decide", {"decision": decision},
                                  token=self.school.token, headers={"If-Match": f'"{join["revision"]}"'})
        self.assertEqual(answer.status, status, answer)
        return answer.json

    def undo(self, join):
        answer = self.server.post(f"{self.school.u2035}/sso/joins/{join['id']}/undo", {}, token=self.school.token,
                                  headers={"If-Match": f'"{join["revision"]}"'})
        self.assertEqual(answer.status, 200, answer)

    def test_a_learner_with_another_unti_id_waits_for_an_administrator(self):
        self.peer.control(user={"unti_id": 12345, "leader_id": "22"})
        page = self.confirmed("l2", again=True)
        self.assertIn("Передано администратору", page.text)
        self.assertEqual(self.record("l2")["untiId"], "900002")
        (waiting,) = self.joins("waiting")
        self.assertEqual((waiting["previous"], waiting["untiId"], waiting["code"]), ("900002", "12345", "has-another"))

        accepted = self.decide(waiting, "accept")
        self.assertEqual(self.record("l2")["untiId"], "12345")
        self.decide(waiting, "dismiss", 412)
        self.undo(accepted)

        self.assertEqual(self.record("l2")["untiId"], "900002")

    def test_another_leader_id_waits_too_and_may_be_dismissed(self):
        self.learner("l3", "Лисина", "Вера", leaderId="33")
        self.confirmed("l3")
        (waiting,) = self.joins("waiting")
        self.assertEqual((waiting["code"], waiting["leaderId"], waiting["previousLeaderId"]),
                         ("other-leader-id", "777", "33"))

        self.decide(waiting, "dismiss")

        self.assertNotIn("untiId", self.record("l3"))
        self.assertEqual(self.record("l3")["leaderId"], "33")

    def test_an_unti_id_of_another_learner_is_never_given_twice(self):
        self.peer.control(user={"unti_id": 900002})
        self.confirmed("l1")
        (waiting,) = self.joins("waiting")
        self.assertEqual(waiting["code"], "taken")

        self.assertEqual(self.decide(waiting, "accept", 409)["code"], "sso.taken")

        self.assertNotIn("untiId", self.record("l1"))

    def test_a_join_can_be_taken_back(self):
        self.confirmed()
        (joined,) = self.joins("joined")

        self.undo(joined)

        record = self.record("l1")
        self.assertNotIn("untiId", record)
        self.assertNotIn("leaderId", record)

    def by_link(self, url, what="state", status=200, **body):
        """As the learner's element asks: with the link alone, no token of a platform."""
        token = urllib.parse.parse_qs(urllib.parse.urlsplit(url).query)["t"][0]
        answer = self.server.post(f"/u2035/sso/{what}", {"token": token, **body}, token=None)
        self.assertEqual(answer.status, status, answer)
        return answer.json

    def test_the_personal_link_tells_whether_its_learner_is_linked_and_since_when(self):
        url = self.link()
        self.assertEqual(self.by_link(url), {"state": "none", "contour": "production", "since": None, "untiIdEnd": "",
                                             "join": None, "mayUnlink": False})
        self.assertEqual(self.by_link(self.link("l2", again=True))["state"], "known")
        self.browser.answer(self.sign_in(url))

        told = self.by_link(url)

        join = self.joins()[0]
        self.assertEqual((told["state"], told["since"], told["join"], told["untiIdEnd"], told["mayUnlink"]),
                         ("linked", join["createdAt"], join["id"], "2345", False))
        self.assertNotIn("12345", json.dumps(told), "of the id its end alone")
        self.assertEqual(self.by_link(url, "unlink", 403, join=told["join"])["code"], "sso.may-not-unlink")
        self.assertEqual(self.record("l1")["untiId"], "12345")
        self.assertEqual(self.by_link(self.link(contour="test", again=True))["state"], "none", "each contour by itself")

    def test_a_linked_learner_unlinks_where_the_platform_allowed_it(self):
        url = self.link(unlink=True)
        self.browser.answer(self.sign_in(url))
        told = self.by_link(url)
        self.assertTrue(told["mayUnlink"], told)
        self.assertEqual(self.by_link(url, "unlink", 409, join="999")["code"], "sso.changed")
        self.by_link(url, "unlink", 422)
        self.assertEqual(self.record("l1")["untiId"], "12345", "nothing was done")

        self.assertEqual(self.by_link(url, "unlink", join=told["join"])["state"], "none")

        self.assertNotIn("untiId", self.record("l1"))
        self.assertNotIn("leaderId", self.record("l1"))
        self.assertEqual([(join["state"], join["decidedBy"][:5]) for join in self.joins()], [("undone", "link:")])
        entry = [one for one in self.server.json("GET", f"/api/v1/organizations/{self.name}/journal", token=self.school.token)["items"]
                 if one["action"] == "sso.unlinked"][0]
        self.assertTrue(entry["actor"].startswith("link:") and entry["actionText"], entry)
        self.by_link(url, "unlink", 409, join=told["join"])
        page = self.browser.go(url)
        self.assertEqual((page.status, page.code), (410, "sso.link-used"), page)

    def test_a_link_that_unlinks_ends_when_it_is_withdrawn_or_another_is_made(self):
        url = self.link(unlink=True)
        self.browser.answer(self.sign_in(url))
        listed = list(self.school.items("/sso/links"))
        other = self.link(again=True)
        self.assertEqual(self.by_link(url, status=410)["code"], "sso.link-revoked")
        self.assertEqual(self.by_link(other)["state"], "linked")
        mine = self.link("l2", again=True, unlink=True)
        self.assertEqual(self.server.delete(f"{self.school.u2035}/sso/links/{list(self.school.items('/sso/links'))[0]['id']}",
                                            token=self.school.token).status, 204)
        self.assertEqual(self.by_link(mine, status=410)["code"], "sso.link-revoked")
        self.assertEqual(len(listed), 1)
        self.assertEqual(self.by_link(url.split("?")[0] + "?t=nobody", status=404)["code"], "sso.link-unknown")

    def test_who_waits_for_an_administrator_is_told_so(self):
        url = self.link("l2", again=True)
        self.browser.answer(self.sign_in(url))
        self.assertEqual(self.by_link(url)["state"], "waiting")

    def test_nobody_is_joined_by_email(self):
        self.learner("l4", "Мейлов", "Адрес", email="user@example.com")
        self.confirmed("l1")

        self.assertNotIn("untiId", self.record("l4"))

    # -- links and settings ---------------------------------------------------------------------------------------

    def test_links_for_a_flow_come_as_a_table_and_leave_out_who_has_an_unti_id(self):
        flow = self.server.json("GET", f"{self.school.base}/records/flows?externalId=f1",
                                token=self.school.token)["items"][0]["id"]
        made = self.links({"flow": str(flow)}, Accept="text/csv")
        self.assertEqual(made.status, 201, made)
        rows = list(csv.DictReader(io.StringIO(made.body.decode("utf-8-sig"))))

        self.assertEqual([row["learnerExternalId"] for row in rows if row["url"]], ["l1"])
        self.assertEqual(len([row for row in rows if not row["url"]]), 1)
        self.assertEqual(self.browser.go(rows[0]["url"]).status, 200)

    def test_a_token_of_a_link_is_nowhere_in_the_database_the_log_or_the_journal(self):
        url = self.link()
        token = urllib.parse.parse_qs(urllib.parse.urlsplit(url).query)["t"][0]
        back = self.sign_in(url, until="/callback?")
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(back).query)
        self.browser.answer(self.browser.go(back))

        everything = json.dumps([[str(cell) for cell in row] for rows in self.server.dump().values() for row in rows])
        for secret in (token, query["state"][0], query["code"][0]):
            self.assertNotIn(secret, everything)
            self.assertNotIn(secret, self.server.log())
        self.assertNotIn("12345", self.server.log())

    def test_a_new_link_replaces_the_learners_earlier_one_and_one_can_be_withdrawn(self):
        first = self.link()
        second = self.link()
        self.assertEqual(self.browser.go(first).code, "sso.link-revoked")
        (item,) = [one for one in self.school.items("/sso/links") if one["state"] == "open"]

        self.assertEqual(self.server.delete(f"{self.school.u2035}/sso/links/{item['id']}", token=self.school.token).status,
                         204)

        self.assertEqual(self.browser.go(second).code, "sso.link-revoked")

    def test_a_link_that_nobody_made_is_not_there(self):
        page = self.browser.go(f"{self.server.url.rstrip('/')}/u2035/sso/join?t=" + "0" * 64)
        self.assertEqual((page.status, page.code), (404, "sso.link-unknown"))

    def test_nothing_in_a_request_says_where_a_browser_is_sent(self):
        url = self.link() + "&redirect_uri=https://evil.example.org&next=//evil.example.org"
        page = self.browser.go(url)
        there = self.browser.step(urllib.parse.urljoin(page.url, page.link()) + "&redirect_uri=https://evil.example.org")

        where = urllib.parse.urlsplit(there.headers["location"])
        self.assertEqual(f"{where.scheme}://{where.netloc}", self.peer["base"])
        self.assertEqual(urllib.parse.parse_qs(where.query)["redirect_uri"], [self.callback(self.name, "production")])

    def test_the_trial_shows_the_answer_once_for_the_letter_and_keeps_only_that_it_passed(self):
        made = self.school.json("POST", "/sso/clients/test/check", {})
        page = self.sign_in(made["url"])

        self.assertIn("user@example.com", page.text)
        self.assertIn("<dd>777</dd>", page.text)
        self.assertEqual(self.joins(), [])
        self.assertTrue(self.client_at("test").json["lastCheck"]["passed"])
        self.assertIn("Вы уже вошли", self.browser.go(made["url"]).text)

    def test_a_failed_trial_is_shown_with_cause_and_fix(self):
        self.set_client("test", clientSecret="wrong-secret")
        self.sign_in(self.school.json("POST", "/sso/clients/test/check", {})["url"])

        last = self.client_at("test").json["lastCheck"]
        self.assertEqual((last["passed"], last["code"]), (False, "sso.invalid-client"))
        self.assertTrue(last["cause"] and last["fix"])

    def test_every_code_of_a_failed_sign_in_is_explained_in_the_language_asked_for(self):
        texts = {}
        for language in ("ru", "en"):
            answer = self.server.get(self.school.u2035 + "/sso/errors", token=self.school.token,
                                     headers={"Accept-Language": language})
            texts[language] = {one["code"]: (one["cause"], one["fix"]) for one in answer.json["items"]}
        self.assertEqual(list(texts["ru"]), list(texts["en"]))
        self.assertEqual(len(texts["ru"]), 20)
        for code, russian in texts["ru"].items():
            self.assertTrue(all(russian) and all(texts["en"][code]), code)
        self.assertIn("client_id", texts["ru"]["sso.invalid-client"][0])

    def test_joins_are_counted_by_state(self):
        nothing = {"joined": 0, "waiting": 0, "declined": 0, "dismissed": 0, "undone": 0}
        self.assertEqual(self.school.json("GET", "/sso/joins/summary"), {"total": 0, "byState": nothing})
        self.confirmed()
        self.assertEqual(self.school.json("GET", "/sso/joins/summary"), {"total": 1, "byState": {**nothing, "joined": 1}})

    def test_a_trial_says_nothing_of_settings_that_were_changed_since(self):
        self.set_client("test", clientSecret="wrong-secret")
        trial = self.school.json("POST", "/sso/clients/test/check", {})["url"]
        self.sign_in(trial)
        self.assertFalse(self.client_at("test").json["lastCheck"]["passed"])
        late = self.sign_in(trial, until="/callback")

        mended = self.set_client("test")

        self.assertIsNone(mended.json["lastCheck"])
        # On its way when the settings were changed: its end is of the former ones.
        self.browser.go(late.replace("code=", "code=x"))
        self.assertIsNone(self.client_at("test").json["lastCheck"])
        self.sign_in(self.school.json("POST", "/sso/clients/test/check", {})["url"])
        self.assertTrue(self.client_at("test").json["lastCheck"]["passed"])

    def test_the_settings_show_where_the_redirect_uri_differs(self):
        good = self.client_at("test").json
        self.assertEqual(good["base"], self.peer["base"])
        self.assertEqual(good["secret"], SECRET[-4:])
        self.assertEqual([one["code"] for one in good["findings"]], ["http"])

        for uri, reason in ((good["redirectUri"] + "/", "doesn't end with"), ("lms.example.org/cb", "https://"),
                            (good["redirectUri"] + " ", "blank")):
            refused = self.set_client("test", 422, redirectUri=uri)
            self.assertTrue(any(reason in one["reason"] for one in refused.json["errors"]), refused)
        other = self.set_client("test", redirectUri="https://lms.example.org:8443/u2035/sso/" + self.name + "/test/callback")
        self.assertEqual([one["code"] for one in other.json["findings"]], ["scheme", "host", "port"])

    def test_the_contours_are_kept_apart(self):
        for contour, base in (("production", "https://sso.u2035test.ru"), ("test", "https://sso.2035.university")):
            refused = self.set_client(contour, 422, base=base)
            self.assertEqual([one["pointer"] for one in refused.json["errors"]], ["/base"])
        self.assertEqual(self.set_client("test", 422, clientSecret=OTHER_SECRET).json["errors"][0]["pointer"],
                         "/clientSecret")

    def test_settings_are_an_administrators(self):
        viewer = self.server.create_token(f"viewer-{self.name}", roles={self.name: "methodist"})
        for path in ("/sso/clients", "/sso/links", "/sso/joins"):
            self.assertEqual(self.server.get(self.school.u2035 + path, token=viewer).status, 403)

    def test_who_tries_links_is_slowed_down(self):
        """On a server of its own: every browser of a test comes from one address."""
        with Lmsd(SETTINGS) as server:
            browser = Browser()
            pages = [browser.go(f"{server.url.rstrip('/')}/u2035/sso/join?t={n:064x}") for n in range(202)]
        self.assertEqual([page.status for page in pages[:200]], [404] * 200)
        self.assertEqual(pages[-1].status, 429)
        self.assertGreater(int(pages[-1].headers["retry-after"]), 0)


if __name__ == "__main__":
    unittest.main()
