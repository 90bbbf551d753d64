"""Prints what the installed moto answers, as JSON: its version, botocore's, and the methods of its response classes by service.

moto dispatches an operation to the method of its name (`moto/core/responses.py`, `call_action`). Its sources are read,
not imported: importing all of moto takes seconds.
"""

import importlib.metadata
import importlib.util
import json
import re
from pathlib import Path

# Folders whose response classes name their service otherwise than botocore does.
RENAMED = {"awslambda": "lambda", "emrserverless": "emr-serverless"}


def methods():
    found = {}
    for folder in sorted(Path(importlib.util.find_spec("moto").submodule_search_locations[0]).iterdir()):
        files = [*folder.glob("*responses*.py"), *folder.glob("responses/*.py")]
        source = "\n".join(file.read_text() for file in sorted(set(files)))
        names = re.findall(r"^    def ([a-z]\w+)\(self", source, re.MULTILINE)
        for service in set(re.findall(r'service_name="([^"]+)"', source)) or [RENAMED.get(folder.name)]:
            if service is not None:
                found.setdefault(RENAMED.get(service, service), set()).update(names)
    return {service: sorted(names) for service, names in sorted(found.items())}


versions = {name: importlib.metadata.version(name) for name in ("moto", "botocore")}
print(json.dumps({"versions": versions, "methods": methods()}))
