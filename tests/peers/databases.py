"""What the database servers among the counterparts share: an unprivileged user, a folder of theirs, a certificate."""

import os
import pathlib
import pwd
import shutil
import subprocess
import tempfile

import common


def owner(wanted):
    """The user a server runs as: neither PostgreSQL nor MariaDB starts as root. None: as whoever we are."""
    if os.getuid() != 0:
        return None
    for name in (wanted, "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise common.PeerError("no unprivileged user is there to run the server as")


def data_folder(folder, user):
    """A folder that the server's user can reach: the test's own is closed to everybody else."""
    if user is None:
        data = folder / "data"
        data.mkdir(parents=True, exist_ok=True)
        return data
    data = pathlib.Path(tempfile.mkdtemp(prefix="lmsd-database-"))
    os.chown(data, user.pw_uid, user.pw_gid)
    (folder / "data-folder").write_text(str(data))
    return data


def remove_data(folder):
    note = folder / "data-folder"
    if note.exists():
        shutil.rmtree(note.read_text(), ignore_errors=True)
        note.unlink()


def as_user(user):
    return {} if user is None else {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def run(argv, user, log, **kwargs):
    with open(log, "ab") as out:
        code = subprocess.run([str(one) for one in argv], stdin=subprocess.DEVNULL, stdout=out, stderr=out, cwd="/",
                              **as_user(user), **kwargs).returncode
    if code != 0:
        raise common.PeerError(f"{argv[0]} failed with code {code}; {log} ends with:\n{common.tail(log)}")


def certificate(data, user):
    """An authority and a certificate for the name localhost: (ca, certificate, key). It does not name 127.0.0.1, so
    that whoever connects to the address must have kept the name."""
    def openssl(*argv):
        done = subprocess.run(["openssl", *argv], cwd=data, capture_output=True, text=True)
        if done.returncode != 0:
            raise common.PeerError(f"openssl {argv[0]} failed: {done.stderr}")

    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-days", "30",
            "-subj", "/CN=Test authority of databases", "-addext", "basicConstraints=critical,CA:TRUE")
    (data / "san.cnf").write_text("subjectAltName=DNS:localhost\nextendedKeyUsage=serverAuth\nbasicConstraints=CA:FALSE\n")
    openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=localhost")
    openssl("x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "20",
            "-extfile", "san.cnf", "-out", "server.pem")
    for name in ("ca.pem", "server.pem", "server.key"):
        os.chmod(data / name, 0o600 if name.endswith("key") else 0o644)
        if user is not None:
            os.chown(data / name, user.pw_uid, user.pw_gid)
    return data / "ca.pem", data / "server.pem", data / "server.key"
