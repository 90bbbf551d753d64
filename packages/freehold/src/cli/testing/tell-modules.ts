import { writeSync } from "node:fs";
import { registerHooks } from "node:module";

/** For `node --import`: writes the address of every module that is loaded on a line of standard error. */
registerHooks({
  load: (url, context, next) => {
    writeSync(2, `${url}\n`);
    return next(url, context);
  },
});
