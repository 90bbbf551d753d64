import { findEnvironment } from "../app/find.ts";
import type { CommonOptions } from "./options.ts";
import { type Session, withSession } from "./session.ts";

export interface EnvironmentVerb {
  readonly verb: string;
  /** As the person named it; undefined for the only one, or `dev`. */
  readonly environment: string | undefined;
  readonly options: CommonOptions;
  readonly output?: "raw" | "named";
}

/** What every request about an environment carries. */
export interface EnvironmentSession extends Session {
  readonly request: {
    readonly application: Session["application"];
    readonly signal: AbortSignal;
    readonly environment?: string;
  };
}

/** A session about one environment, in the region of its collection. */
export function withEnvironment<T>(
  verb: EnvironmentVerb,
  run: (session: EnvironmentSession) => Promise<T>,
): Promise<T> {
  const { environment, options } = verb;
  const named = environment === undefined ? {} : { environment };
  return withSession(
    {
      verb: verb.verb,
      target: environment ?? "",
      options,
      ...named,
      region: (application) => findEnvironment(application, environment).collection.region,
      ...(verb.output === undefined ? {} : { output: verb.output }),
    },
    (session) => {
      const { application, signal } = session;
      return run({ ...session, request: { application, signal, ...named } });
    },
  );
}
