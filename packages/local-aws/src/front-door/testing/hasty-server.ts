import { createServer } from "node:net";
import { parentPort, workerData } from "node:worker_threads";

/** Answers as soon as it has read a body of two bytes, and closes the connection at once. Runs as a worker whose data is the socket's path. */
const server = createServer((socket) => {
  let read = "";
  socket.on("error", () => {});
  socket.on("data", (piece) => {
    read += piece;
    const head = read.indexOf("\r\n\r\n");
    if (head < 0 || read.length < head + 6) return;
    socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok");
    socket.destroySoon();
  });
});
server.listen(String(workerData), () => parentPort?.postMessage("listening"));
