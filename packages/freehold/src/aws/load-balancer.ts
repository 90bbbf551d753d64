import { type Block, data, ref, resource } from "../terraform/block.ts";
import type { Ref } from "../terraform/expression.ts";
import { nameOf } from "./names.ts";
import type { Network } from "./network.ts";
import type { CollectionScope } from "./scope.ts";

export interface LoadBalancer {
  readonly blocks: readonly Block[];
  readonly arn: Ref;
  readonly dnsName: Ref;
  readonly securityGroupId: Ref;
  readonly listenerArn: Ref;
  readonly vpcOriginId: Ref;
}

/** Made by AWS with the first VPC origin of a VPC; the traffic of CloudFront comes from it. */
const cloudFrontGroup = "CloudFront-VPCOrigins-Service-SG";

/** One internal load balancer for the collection's environments, which CloudFront alone reaches. */
export function loadBalancer(scope: CollectionScope, net: Network): LoadBalancer {
  const group = resource("aws_security_group", "load_balancer", {
    name: nameOf("securityGroup", scope.identity, "lb"),
    description: "Load balancer: admits CloudFront alone",
    vpc_id: net.vpcId,
  });
  const main = resource("aws_lb", "main", {
    name: nameOf("loadBalancer", scope.identity),
    load_balancer_type: "application",
    internal: true,
    subnets: net.privateSubnetIds,
    security_groups: [ref(group, "id")],
    drop_invalid_header_fields: true,
    enable_deletion_protection: scope.isGuarded && hasProduction(scope),
  });
  const listener = defaultListener(ref(main, "arn"));
  const origin = vpcOrigin(scope, ref(main, "arn"), [net.gateway, listener]);
  return {
    blocks: [group, main, listener, origin, ...admitCloudFront(net, ref(group, "id"), origin)],
    arn: ref(main, "arn"),
    dnsName: ref(main, "dns_name"),
    securityGroupId: ref(group, "id"),
    listenerArn: ref(listener, "arn"),
    vpcOriginId: ref(origin, "id"),
  };
}

function hasProduction({ collection }: CollectionScope): boolean {
  return collection.environments.some((environment) => environment.kind === "production");
}

/** HTTP for life: the hop runs inside the VPC origin, and another listener would need every environment's rules anew. */
function defaultListener(loadBalancerArn: Ref) {
  return resource("aws_lb_listener", "main", {
    load_balancer_arn: loadBalancerArn,
    port: 80,
    protocol: "HTTP",
    default_action: [
      {
        type: "fixed-response",
        fixed_response: { content_type: "text/plain", message_body: "Not found", status_code: "404" },
      },
    ],
  });
}

function vpcOrigin(scope: CollectionScope, arn: Ref, dependsOn: readonly Block[]) {
  const endpoint = {
    name: nameOf("vpcOrigin", scope.identity),
    arn,
    http_port: 80,
    https_port: 443,
    origin_protocol_policy: "http-only",
    origin_ssl_protocols: [{ items: ["TLSv1.2"], quantity: 1 }],
  };
  return resource(
    "aws_cloudfront_vpc_origin",
    "main",
    { vpc_origin_endpoint_config: [endpoint] },
    { dependsOn },
  );
}

function admitCloudFront(net: Network, groupId: Ref, origin: Block): readonly Block[] {
  const group = data(
    "aws_security_group",
    "cloudfront",
    { name: cloudFrontGroup, vpc_id: net.vpcId },
    { dependsOn: [origin] },
  );
  const rule = resource("aws_vpc_security_group_ingress_rule", "load_balancer_from_cloudfront", {
    security_group_id: groupId,
    referenced_security_group_id: ref(group, "id"),
    description: "VPC origin of CloudFront",
    ip_protocol: "tcp",
    from_port: 80,
    to_port: 80,
  });
  return [group, rule];
}
