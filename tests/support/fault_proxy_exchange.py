"""One request on its way through the fault proxy, and what becomes of it. FAULTS says what each fault does, with its options."""
import asyncio
import os
import signal
import socket
import struct

FAULTS = {
    "pass": "nothing; for `kill` and `without`",
    "delay-request": "waits `ms` before it forwards",
    "delay-answer": "waits `ms` before it answers",
    "reset-connect": "RST as soon as a connection is accepted (method and path are not known then)",
    "reset-request": "reads `after` bytes of the body, then RST; nothing is forwarded",
    "cut-request": "forwards `after` bytes of the body, then breaks both connections",
    "lose-answer": "forwards the whole request, reads the answer, RST",
    "reset-answer": "delivers `after` bytes of the answer, head included, then RST",
    "cut-answer": "the same with an orderly end (FIN)",
    "status": "answers `status` with `headers`, `type` and `body`; `forward`: after the server has done its work",
    "html": "a page of somebody else with `status`; `forward` as above",
    "slow-answer": "delivers `bytes` every `ms`",
    "stall": "no answer for `ms` (0: ever), then RST; `forward` as above",
    "truncate-json": "half of the body, with the Content-Length of that half",
    "wrong-length": "says `by` bytes more than there are and closes; below 0: fewer, and the rest follows",
    "twice": "forwards the request twice, as a proxy that repeats, and delivers the second answer",
    "hold": "holds the answer until {\"do\": \"clear\"}",
}
PAGE = ("<!DOCTYPE html><html><head><title>Вход в сеть</title></head><body><h1>Примите условия сети</h1></body></html>").encode()
REASONS = {200: "OK", 408: "Request Timeout", 413: "Payload Too Large", 429: "Too Many Requests", 500: "Internal Server Error",
           502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout"}
HOP = {"connection", "keep-alive", "proxy-connection", "expect"}
CHUNK = 65536


class Broken(Exception):
    """The exchange ends here, with an RST unless `orderly`."""

    def __init__(self, orderly=False):
        super().__init__()
        self.orderly = orderly


class Head:
    """A first line and headers, as they came."""

    def __init__(self, raw):
        lines = raw.decode("latin-1").split("\r\n")
        self.first = lines[0]
        self.headers = [tuple(part.strip() for part in line.split(":", 1)) for line in lines[1:] if ":" in line]

    def get(self, name, default=None):
        return next((value for key, value in self.headers if key.lower() == name), default)

    def without(self, *names):
        self.headers = [(key, value) for key, value in self.headers if key.lower() not in names]
        return self

    def bytes(self, *more):
        return "\r\n".join([self.first, *(f"{k}: {v}" for k, v in [*self.headers, *more]), "", ""]).encode("latin-1")


async def read_head(reader):
    """None at the end of the connection."""
    try:
        return Head((await reader.readuntil(b"\r\n\r\n"))[:-4])
    except (asyncio.IncompleteReadError, ConnectionError):
        return None


async def body_pieces(head, reader, to_end=False):
    """The pieces of a body, without the frame of chunks."""
    if "chunked" in head.get("transfer-encoding", "").lower():
        while size := int((await reader.readuntil(b"\r\n")).split(b";")[0], 16):
            yield await reader.readexactly(size)
            await reader.readexactly(2)
        while await reader.readuntil(b"\r\n") != b"\r\n":
            pass
        return
    length = head.get("content-length")
    if length is None:
        while to_end and (piece := await reader.read(CHUNK)):
            yield piece
        return
    left = int(length)
    while left:
        piece = await reader.read(min(left, CHUNK))
        if not piece:
            raise asyncio.IncompleteReadError(b"", left)
        left -= len(piece)
        yield piece


class Exchange:
    """One request and what becomes of it."""

    def __init__(self, proxy, rule, entry, head, reader, writer):
        self.proxy, self.rule, self.entry, self.head, self.reader, self.writer = proxy, rule, entry, head, reader, writer
        self.fault = rule["fault"]

    def option(self, name, default):
        """A rule's number; of a random fault one up to it, by its draw."""
        value = self.rule.get(name, default)
        return int(value * self.rule["draw"]) if "draw" in self.rule and name in ("after", "ms") else value

    async def reached(self, stage):
        if self.rule.get("kill") and self.rule.get("killAt", "forwarded") == stage:
            os.kill(self.rule["kill"], signal.SIGKILL)
            self.entry["killed"] = stage
        await self.proxy.tell(stage)

    async def run(self):
        if self.head.get("expect", "").lower() == "100-continue":
            self.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        if self.fault != "pass":
            await self.proxy.tell(self.fault)
        if self.fault == "reset-request":
            await self.read_some(min(self.option("after", 0), int(self.head.get("content-length") or 0)))
            raise Broken
        if self.fault == "cut-request":
            await self.forward(cut=self.option("after", 0))
            raise Broken
        body = await self.read_body()
        await self.reached("received")
        if self.fault == "delay-request":
            await asyncio.sleep(self.option("ms", 100) / 1000)
        if self.fault in ("status", "html", "stall") and not self.rule.get("forward"):
            return await self.instead()
        answer = await self.forward(body)
        if self.fault == "twice":
            answer = await self.forward(body)
        await self.reached("forwarded")
        if self.fault in ("status", "html", "stall"):
            return await self.instead()
        if self.fault == "lose-answer":
            raise Broken
        if self.fault == "delay-answer":
            await asyncio.sleep(self.option("ms", 100) / 1000)
        if self.fault == "hold":
            await self.wait_unless_gone(self.proxy.released.wait())
        return await self.deliver(*answer)

    # -- the request --------------------------------------------------------------------------------------------

    async def read_some(self, most):
        while most > 0 and (piece := await self.reader.read(min(most, CHUNK))):
            most -= len(piece)

    async def read_body(self):
        body = b"".join([piece async for piece in body_pieces(self.head, self.reader)])
        self.entry["bytes"] = len(body)
        if self.proxy.bodies:
            (self.proxy.bodies / str(self.entry["n"])).write_bytes(body)
        return body

    async def forward(self, body=b"", cut=None):
        """The server's answer: head and body. `cut`: only so many bytes of the request's body, and no answer."""
        try:
            reader, writer = await asyncio.open_connection(*self.proxy.upstream, limit=1 << 20)
        except OSError as error:
            self.entry["upstream"] = str(error)
            raise Broken from error
        try:
            head = Head(self.head.bytes()[:-4]).without(*HOP, *(n.lower() for n in self.rule.get("without", [])))
            if cut is None and head.get("transfer-encoding") is not None:
                head.without("transfer-encoding").headers.append(("Content-Length", str(len(body))))
            start = head.bytes(("Connection", "close"))
            if cut is not None:
                await self.forward_part(start, cut, writer)
                return None
            writer.write(start)
            self.entry["forwarded"] = True
            writer.write(body)
            try:
                await writer.drain()
            except ConnectionError:
                pass  # it may have answered before the body's end
            answer = await read_head(reader)
            while answer is not None and answer.first.split(" ")[1] == "100":
                answer = await read_head(reader)
            if answer is None:
                self.entry["upstream"] = "closed"
                raise Broken
            status = int(answer.first.split(" ")[1])
            self.entry["upstream"] = status
            if self.head.first.startswith("HEAD ") or status in (204, 304):
                return answer, None
            return answer, b"".join([piece async for piece in body_pieces(answer, reader, to_end=True)])
        except (ConnectionError, asyncio.IncompleteReadError) as error:
            self.entry["upstream"] = f"broken: {error}"
            raise Broken from error
        finally:
            writer.close()

    async def forward_part(self, start, cut, writer):
        """Never the whole: of a request without a body half of the head."""
        self.entry["forwarded"] = "partly"
        length = int(self.head.get("content-length") or 0)
        writer.write(start if length else start[:len(start) // 2])
        cut = min(cut, length - 1)
        async for piece in body_pieces(self.head, self.reader):
            if cut <= 0:
                break
            writer.write(piece[:cut])
            cut -= len(piece)
        await writer.drain()

    # -- the answer ---------------------------------------------------------------------------------------------

    async def wait_unless_gone(self, waiting):
        """Waits, but not longer than the client: one that is killed must free what it held."""
        gone = asyncio.ensure_future(self.reader.read(1))
        waiting = asyncio.ensure_future(waiting)
        await asyncio.wait({gone, waiting}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if gone.done():  # closed, or a second request in a hurry: no client of ours does that
            gone.exception()
            raise Broken
        gone.cancel()
        await asyncio.wait({gone})

    async def instead(self):
        """An answer of the proxy's own, or none."""
        if self.fault == "stall":
            pause = self.option("ms", 0)
            await self.wait_unless_gone(asyncio.sleep(pause / 1000) if pause else asyncio.Event().wait())
            raise Broken
        page = self.fault == "html"
        status = self.rule.get("status", 200 if page else 503)
        body = PAGE if page else self.rule.get("body", "").encode()
        kind = "text/html; charset=utf-8" if page else self.rule.get("type", "text/plain")
        head = Head(f"HTTP/1.1 {status} {REASONS.get(status, 'Fault')}\r\nContent-Type: {kind}".encode())
        head.headers += list(self.rule.get("headers", {}).items())
        return await self.deliver(head, None if self.head.first.startswith("HEAD ") else body)

    async def deliver(self, head, body):
        head.without(*HOP)
        more, close = [], (self.head.get("connection") or "").lower() == "close"
        if body is not None:
            head.without("content-length", "transfer-encoding")
            if self.fault == "truncate-json":
                body = body[:len(body) // 2]
            wrong = self.rule.get("by", 16) if self.fault == "wrong-length" else 0
            more.append(("Content-Length", str(max(0, len(body) + wrong))))
            close = close or wrong != 0
        if close:
            more.append(("Connection", "close"))
        self.entry["status"] = int(head.first.split(" ")[1])
        data = head.bytes(*more) + (body or b"")
        if self.fault in ("reset-answer", "cut-answer"):
            await self.write(data[:min(self.option("after", 20), len(data) - 1)])
            raise Broken(orderly=self.fault == "cut-answer")
        if self.fault == "slow-answer":
            step = self.rule.get("bytes", 1)
            for at in range(0, len(data), step):
                if at:  # not after the last piece: the next request may come then
                    await self.wait_unless_gone(asyncio.sleep(self.rule.get("ms", 20) / 1000))
                await self.write(data[at:at + step])
        else:
            await self.write(data)
        await self.reached("answered")
        return not close

    async def write(self, data):
        self.writer.write(data)
        await self.writer.drain()
        self.entry["delivered"] += len(data)


def reset(writer):
    """Closes with an RST: what is still in buffers is lost."""
    sock = writer.get_extra_info("socket")
    if sock is not None:
        try:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        except OSError:
            pass
    writer.transport.abort()
