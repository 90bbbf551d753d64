import { createServer } from "node:net";
import { argv, stdout } from "node:process";

/** Answers as soon as it has read a body of two bytes, and closes the connection at once. Prints a line when it listens. */
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
server.listen(argv[2], () => stdout.write("listening\n"));
