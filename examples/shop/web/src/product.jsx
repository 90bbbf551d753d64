import { useState } from "preact/hooks";
import { useLocation, useRoute } from "preact-iso";
import { call, price } from "./api.js";
import { useFetched } from "./use-fetched.js";

export function Product() {
  const { params } = useRoute();
  const { route } = useLocation();
  const { value: product, error } = useFetched(`/products/${encodeURIComponent(params.id)}`);
  const [problem, setProblem] = useState();
  if (error) return <p class="error">{error}</p>;
  if (!product) return null;
  const order = async (event) => {
    event.preventDefault();
    const quantity = Number(new FormData(event.currentTarget).get("quantity"));
    const request = {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ product: product.id, quantity }),
    };
    await call("/orders", request).then(
      () => route("/orders"),
      (e) => setProblem(e.message),
    );
  };
  return (
    <article class="product">
      <span class="art" aria-hidden="true">
        {product.art}
      </span>
      <div>
        <h1>{product.name}</h1>
        <p>{product.line}</p>
        <p class="price">{price(product.cents)}</p>
        <form onSubmit={order}>
          <label>
            How many? <input name="quantity" type="number" min="1" max="99" value="1" />
          </label>
          <button type="submit">Order</button>
        </form>
        {problem && <p class="error">{problem}</p>}
      </div>
    </article>
  );
}
