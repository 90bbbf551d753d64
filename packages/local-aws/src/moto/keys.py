"""What local-aws must know of an access key that IAM or STS gave out: its secret, and its owner's policies."""

import json
from datetime import timezone

from moto.iam.models import iam_backends
from moto.sts.models import sts_backends


def answer_key(access_key_id, start_response):
    found = session_of(access_key_id) or user_of(access_key_id)
    body = json.dumps(found).encode()
    headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
    start_response("200 OK" if found else "404 Not Found", headers)
    return [body]


def session_of(access_key_id):
    for account_id, backends in list(sts_backends.items()):
        for partition, backend in list(backends.items()):
            for session in reversed(backend.assumed_roles):
                if session.access_key_id == access_key_id:
                    return describe_session(session, iam_backends[account_id][partition])
    return None


def describe_session(session, iam):
    role = next((one for one in list(iam.roles.values()) if one.arn == session.role_arn), None)
    return {
        "secret": session.secret_access_key,
        "token": session.session_token,
        "expires": session.expiration.replace(tzinfo=timezone.utc).isoformat(),
        "arn": session.arn,
        "principal": session.role_arn,
        "userId": session.user_id,
        "account": session.account_id,
        "policies": policies_of(role) if role else [],
        "boundary": boundary_of(role, iam) if role else None,
        "session": session.policy or None,
    }


def user_of(access_key_id):
    for account_id, backends in list(iam_backends.items()):
        for iam in list(backends.values()):
            for user in list(iam.users.values()):
                for key in list(user.access_keys):
                    if key.access_key_id == access_key_id and key.status == "Active":
                        return describe_user(user, key, iam, account_id)
    return None


def describe_user(user, key, iam, account_id):
    groups = [group for group in list(iam.groups.values()) if any(one.name == user.name for one in group.users)]
    return {
        "secret": key.secret_access_key,
        "arn": user.arn,
        "principal": user.arn,
        "userId": user.id,
        "userName": user.name,
        "account": account_id,
        "policies": [text for owner in (user, *groups) for text in policies_of(owner)],
        "boundary": boundary_of(user, iam),
    }


def policies_of(owner):
    managed = [default_version(policy) for policy in list(owner.managed_policies.values())]
    return [*map(text_of, list(owner.policies.values())), *managed]


def default_version(policy):
    return text_of(next(version.document for version in policy.versions if version.is_default))


def text_of(document):
    return document if isinstance(document, str) else json.dumps(document)


def boundary_of(owner, iam):
    """A boundary whose policy is gone allows nothing."""
    arn = getattr(owner, "permissions_boundary_arn", None)
    if not arn:
        return None
    policy = iam.managed_policies.get(arn)
    return default_version(policy) if policy else '{"Version":"2012-10-17","Statement":[]}'
