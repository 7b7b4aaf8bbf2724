"""The embedded server, as a real process in a directory of its own."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from pathlib import Path

import orjson
import pytest
from tests.waiting import until

from tocsin.ledger.connection import Away, connect, reach
from tocsin.ledger.data_directory import DataInUseError, find_running
from tocsin.ledger.server import LONGEST_SOCKET_PATH, EmbeddedServer
from tocsin.ledger.server_binary import ServerError

OWNER = """
import asyncio, sys
from pathlib import Path
from tocsin.ledger.server import EmbeddedServer

async def main():
    tethered = sys.argv[2] == "tethered"
    async with EmbeddedServer(Path(sys.argv[1]), tethered=tethered) as server:
        print(server.pid, flush=True)
        await asyncio.Event().wait()

asyncio.run(main())
"""


async def owner(data: Path, how: str) -> tuple[asyncio.subprocess.Process, int]:
    """A process that holds `data` and runs its server; and that server's process id."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", OWNER, str(data), how, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    return process, int(await process.stdout.readline())


def alive(pid: int) -> bool:
    """Whether a process is running (and not merely unburied)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


async def put(server: EmbeddedServer, value: str) -> None:
    """Write one value."""
    client = connect(server.url, socket=server.socket)
    assert await client.set("kept", value)
    await client.aclose()


def tear(data: Path) -> None:
    """Cut the last bytes off the append-only file."""
    [written] = data.rglob("*.incr.aof")
    with written.open("r+b") as file:
        file.truncate(written.stat().st_size - 3)


async def kept(server: EmbeddedServer) -> bytes | None:
    """Read it."""
    client = connect(server.url)
    value = await client.get("kept")
    await client.aclose()
    return value  # type: ignore[return-value]


async def test_it_keeps_what_was_written_and_its_address(tmp_path: Path) -> None:
    """By socket and by port it is the same server; a second start goes on where the first ended."""
    async with EmbeddedServer(tmp_path / "a data directory, 100%?") as server:
        await put(server, "one")
        assert await kept(server) == b"one"
        first, pid = server.url, server.pid
        assert server.socket is not None
    assert not alive(pid)
    async with EmbeddedServer(tmp_path / "a data directory, 100%?") as server:
        assert await kept(server) == b"one"
        assert server.url == first


async def test_two_living_ones_never_share_a_directory(tmp_path: Path) -> None:
    """The second is told in one line who holds it; and finds the first to join it."""
    assert find_running(tmp_path) is None
    async with EmbeddedServer(tmp_path) as server:
        with pytest.raises(DataInUseError, match=rf"process {os.getpid()}.*--data") as caught:
            await EmbeddedServer(tmp_path).__aenter__()
        assert "\n" not in str(caught.value)
        running = find_running(tmp_path)
        assert running is not None
        assert (running.url, running.socket) == (server.url, server.socket)
        assert await reach(connect(running.url).ping())
    assert find_running(tmp_path) is None


async def test_it_is_restarted_when_it_dies(tmp_path: Path) -> None:
    """After a SIGKILL it is back at the same address with what it had acknowledged."""
    heard: list[str] = []
    async with EmbeddedServer(tmp_path, on_trouble=heard.append) as server:
        await put(server, "before")
        first, url = server.pid, server.url
        client = connect(server.url, socket=server.socket)
        await client.config_set("appendfsync", "always")
        await put(server, "synced")
        os.kill(first, signal.SIGKILL)

        async def back() -> bool:
            return server.restarts == 1 and not isinstance(await reach(client.ping()), Away)

        await until(back)
        assert (await kept(server), server.url) == (b"synced", url)
        assert server.pid != first
        await client.aclose()
    assert heard == ["the embedded server ended with status -9: restarting it"]
    assert not alive(server.pid)


async def test_it_ends_with_its_tocsin(tmp_path: Path) -> None:
    """A Tocsin that is killed takes its server with it, and what was written is kept."""
    if sys.platform != "linux":
        pytest.skip("only Linux ties a child to its parent")
    process, pid = await owner(tmp_path, "tethered")
    process.kill()
    await process.wait()

    async def ended() -> bool:
        return not alive(pid)

    await until(ended)
    async with EmbeddedServer(tmp_path):
        pass


@pytest.mark.parametrize("frozen", [False, True])
async def test_a_server_left_over_is_ended_and_never_in_the_way(
    tmp_path: Path, *, frozen: bool
) -> None:
    """Kill -9 of the owner leaves a server: the next start ends it, and keeps its data."""
    process, pid = await owner(tmp_path, "loose")
    running = find_running(tmp_path)
    assert running is not None
    client = connect(running.url)
    await client.set("kept", "by the dead one")
    await client.aclose()
    process.kill()
    await process.wait()
    assert alive(pid)
    if frozen:
        os.kill(pid, signal.SIGSTOP)
    async with EmbeddedServer(tmp_path) as server:
        assert not alive(pid)
        assert server.pid != pid
        assert await kept(server) == b"by the dead one"


async def test_a_stranger_under_the_old_process_id_is_left_alone(tmp_path: Path) -> None:
    """A process id that was given to another program since is not ours to end."""
    async with EmbeddedServer(tmp_path):
        pass
    said = orjson.loads((tmp_path / "server.json").read_bytes())
    (tmp_path / "server.json").write_bytes(orjson.dumps(said | {"pid": os.getpid()}))
    async with EmbeddedServer(tmp_path) as server:
        assert server.pid != os.getpid()


async def test_a_terminal_interrupt_does_not_reach_it(tmp_path: Path) -> None:
    """It runs in a session of its own, so that it is stopped last."""
    async with EmbeddedServer(tmp_path) as server:
        assert os.getsid(server.pid) == server.pid


async def test_a_long_path_gets_a_short_socket(tmp_path: Path) -> None:
    """A socket's path ends at 107 bytes: beyond, it lies in a temporary place, and goes with it."""
    deep = tmp_path / ("d" * 60) / ("e" * 60)
    async with EmbeddedServer(deep) as server:
        assert server.socket is not None
        assert len(server.socket) <= LONGEST_SOCKET_PATH
        refuge = Path(server.socket).parent
        await put(server, "far")
    assert not refuge.exists()


async def test_a_taken_port_is_no_obstacle(tmp_path: Path) -> None:
    """If the port of last time is another's by now, the server takes a free one."""
    async with EmbeddedServer(tmp_path) as server:
        port = int(server.url.split(":")[2].split("/")[0])
    with socket.create_server(("127.0.0.1", port)):
        async with EmbeddedServer(tmp_path) as server:
            assert f":{port}/" not in server.url


async def test_data_of_another_server_is_one_clear_line(tmp_path: Path) -> None:
    """An append-only file of one server is not handed to another that cannot read it."""
    async with EmbeddedServer(tmp_path):
        pass
    said = orjson.loads((tmp_path / "server.json").read_bytes())
    for other in ({"name": "redis"}, {"version": [99, 0, 0]}):
        (tmp_path / "server.json").write_bytes(orjson.dumps(said | other))
        with pytest.raises(ServerError, match=r"was written by .* --data") as caught:
            await EmbeddedServer(tmp_path).__aenter__()
        assert "\n" not in str(caught.value)
    (tmp_path / "server.json").write_bytes(orjson.dumps(said | {"version": [8, 0, 0]}))
    async with EmbeddedServer(tmp_path):
        pass  # and an older one's is


async def test_a_broken_append_only_file_says_so(tmp_path: Path) -> None:
    """A server that cannot start ends the start, with its own last words."""
    async with EmbeddedServer(tmp_path) as server:
        await put(server, "x" * 1000)
    (damaged,) = (tmp_path / "appendonlydir").glob("*.incr.aof")
    damaged.write_bytes(b"*3\r\n$3\r\nSET\r\nnonsense\r\n" * 20)
    with pytest.raises(ServerError, match=r"did not start: .*append only file"):
        await EmbeddedServer(tmp_path).__aenter__()
    with pytest.raises(ServerError, match="did not start"):  # and the directory was given back
        await EmbeddedServer(tmp_path).__aenter__()


async def test_a_directory_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    """A file in the directory's place is one clear line."""
    (tmp_path / "file").write_text("")
    with pytest.raises(ServerError, match="cannot be used as data directory"):
        await EmbeddedServer(tmp_path / "file").__aenter__()


async def test_a_torn_append_only_file_is_loaded_to_its_last_whole_write(tmp_path: Path) -> None:
    """C19: what a crash cut in two is given up, everything before it is there."""
    async with EmbeddedServer(tmp_path) as server:
        await put(server, "one")
        await put(server, "two")
    tear(tmp_path)
    async with EmbeddedServer(tmp_path) as server:
        assert await kept(server) == b"one"
