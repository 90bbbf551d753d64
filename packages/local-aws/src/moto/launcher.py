"""Runs moto's server on a Unix socket and keeps its state: `launcher.py <socket> <folder>`.

Answers that moto does not have come back as 501 with the header `x-local-aws-missing`, its own crashes as 500 with
`x-local-aws-fault`, so that nobody takes them for answers of AWS.
"""

import fcntl
import os
import signal
import site
import sys
import threading
import time
import traceback
from contextlib import contextmanager

# Python runs isolated: neither the folder of this file nor what `pip install --user` installed is on its path.
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
if sys.prefix == sys.base_prefix:
    site.addsitedir(site.getusersitepackages())

# moto reads these when it is imported. AWS's managed policies exist in every account.
os.environ.setdefault("MOTO_IAM_LOAD_MANAGED_POLICIES", "true")

from flask import Response, request  # noqa: E402
from keys import answer_key  # noqa: E402
from mends import mend  # noqa: E402
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app  # noqa: E402
from snapshot import Snapshot  # noqa: E402
from werkzeug.exceptions import HTTPException  # noqa: E402
from werkzeug.serving import WSGIRequestHandler, make_server  # noqa: E402

SAVE_SECONDS = 3.0
READS = ("Describe", "List", "Get", "BatchGet", "Filter", "Head", "Lookup", "Search")


def create_app(service):
    app = create_backend_app(service)
    app.register_error_handler(NotImplementedError, missing)
    app.register_error_handler(HTTPException, refused)
    app.register_error_handler(Exception, crashed)
    return app


def missing(_error):
    return Response("", status=501, headers={"x-local-aws-missing": "moto"})


def refused(error):
    """Flask's own 404 and 405 mean that moto has no such path; moto's errors are answers."""
    return missing(error) if error is request.routing_exception else error


def crashed(error):
    traceback.print_exception(error, file=sys.stderr)
    reason = f"{type(error).__name__}: {error}".replace("\n", " ")[:500]
    return Response(reason, status=500, headers={"x-local-aws-fault": "moto"})


class Changes:
    """Knows whether anything may have changed since the last save, and keeps saves apart from writing calls."""

    def __init__(self):
        self.quiet = threading.Condition()
        self.running = 0
        self.dirty = False

    @contextmanager
    def call(self):
        with self.quiet:
            self.running += 1
        try:
            yield
        finally:
            with self.quiet:
                self.running -= 1
                self.dirty = True
                self.quiet.notify_all()

    def take(self):
        """Waits a little for a moment without writing calls; a long upload does not hold saving up for good."""
        with self.quiet:
            self.quiet.wait_for(lambda: self.running == 0, timeout=2)
            dirty, self.dirty = self.dirty, False
            return dirty


class PathLocks:
    """One writer at a time for each S3 path: moto checks If-Match and writes in two steps."""

    def __init__(self):
        self.guard = threading.Lock()
        self.locks = {}

    @contextmanager
    def hold(self, path):
        with self.guard:
            lock, users = self.locks.get(path, (threading.Lock(), 0))
            self.locks[path] = (lock, users + 1)
        try:
            with lock:
                yield
        finally:
            with self.guard:
                lock, users = self.locks.pop(path)
                if users > 1:
                    self.locks[path] = (lock, users - 1)


class Dispatcher(DomainDispatcherApplication):
    """moto's choice of a service by the call's signature. By the path it would also let an unsigned request choose any service."""

    @staticmethod
    def get_service_from_path(_path):
        return None, None


class Application:
    def __init__(self):
        self.moto = Dispatcher(create_app)
        self.changes = Changes()
        self.paths = PathLocks()

    def __call__(self, environ, start_response):
        if is_of_moto(environ):
            return Response("", status=404)(environ, start_response)
        # The front door takes this header off every call that it passes on.
        if "HTTP_X_LOCAL_AWS_KEY" in environ:
            return answer_key(environ["HTTP_X_LOCAL_AWS_KEY"], start_response)
        if is_read(environ):
            return self.moto(environ, start_response)
        if is_receive(environ):
            return self.receive(environ, start_response)
        with self.changes.call():
            if "/s3/aws4_request" not in environ.get("HTTP_AUTHORIZATION", ""):
                return self.moto(environ, start_response)
            with self.paths.hold(environ.get("PATH_INFO", "")):
                return self.moto(environ, start_response)

    def receive(self, environ, start_response):
        """A long poll lasts up to 20 seconds and changes nothing when it comes back empty."""
        chunks = list(self.moto(environ, start_response))
        if any(b"Messages" in chunk or b"<Message>" in chunk for chunk in chunks):
            self.changes.dirty = True
        return chunks


def is_of_moto(environ):
    """moto's own pages (resetting it, reading all it holds) and its imitation of the metadata service are for nobody."""
    return environ.get("PATH_INFO", "").startswith(("/moto-api", "/latest/meta-data/", "/latest/api/"))


def is_read(environ):
    if environ["REQUEST_METHOD"] in ("GET", "HEAD", "OPTIONS"):
        # Query calls may come as GET.
        return "Action=" not in environ.get("QUERY_STRING", "")
    action = environ.get("HTTP_X_AMZ_TARGET", "").rpartition(".")[2]
    # Random passwords and tokens change nothing; neither does reading.
    return action.startswith(READS)


def is_receive(environ):
    return environ.get("HTTP_X_AMZ_TARGET", "").endswith(".ReceiveMessage")


class Handler(WSGIRequestHandler):
    def address_string(self):
        return "local"

    def log_request(self, *_):
        """The front door has logged the call."""


def save(snapshot, named):
    for name, reason in snapshot.save().items():
        if named.get(name) != reason:
            named[name] = reason
            print(f"cannot keep {name} over a restart: {reason}", file=sys.stderr, flush=True)


def save_finally(snapshot, named):
    """Calls that were running at the stop may still come in between."""
    for attempt in range(5):
        try:
            return save(snapshot, named)
        except Exception:  # noqa: BLE001
            traceback.print_exc()
            time.sleep(0.2 * (attempt + 1))
    sys.exit("the last changes could not be saved")


def keep_saving(application, snapshot, stopping, named):
    parent = os.getppid()
    while not stopping.wait(SAVE_SECONDS):
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGTERM)
        if application.changes.take():
            try:
                save(snapshot, named)
            except Exception:  # noqa: BLE001 - the next round tries again
                application.changes.dirty = True
                traceback.print_exc()


def hold(folder):
    """Waits until no other moto has this folder: one whose parent died saves once more before it ends."""
    lock = open(os.path.join(folder, "lock"), "w")
    fcntl.flock(lock, fcntl.LOCK_EX)
    return lock


def main(socket, folder):
    _lock = hold(folder)
    application, snapshot, stopping, named = Application(), Snapshot(folder), threading.Event(), {}
    mend()
    restored = snapshot.restore()
    server = make_server(f"unix://{socket}", 0, application, threaded=True, request_handler=Handler)
    server.daemon_threads = True
    server.block_on_close = False
    keeper = threading.Thread(target=keep_saving, args=(application, snapshot, stopping, named), daemon=True)
    keeper.start()

    def stop(*_):
        stopping.set()
        threading.Thread(target=server.shutdown, daemon=True).start()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    print(f"ready, {restored} backends restored", flush=True)
    server.serve_forever()
    keeper.join()
    save_finally(snapshot, named)


if __name__ == "__main__":
    main(*sys.argv[1:3])
