"""A mail server on a free port of 127.0.0.1 that speaks STARTTLS and AUTH, and keeps what it took.

    with MailServer(certificate, key) as mail:     # to clients its name is localhost
        mail.port, mail.user, mail.password
        mail.wait(1)                               # messages taken so far, once there are that many
        mail.use(certificate, key)                 # another certificate from the next connection on

A subclass may hold it up: before(step) is called with "DATA" before the letter is asked for, and with "taken" before its
taking is told.
"""
import base64
import email
import email.policy
import ssl
import threading

from peers import Threaded


class MailServer(Threaded):
    user = "lmsd"
    password = "Пароль 1"

    def __init__(self, certificate, key):
        super().__init__()
        self.taken = []
        self.arrived = threading.Condition()
        self.use(certificate, key)

    def use(self, certificate, key):
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(certificate, key)

    def wait(self, count, timeout=30):
        """The messages, parsed, when there are `count`, or after the timeout as many as there are."""
        with self.arrived:
            self.arrived.wait_for(lambda: len(self.taken) >= count, timeout)
            return list(self.taken)

    def before(self, step):
        """For subclasses."""

    def serve(self, connection):
        streams = [connection.makefile("rwb")]
        try:
            self.talk(connection, streams)
        finally:
            for one in streams[::-1]:
                one.close()

    def talk(self, connection, streams):
        """`streams`: what is to be closed at the end."""
        stream = streams[0]
        secure = signed_in = False
        envelope = {}

        def say(line):
            stream.write(line.encode() + b"\r\n")
            stream.flush()

        say("220 localhost ESMTP")
        while line := stream.readline().decode().rstrip("\r\n"):
            verb = line.split()[0].upper()
            if verb == "EHLO":
                say("250-localhost\r\n250-" + ("AUTH PLAIN" if secure else "STARTTLS") + "\r\n250 8BITMIME")
            elif verb == "STARTTLS":
                say("220 go ahead")
                connection = self.context.wrap_socket(connection, server_side=True)
                stream = connection.makefile("rwb")
                streams += [connection, stream]
                secure = True
            elif verb == "AUTH" and secure:
                wanted = f"\0{self.user}\0{self.password}"
                signed_in = base64.b64decode(line.split()[2]).decode() == wanted
                say("235 welcome" if signed_in else "535 authentication failed")
            elif not signed_in and verb in ("MAIL", "RCPT", "DATA"):
                say("530 authentication required")
            elif verb in ("MAIL", "RCPT"):
                envelope[verb] = line[line.index("<") + 1:line.index(">")]
                say("250 ok")
            elif verb == "DATA":
                self.before("DATA")
                say("354 go on")
                text = b""
                while (part := stream.readline()) != b".\r\n":
                    if not part:
                        return  # broken off: nothing has been taken
                    text += part
                message = email.message_from_bytes(text, policy=email.policy.default)
                message.recipient = envelope["RCPT"]
                with self.arrived:
                    self.taken.append(message)
                    self.arrived.notify_all()
                self.before("taken")
                say("250 taken")
            elif verb == "QUIT":
                say("221 bye")
                return
            else:
                say("502 not here")
