"""Real counterparts and awkward servers for tests, each a context manager on a free port of 127.0.0.1.

    with LearningLocker() as lrs: ...   lrs["endpoint"], lrs["key"], lrs["secret"], lrs["basic"], lrs["writeOnly"]["basic"]
    with Radosgw() as s3: ...           s3["endpoint"], s3["accessKeyId"], s3["secretKey"], s3["bucket"], s3["storageUrl"]
    with TlsFront(lrs["port"]) as tls:  tls.url("/xAPI/"), tls.ca (PEM file to trust); variant="expired" | "wrong-name"
                                        (and for an untrusted certificate: don't give tls.ca to the client)
    with HtmlServer() / SlowServer(seconds) / CatchAllServer() / StatusServer(503) as server: server.url("/xAPI/")
"""

import datetime
import http.server
import json
import pathlib
import select
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading
import urllib.parse
import urllib.request

PEERS = pathlib.Path(__file__).resolve().parent.parent / "peers"


class ScriptedPeer:
    """A counterpart started and stopped by a script of tests/peers."""

    script = ""

    def __init__(self, *options, folder=None):
        self.options = options
        self.own_folder = folder is None
        self.folder = pathlib.Path(folder or tempfile.mkdtemp(prefix=f"{self.script}-"))
        self.answer = {}

    def __getitem__(self, name):
        return self.answer[name]

    def __enter__(self):
        done = subprocess.run([PEERS / self.script, "start", self.folder, *self.options], stdout=subprocess.PIPE, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"'{self.script}' did not start: see its message above")
        self.answer = json.loads(done.stdout)
        return self

    def __exit__(self, *_):
        subprocess.run([PEERS / self.script, "stop", self.folder], check=False)
        if self.own_folder:
            shutil.rmtree(self.folder, ignore_errors=True)


class LearningLocker(ScriptedPeer):
    script = "learning-locker"

    @property
    def port(self):
        return urllib.parse.urlsplit(self["endpoint"]).port


class OAuth2(ScriptedPeer):
    """University 2035's sign-in; `clients`: {id: {"secret", "redirectUri"}}."""

    script = "oauth2"

    def __init__(self, clients):
        super().__init__(json.dumps(clients))

    def control(self, **what):
        """user: the profile of who is signed in there; cancel, slow, expired, html, status. Answers what was asked."""
        request = urllib.request.Request(self["base"] + "/control", json.dumps(what).encode(),
                                         {"Content-Type": "application/json"})
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=30) as response:
            return json.loads(response.read())["asked"]


class Radosgw(ScriptedPeer):
    script = "radosgw"

    @property
    def port(self):
        return self["port"]


class MariaDb(ScriptedPeer):
    script = "mariadb"

    def execute(self, sql, database=""):
        done = subprocess.run(["mariadb", "--no-defaults", f"--socket={self['socket']}", f"--user={self['user']}", f"--password={self['password']}",
                               database], input=sql, text=True, capture_output=True)
        if done.returncode != 0:
            raise RuntimeError(f"MariaDB refused: {done.stderr}")
        return done.stdout


class Certificates:
    """A certificate authority of the test's own, made with the openssl command."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.ca = self.folder / "ca.pem"
        self._openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-days", "30",
                      "-subj", "/CN=Test authority", "-addext", "basicConstraints=critical,CA:TRUE",
                      "-addext", "keyUsage=critical,keyCertSign,cRLSign")

    def _openssl(self, *argv):
        done = subprocess.run(["openssl", *argv], cwd=self.folder, capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"openssl {argv[0]} failed: {done.stderr}")

    def issue(self, name, san, expired=False):
        """Returns (certificate file, key file) of a server."""
        now = datetime.datetime.now(datetime.timezone.utc)
        begin = now - datetime.timedelta(days=20)
        end = now - datetime.timedelta(days=10) if expired else now + datetime.timedelta(days=20)
        (self.folder / f"{name}.cnf").write_text(
            "[ca]\ndefault_ca=own\n[own]\ndatabase=index.txt\nserial=serial\nnew_certs_dir=.\ndefault_md=sha256\n"
            "policy=any\nunique_subject=no\n[any]\ncommonName=supplied\n[ext]\n"
            f"subjectAltName={san}\nextendedKeyUsage=serverAuth\nbasicConstraints=CA:FALSE\n")
        (self.folder / "index.txt").touch()
        if not (self.folder / "serial").exists():
            (self.folder / "serial").write_text("1000")
        self._openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", f"/CN={name}")
        stamp = "%Y%m%d%H%M%SZ"
        self._openssl("ca", "-batch", "-config", f"{name}.cnf", "-extensions", "ext", "-cert", "ca.pem", "-keyfile", "ca.key",
                      "-in", f"{name}.csr", "-out", f"{name}.pem", "-notext",
                      "-startdate", begin.strftime(stamp), "-enddate", end.strftime(stamp))
        return self.folder / f"{name}.pem", self.folder / f"{name}.key"


class Threaded:
    """A listening socket and a thread per connection; ended by closing the socket."""

    scheme = "http"
    host = "127.0.0.1"

    def __init__(self):
        self.listener = None
        self.requests = 0

    def url(self, path="/"):
        return f"{self.scheme}://{self.host}:{self.port}{path}"

    def __enter__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.stopping = threading.Event()
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.stopping.set()
        try:
            self.listener.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.listener.close()

    def _accept(self):
        while not self.stopping.is_set():
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._guarded, args=(connection,), daemon=True).start()

    def _guarded(self, connection):
        try:
            self.serve(connection)
        except (OSError, ssl.SSLError):
            pass
        finally:
            connection.close()


class TlsFront(Threaded):
    """Ends TLS in front of a plain port of 127.0.0.1. variant: "good", "expired", "wrong-name". The client must be given
    `ca` to trust it; without it, it is the untrusted case. `target`: a port, or an address such as http://127.0.0.1:8081/."""

    scheme = "https"
    host = "localhost"

    def __init__(self, target, variant="good", folder=None):
        super().__init__()
        self.target = target if isinstance(target, int) else urllib.parse.urlsplit(target).port
        self.variant = variant
        self.own_folder = folder is None
        self.folder = pathlib.Path(folder or tempfile.mkdtemp(prefix="tls-"))
        self.certificates = Certificates(self.folder)
        self.ca = str(self.certificates.ca)
        san = "DNS:other.example.net" if variant == "wrong-name" else "DNS:localhost,IP:127.0.0.1"
        certificate, key = self.certificates.issue("server", san, expired=variant == "expired")
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(certificate, key)

    def __exit__(self, *args):
        super().__exit__(*args)
        if self.own_folder:
            shutil.rmtree(self.folder, ignore_errors=True)

    def serve(self, plain):
        with self.context.wrap_socket(plain, server_side=True) as client, \
                socket.create_connection(("127.0.0.1", self.target)) as upstream:
            self.requests += 1
            while not self.stopping.is_set():
                ready = [client] if client.pending() else select.select([client, upstream], [], [], 1)[0]
                for source, sink in ((client, upstream), (upstream, client)):
                    if source in ready:
                        data = source.recv(65536)
                        if not data:
                            return
                        sink.sendall(data)


class HttpAnswering(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def _answer(self):
        length = int(self.headers.get("Content-Length") or 0)
        self.body = self.rfile.read(length)
        self.server.owner.requests += 1
        self.server.owner.answer(self)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _answer

    def reply(self, status, content_type, body, headers=()):
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_):
        pass


class HttpPeer:
    """A server on the standard library's HTTP classes; a subclass says what it answers."""

    def __init__(self):
        self.requests = 0

    def __enter__(self):
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), HttpAnswering)
        self.server.daemon_threads = True
        self.server.owner = self
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.release()
        self.server.shutdown()
        self.server.server_close()

    def release(self):
        pass

    def url(self, path="/"):
        return f"http://127.0.0.1:{self.port}{path}"


class StatusServer(HttpPeer):
    """Answers every request with one status, e.g. 503 with Retry-After."""

    def __init__(self, status, headers=(), body=b"", content_type="text/plain"):
        super().__init__()
        self.status, self.headers, self.body, self.content_type = status, headers, body, content_type

    def answer(self, request):
        request.reply(self.status, self.content_type, self.body, self.headers)


class HtmlServer(HttpPeer):
    """A web site: an HTML page with 404 (or another status) for whatever is asked, as a proxy would send it."""

    def __init__(self, status=404):
        super().__init__()
        self.status = status

    def answer(self, request):
        page = f"<html><head><title>{self.status}</title></head><body><h1>Страница сайта</h1></body></html>"
        request.reply(self.status, "text/html; charset=utf-8", page.encode())


class CatchAllServer(HttpPeer):
    """Answers 200 to everything: no LRS that validates."""

    def answer(self, request):
        request.reply(200, "application/json", b'{"more":"","statements":[]}')


class SlowServer(HttpPeer):
    """Reads a request and answers nothing, until the test ends."""

    def __init__(self):
        super().__init__()
        self.ended = threading.Event()

    def answer(self, request):
        self.ended.wait()
        request.close_connection = True

    def release(self):
        self.ended.set()


def closed_port():
    """A port of 127.0.0.1 on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
