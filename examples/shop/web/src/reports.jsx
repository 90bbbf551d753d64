import { price } from "./api.js";
import { useFetched } from "./use-fetched.js";

export function Reports() {
  const { value: reports, error } = useFetched("/reports", 5000);
  if (error) return <p class="error">{error}</p>;
  return (
    <>
      <h1>Every minute, a report</h1>
      <table>
        <tbody>
          {(reports ?? []).map((report) => (
            <tr key={report.minute}>
              <td>{new Date(report.minute).toLocaleTimeString()}</td>
              <td>{report.orders} orders done</td>
              <td>{price(Number(report.cents))}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {reports?.length === 0 && <p>The first comes with the next full minute.</p>}
    </>
  );
}
