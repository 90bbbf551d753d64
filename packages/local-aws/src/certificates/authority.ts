import { generateKeyPair, randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { isIP } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import forge from "node-forge";
import type { Authority } from "../platform.ts";

interface Pair {
  readonly certificate: string;
  readonly key: string;
}

interface Files {
  /** Undefined when the file is missing. */
  read(name: string): Promise<string | undefined>;
  write(name: string, content: string): Promise<void>;
}

const makeKeys = promisify(generateKeyPair);
const years = (count: number): Date => new Date(Date.now() + count * 365 * 24 * 3600 * 1000);

/**
 * Opens the authority kept in a folder, made at the first call. Its certificate is good for ten years, those it issues
 * for five; both are RSA 2048 and signed with SHA-256, which every TLS client of the services here takes.
 */
export async function openAuthority(
  folder: string,
  write: (path: string, content: string) => Promise<void>,
): Promise<Authority> {
  const files: Files = {
    read: (name) => readFile(join(folder, name), "utf8").catch(() => undefined),
    write: (name, content) => write(join(folder, name), content),
  };
  const root =
    (await storedPair(files, "authority")) ?? (await storePair(files, "authority", await makeRoot()));
  const issued = new Map<string, Promise<Pair>>();
  return {
    certificate: root.certificate,
    issue: (names) => {
      const id = forge.md.sha256
        .create()
        .update([...names].sort().join("\n"))
        .digest()
        .toHex()
        .slice(0, 16);
      const pair = issued.get(id) ?? issue(files, root, id, names);
      issued.set(id, pair);
      return pair;
    },
  };
}

async function issue(files: Files, root: Pair, id: string, names: readonly string[]): Promise<Pair> {
  const stored = await storedPair(files, `issued-${id}`);
  return stored ?? storePair(files, `issued-${id}`, await makeServer(root, names));
}

async function storedPair(files: Files, name: string): Promise<Pair | undefined> {
  const [certificate, key] = await Promise.all([files.read(`${name}.pem`), files.read(`${name}.key.pem`)]);
  return certificate === undefined || key === undefined ? undefined : { certificate, key };
}

async function storePair(files: Files, name: string, pair: Pair): Promise<Pair> {
  await files.write(`${name}.key.pem`, pair.key);
  await files.write(`${name}.pem`, pair.certificate);
  return pair;
}

async function makeRoot(): Promise<Pair> {
  const keys = await makePemKeys();
  const certificate = blankCertificate(keys.publicKey, "local-aws authority", years(10));
  certificate.setIssuer(certificate.subject.attributes);
  certificate.setExtensions([
    { name: "basicConstraints", cA: true, critical: true },
    { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    { name: "subjectKeyIdentifier" },
  ]);
  return signed(certificate, keys.privateKey, keys.privateKey);
}

async function makeServer(root: Pair, names: readonly string[]): Promise<Pair> {
  const keys = await makePemKeys();
  const certificate = blankCertificate(keys.publicKey, commonName(names), years(5));
  const issuer = forge.pki.certificateFromPem(root.certificate);
  certificate.setIssuer(issuer.subject.attributes);
  certificate.setExtensions([
    { name: "basicConstraints", cA: false, critical: true },
    { name: "keyUsage", digitalSignature: true, keyEncipherment: true, critical: true },
    { name: "extKeyUsage", serverAuth: true },
    { name: "subjectAltName", altNames: names.map(altName) },
    { name: "authorityKeyIdentifier", keyIdentifier: issuer.generateSubjectKeyIdentifier().getBytes() },
  ]);
  return signed(certificate, keys.privateKey, root.key);
}

function blankCertificate(publicKey: string, name: string, until: Date): forge.pki.Certificate {
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(publicKey);
  // A leading byte below 0x80 keeps the serial positive, as RFC 5280 asks.
  certificate.serialNumber = `01${randomBytes(15).toString("hex")}`;
  certificate.validity.notBefore = new Date(Date.now() - 24 * 3600 * 1000);
  certificate.validity.notAfter = until;
  certificate.setSubject([{ name: "commonName", value: name }]);
  return certificate;
}

function signed(certificate: forge.pki.Certificate, key: string, signingKey: string): Pair {
  certificate.sign(forge.pki.privateKeyFromPem(signingKey), forge.md.sha256.create());
  return { certificate: forge.pki.certificateToPem(certificate), key };
}

async function makePemKeys(): Promise<{ readonly publicKey: string; readonly privateKey: string }> {
  return makeKeys("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
}

/** RFC 5280 ends a common name at 64 characters; clients read the alternative names anyhow. */
function commonName(names: readonly string[]): string {
  return (names[0] ?? "local-aws").slice(0, 64);
}

function altName(name: string): Readonly<Record<string, unknown>> {
  return isIP(name) > 0 ? { type: 7, ip: name } : { type: 2, value: name };
}
