"""Where moto 5.2 answers otherwise than AWS and a caller trips over it. Each says what AWS does."""

import json

from moto.ec2.exceptions import DependencyViolationError
from moto.ec2.models.security_groups import SecurityGroupRule
from moto.ec2.models.vpcs import VPCBackend
from moto.iam.access_control import IAMPolicy, PermissionResult
from moto.resourcegroupstaggingapi.models import ResourceGroupsTaggingAPIBackend
from moto.core.exceptions import JsonRESTError
from moto.route53 import route53_backends
from moto.servicediscovery.models import ServiceDiscoveryBackend
from moto.servicediscovery.responses import ServiceDiscoveryResponse
from moto.s3.models import FakeBucket, FakeDeleteMarker
from moto.sqs.models import Queue


def mend():
    queue_documents_come_back_compact()
    queue_policies_outlive_other_changes()
    rules_of_groups_keep_their_description()
    groups_keep_their_network()
    conditions_of_bucket_policies_do_not_deny()
    delete_markers_can_be_deleted()
    tagged_things_are_listed()
    zones_of_one_network_have_their_own_names()
    namespaces_go_when_they_are_empty()
    lists_of_cloud_map_are_filtered()


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


def rules_of_groups_keep_their_description():
    """moto knows the description of a rule that names a range, and forgets that of one that names a group or a list."""

    def description(rule):
        for source in (rule.ip_range, rule.source_group, rule.prefix_list_id):
            if isinstance(source, dict) and "Description" in source:
                return source["Description"]
        return None

    SecurityGroupRule.description = property(description)


def groups_keep_their_network():
    """EC2 removes a VPC only when of its groups the default one alone is left; moto forgets the others with it."""
    delete_vpc = VPCBackend.delete_vpc

    def refusing(backend, vpc_id):
        if any(group.name != "default" for group in backend.groups.get(vpc_id, {}).values()):
            raise DependencyViolationError(f"The vpc '{vpc_id}' has dependencies and cannot be deleted.")
        return delete_vpc(backend, vpc_id)

    VPCBackend.delete_vpc = refusing


def conditions_of_bucket_policies_do_not_deny():
    """moto cannot tell whether a condition holds and then denies, whatever the statement's effect. A request here comes from
    the account itself over loopback, which such conditions (TLS, one distribution) do not concern."""

    def get_permission(bucket, action, resource):
        if bucket.policy is None:
            return PermissionResult.NEUTRAL
        policy = json.loads(bucket.policy.decode())
        statements = policy["Statement"] if isinstance(policy["Statement"], list) else [policy["Statement"]]
        unconditional = [statement for statement in statements if "Condition" not in statement]
        return IAMPolicy(json.dumps({**policy, "Statement": unconditional})).is_action_permitted(action, resource)

    FakeBucket.get_permission = get_permission


def delete_markers_can_be_deleted():
    """AWS removes a delete marker that is named by its version; moto wants to close its body, and it has none."""
    FakeDeleteMarker.dispose = lambda _marker, garbage=False: None


def tagged_things_are_listed():
    """GetResources lists these as well on AWS: addresses, VPC endpoints, listeners and their rules. They come unfiltered, as
    local-aws asks for all there is."""
    listed = ResourceGroupsTaggingAPIBackend._get_resources_generator

    def unlisted(backend):
        ec2 = backend.ec2_backend
        place = f"arn:{backend.partition}:ec2:{backend.region_name}:{backend.account_id}"
        for address in ec2.addresses:
            yield f"{place}:elastic-ip/{address.allocation_id}", ec2.tags.get(address.allocation_id, {})
        for endpoint in ec2.vpc_end_points.values():
            if endpoint.state.lower() != "deleted":
                yield f"{place}:vpc-endpoint/{endpoint.id}", ec2.tags.get(endpoint.id, {})
        tagger = backend.elbv2_backend.tagging_service
        for balancer in backend.elbv2_backend.load_balancers.values():
            for listener in balancer.listeners.values():
                for arn in [listener.arn, *(rule.arn for rule in listener.rules.values())]:
                    yield arn, tagger.get_tag_dict_for_resource(arn)

    def all_listed(backend, tag_filters=None, resource_type_filters=None):
        yield from listed(backend, tag_filters, resource_type_filters)
        for arn, tags in unlisted(backend):
            if tags:
                yield {"ResourceARN": arn, "Tags": [{"Key": key, "Value": tags[key]} for key in tags]}

    ResourceGroupsTaggingAPIBackend._get_resources_generator = all_listed


def zones_of_one_network_have_their_own_names():
    """A network may have many private zones, of different names; moto lets it have one. And no second thing of a name is made."""
    create_private = ServiceDiscoveryBackend.create_private_dns_namespace
    create_http = ServiceDiscoveryBackend.create_http_namespace
    create_service = ServiceDiscoveryBackend.create_service

    def private(backend, name, creator_request_id, description, vpc, tags, properties):
        refuse_twin(backend, name, vpc)
        others = backend.namespaces
        backend.namespaces = {}
        try:
            return create_private(backend, name, creator_request_id, description, vpc, tags, properties)
        finally:
            backend.namespaces = {**others, **backend.namespaces}

    def http(backend, name, creator_request_id, description, tags):
        refuse_twin(backend, name, None)
        return create_http(backend, name, creator_request_id, description, tags)

    def refuse_twin(backend, name, vpc):
        if any(one.name == name and one.vpc == vpc for one in backend.namespaces.values()):
            raise JsonRESTError("NamespaceAlreadyExists", f"Namespace {name} already exists.")

    def service(backend, name, namespace_id, *more, **named):
        if any(one.name == name and one.namespace_id == namespace_id for one in backend.services.values()):
            raise JsonRESTError("ServiceAlreadyExists", f"Service {name} already exists.")
        return create_service(backend, name, namespace_id, *more, **named)

    ServiceDiscoveryBackend.create_private_dns_namespace = private
    ServiceDiscoveryBackend.create_http_namespace = http
    ServiceDiscoveryBackend.create_service = service


def namespaces_go_when_they_are_empty():
    """Cloud Map refuses to remove what is in use, and removes a namespace's zone with it."""
    delete_namespace = ServiceDiscoveryBackend.delete_namespace
    delete_service = ServiceDiscoveryBackend.delete_service

    def namespace(backend, namespace_id):
        if any(one.namespace_id == namespace_id for one in backend.services.values()):
            raise JsonRESTError("ResourceInUse", "Namespace has associated services.")
        found = backend.namespaces.get(namespace_id)
        answer = delete_namespace(backend, namespace_id)
        zone = (found.dns_properties or {}).get("HostedZoneId")
        if zone is not None:
            route53_backends[backend.account_id]["aws"].delete_hosted_zone(zone)
        return answer

    def service(backend, service_id):
        if backend.get_service(service_id).instances:
            raise JsonRESTError("ResourceInUse", "Service contains registered instances.")
        delete_service(backend, service_id)

    ServiceDiscoveryBackend.delete_namespace = namespace
    ServiceDiscoveryBackend.delete_service = service


def lists_of_cloud_map_are_filtered():
    """moto lists everything, whatever is asked for."""

    def wanted(response, one, attributes):
        filters = json.loads(response.body or "{}").get("Filters") or []
        known = [each for each in filters if each["Name"] in attributes]
        return all(getattr(one, attributes[each["Name"]]) in each["Values"] for each in known)

    def list_namespaces(response):
        attributes = {"TYPE": "type", "NAME": "name", "HTTP_NAME": "name"}
        found = response.servicediscovery_backend.list_namespaces()
        return 200, {}, json.dumps({"Namespaces": [one.to_json() for one in found if wanted(response, one, attributes)]})

    def list_services(response):
        found = response.servicediscovery_backend.list_services()
        return json.dumps(
            {"Services": [one.to_json() for one in found if wanted(response, one, {"NAMESPACE_ID": "namespace_id"})]}
        )

    ServiceDiscoveryResponse.list_namespaces = list_namespaces
    ServiceDiscoveryResponse.list_services = list_services
