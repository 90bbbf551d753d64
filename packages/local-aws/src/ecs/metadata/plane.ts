import type { Platform } from "../../platform.ts";
import type { HttpPlane } from "../../service.ts";
import type { EcsState, EcsStore } from "../state.ts";
import type { Task } from "../tasks/task.ts";
import type { Credentials } from "./credentials.ts";
import { parseMetadataPath } from "./paths.ts";
import { containerMetadata, taskMetadata } from "./render.ts";

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** What the containers of one task find at `http://169.254.170.2`: credentials of their role and what ECS knows of this task. */
export function metadataPlane(
  docker: Platform["docker"],
  store: EcsStore,
  credentials: Credentials,
  { id }: Pick<Task, "id">,
): HttpPlane {
  return {
    claims: ({ headers }) => headers.host === "169.254.170.2" || headers.host === "169.254.170.2:80",
    serve: async ({ url = "/" }, response) => {
      const { status, body } = await answer(
        docker,
        store.get(),
        credentials,
        id,
        url.split("?", 1)[0] ?? "/",
      );
      response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
    },
  };
}

async function answer(
  docker: Platform["docker"],
  state: EcsState,
  credentials: Credentials,
  id: string,
  path: string,
): Promise<Answer> {
  if (path.startsWith("/v2/credentials/")) return answerCredentials(credentials, id, path);
  const asked = parseMetadataPath(path);
  const task = Object.values(state.tasks).find((one) => one.id === id && id === asked?.taskId);
  const definition = state.taskDefinitions[task?.taskDefinitionArn ?? ""];
  const container = task?.containers[asked?.container ?? -1];
  if (task === undefined || definition === undefined || container === undefined) return notFound;
  switch (asked?.subject) {
    case "":
      return { status: 200, body: containerMetadata(task, container, definition) };
    case "task":
      return { status: 200, body: taskMetadata(task, definition) };
    case "stats":
      return { status: 200, body: await statsOf(docker, container.runtimeId) };
    case "task/stats": {
      const stats = await Promise.all(task.containers.map(({ runtimeId }) => statsOf(docker, runtimeId)));
      return {
        status: 200,
        body: Object.fromEntries(task.containers.map((one, at) => [one.runtimeId ?? one.name, stats[at]])),
      };
    }
    default:
      return notFound;
  }
}

const notFound: Answer = { status: 404, body: { message: "404 page not found" } };

async function answerCredentials(credentials: Credentials, id: string, path: string): Promise<Answer> {
  try {
    const found = await credentials.read(id, path);
    if (found !== undefined) return { status: 200, body: found };
    return {
      status: 400,
      body: { code: "InvalidIdInRequest", message: "CredentialsV2Request: Credentials not found" },
    };
  } catch (error) {
    return { status: 500, body: { code: "CredentialsUnavailable", message: String(error) } };
  }
}

/** Docker's own figures, null while the container does not run. */
async function statsOf(docker: Platform["docker"], id: string | undefined): Promise<unknown> {
  if (id === undefined) return null;
  return docker
    .getContainer(id)
    .stats()
    .catch(() => null);
}
