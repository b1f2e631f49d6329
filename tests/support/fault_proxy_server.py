#!/usr/bin/env python3
"""An HTTP/1.1 proxy in front of one server of 127.0.0.1 that fails as networks, proxies and servers do. Standard library only.

    tests/support/fault_proxy_server.py --upstream http://127.0.0.1:PORT [--log FILE] [--bodies FOLDER]

Tests use it through fault_proxy.py (Python) and FaultProxy.h (C++).

It prints {"port": N}, then obeys commands, one JSON object a line on stdin, each answered by one line on stdout:

    {"do": "rule", "fault": NAME, …}                 method, path (a regular expression), least (bytes of the body), skip,
                                                     times (0: for good)
    {"do": "random", "seed": 7, "rates": {NAME: 0.1}}  method, path, options: {NAME: {…}}; the n-th request of a seed gets
                                                     the same fault in every run
    {"do": "clear"}                                  no rule and no random fault any more; what is held goes on
    {"do": "listen", "on": false}                    new connections are refused
    {"do": "upstream", "to": "http://127.0.0.1:N"}   forwards to another server from now on
    {"do": "wait", "event": E, "count": n, "seconds": s}   until E has happened n times in all: an event is a request's
                                                     "received", "forwarded", "answered", or the name of a fault
    {"do": "log", "since": n}   {"do": "end"}        the end of stdin ends it too

A request that several rules fit gets the first of them. `without: [HEADER…]` takes headers out of what is forwarded.
`kill: PID` and `killAt` ("received": whole and not forwarded; "forwarded": the server has answered, and nobody knows;
"answered": the last byte of the answer is out) send SIGKILL at that very moment. fault_proxy_exchange.FAULTS says what each
fault does and its options; a random fault's `after` and `ms` are drawn up to what is given. A forwarded request goes on a
connection of its own: what the client sees of keep-alive is between it and the proxy.
"""
import argparse
import asyncio
import json
import os
import pathlib
import random
import re
import socket
import sys
import urllib.parse

from fault_proxy_exchange import FAULTS, Broken, Exchange, read_head, reset


class Rules:
    """Which fault a request gets. A rule is a dict as it was given, with the times it may still be used."""

    def __init__(self):
        self.rules = []
        self.random = None
        self.drawn = 0

    def add(self, rule):
        if rule.get("fault") not in FAULTS:
            raise ValueError(f"there is no fault '{rule.get('fault')}'; there are {', '.join(FAULTS)}")
        if rule.get("killAt", "forwarded") not in ("received", "forwarded", "answered"):
            raise ValueError("killAt is 'received', 'forwarded' or 'answered'")
        self.rules.append({"skip": 0, "times": 0, **rule})

    @staticmethod
    def fits(rule, method, path, size):
        return (rule.get("method", method) == method and re.search(rule.get("path", ""), path) is not None
                and size >= rule.get("least", 0))

    def connect(self):
        """The rule of a new connection."""
        return self._take(lambda rule: rule["fault"] == "reset-connect")

    def request(self, method, path, size):
        rule = self._take(lambda rule: rule["fault"] != "reset-connect" and self.fits(rule, method, path, size))
        if rule is None and self.random and self.fits(self.random, method, path, size):
            self.drawn += 1
            draw = random.Random(f"{self.random['seed']}:{self.drawn}")
            chance = draw.random()
            for name, rate in self.random["rates"].items():
                chance -= rate
                if chance < 0:
                    return {"fault": name, "draw": draw.random(), **self.random.get("options", {}).get(name, {})}
        return rule

    def _take(self, fits):
        for rule in self.rules:
            if not fits(rule):
                continue
            if rule["skip"]:
                rule["skip"] -= 1
                continue
            if rule["times"]:
                rule["times"] -= 1
                if not rule["times"]:
                    self.rules.remove(rule)
            return rule
        return None


class Proxy:
    def __init__(self, upstream, log_file=None, bodies=None):
        self.forward_to(upstream)
        self.rules = Rules()
        self.entries, self.events = [], {}
        self.changed = asyncio.Condition()
        self.released = asyncio.Event()
        self.log_file = open(log_file, "a", buffering=1, encoding="utf-8") if log_file else None
        self.bodies = pathlib.Path(bodies) if bodies else None
        self.server = None
        self.connections = 0
        # Bound for good and never listening: while nobody listens, the port is refused and nobody else's.
        self.place = socket.socket()
        self.place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.place.bind(("127.0.0.1", 0))
        self.port = self.place.getsockname()[1]

    def forward_to(self, upstream):
        parts = urllib.parse.urlsplit(upstream)
        self.upstream = (parts.hostname, parts.port)

    async def listen(self, on=True):
        if self.server:
            self.server.close()
            self.server = None
        if on:
            self.server = await asyncio.start_server(self.serve, "127.0.0.1", self.port, limit=1 << 20, reuse_address=True)

    async def tell(self, event):
        async with self.changed:
            self.events[event] = self.events.get(event, 0) + 1
            self.changed.notify_all()

    # -- one connection -----------------------------------------------------------------------------------------

    async def serve(self, reader, writer):
        self.connections += 1
        connection = self.connections
        orderly = False
        try:
            rule = self.rules.connect()
            if rule:
                self.keep({"connection": connection, "fault": "reset-connect"})
                await self.tell("reset-connect")
                raise Broken
            while (head := await read_head(reader)) is not None:
                if not await self.exchange(head, reader, writer, connection):
                    break
            orderly = True
        except Broken as broken:
            orderly = broken.orderly
        except (ConnectionError, asyncio.IncompleteReadError, ValueError):
            pass  # the client went away, or sent no HTTP
        except asyncio.CancelledError:
            pass
        finally:
            if orderly:
                writer.close()
            else:
                reset(writer)

    def keep(self, entry):
        entry = {"n": len(self.entries) + 1, **entry}
        self.entries.append(entry)
        return entry

    async def exchange(self, head, reader, writer, connection):
        """One request; True when the connection goes on."""
        method, path, _ = head.first.split(" ", 2)
        rule = self.rules.request(method, path, int(head.get("content-length") or 0)) or {"fault": "pass"}
        entry = self.keep({"connection": connection, "method": method, "path": path, "fault": rule["fault"],
                           "forwarded": False, "upstream": None, "status": None, "delivered": 0})
        try:
            return await Exchange(self, rule, entry, head, reader, writer).run()
        finally:
            entry["done"] = True
            if self.log_file:
                self.log_file.write(json.dumps(entry) + "\n")

    # -- commands -----------------------------------------------------------------------------------------------

    async def obey(self, command):
        """The answer to one command."""
        do = command.pop("do", None)
        if do == "rule":
            self.rules.add(command)
        elif do == "random":
            unknown = set(command["rates"]) - set(FAULTS)
            if unknown:
                raise ValueError(f"there is no fault '{min(unknown)}'; there are {', '.join(FAULTS)}")
            self.rules.random, self.rules.drawn = command, 0
        elif do == "clear":
            self.rules.rules, self.rules.random = [], None
            self.released.set()
            self.released = asyncio.Event()
        elif do == "listen":
            await self.listen(command["on"])
        elif do == "upstream":
            self.forward_to(command["to"])
        elif do == "wait":
            event, count = command["event"], command.get("count", 1)
            async with self.changed:
                try:
                    await asyncio.wait_for(self.changed.wait_for(lambda: self.events.get(event, 0) >= count), command["seconds"])
                except asyncio.TimeoutError:
                    return {"reached": False, "count": self.events.get(event, 0)}
            return {"reached": True, "count": self.events[event]}
        elif do == "log":
            return {"entries": self.entries[command.get("since", 0):], "events": self.events}
        else:
            raise ValueError(f"there is no command '{do}'; there are rule, random, clear, listen, upstream, wait, log and end")
        return {}


async def main():
    options = argparse.ArgumentParser()
    options.add_argument("--upstream", required=True)
    options.add_argument("--log", help="a line of JSON for every request that is over")
    options.add_argument("--bodies", help="a folder for the bodies of requests, each named by its number")
    options = options.parse_args()
    proxy = Proxy(options.upstream, options.log, options.bodies)
    await proxy.listen()
    print(json.dumps({"port": proxy.port}), flush=True)
    commands = asyncio.StreamReader(limit=1 << 20)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(commands), sys.stdin)
    while line := await commands.readline():
        command = json.loads(line)
        if command.get("do") == "end":
            break
        try:
            answer = await proxy.obey(command)
        except (ValueError, KeyError, TypeError) as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)
    os._exit(0)  # connections that stall for ever are not waited for


if __name__ == "__main__":
    asyncio.run(main())
