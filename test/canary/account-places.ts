import type { Endpoint, StoredObject } from "./endpoint.ts";
import { type Piece, type Place, piece } from "./piece.ts";

/** What AWS holds beside Secrets Manager. */
export function accountPlaces(endpoint: Endpoint, run: (text: string) => Promise<void>): readonly Place[] {
  return [
    stored(
      "the state, in all its versions",
      "vault.tfstate",
      ({ key }) => key.endsWith(".tfstate"),
      endpoint,
    ),
    stored(
      "the release records",
      "releases/dev/v99.json",
      ({ key }) => key.startsWith("releases/"),
      endpoint,
    ),
    stored(
      "other objects",
      "leases/planted.json",
      ({ key }) => !/\.tfstate$|^releases\//.test(key),
      endpoint,
    ),
    taskDefinitions(endpoint),
    { name: "started tasks", read: () => tasks(endpoint), plant: run },
    { name: "CloudWatch logs", read: () => logEvents(endpoint), plant: run },
  ];
}

/** Planted in a version that is not the last. */
function stored(
  name: string,
  key: string,
  isHere: (object: StoredObject) => boolean,
  endpoint: Endpoint,
): Place {
  const here = async () => (await endpoint.objects()).filter(isHere);
  return {
    name,
    read: async () =>
      (await here()).map((one) => piece(`${one.bucket}/${one.key} ${one.version}`, one.content)),
    plant: async (text) => {
      const { bucket } = (await here())[0] ?? { bucket: "" };
      await endpoint.putObject(bucket, key, JSON.stringify({ value: text }));
      await endpoint.putObject(bucket, key, "{}");
    },
  };
}

function taskDefinitions(endpoint: Endpoint): Place {
  return {
    name: "the task definitions, deregistered ones among them",
    read: async () => {
      const pieces: Piece[] = [];
      for (const status of ["ACTIVE", "INACTIVE"]) {
        const { taskDefinitionArns } = Object(await endpoint.ecs("ListTaskDefinitions", { status }));
        for (const taskDefinition of texts(taskDefinitionArns))
          pieces.push(
            piece(taskDefinition, await endpoint.ecs("DescribeTaskDefinition", { taskDefinition })),
          );
      }
      return pieces;
    },
    plant: async (text) => {
      const environment = [{ name: "API_KEY", value: text }];
      const containerDefinitions = [{ name: "planted", image: "planted", environment }];
      const fargate = {
        requiresCompatibilities: ["FARGATE"],
        networkMode: "awsvpc",
        cpu: "256",
        memory: "512",
      };
      const definition = { family: "planted", containerDefinitions, ...fargate };
      await endpoint.ecs("RegisterTaskDefinition", definition);
      await endpoint.ecs("DeregisterTaskDefinition", { taskDefinition: "planted:1" });
    },
  };
}

/** With their overrides: the command of a release, of a one-off task. */
async function tasks(endpoint: Endpoint): Promise<readonly Piece[]> {
  const pieces: Piece[] = [];
  const { clusterArns } = Object(await endpoint.ecs("ListClusters", {}));
  for (const cluster of texts(clusterArns)) {
    for (const desiredStatus of ["RUNNING", "STOPPED"]) {
      const { taskArns } = Object(await endpoint.ecs("ListTasks", { cluster, desiredStatus }));
      if (texts(taskArns).length === 0) continue;
      pieces.push(piece(desiredStatus, await endpoint.ecs("DescribeTasks", { cluster, tasks: taskArns })));
    }
  }
  return pieces;
}

async function logEvents(endpoint: Endpoint): Promise<readonly Piece[]> {
  const pieces: Piece[] = [];
  const { logGroups } = Object(await endpoint.logs("DescribeLogGroups", {}));
  for (const { logGroupName } of logGroups) {
    const { logStreams } = Object(await endpoint.logs("DescribeLogStreams", { logGroupName }));
    for (const { logStreamName } of logStreams) {
      const request = { logGroupName, logStreamName, startFromHead: true, limit: 10_000 };
      pieces.push(piece(`${logGroupName} ${logStreamName}`, await endpoint.logs("GetLogEvents", request)));
    }
  }
  return pieces;
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
