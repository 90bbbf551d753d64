"""Where moto 5.2 answers otherwise than AWS and a caller trips over it. Each says what AWS does."""

import json

from moto.sqs.models import Queue


def mend():
    queue_documents_come_back_compact()
    queue_policies_outlive_other_changes()


def queue_documents_come_back_compact():
    """AWS answers JSON without spaces; Terraform's provider compares the text and would plan a change forever."""
    attributes = Queue.attributes.fget

    def compact(queue):
        result = attributes(queue)
        for name in ("RedrivePolicy", "Policy"):
            if result.get(name):
                result[name] = json.dumps(json.loads(result[name]), separators=(",", ":"))
        return result

    Queue.attributes = property(compact)


def queue_policies_outlive_other_changes():
    """AWS changes the attributes that are named; moto drops the policy whenever it is not."""
    set_attributes = Queue._set_attributes

    def keeping(queue, attributes, now=None):
        policy = getattr(queue, "policy", None)
        set_attributes(queue, attributes, now)
        if "Policy" not in attributes:
            queue.policy = policy

    Queue._set_attributes = keeping
