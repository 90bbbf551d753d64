import { findEnvironment } from "../../app/find.ts";
import { bootstrap as makeBucket } from "../../engine/bootstrap.ts";
import { withEnvironment } from "../environment-session.ts";
import type { CommonOptions } from "../options.ts";
import { print } from "../print.ts";

export async function bootstrap(environment: string | undefined, options: CommonOptions): Promise<void> {
  const bucket = await withEnvironment(
    { verb: "bootstrap", environment, options },
    ({ application, ports, emit }) =>
      makeBucket(
        { application, collection: findEnvironment(application, environment).collection },
        ports,
        emit,
      ),
  );
  if (options.json !== true) print([`the state is kept in ${bucket}`]);
}
