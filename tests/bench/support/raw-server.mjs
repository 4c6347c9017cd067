// What socket.io alone does: takes a typed line, acknowledges it, and says to the room of watchers what Dockerland said for
// such a line (`sample`). The measure beside which `class` stands.
import { createServer } from 'node:http';
import { Server } from 'socket.io';

const http = createServer();
const io = new Server(http, { serveClient: false, pingInterval: 10_000, pingTimeout: 10_000 });
let sample = [];
io.on('connection', (socket) => {
  socket.on('sample', (events, answer) => {
    sample = events;
    answer({ ok: true });
  });
  socket.on('watch', (answer) => {
    socket.join('board');
    answer({ ok: true });
  });
  socket.on('terminal:type', ({ machine, seq, tag }, answer) => {
    io.to('board').emit('machine:changed', { machine, from: seq, upTo: seq + 1, tag, events: sample });
    answer({ ok: true });
  });
});
http.listen(0, '127.0.0.1', () => process.send({ type: 'ready', port: http.address().port }));
process.on('disconnect', () => process.exit(0));
