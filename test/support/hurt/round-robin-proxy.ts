import http from 'node:http';
import net, { type AddressInfo, type Socket } from 'node:net';

/** A load balancer on 127.0.0.1. */
export interface RoundRobinProxy {
  readonly url: string;
  /** How many requests and web sockets went to each port. */
  readonly counts: ReadonlyMap<number, number>;
  /** What clients have sent and been sent so far, in bytes. */
  bytes(): number;
  close(): Promise<void>;
}

/**
 * Sends each request and each web socket to another of the ports in turn, whoever they come from. A port that nobody listens on is passed by;
 * where an answer breaks off, or all are away, the client gets 502.
 */
export async function startRoundRobinProxy(ports: readonly number[]): Promise<RoundRobinProxy> {
  const agent = new http.Agent({ keepAlive: true });
  const counts = new Map(ports.map((port) => [port, 0]));
  const sockets = new Set<Socket>();
  const clients = new Set<Socket>();
  let closedBytes = 0;
  let turn = 0;

  /** The ports in the order in which a request tries them. */
  function nextPorts(): number[] {
    turn += 1;
    return ports.map((_, at) => ports[(turn + at) % ports.length]!);
  }

  async function pass(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    for (const port of nextPorts()) {
      if (await tryPort(port, request, body, response)) return;
    }
    response.writeHead(502);
    response.end();
  }

  /** `false` where nobody listens there. */
  function tryPort(
    port: number,
    { method, url, headers }: http.IncomingMessage,
    body: Buffer,
    response: http.ServerResponse,
  ): Promise<boolean> {
    return new Promise((resolve) => {
      const options = { host: '127.0.0.1', port, method, path: url, headers, agent };
      const onward = http.request(options, (answer) => {
        counts.set(port, counts.get(port)! + 1);
        response.writeHead(answer.statusCode!, answer.headers);
        answer.on('error', () => response.destroy());
        answer.pipe(response);
        resolve(true);
      });
      onward.on('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'ECONNREFUSED') return resolve(false);
        if (response.headersSent) response.destroy();
        else {
          // Not chained: restify, where it is loaded, has a writeHead of its own that returns nothing.
          response.writeHead(502);
          response.end();
        }
        resolve(true);
      });
      response.on('close', () => {
        if (!response.writableFinished) onward.destroy();
      });
      onward.end(body);
    });
  }

  function passSocket(
    request: http.IncomingMessage,
    client: Socket,
    head: Buffer,
    candidates: readonly number[],
  ): void {
    const [port, ...others] = candidates;
    if (port === undefined) return void client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    const onward = net.connect(port, '127.0.0.1');
    sockets.add(onward);
    onward.on('close', () => {
      sockets.delete(onward);
      client.destroy();
    });
    onward.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ECONNREFUSED') return;
      onward.removeAllListeners('close');
      sockets.delete(onward);
      passSocket(request, client, head, others);
    });
    onward.once('connect', () => {
      counts.set(port, counts.get(port)! + 1);
      const { method, url, rawHeaders } = request;
      const lines = rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [`${name}: ${rawHeaders[at + 1]}`] : []));
      onward.write(`${method} ${url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
      onward.write(head);
      onward.on('error', () => undefined);
      onward.pipe(client).pipe(onward);
      client.on('close', () => onward.destroy());
    });
  }

  const server = http.createServer((request, response) => {
    pass(request, response).catch(() => response.destroy());
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    clients.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => {
      sockets.delete(socket);
      clients.delete(socket);
      closedBytes += bytesOf(socket);
    });
  });
  server.on('upgrade', (request, socket, head) => passSocket(request, socket as Socket, head, nextPorts()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    counts,
    bytes: () => [...clients].reduce((sum, socket) => sum + bytesOf(socket), closedBytes),
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      agent.destroy();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function bytesOf({ bytesRead, bytesWritten }: Socket): number {
  return bytesRead + bytesWritten;
}
