"""Keeps moto's backends on disk: one pickle of all of them, and one file for each S3 object's body.

Backends refer to each other's objects (a load balancer holds EC2's subnets), so they travel in one pickle, in
which every backend itself stands as a reference. What cannot be pickled as it is (locks, threads, lambdas) is made
anew; a backend that still cannot be pickled is left out and named.
"""

import hashlib
import importlib
import io
import marshal
import os
import pickle
import sys
import tempfile
import threading
import time
import types
import weakref
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from moto import __version__ as moto_version
from moto.core.base_backend import AccountSpecificBackend, BackendDict, BaseBackend
from moto.s3.models import FakeKey

LOCK, RLOCK = type(threading.Lock()), type(threading.RLock())
UNPICKLABLE = (pickle.PicklingError, TypeError, AttributeError, NotImplementedError)
FRESH = (threading.Condition, threading.Event, threading.Semaphore, threading.Barrier)


class Snapshot:
    """The saved state of one folder."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.state = self.folder / "moto.pickle"
        self.bodies = self.folder / "s3"
        self.bodies.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.unsaved = {}

    def save(self):
        """Writes everything, atomically. Returns the backends that could not be saved, with the reason.

        Raises where a call came in between; what was saved before then stays, and a later attempt succeeds.
        """
        # Most of the time goes into bodies, which do not change once they are there: first, beside the calls.
        for key in s3_keys():
            keep_body(key, self.bodies)
        with undisturbed():
            content, names = self.pickled(dict(live_backends()))
        write_atomically(self.state, content)
        for stale in set(os.listdir(self.bodies)) - names:
            (self.bodies / stale).unlink(missing_ok=True)
        return self.unsaved

    def restore(self):
        """Brings back what was saved; returns the number of backends."""
        if not self.state.exists():
            return 0
        with self.state.open("rb") as file:
            header = pickle.load(file)
            if header["moto"] != moto_version or header["python"] != sys.version_info[:2]:
                print(f"the saved state is of {header}; this is moto {moto_version}", file=sys.stderr)
            saved = Unpickler(file, self.bodies).load()
        for key, content in saved.items():
            backend = backend_of(key)
            backend.__dict__.clear()
            backend.__dict__.update(content)
        return len(saved)

    def pickled(self, backends):
        """All backends in one pickle; where that fails, without those that cannot be pickled by themselves."""
        self.unsaved = {}
        try:
            return self.attempt(backends)
        except UNPICKLABLE:
            good = {key: backend for key, backend in backends.items() if self.is_sound(key, backend)}
            return self.attempt(good)

    def is_sound(self, key, backend):
        try:
            self.attempt({key: backend})
            return True
        except UNPICKLABLE as error:
            self.unsaved["/".join(key[1:])] = f"{type(error).__name__}: {error}"
            return False

    def attempt(self, backends):
        buffer = io.BytesIO()
        pickle.dump({"moto": moto_version, "python": sys.version_info[:2]}, buffer)
        pickler = Pickler(buffer, self.bodies, {id(live): key for key, live in live_backends()})
        pickler.dump({key: backend.__dict__ for key, backend in backends.items()})
        return buffer.getvalue(), pickler.names


class Pickler(pickle.Pickler):
    def __init__(self, buffer, bodies, keys):
        super().__init__(buffer, protocol=5)
        self.keys = keys
        self.bodies = bodies
        self.names = set()

    def persistent_id(self, value):
        if isinstance(value, BackendDict):
            return ("service", value.backend.__module__, value.service_name)
        if isinstance(value, AccountSpecificBackend):
            return ("account", value.backend.__module__, value.service_name, value.account_id)
        if isinstance(value, BaseBackend):
            key = self.keys.get(id(value))
            return None if key is None else ("backend", *key)
        if isinstance(value, Body):
            self.names.add(value.name)
            return ("body", value.name)
        return None

    def reducer_override(self, value):
        if isinstance(value, (LOCK, RLOCK)):
            return (threading.Lock if isinstance(value, LOCK) else threading.RLock, ())
        if isinstance(value, FRESH):
            return (type(value), ())
        if isinstance(value, threading.Thread):
            return (threading.Thread, ())
        if isinstance(value, types.ModuleType):
            return (importlib.import_module, (value.__name__,))
        if isinstance(value, types.FunctionType) and "<" in value.__qualname__:
            return reduce_function(value)
        if isinstance(value, weakref.WeakValueDictionary):
            return (weakref.WeakValueDictionary, (dict(value),))
        if isinstance(value, FakeKey):
            return reduce_key(value, keep_body(value, self.bodies))
        module = type(value).__module__
        if isinstance(value, dict) and module.startswith("moto."):
            return reduce_dict(value)
        if module.startswith("cryptography."):
            return reduce_cryptography(value)
        return NotImplemented


class Unpickler(pickle.Unpickler):
    def __init__(self, file, bodies):
        super().__init__(file)
        self.bodies = bodies

    def persistent_load(self, pid):
        kind, *key = pid
        if kind == "body":
            return self.body(key[0])
        services = service_of(*key[:2])
        if kind == "service":
            return services
        return services[key[2]] if kind == "account" else backend_of(tuple(key))

    def body(self, name):
        buffer = tempfile.SpooledTemporaryFile(max_size=16 * 1024 * 1024)
        if name:
            with (self.bodies / name).open("rb") as file:
                copy_chunks(file, buffer)
            buffer.local_aws_body = (name, size_of(buffer))
        return buffer


class Body:
    """Stands in the pickle for the file of an S3 object's body; empty for an object that has been deleted."""

    def __init__(self, name):
        self.name = name


def s3_keys():
    """Every version of every object, and the parts of unfinished uploads."""
    for (_, service, *_), backend in list(live_backends()):
        if service != "s3":
            continue
        for bucket in list(backend.buckets.values()):
            for versions in list(dict.values(bucket.keys)):
                yield from (version for version in list(versions) if isinstance(version, FakeKey))
            for upload in list(bucket.multiparts.values()):
                yield from list(upload.parts.values())


def keep_body(key, folder):
    """The name of the file with an object's body, written where it is not there yet."""
    buffer = key._value_buffer
    with key.lock:
        if buffer.closed:
            return ""
        name, size = getattr(buffer, "local_aws_body", (None, None))
        if name is None or size != key.contentsize or not (folder / name).exists():
            name = copy_body(buffer, folder)
            buffer.local_aws_body = (name, key.contentsize)
        return name


def blank(cls):
    return cls.__new__(cls)


def fill_key(key, state):
    attributes, buffer = state
    key.__dict__.update(attributes)
    key._value_buffer = buffer
    key.lock = threading.Lock()


def reduce_key(key, name):
    """moto's own reducer would hold every body in memory, twice, at each save."""
    attributes = {each: value for each, value in key.__dict__.items() if each not in ("lock", "_value_buffer")}
    return (blank, (type(key),), (attributes, Body(name)), None, None, fill_key)


def fill_dict(mapping, state):
    attributes, items, factory = state
    mapping.__dict__.update(attributes)
    if factory is not None:
        mapping.default_factory = factory
    for key, value in items:
        dict.__setitem__(mapping, key, value)


def reduce_dict(mapping):
    """What a model's dictionary really holds: S3's shows only the newest version of each key to whoever iterates."""
    state = (mapping.__dict__, list(dict.items(mapping)), getattr(mapping, "default_factory", None))
    return (blank, (type(mapping),), state, None, None, fill_dict)


def restore_private_key(pem):
    return serialization.load_pem_private_key(pem, None)


def restore_public_key(pem):
    return serialization.load_pem_public_key(pem)


def restore_certificate(pem):
    return x509.load_pem_x509_certificate(pem)


def reduce_cryptography(value):
    if hasattr(value, "private_bytes"):
        form = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        return (restore_private_key, (value.private_bytes(serialization.Encoding.PEM, *form),))
    if isinstance(value, x509.Certificate):
        return (restore_certificate, (value.public_bytes(serialization.Encoding.PEM),))
    if hasattr(value, "public_bytes"):
        form = serialization.PublicFormat.SubjectPublicKeyInfo
        return (restore_public_key, (value.public_bytes(serialization.Encoding.PEM, form),))
    return NotImplemented


def restore_function(module, code, name, defaults, cells):
    closure = tuple(types.CellType(cell) for cell in cells)
    scope = importlib.import_module(module).__dict__
    return types.FunctionType(marshal.loads(code), scope, name, defaults, closure)


def reduce_function(function):
    """Default factories of dictionaries are lambdas in many a backend; pickle knows functions by name only."""
    cells = tuple(cell.cell_contents for cell in function.__closure__ or ())
    code = marshal.dumps(function.__code__)
    return (restore_function, (function.__module__, code, function.__name__, function.__defaults__, cells))


def live_backends():
    for services in {id(each): each for each in BackendDict._instances}.values():
        for account, region, backend in list(services.iter_backends()):
            if not is_bystander(services.service_name, region, backend):
                yield (services.backend.__module__, services.service_name, account, region), backend


def is_bystander(service, region, backend):
    """moto looks for every access key in the IAM of every partition; each holds 3 MB of AWS's own policies."""
    if service != "iam" or region == "aws":
        return False
    made = len(backend.managed_policies) - len(backend.aws_managed_policies)
    return made == 0 and not (backend.users or backend.roles or backend.groups)


def backend_of(key):
    module, service, account, region = key
    return service_of(module, service)[account][region]


def service_of(module, service):
    for value in vars(importlib.import_module(module)).values():
        if isinstance(value, BackendDict) and value.service_name == service:
            return value
    raise LookupError(f"moto has no backend {service} in {module} any more")


def size_of(buffer):
    return buffer.seek(0, os.SEEK_END)


def copy_body(buffer, folder):
    digest = hashlib.sha256()
    buffer.seek(0)
    for chunk in iter(lambda: buffer.read(1 << 20), b""):
        digest.update(chunk)
    target = folder / digest.hexdigest()
    if not target.exists():
        neighbour = folder / f"{target.name}.tmp"
        buffer.seek(0)
        with neighbour.open("wb") as file:
            copy_chunks(buffer, file)
        neighbour.rename(target)
    return target.name


def copy_chunks(source, target):
    for chunk in iter(lambda: source.read(1 << 20), b""):
        target.write(chunk)


def write_atomically(path, content):
    neighbour = path.with_suffix(".tmp")
    with neighbour.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    neighbour.rename(path)


class undisturbed:  # noqa: N801 - reads as a word in a `with`
    """No other thread runs inside: the interpreter changes threads only where this one waits, and it does not."""

    def __enter__(self):
        self.interval = sys.getswitchinterval()
        sys.setswitchinterval(3600)
        # A thread that asked to run under the old interval gets its turn now.
        time.sleep(0.02)

    def __exit__(self, *_):
        sys.setswitchinterval(self.interval)
