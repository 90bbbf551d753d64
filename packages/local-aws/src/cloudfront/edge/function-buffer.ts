/**
 * The `buffer` module of runtime 2.0, as source for the engine:
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html#writing-functions-javascript-features-builtin-modules-buffer-20.
 * A Buffer is a Uint8Array; the encodings are utf8, hex, base64 and base64url. Numbers are read and written by a DataView.
 */
export const bufferSource = `(host, require) => {
  "use strict";
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const encodings = ["utf8", "utf-8", "hex", "base64", "base64url"];

  const utf8 = (text) => {
    const bytes = [];
    for (const one of text) {
      const code = one.codePointAt(0);
      const point = code >= 0xd800 && code <= 0xdfff ? 0xfffd : code;
      if (point < 0x80) bytes.push(point);
      else if (point < 0x800) bytes.push(0xc0 | (point >> 6), 0x80 | (point & 63));
      else if (point < 0x10000) bytes.push(0xe0 | (point >> 12), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63));
      else bytes.push(0xf0 | (point >> 18), 0x80 | ((point >> 12) & 63), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63));
    }
    return bytes;
  };
  /** How many bytes follow a leading byte; undefined where it leads nothing. */
  const following = (byte) =>
    byte < 0x80 ? 0 : byte >= 0xc2 && byte < 0xe0 ? 1 : byte >= 0xe0 && byte < 0xf0 ? 2 : byte >= 0xf0 && byte < 0xf5 ? 3 : undefined;
  /** The second byte of some sequences is bounded further: no surrogates, nothing overlong, nothing past the end. */
  const bounds = { 0xe0: [0xa0, 0xbf], 0xed: [0x80, 0x9f], 0xf0: [0x90, 0xbf], 0xf4: [0x80, 0x8f] };
  const textOf = (bytes) => {
    let text = "";
    for (let at = 0; at < bytes.length; at += 1) {
      const more = following(bytes[at]);
      let point = more === 0 ? bytes[at] : bytes[at] & (0x3f >> (more ?? 0));
      let seen = 0;
      while (more !== undefined && seen < more) {
        const next = bytes[at + seen + 1];
        const [least, most] = (seen === 0 && bounds[bytes[at]]) || [0x80, 0xbf];
        if (!(next >= least && next <= most)) break;
        seen += 1;
        point = (point << 6) | (next & 0x3f);
      }
      text += more !== undefined && seen === more ? String.fromCodePoint(point) : "\\ufffd";
      at += seen;
    }
    return text;
  };
  const unhex = (text) => {
    const bytes = [];
    for (let at = 0; at + 1 < text.length; at += 2) {
      const pair = text.slice(at, at + 2);
      if (!/^[0-9a-fA-F]{2}$/.test(pair)) break;
      bytes.push(Number.parseInt(pair, 16));
    }
    return bytes;
  };
  const unbase64 = (text) => {
    const bytes = [];
    let [bits, held] = [0, 0];
    for (const one of text.replaceAll("-", "+").replaceAll("_", "/")) {
      const value = alphabet.indexOf(one);
      if (value < 0) continue;
      bits = ((bits << 6) | value) & 0xffffff;
      held += 6;
      if (held < 8) continue;
      held -= 8;
      bytes.push((bits >> held) & 0xff);
    }
    return bytes;
  };
  const base64 = (bytes) => {
    let text = "";
    for (let at = 0; at < bytes.length; at += 3) {
      const three = (bytes[at] << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
      const digits = [18, 12, 6, 0].map((by) => alphabet[(three >> by) & 63]).join("");
      text += digits.slice(0, Math.min(bytes.length - at, 3) + 1).padEnd(4, "=");
    }
    return text;
  };
  const known = (encoding = "utf8") => {
    const name = String(encoding).toLowerCase();
    if (!encodings.includes(name)) throw new TypeError("\\"" + encoding + "\\" encoding is not supported");
    return name;
  };
  const decode = (text, encoding) => {
    const name = known(encoding);
    return name === "hex" ? unhex(text) : name.startsWith("base64") ? unbase64(text) : utf8(text);
  };
  const encode = (bytes, encoding) => {
    const name = known(encoding);
    if (name === "hex") return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    if (name === "base64") return base64(bytes);
    if (name === "base64url") return base64(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
    return textOf(bytes);
  };
  const bytesOf = (value, encoding) => (typeof value === "string" ? Buffer.from(value, encoding) : value);
  const wholeLength = (bytes, length) => {
    let end = length;
    while (end > 0 && (bytes[end] & 0xc0) === 0x80) end -= 1;
    return end;
  };
  const find = (all, value, from, encoding, step) => {
    const sought = typeof value === "number" ? [value & 0xff] : bytesOf(value, encoding);
    for (let at = from; at >= 0 && at + sought.length <= all.length; at += step) {
      if (sought.every((byte, index) => all[at + index] === byte)) return at;
    }
    return -1;
  };
  const swap = (self, size) => {
    if (self.length % size !== 0) throw new RangeError("Buffer size must be a multiple of " + size * 8 + "-bits");
    for (let at = 0; at < self.length; at += size) self.subarray(at, at + size).reverse();
    return self;
  };

  class Buffer extends Uint8Array {
    static alloc(size, fill = 0, encoding) {
      return new Buffer(size).fill(fill, 0, size, encoding);
    }
    static allocUnsafe(size) {
      return new Buffer(size);
    }
    static from(value, encoding, length) {
      if (typeof value === "string") return new Buffer(decode(value, encoding));
      if (value instanceof ArrayBuffer) return new Buffer(value, encoding, length);
      if (value?.type === "Buffer" && Array.isArray(value.data)) return new Buffer(value.data);
      if (Array.isArray(value) || ArrayBuffer.isView(value)) return new Buffer(value);
      if (typeof value?.valueOf?.() === "string") return new Buffer(decode(value.valueOf(), encoding));
      throw new TypeError("first argument is not a string or Buffer-like object");
    }
    static byteLength(value, encoding) {
      return typeof value === "string" ? decode(value, encoding).length : value.byteLength;
    }
    static compare(one, other) {
      for (let at = 0; at < Math.min(one.length, other.length); at += 1) {
        if (one[at] !== other[at]) return one[at] < other[at] ? -1 : 1;
      }
      return Math.sign(one.length - other.length);
    }
    static concat(list, total = list.reduce((sum, one) => sum + one.length, 0)) {
      const made = Buffer.alloc(total);
      let at = 0;
      for (const one of list) {
        if (at >= total) break;
        made.set(one.subarray(0, total - at), at);
        at += one.length;
      }
      return made;
    }
    static isBuffer(value) {
      return value instanceof Buffer;
    }
    static isEncoding(name) {
      return typeof name === "string" && encodings.includes(name.toLowerCase());
    }
    compare(other, from = 0, to = other.length, start = 0, end = this.length) {
      return Buffer.compare(this.subarray(start, end), other.subarray(from, to));
    }
    copy(target, at = 0, start = 0, end = this.length) {
      const piece = this.subarray(start, Math.min(end, start + target.length - at));
      target.set(piece, at);
      return piece.length;
    }
    equals(other) {
      return Buffer.compare(this, other) === 0;
    }
    fill(value, start = 0, end = this.length, encoding) {
      if (typeof value === "number") return super.fill(value, start, end);
      const bytes = bytesOf(value, encoding);
      for (let at = start; at < end; at += 1) this[at] = bytes.length === 0 ? 0 : bytes[(at - start) % bytes.length];
      return this;
    }
    includes(value, from = 0, encoding) {
      return this.indexOf(value, from, encoding) >= 0;
    }
    indexOf(value, from = 0, encoding) {
      return find(this, value, from < 0 ? Math.max(0, this.length + from) : from, encoding, 1);
    }
    lastIndexOf(value, from = this.length - 1, encoding) {
      const size = typeof value === "number" ? 1 : bytesOf(value, encoding).length;
      return find(this, value, Math.min(from < 0 ? this.length + from : from, this.length - size), encoding, -1);
    }
    slice(start, end) {
      return this.subarray(start, end);
    }
    swap16() {
      return swap(this, 2);
    }
    swap32() {
      return swap(this, 4);
    }
    swap64() {
      return swap(this, 8);
    }
    toJSON() {
      return { type: "Buffer", data: Array.from(this) };
    }
    toString(encoding, start = 0, end = this.length) {
      return encode(this.subarray(start, end), encoding);
    }
    write(text, at = 0, length = this.length - at, encoding) {
      const bytes = decode(text, encoding).slice(0, length);
      // A character that does not fit is left out whole.
      if (known(encoding).startsWith("utf")) bytes.length = wholeLength(decode(text, encoding), bytes.length);
      this.set(bytes, at);
      return bytes.length;
    }
  }

  const view = (self) => new DataView(self.buffer, self.byteOffset, self.byteLength);
  const define = (name, value) =>
    Object.defineProperty(Buffer.prototype, name, { value, writable: true, configurable: true });
  const numbers = { Int8: 1, Uint8: 1, Int16: 2, Uint16: 2, Int32: 4, Uint32: 4, Float: 4, Double: 8 };
  for (const [kind, size] of Object.entries(numbers)) {
    const method = { Float: "Float32", Double: "Float64" }[kind] ?? kind;
    for (const order of size === 1 ? [""] : ["LE", "BE"]) {
      const names = kind.startsWith("U") ? [kind, kind.replace("Uint", "UInt")] : [kind];
      for (const name of names) {
        define("read" + name + order, function (at = 0) {
          return view(this)["get" + method](at, order === "LE");
        });
        define("write" + name + order, function (value, at = 0) {
          view(this)["set" + method](at, value, order === "LE");
          return at + size;
        });
      }
    }
  }
  for (const order of ["LE", "BE"]) {
    const places = (size) => Array.from({ length: size }, (_none, index) => (order === "BE" ? index : size - 1 - index));
    const readUnsigned = function (at, size) {
      return places(size).reduce((value, place) => value * 256 + this[at + place], 0);
    };
    const readSigned = function (at, size) {
      const value = readUnsigned.call(this, at, size);
      return value >= 2 ** (8 * size - 1) ? value - 2 ** (8 * size) : value;
    };
    const write = function (value, at, size) {
      let rest = value < 0 ? value + 2 ** (8 * size) : value;
      for (const place of places(size).reverse()) {
        this[at + place] = rest % 256;
        rest = Math.floor(rest / 256);
      }
      return at + size;
    };
    define("readInt" + order, readSigned);
    define("writeInt" + order, write);
    for (const name of ["Uint", "UInt"]) {
      define("read" + name + order, readUnsigned);
      define("write" + name + order, write);
    }
  }
  return { Buffer };
}`;
