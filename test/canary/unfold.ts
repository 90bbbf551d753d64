import { gunzipSync, inflateRawSync } from "node:zlib";

/** The bytes, and what is packed in them with gzip (image layers) or zip (Terraform's plans), as deep as it goes. */
export function unfold(content: Buffer): readonly Buffer[] {
  const inner = content.length > 4 ? unpack(content) : [];
  return [content, ...inner.flatMap(unfold)];
}

function unpack(content: Buffer): readonly Buffer[] {
  if (content.readUInt16BE(0) === 0x1f8b) return [gunzipSync(content)];
  return content.readUInt32LE(0) === 0x04034b50 ? unzip(content) : [];
}

/** https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, by the directory at the end; none in a file cut short. */
function unzip(content: Buffer): readonly Buffer[] {
  const end = content.lastIndexOf(Buffer.from("PK\x05\x06"));
  if (end < 0) return [];
  const files: Buffer[] = [];
  let at = content.readUInt32LE(end + 16);
  for (let left = content.readUInt16LE(end + 10); left > 0; left -= 1) {
    files.push(fileOf(content, at));
    at += 46 + content.readUInt16LE(at + 28) + content.readUInt16LE(at + 30) + content.readUInt16LE(at + 32);
  }
  return files;
}

/** The file whose entry in the directory stands there. */
function fileOf(content: Buffer, entry: number): Buffer {
  const isDeflated = content.readUInt16LE(entry + 10) === 8;
  const size = content.readUInt32LE(entry + 20);
  const header = content.readUInt32LE(entry + 42);
  const start = header + 30 + content.readUInt16LE(header + 26) + content.readUInt16LE(header + 28);
  const packed = content.subarray(start, start + size);
  return isDeflated ? inflateRawSync(packed) : packed;
}
