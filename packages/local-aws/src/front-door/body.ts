import type { IncomingMessage } from "node:http";
import { ServiceError } from "../service.ts";

/** What is read into memory: calls of our own services. S3's bodies are streamed past. */
const mostBytes = 64 * 1024 * 1024;

/** @throws ServiceError RequestEntityTooLarge */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > mostBytes)
      throw new ServiceError("RequestEntityTooLarge", "The request body is too large", 413);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
