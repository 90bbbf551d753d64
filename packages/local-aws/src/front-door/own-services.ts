import { type Codec, createCodec } from "../codec/codec.ts";
import { loadModel } from "../codec/load-model.ts";
import { signingName } from "../codec/model.ts";
import type { Match, WireRequest } from "../codec/wire.ts";
import type { OwnService } from "../service.ts";

/** A service of ours with its wire format. */
export interface Served {
  readonly service: OwnService;
  readonly codec: Codec;
}

/** A call that one of our services' models knows. */
export interface ServedCall extends Served {
  readonly match: Match;
}

/** Reads the models of our services. Several may share a signing name (both generations of load balancers do). */
export async function serve(services: readonly OwnService[], dataFolder: string): Promise<readonly Served[]> {
  return Promise.all(
    services.map(async (service) => ({
      service,
      codec: createCodec(await loadModel(dataFolder, service.model)),
    })),
  );
}

/** Ours among those that sign with a name. */
export function servedUnder(served: readonly Served[], signing: string): readonly Served[] {
  return served.filter(({ codec }) => signingName(codec.model) === signing);
}

export function servedCall(served: readonly Served[], request: WireRequest): ServedCall | undefined {
  for (const each of served) {
    const match = each.codec.match(request);
    if (match !== undefined) return { ...each, match };
  }
  return undefined;
}
