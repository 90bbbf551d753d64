import type { Application, Collection } from "../app/application.ts";
import { imagesOf } from "../app/find.ts";
import { nameOf } from "./names.ts";
import type { CollectionOutputs } from "./outputs.ts";

const later = "known-after-apply";

/** Stands for the outputs of a collection that is not there yet, so that `plan` can list its environments' blocks. Never to be applied. */
export function plannedCollectionOutputs(
  application: Application,
  collection: Collection,
): CollectionOutputs {
  return {
    vpc_id: later,
    public_subnet_ids: [later],
    private_subnet_ids: [later],
    // As many as there will be: an environment has things in each of them.
    data_subnet_ids: Array.from({ length: collection.network.zones }, () => later),
    zones: [],
    cluster_arn: later,
    cluster_name: nameOf("cluster", { application: application.name, collection: collection.name }),
    load_balancer_arn: later,
    load_balancer_dns_name: later,
    load_balancer_security_group_id: later,
    listener_arn: later,
    vpc_origin_id: later,
    repositories: Object.fromEntries(imagesOf(collection).map(({ name }) => [name, later])),
    artifact_bucket: later,
  };
}
