"""A real browser without a window: pages are opened as a person would, and what they do is written down.

Chromium is driven through its DevTools protocol over the web socket client of tornado, which comes with ipykernel.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from tornado.websocket import websocket_connect

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--remote-debugging-port=0",
)
KEYS = {"Enter": "\r", "Tab": "\t", " ": " "}
PATIENCE = 60.0
CONTRASTS = """
(() => {
  document.querySelectorAll("details").forEach(each => { each.open = true; });
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = colour => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = "#000";
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, below, alpha = top[3]) => [0, 1, 2].map(i => top[i] * alpha + below[i] * (1 - alpha));
  const ground = element => {
    if (!element) return rgba(matchMedia("(prefers-color-scheme: dark)").matches ? "#121212" : "#fff").slice(0, 3);
    const own = rgba(getComputedStyle(element).backgroundColor);
    return own[3] === 1 ? own.slice(0, 3) : over(own, ground(element.parentElement));
  };
  const opacity = element => element ? getComputedStyle(element).opacity * opacity(element.parentElement) : 1;
  const luminance = rgb => rgb.map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement, text = walker.currentNode.textContent.trim();
    if (!text || !element.getClientRects().length || element.closest("script, style")) continue;
    const style = getComputedStyle(element), below = ground(element);
    const ink = rgba(element instanceof SVGElement ? style.fill : style.color);
    const seen = over(ink, below, ink[3] * opacity(element));
    const [dark, light] = [luminance(seen), luminance(below)].sort((a, b) => a - b);
    found.push([(light + 0.05) / (dark + 0.05), text.slice(0, 60)]);
  }
  return found.sort((a, b) => a[0] - b[0]);
})()
"""
LARGEST_ANSWER = 2**28


def executable() -> str | None:
    """The browser on this machine, if there is one."""
    return next(filter(None, map(shutil.which, NAMES)), None)


class Browser:
    """One page in a browser of its own. requests, dialogs and errors hold what pages asked for, said and broke."""

    def __init__(self) -> None:
        """Start it with an empty profile."""
        self.requests: list[str] = []
        self.dialogs: list[str] = []
        self.errors: list[str] = []
        self._count = 0
        self._profile = tempfile.mkdtemp(prefix="grader-browser-")
        command = [str(executable()), *FLAGS, f"--user-data-dir={self._profile}", "about:blank"]
        self._process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        self._loop = asyncio.new_event_loop()
        self._socket = self._loop.run_until_complete(self._connect())
        self._enter_page()

    def __enter__(self) -> Browser:
        """Use it in a with statement."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the browser and remove its profile."""
        self._socket.close()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._loop.close()
        shutil.rmtree(self._profile, ignore_errors=True)

    def open(self, path: Path) -> None:
        """Show a file and wait until it is loaded."""
        self.requests.clear()
        self.call("Page.navigate", url=path.resolve().as_uri())
        self._until(lambda: self.evaluate("document.readyState") == "complete")

    def evaluate(self, script: str) -> Any:
        """The value of an expression in the page."""
        answer = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise AssertionError(answer["exceptionDetails"])
        return answer["result"].get("value")

    def press(self, key: str) -> None:
        """A key on the keyboard, in what has the focus."""
        text = KEYS.get(key, key if len(key) == 1 else "")
        codes = {"Enter": 13, "Tab": 9, " ": 32, "Escape": 27, "ArrowRight": 39}
        self.call("Input.dispatchKeyEvent", type="keyDown", key=key, text=text, windowsVirtualKeyCode=codes.get(key, 0))
        self.call("Input.dispatchKeyEvent", type="keyUp", key=key, windowsVirtualKeyCode=codes.get(key, 0))

    def look(self, width: int, height: int, dark: bool = False) -> None:
        """Take a window's size in CSS pixels, and a colour scheme."""
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 500
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", features=[scheme])

    def picture(self, path: Path) -> None:
        """Save what is in the window as PNG."""
        data = self.call("Page.captureScreenshot", format="png")["data"]
        path.write_bytes(base64.b64decode(data))

    def contrasts(self) -> list[tuple[float, str]]:
        """(contrast, text) of every text, by the definition of WCAG 2, lowest first; what is folded away is opened."""
        found: list[tuple[float, str]] = [tuple(each) for each in self.evaluate(CONTRASTS)]
        return found

    def wait_for(self, script: str) -> None:
        """Wait until an expression is true in the page."""
        self._until(lambda: bool(self.evaluate(script)))

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """One command of the protocol, and its answer."""
        return self._loop.run_until_complete(asyncio.wait_for(self._call(method, parameters), PATIENCE))

    async def _connect(self) -> Any:
        file = Path(self._profile, "DevToolsActivePort")
        deadline = time.monotonic() + PATIENCE
        while not (file.exists() and file.read_text().count("\n")):
            if time.monotonic() > deadline or self._process.poll() is not None:
                raise RuntimeError("the browser did not start")
            await asyncio.sleep(0.05)
        port, path = file.read_text().split("\n")[:2]
        return await websocket_connect(f"ws://127.0.0.1:{port}{path}", max_message_size=LARGEST_ANSWER)

    def _enter_page(self) -> None:
        self._session = ""
        pages = [each for each in self.call("Target.getTargets")["targetInfos"] if each["type"] == "page"]
        answer = self.call("Target.attachToTarget", targetId=pages[0]["targetId"], flatten=True)
        self._session = answer["sessionId"]
        for domain in ("Page", "Network", "Runtime"):
            self.call(f"{domain}.enable")

    async def _call(self, method: str, parameters: dict[str, Any]) -> dict[str, Any]:
        self._count += 1
        session = {"sessionId": self._session} if self._session else {}
        wanted = self._count
        await self._socket.write_message(json.dumps({"id": wanted, "method": method, "params": parameters} | session))
        while True:
            message = json.loads(await self._socket.read_message())
            if message.get("id") == wanted:
                if "error" in message:
                    raise AssertionError(message["error"])
                return dict(message["result"])
            await self._note(message)

    async def _note(self, message: dict[str, Any]) -> None:
        """Write down what the page did."""
        found = message.get("params", {})
        match message.get("method"):
            case "Network.requestWillBeSent":
                self.requests.append(found["request"]["url"])
            case "Runtime.exceptionThrown":
                self.errors.append(str(found["exceptionDetails"].get("exception", {}).get("description")))
            case "Page.javascriptDialogOpening":
                self.dialogs.append(found["message"])
                self._count += 1
                closing = {"id": self._count, "method": "Page.handleJavaScriptDialog", "params": {"accept": True}}
                await self._socket.write_message(json.dumps(closing | {"sessionId": self._session}))

    def _until(self, holds: Any) -> None:
        deadline = time.monotonic() + PATIENCE
        while not holds():
            if time.monotonic() > deadline:
                raise AssertionError("the page did not get there")
            time.sleep(0.02)
