"""Mends what moto answers wrongly, where patching one method is enough. Imported by the launcher for its effect."""

import json

from moto.ec2.models.security_groups import SecurityGroupRule
from moto.iam.access_control import IAMPolicy, PermissionResult
from moto.s3.models import FakeBucket


def description(rule):
    """moto knows the description of a rule that names a range, and forgets that of one that names a group or a list."""
    for source in (rule.ip_range, rule.source_group, rule.prefix_list_id):
        if isinstance(source, dict) and "Description" in source:
            return source["Description"]
    return None


def get_permission(bucket, action, resource):
    """moto cannot tell whether a bucket policy's condition holds, and then denies, whatever the statement's effect. A request
    here always comes from the account itself over loopback, which such conditions (TLS, one distribution) do not concern."""
    if bucket.policy is None:
        return PermissionResult.NEUTRAL
    policy = json.loads(bucket.policy.decode())
    statements = policy["Statement"] if isinstance(policy["Statement"], list) else [policy["Statement"]]
    unconditional = [statement for statement in statements if "Condition" not in statement]
    return IAMPolicy(json.dumps({**policy, "Statement": unconditional})).is_action_permitted(action, resource)


SecurityGroupRule.description = property(description)
FakeBucket.get_permission = get_permission
