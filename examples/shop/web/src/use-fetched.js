import { useEffect, useState } from "preact/hooks";
import { call } from "./api.js";

/** What the API answers at `path`: asked once, and again every `interval` milliseconds where one is given. */
export function useFetched(path, interval) {
  const [state, setState] = useState({});
  useEffect(() => {
    let isCurrent = true;
    const load = () =>
      call(path).then(
        (value) => isCurrent && setState({ value }),
        (error) => isCurrent && setState({ error: error.message }),
      );
    load();
    const timer = interval ? setInterval(load, interval) : undefined;
    return () => {
      isCurrent = false;
      clearInterval(timer);
    };
  }, [path, interval]);
  return state;
}
