"""Sends requests over connections that stay open, each as soon as the one before is answered."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass, field

LONGEST = 30  # seconds of one window, however slow the server is


@dataclass
class Load:
    """How long each answer took, in seconds."""

    latencies: list[float] = field(default_factory=list)
    seconds: float = 0.0


class Connection:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter):
        self.reader, self.writer = reader, writer

    async def exchange(self, request: bytes) -> tuple[int, bytes]:
        """Status and body of the answer."""
        self.writer.write(request)
        head = (await self.reader.readuntil(b"\r\n\r\n")).lower()
        status = int(head[9:12])
        if b"transfer-encoding: chunked" in head:
            return status, await self._chunks()
        length = head.partition(b"content-length:")[2].partition(b"\r\n")[0]
        return status, await self.reader.readexactly(int(length or 0))

    async def _chunks(self) -> bytes:
        body = b""
        while size := int(await self.reader.readline(), 16):
            body += await self.reader.readexactly(size)
            await self.reader.readline()
        await self.reader.readline()
        return body


class Driver:
    """Its own processor time is nobody's: only that of servers is read. Between its methods the loop stands still."""

    def __init__(self, host: str, port: int, connections: int):
        self.wrong: Counter[int] = Counter()  # answers that were no success, by status
        self.loop = asyncio.new_event_loop()
        opened = [self.loop.run_until_complete(asyncio.open_connection(host, port)) for _ in range(connections)]
        self.connections = [Connection(*streams) for streams in opened]

    def __enter__(self) -> Driver:
        return self

    def __exit__(self, *error: object) -> None:
        for connection in self.connections:
            connection.writer.close()
        self.loop.run_until_complete(asyncio.sleep(0))
        self.loop.close()

    def ask(self, request: bytes) -> tuple[int, bytes]:
        return self.loop.run_until_complete(self._exchange(self.connections[0], request))

    async def _exchange(self, connection: Connection, request: bytes) -> tuple[int, bytes]:
        status, body = await connection.exchange(request)
        if not 200 <= status < 300:
            self.wrong[status] += 1
        return status, body

    def run(self, requests: Iterator[bytes], *, seconds: float, fewest: int, longest: float = LONGEST) -> Load:
        """Send these requests for so long and at least so many, but no longer than that."""
        load, start = Load(), time.perf_counter()
        until, stop = start + seconds, start + longest

        async def drive(connection: Connection) -> None:
            for request in requests:
                sent = time.perf_counter()
                await self._exchange(connection, request)
                now = time.perf_counter()
                load.latencies.append(now - sent)
                if now > stop or (now > until and len(load.latencies) >= fewest):
                    return

        self._drive_all(drive)
        load.seconds = time.perf_counter() - start
        return load

    def _drive_all(self, drive: Callable[[Connection], Coroutine[None, None, None]]) -> None:
        async def together() -> None:
            await asyncio.gather(*(drive(connection) for connection in self.connections))

        self.loop.run_until_complete(together())
