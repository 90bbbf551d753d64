import { createHash, createHmac, pbkdf2, randomBytes } from "node:crypto";
import { promisify } from "node:util";

const iterations = 4096;
const derive = promisify(pbkdf2);

/**
 * What PostgreSQL keeps of a password (`ALTER ROLE … PASSWORD` takes it in the password's place), so that the password
 * itself reaches no argument, no log and no file. RFC 5803, RFC 7677; passwords of RDS are ASCII, so SASLprep is idle.
 */
export async function scramVerifier(password: string, salt: Buffer = randomBytes(16)): Promise<string> {
  const salted = await derive(password, salt, iterations, 32, "sha256");
  const clientKey = createHmac("sha256", salted).update("Client Key").digest();
  const storedKey = createHash("sha256").update(clientKey).digest("base64");
  const serverKey = createHmac("sha256", salted).update("Server Key").digest("base64");
  return `SCRAM-SHA-256$${iterations}:${salt.toString("base64")}$${storedKey}:${serverKey}`;
}
