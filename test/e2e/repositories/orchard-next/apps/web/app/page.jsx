import { euros } from "@orchard/prices";
import { Basket } from "./basket";

export const dynamic = "force-dynamic";

export default async function Page() {
  const apples = await (await fetch(`${process.env.API_URL}/api/apples`, { cache: "no-store" })).json();
  return (
    <main>
      <h1>{process.env.NEXT_PUBLIC_SHOP_NAME}</h1>
      <ul>
        {apples.map(({ name, cents }) => (
          <li key={name}>{`${name}: ${euros(cents)}`}</li>
        ))}
      </ul>
      <Basket />
    </main>
  );
}
