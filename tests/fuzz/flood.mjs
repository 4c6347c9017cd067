// One page that asks as fast as it can, and comes back whenever it is cut off. In a thread of its own, so that it is the
// server that it is a burden to and not the neighbour's page.
import { parentPort, workerData } from 'node:worker_threads';
import { io } from 'socket.io-client';

const { url, code, machine } = workerData;
const socket = io(url, {
  transports: ['websocket'],
  auth: { version: 1 },
  reconnectionDelay: 10,
  reconnectionDelayMax: 10,
});
const typed = { code, machine, terminal: 'main', client: 'floodflood', seq: 1, data: 'x'.repeat(1000) };

socket.on('disconnect', () => setTimeout(() => socket.connect(), 10));
socket.once('connect', () => parentPort.postMessage('flooding'));
setInterval(() => {
  if (!socket.connected) return;
  for (let n = 0; n < 20; n++) {
    socket.emit('terminal:type', typed, () => {});
    socket.emit('seat:look', { code }, () => {});
  }
}, 5);
