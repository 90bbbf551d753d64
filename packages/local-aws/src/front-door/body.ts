import type { IncomingMessage } from "node:http";
import { ServiceError } from "../service.ts";

const mebibyte = 1024 * 1024;

/**
 * The largest body that is read into memory, in bytes. S3's bodies and the registry's layers are streamed instead. AWS's limits differ
 * by service; these leave room for the largest request of each: 16 MB for DynamoDB's batches and 20 MB for a layer part of ECR by
 * default, zip files of Lambda (50 MB) and mails of SES (40 MB) in base64. Forms carry calls of the Query protocol: an SQS message of 1
 * MiB grows when it is escaped.
 */
const mostByService: Readonly<Record<string, number>> = { lambda: 72 * mebibyte, ses: 56 * mebibyte };
const mostOfForm = 4 * mebibyte;
const most = 32 * mebibyte;

/** Without a signature: SAML assertions and web identity tokens are the largest that AWS takes, of up to 100,000 characters. */
const mostUnsigned = mebibyte;

export function isForm(request: IncomingMessage): boolean {
  return (request.headers["content-type"] ?? "").startsWith("application/x-www-form-urlencoded");
}

/** In bytes, for a call that is signed for a service, or unsigned. */
export function mostOf(request: IncomingMessage, service: string | undefined): number {
  if (service === undefined) return mostUnsigned;
  return mostByService[service] ?? (isForm(request) ? mostOfForm : most);
}

/**
 * Reads a body; one that announces too much is refused before any of it is read.
 * @throws ServiceError RequestEntityTooLarge
 */
export async function readBody(request: IncomingMessage, mostBytes: number): Promise<Buffer> {
  refuseMoreThan(mostBytes, Number(request.headers["content-length"] ?? 0));
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    refuseMoreThan(mostBytes, size);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function refuseMoreThan(mostBytes: number, bytes: number): void {
  if (bytes <= mostBytes) return;
  throw new ServiceError("RequestEntityTooLarge", `The request body is larger than ${mostBytes} bytes`, 413);
}
