import { price } from "./api.js";
import { useFetched } from "./use-fetched.js";

export function Shelf() {
  const { value: products, error } = useFetched("/products");
  if (error) return <p class="error">{error}</p>;
  return (
    <>
      <h1>Things for people who own their ground</h1>
      <ul class="shelf">
        {(products ?? []).map((product) => (
          <li key={product.id}>
            <a href={`/products/${product.id}`}>
              <span class="art" aria-hidden="true">
                {product.art}
              </span>
              <strong>{product.name}</strong>
              <span>{product.line}</span>
              <em>{price(product.cents)}</em>
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}
