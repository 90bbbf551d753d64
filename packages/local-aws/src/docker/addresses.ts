import { BlockList, isIP } from "node:net";

/** The addresses of a Docker network. */
export interface AddressRange {
  /** In CIDR notation. */
  readonly subnet: string;
  /** The host's own address there. */
  readonly gateway: string | undefined;
}

/**
 * Whether an address can be a container's on one of these networks. Not the gateways: they are the machine itself, with all that
 * listens there. A name is none, so that what was judged is what is connected to.
 */
export function isContainerAddress(ranges: readonly AddressRange[], address: string): boolean {
  const family = isIP(address);
  if (family === 0 || ranges.some(({ gateway }) => gateway === address)) return false;
  const networks = new BlockList();
  for (const { subnet } of ranges) {
    const [network = "", prefix] = subnet.split("/");
    networks.addSubnet(network, Number(prefix), isIP(network) === 6 ? "ipv6" : "ipv4");
  }
  return networks.check(address, family === 6 ? "ipv6" : "ipv4");
}
