const http = require("node:http");

const edition = process.env.EDITION ?? "first";
let isEnding = false;

const server = http.createServer((request, response) => {
  // Who is about to leave says so, and callers open their next connection elsewhere.
  if (isEnding) response.setHeader("connection", "close");
  response.end(`prices, ${edition} edition, for ${request.url}\n`);
});

server.listen(8000);
process.on("SIGTERM", () => {
  isEnding = true;
  setTimeout(() => server.close(), 5000).unref();
});
