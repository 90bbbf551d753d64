const http = require("node:http");

const prices = process.env.PRICES_URL;

// Answers with what the service behind it says.
const server = http.createServer(async (request, response) => {
  if (request.url === "/health") return response.end("well\n");
  try {
    const answer = await fetch(`${prices}${request.url}`);
    response.writeHead(answer.status, { "content-type": "text/plain" });
    response.end(`front got: ${await answer.text()}`);
  } catch (error) {
    response.writeHead(502).end(`${prices} cannot be reached: ${error.cause ?? error}\n`);
  }
});

server.listen(3000);
process.on("SIGTERM", () => server.close());
