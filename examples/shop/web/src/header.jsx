import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { call } from "./api.js";

const pages = [
  ["/", "Shelf"],
  ["/orders", "Orders"],
  ["/pictures", "Pictures"],
  ["/reports", "Reports"],
];

export function Header() {
  const { path } = useLocation();
  const [visits, setVisits] = useState();
  useEffect(() => {
    call("/visits", { method: "POST" }).then(
      (answer) => setVisits(answer.visits),
      () => {},
    );
  }, []);
  return (
    <header>
      <a class="brand" href="/">
        Freeholder’s Supply
      </a>
      <nav>
        {pages.map(([href, name]) => (
          <a key={href} href={href} aria-current={path === href ? "page" : undefined}>
            {name}
          </a>
        ))}
      </nav>
      <span class="visits" data-testid="visits">
        {visits === undefined ? "" : `visit no. ${visits}`}
      </span>
    </header>
  );
}
