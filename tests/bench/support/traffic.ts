import type { CDPSession } from 'playwright-core';

interface Span {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

export interface Carried {
  /** HTTP requests that were begun; opening a WebSocket is one. */
  readonly requests: number;
  /** KiB that came, as they travelled, with headers; a socket's messages before they are framed. */
  readonly kb: number;
  /** The longest row of requests, and of questions over the socket, of which none began before the one before was answered. */
  readonly roundTrips: number;
}

/** What a page says to its server, as Chromium's own network log tells it, in seconds of that log. */
export class Traffic {
  readonly #open = new Map<string, { readonly name: string; readonly from: number }>();
  readonly #spans: Span[] = [];
  readonly #begun: number[] = [];
  readonly #came: { readonly at: number; readonly bytes: number }[] = [];
  /** The time of the last thing that was heard. */
  mark = 0;

  constructor(session: CDPSession) {
    session.on('Network.requestWillBeSent', ({ requestId, timestamp, request }) => {
      this.#begun.push(timestamp);
      this.#begin(requestId, timestamp, `${request.method} ${new URL(request.url).pathname}`);
    });
    session.on('Network.loadingFinished', ({ requestId, timestamp, encodedDataLength }) => {
      this.#came.push({ at: timestamp, bytes: encodedDataLength });
      this.#end(requestId, timestamp);
    });
    session.on('Network.loadingFailed', ({ requestId, timestamp }) => this.#end(requestId, timestamp));
    session.on('Network.webSocketWillSendHandshakeRequest', ({ requestId, timestamp }) => {
      this.#begun.push(timestamp);
      this.#begin(requestId, timestamp, 'WebSocket');
    });
    session.on('Network.webSocketHandshakeResponseReceived', ({ requestId, timestamp }) =>
      this.#end(requestId, timestamp),
    );
    session.on('Network.webSocketFrameSent', ({ requestId, timestamp, response: { payloadData } }) => {
      const question = asked(payloadData);
      if (question !== undefined) this.#begin(`${requestId}.${question}`, timestamp, payloadData.slice(0, 60));
    });
    session.on('Network.webSocketFrameReceived', ({ requestId, timestamp, response: { opcode, payloadData } }) => {
      // What is not text is told in base64.
      this.#came.push({ at: timestamp, bytes: payloadData.length * (opcode === 2 ? 0.75 : 1) });
      const question = answered(payloadData);
      if (question !== undefined) this.#end(`${requestId}.${question}`, timestamp);
    });
  }

  between(from: number, to: number): Carried {
    const bytes = this.#came.filter(({ at }) => at > from && at <= to).reduce((sum, { bytes }) => sum + bytes, 0);
    return {
      requests: this.#begun.filter((at) => at > from && at <= to).length,
      kb: Math.round(bytes / 102.4) / 10,
      roundTrips: longestRow(this.#spans.filter((span) => span.from > from && span.to <= to)),
    };
  }

  /** A line for each request and question, with its milliseconds since the first. */
  *told(): Iterable<string> {
    const spans = this.#spans.toSorted((a, b) => a.from - b.from);
    const ms = (at: number) => String(Math.round((at - spans[0]!.from) * 1000)).padStart(6);
    for (const { name, from, to } of spans) yield `${ms(from)} ${ms(to)}  ${name}`;
  }

  #begin(id: string, from: number, name: string): void {
    this.mark = Math.max(this.mark, from);
    this.#open.set(id, { name, from });
  }

  #end(id: string, to: number): void {
    this.mark = Math.max(this.mark, to);
    const begun = this.#open.get(id);
    if (begun) this.#spans.push({ ...begun, to });
    this.#open.delete(id);
  }
}

/** socket.io's packets (socket.io-protocol 5): `40` connects, `42…`/`45…` ask, `43…`/`46…` answer; the number is the question's. */
const asked = (text: string) => (text.startsWith('40') ? 'connect' : /^4[25](?:\d+-)?(\d+)\[/.exec(text)?.[1]);
const answered = (text: string) => (text.startsWith('40') ? 'connect' : /^4[36](?:\d+-)?(\d+)\[/.exec(text)?.[1]);

function longestRow(spans: readonly Span[]): number {
  let [row, free] = [0, -Infinity];
  for (const { from, to } of spans.toSorted((a, b) => a.to - b.to))
    if (from >= free) {
      row += 1;
      free = to;
    }
  return row;
}
