import assert from "node:assert/strict";
import { test } from "node:test";
import { isContainerAddress } from "./addresses.ts";

const ranges = [
  { subnet: "172.18.0.0/16", gateway: "172.18.0.1" },
  { subnet: "fd00:1::/64", gateway: "fd00:1::1" },
];

const rows: readonly (readonly [address: string, isContainer: boolean])[] = [
  ["172.18.0.2", true],
  ["172.18.255.254", true],
  ["fd00:1::2", true],
  // The machine itself.
  ["172.18.0.1", false],
  ["fd00:1::1", false],
  ["127.0.0.1", false],
  ["127.8.8.8", false],
  ["::1", false],
  ["0.0.0.0", false],
  ["::ffff:127.0.0.1", false],
  ["::ffff:169.254.169.254", false],
  // Metadata services and what else is link-local.
  ["169.254.169.254", false],
  ["169.254.170.2", false],
  ["fd00:ec2::254", false],
  ["fe80::1", false],
  // Another network.
  ["172.19.0.2", false],
  ["192.168.1.1", false],
  ["10.0.0.1", false],
  ["192.0.2.1", false],
  // Other spellings, and names.
  ["localhost", false],
  ["metadata.google.internal", false],
  ["2886860802", false],
  ["0xac.0x12.0.2", false],
  ["172.18.2", false],
  ["", false],
];
for (const [address, isContainer] of rows) {
  test(`${address === "" ? "nothing" : address} is ${isContainer ? "" : "not "}a container's address`, () => {
    assert.equal(isContainerAddress(ranges, address), isContainer);
  });
}
