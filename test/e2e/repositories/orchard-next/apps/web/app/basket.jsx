"use client";
import { useState } from "react";

export function Basket() {
  const [count, setCount] = useState(0);
  return (
    <button type="button" onClick={() => setCount(count + 1)}>
      {`In the basket: ${count}`}
    </button>
  );
}
