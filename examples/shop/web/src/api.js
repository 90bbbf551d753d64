/** Calls the shop's API; an error carries what the API said. */
export async function call(path, options) {
  const response = await fetch(`/api${path}`, options);
  const body = await response.json().catch(() => ({ error: `the API answered ${response.status}` }));
  if (!response.ok) throw new Error(body.error);
  return body;
}

export const price = (cents) => (cents / 100).toLocaleString("en", { style: "currency", currency: "USD" });
