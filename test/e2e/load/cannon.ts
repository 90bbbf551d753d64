import autocannon from "autocannon";
import type { Clients } from "./clients.ts";
import type { Journal } from "./journal.ts";
import { type LoadRequest, requests } from "./requests.ts";

/** Longer than this without an answer is a timeout. */
const seconds = 10;

/**
 * autocannon: each connection is kept and used for request after request. It counts errors, timeouts and bad statuses; a
 * connection that is closed while its answer is awaited it opens anew without a word, so what was sent is held against
 * what was answered.
 */
export function sendCannon(origin: string, connections: number, journal: Journal): Clients {
  const { host, port } = new URL(origin);
  const shots: autocannon.Request[] = requests.map((request) => shot(request, host, journal));
  // Until it is stopped.
  const options = { url: `http://127.0.0.1:${port}`, connections, duration: 86_400, timeout: seconds };
  const running = Promise.withResolvers<autocannon.Result>();
  const cannon = autocannon({ ...options, requests: shots }, (error: unknown, result) =>
    error ? running.reject(error) : running.resolve(result),
  );
  return {
    leave: async () => {
      const began = performance.now();
      cannon.stop?.();
      const { errors, timeouts, non2xx, resets, requests: counted } = await running.promise;
      // One is under way on each connection when it stops.
      const unanswered = counted.sent - counted.total - connections;
      const told = { errors, timeouts, non2xx, resets, unanswered };
      if (Object.values(told).some((count) => count > 0)) {
        journal.fail("kept connections", began, JSON.stringify(told));
      }
    },
  };
}

function shot({ what, method, path, body, whole }: LoadRequest, host: string, journal: Journal) {
  return {
    method,
    path,
    headers: { host },
    ...(body === undefined ? {} : { body }),
    setupRequest: (request: autocannon.Request, context: object) => {
      Object.assign(context, { began: performance.now() });
      return request;
    },
    onResponse: (status: number, said: string, context: object) => {
      journal.note(`kept ${what}`, Number(Reflect.get(context, "began")), status, said, whole);
    },
  };
}
