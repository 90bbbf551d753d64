import assert from "node:assert/strict";
import { after, test } from "node:test";
import { createFunctionRuntime } from "./function-runtime.ts";

const runtime = createFunctionRuntime();
after(() => runtime.stop());

/** Each is evaluated here and in the engine: CloudFront's Buffer is Node's in these. */
const expressions: readonly string[] = [
  "Buffer.from('héllo ✓ 😀').toString('hex')",
  "Buffer.from('68c3a96c6c6f20e29c9320f09f9880', 'hex').toString()",
  "Buffer.from([0xff, 0xc3, 0x28, 0xe2, 0x82, 0x61, 0xed, 0xa0, 0x80, 0xf4, 0x90, 0x80, 0x80]).toString()",
  "Buffer.from('\\ud800x').toString('hex')",
  "Buffer.from('a').toString('base64') + Buffer.from('ab').toString('base64') + Buffer.from('abc').toString('base64')",
  "Buffer.from([0xfb, 0xff, 0xfe]).toString('base64url')",
  "Buffer.from('-__-', 'base64url').toString('hex') + Buffer.from('+//+', 'base64').toString('hex')",
  "Buffer.from('YWJj\\nZA==', 'base64').toString()",
  "Buffer.from('zz', 'hex').length",
  "Buffer.from(Buffer.from([1, 2, 3]).toJSON()).toString('hex')",
  "Buffer.from(new Uint8Array([1, 2, 3]).buffer, 1, 1).toString('hex')",
  "Buffer.alloc(5, 'ab').toString()",
  "Buffer.alloc(3, 7).toString('hex')",
  "Buffer.concat([Buffer.from('ab'), Buffer.from('cd')]).toString()",
  "Buffer.concat([Buffer.from('ab'), Buffer.from('cd')], 3).toString()",
  "Buffer.byteLength('é') + Buffer.byteLength('YWJj', 'base64')",
  "[Buffer.compare(Buffer.from('a'), Buffer.from('b')), Buffer.from('ab').compare(Buffer.from('a')), Buffer.from('a').equals(Buffer.from('a'))]",
  "[Buffer.isBuffer(Buffer.alloc(1)), Buffer.isBuffer(new Uint8Array(1)), Buffer.isEncoding('HEX'), Buffer.isEncoding('nope')]",
  "[Buffer.from('abcabc').indexOf('c'), Buffer.from('abcabc').lastIndexOf('b'), Buffer.from('abc').indexOf('x'), Buffer.from('abcabc').indexOf('a', -3), Buffer.from('abc').includes(98)]",
  "Buffer.from('abcdef').slice(1, -1).toString() + Buffer.from('abcdef').subarray(2).toString('utf8', 1, 3)",
  "(() => { const b = Buffer.alloc(6); return [Buffer.from('abcd').copy(b, 1, 1), b.toString('hex')]; })()",
  "(() => { const b = Buffer.alloc(5); return [b.write('héé', 1), b.toString('hex')]; })()",
  "Buffer.from('0102030405060708', 'hex').swap16().swap32().swap64().toString('hex')",
  "(() => { const b = Buffer.alloc(8); b.writeInt16LE(-2, 0); b.writeUInt32BE(0xdeadbeef, 2); b.writeInt8(-1, 6); return [b.toString('hex'), b.readInt16LE(0), b.readUInt32BE(2), b.readInt8(6), b.readUint16BE(0)]; })()",
  "(() => { const b = Buffer.alloc(8); b.writeDoubleBE(0.1); return [b.toString('hex'), b.readDoubleBE(0), b.writeFloatLE(1.5, 4), b.readFloatLE(4)]; })()",
  "(() => { const b = Buffer.alloc(6); b.writeIntBE(-5, 0, 3); b.writeUIntLE(0x123456, 3, 3); return [b.toString('hex'), b.readIntBE(0, 3), b.readUIntLE(3, 3)]; })()",
];

for (const expression of expressions) {
  test(`${expression} is what Node says`, async () => {
    const outcome = await runtime.run(
      {
        name: "f",
        version: expression,
        runtime: "cloudfront-js-2.0",
        code: `function handler() { return ${expression}; }`,
      },
      {},
    );
    assert.ok(outcome.kind === "returned", JSON.stringify(outcome));
    const here: unknown = new Function("Buffer", `return ${expression}`)(Buffer);
    assert.deepEqual(outcome.value, here);
  });
}
