import type { EC2 } from "@aws-sdk/client-ec2";
import type { Clock } from "../platform.ts";
import type { EfsStore } from "./state.ts";

/** Where the files of file systems lie. */
export interface Storage {
  create(fileSystemId: string): Promise<void>;
  /** With all that is in it. */
  remove(fileSystemId: string): Promise<void>;
}

/** What every operation stands on. */
export interface Room {
  readonly store: EfsStore;
  readonly storage: Storage;
  readonly ec2: Pick<
    EC2,
    | "describeSubnets"
    | "createNetworkInterface"
    | "deleteNetworkInterface"
    | "modifyNetworkInterfaceAttribute"
  >;
  readonly clock: Clock;
}
