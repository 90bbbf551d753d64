import { render } from "preact";
import { LocationProvider, Route, Router } from "preact-iso";
import { Header } from "./header.jsx";
import { Orders } from "./orders.jsx";
import { Pictures } from "./pictures.jsx";
import { Product } from "./product.jsx";
import { Reports } from "./reports.jsx";
import { Shelf } from "./shelf.jsx";
import "./style.css";

function Shop() {
  return (
    <LocationProvider>
      <Header />
      <main>
        <Router>
          <Route path="/" component={Shelf} />
          <Route path="/products/:id" component={Product} />
          <Route path="/orders" component={Orders} />
          <Route path="/pictures" component={Pictures} />
          <Route path="/reports" component={Reports} />
          <Route
            default
            component={() => (
              <p class="lost">
                There is no such page. <a href="/">Back to the shelf</a>
              </p>
            )}
          />
        </Router>
      </main>
    </LocationProvider>
  );
}

render(<Shop />, document.getElementById("app"));
