import { NodeHttpHandler, type NodeHttpHandlerOptions } from "@smithy/node-http-handler";
import { UserError } from "../errors.ts";
import type { Environment } from "./environment.ts";

/** Where our AWS clients find local-aws, and whom they sign as. */
export interface LocalEndpoint {
  readonly url: string;
  /** The account goes before the host's name here, which an address cannot carry. */
  readonly keyValueStoreUrl: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/**
 * The same of the variables that local-aws gives.
 *
 * @throws UserError `local-endpoint` when they lead off this machine.
 */
export function localEndpoint(environment: Environment): LocalEndpoint {
  const url = environment["AWS_ENDPOINT_URL"] ?? "";
  const keyValueStoreUrl = environment["AWS_ENDPOINT_URL_CLOUDFRONT_KEYVALUESTORE"] ?? url;
  for (const one of [url, keyValueStoreUrl])
    if (!URL.canParse(one) || !isLoopback(new URL(one).hostname)) throw leaves(one);
  return {
    url,
    keyValueStoreUrl,
    accessKeyId: environment["AWS_ACCESS_KEY_ID"] ?? "",
    secretAccessKey: environment["AWS_SECRET_ACCESS_KEY"] ?? "",
  };
}

const schemes: readonly string[] = ["sigv4", "sigv4a"];

/**
 * Every setting that the SDK would otherwise take from the person's variables and files of profiles, as far as one could lead
 * elsewhere, sign otherwise or fail (https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html).
 */
export function localOptions({ url, accessKeyId, secretAccessKey }: LocalEndpoint) {
  return {
    endpoint: url,
    credentials: { accessKeyId, secretAccessKey },
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    defaultsMode: "standard",
    retryMode: "standard",
    authSchemePreference: async () => [...schemes],
    userAgentAppId: "freehold",
    // S3
    useArnRegion: false,
    disableMultiregionAccessPoints: true,
    disableS3ExpressSessionAuth: true,
    requestChecksumCalculation: "WHEN_SUPPORTED",
    responseChecksumValidation: "WHEN_SUPPORTED",
    // DynamoDB
    accountIdEndpointMode: "disabled",
    endpointDiscoveryEnabled: false,
  } as const;
}

/** Sends what stays on this machine, whatever the SDK resolved. */
export class LoopbackHandler extends NodeHttpHandler {
  readonly #port: string;

  constructor(options: NodeHttpHandlerOptions, endpoint: LocalEndpoint) {
    super(options);
    this.#port = new URL(endpoint.url).port;
  }

  override handle(...[request, options]: Parameters<NodeHttpHandler["handle"]>) {
    const { hostname, port } = request;
    if (isLoopback(hostname) && String(port ?? "") === this.#port) return super.handle(request, options);
    return Promise.reject(leaves(port === undefined ? hostname : `${hostname}:${port}`));
  }
}

/** https://www.rfc-editor.org/rfc/rfc6761#section-6.3 */
export function isLoopback(hostname: string): boolean {
  const host = hostname.toLowerCase();
  return /^127(\.\d{1,3}){3}$/.test(host) || /^\[?::1\]?$/.test(host) || /(^|\.)localhost$/.test(host);
}

function leaves(place: string): UserError {
  return new UserError({
    code: "local-endpoint",
    subject: "--local",
    message: `A call would have gone to ${place || "no endpoint"}, which is not local-aws on this machine; it was not sent.`,
    hint: "Run `freehold local stop`, then the same command again.",
  });
}
