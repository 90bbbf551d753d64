import { price } from "./api.js";
import { useFetched } from "./use-fetched.js";

export function Orders() {
  const { value: orders, error } = useFetched("/orders", 1000);
  if (error) return <p class="error">{error}</p>;
  if (!orders) return null;
  return (
    <>
      <h1>Orders</h1>
      {orders.length === 0 && (
        <p>
          None yet. <a href="/">The shelf is full.</a>
        </p>
      )}
      <table>
        <tbody>
          {orders.map((order) => (
            <tr key={order.id} data-status={order.status}>
              <td>#{order.id}</td>
              <td>
                {order.art} {order.quantity} × {order.name}
              </td>
              <td>{price(order.quantity * order.cents)}</td>
              <td class="status">{order.status === "done" ? "done ✓" : "placed …"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
