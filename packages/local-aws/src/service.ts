import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";

/** An AWS service of our own: the codec decodes the wire into SDK shapes, an operation answers in SDK shapes. */
export interface OwnService {
  /** Folder of the service's model in botocore's data, e.g. `ecs`, `cloudfront-keyvaluestore`. */
  readonly model: string;
  /** By operation name as the model spells it. What is not here goes to moto where `moto` is set, else it is a 501. */
  readonly operations: Readonly<Record<string, Operation>>;
  /** Whether moto answers the operations we do not have (elbv2, secretsmanager …); false for services that are all ours. */
  readonly moto: boolean;
  /** Plain HTTP that this service answers besides AWS calls: sites, load balancers, an image registry. */
  readonly planes?: readonly HttpPlane[];
  /** What bears tags here, for the Resource Groups Tagging API. */
  readonly tagged?: () => readonly Tagged[];
  /** Ends at once what is meant, as if its machine had failed; answers the ARNs. */
  readonly kill?: (casualty: Casualty) => Promise<readonly string[]>;
  /** Brings back what ran before the last stop; called once the front door listens. */
  readonly start?: () => Promise<void>;
  /** Stops what runs; state is kept. */
  readonly stop?: () => Promise<void>;
}

/** What dies at once, as if its machine had failed: a task (id or ARN), the tasks of a service (its name), or of an availability zone. */
export type Casualty = { readonly task: string } | { readonly service: string } | { readonly zone: string };

/** Something with an ARN, and its tags. */
export interface Tagged {
  readonly arn: string;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * A data plane behind the front door. Planes are asked before AWS calls, in the order CloudFront, load balancers,
 * registry, then the rest; the first that claims a request answers it.
 */
export interface HttpPlane {
  /**
   * Whose pages may ask it in a browser: `all`, as on the internet; `own`, those of the same host and the person's own navigation.
   * Where it is left out only programs may.
   */
  readonly pages?: "all" | "own";
  /** Decides by host, path and headers alone; the body has not been read. */
  claims(request: IncomingMessage): boolean;
  /** Owns the response. A rejection becomes a 500 and a line in the log. */
  serve(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Takes an `Upgrade:` request (WebSocket); without it such requests are refused. */
  upgrade?(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

/** Opens the endpoint for the containers of one task. */
export interface TaskDoors {
  /** Listens on a Unix socket of the task's own; `own` answers what belongs to this task alone. Resolves to the closing. */
  open(socket: string, own: HttpPlane): Promise<() => Promise<void>>;
}

/** An operation answers this to have moto answer the call, as it came, in its place (`moto` must be true). */
export const askMoto: unique symbol = Symbol("ask moto");

/**
 * One operation. The codec has already checked `input` against the service model: required members are there, types are
 * right, timestamps are Date, blobs are Uint8Array, structures are plain objects with the model's member names (those of
 * the AWS SDK for JavaScript). The answer is encoded, and checked, the same way; undefined members are left out.
 */
// biome-ignore lint/suspicious/noExplicitAny: each service names its own SDK types; the codec has checked them at run time.
export type Operation = (input: any, call: Call) => Promise<unknown>;

export interface Call {
  /** Signing name and operation, for logs. */
  readonly service: string;
  readonly operation: string;
  readonly accountId: string;
  readonly region: string;
  /** Access key that signed the call; empty when unsigned. */
  readonly accessKeyId: string;
  readonly requestId: string;
}

/** An error as AWS answers it. `code` is the error shape's name in the service model (or its query-protocol code). */
export class ServiceError extends Error {
  override readonly name = "ServiceError";
  readonly code: string;
  readonly status: number;
  /** Further members of the error shape. */
  readonly members: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, status = 400, members: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.members = members;
  }
}
