import { createServer, type AddressInfo, type Socket } from 'node:net';

/** Models that speak HTTP in every odd way, and what Go's client makes of it; conformance/test/upstream.test.ts asks the real router. */

const head = (...lines: string[]) => `${lines.join('\r\n')}\r\n\r\n`;
const OK = 'HTTP/1.1 200 OK';

/** What a model writes once it has seen the request `{}`; undefined hangs up. */
export const ANSWERS: { [name: string]: readonly (string | undefined)[] } = {
  'a length': [head(OK, 'Content-Length: 7'), '{"a":1}'],
  'a length in pieces': [OK, '\r\nContent-', 'Length: 7\r\n\r', '\n{"a"', ':1}'],
  'chunks': [head(OK, 'Transfer-Encoding: chunked'), '3\r\n{"a\r\n4\r\n":1}\r\n0\r\n\r\n'],
  'chunks in pieces, with extensions and a trailer': [head(OK, 'transfer-encoding: CHUNKED'), '3;x=y\r', '\n{"a\r', '\n4 \r\n":', '1}\r\n0\r\nX-T: 1\r\n\r', '\n'],
  'chunks in hexadecimal': [head(OK, 'Transfer-Encoding: chunked'), `1F\r\n"${'x'.repeat(29)}"\r\n0\r\n\r\n`],
  'chunks with bare line ends': [head(OK, 'Transfer-Encoding: chunked'), '7\n{"a":1}\n0\n\n'],
  'chunks that are none': [head(OK, 'Transfer-Encoding: chunked'), 'seven\r\n{"a":1}\r\n0\r\n\r\n'],
  'a chunk that is too long': [head(OK, 'Transfer-Encoding: chunked'), '3\r\n{"a":1}\r\n0\r\n\r\n'],
  'chunks without an end': [head(OK, 'Transfer-Encoding: chunked'), '7\r\n{"a":1}\r\n', undefined],
  'an empty chunk size': [head(OK, 'Transfer-Encoding: chunked'), '\r\n{"a":1}\r\n0\r\n\r\n'],
  'a length and chunks': [head(OK, 'Content-Length: 3', 'Transfer-Encoding: chunked'), '7\r\n{"a":1}\r\n0\r\n\r\n'],
  'one answer a connection': [head(OK, 'Content-Length: 7'), '{"a":1}'],
  'until it hangs up': [head(OK), '{"a"', ':1}', undefined],
  'HTTP/1.0': [head('HTTP/1.0 200 OK'), '{"a":1}', undefined],
  'HTTP/1.0 with a length, kept': [head('HTTP/1.0 200 OK', 'Connection: keep-alive', 'Content-Length: 7'), '{"a":1}'],
  'Connection: close': [head(OK, 'Connection: close', 'Content-Length: 7'), '{"a":1}'],
  'Connection: Close among others': [head(OK, 'Connection: x, Close', 'Content-Length: 7'), '{"a":1}'],
  'no reason': [head('HTTP/1.1 200', 'Content-Length: 7'), '{"a":1}'],
  'an empty reason': [head('HTTP/1.1 200 ', 'Content-Length: 7'), '{"a":1}'],
  'an odd status': [head('HTTP/1.1 799 Odd', 'Content-Length: 7'), '{"a":1}'],
  'a status below 100': [head('HTTP/1.1 099 Low', 'Content-Length: 7'), '{"a":1}'],
  'bare line ends': ['HTTP/1.1 200 OK\nContent-Length: 7\n\n{"a":1}'],
  'Continue first': [head('HTTP/1.1 100 Continue'), head('HTTP/1.1 103 Early Hints', 'Link: x'), head(OK, 'Content-Length: 7'), '{"a":1}'],
  'no content': [head('HTTP/1.1 204 No Content')],
  'not modified, with a length': [head('HTTP/1.1 304 Not Modified', 'Content-Length: 7')],
  'an empty body': [head(OK, 'Content-Length: 0')],
  'the same length twice': [head(OK, 'Content-Length: 7', 'Content-Length: 7'), '{"a":1}'],
  'two lengths': [head(OK, 'Content-Length: 7', 'Content-Length: 8'), '{"a":1}'],
  'a length that is none': [head(OK, 'Content-Length: seven'), '{"a":1}'],
  'a negative length': [head(OK, 'Content-Length: -7'), '{"a":1}'],
  'an empty length': [head(OK, 'Content-Length: '), '{"a":1}', undefined],
  'an unknown encoding': [head(OK, 'Transfer-Encoding: gzip'), '{"a":1}', undefined],
  'more than the length': [head(OK, 'Content-Length: 7'), '{"a":1}{"b":2}'],
  'less than the length': [head(OK, 'Content-Length: 9'), '{"a":1}', undefined],
  'nothing': [undefined],
  'half a head': ['HTTP/1.1 200 OK\r\nContent-', undefined],
  'half a status line': ['HTTP/1.1 2', undefined],
  'what is no HTTP': ['220 mail.example.com ESMTP\r\n\r\n', undefined],
  'what is no HTTP and goes on': ['hello\r\n'],
  'a status that is no number': [head('HTTP/1.1 OK', 'Content-Length: 7'), '{"a":1}'],
  'a status of two digits': [head('HTTP/1.1 20 OK', 'Content-Length: 7'), '{"a":1}'],
  'a version that is none': [head('HTTP/x.y 200 OK', 'Content-Length: 7'), '{"a":1}'],
  'HTTP/2.0': [head('HTTP/2.0 200 OK', 'Content-Length: 7'), '{"a":1}'],
  'another protocol': [head('ICY 200 OK', 'Content-Length: 7'), '{"a":1}'],
  'a header without a colon': [head(OK, 'nonsense', 'Content-Length: 7'), '{"a":1}'],
  'a header with a space in its name': [head(OK, 'a b: c', 'Content-Length: 7'), '{"a":1}'],
  'half a head after a whole line': ['HTTP/1.1 200 OK\r\nContent-Length: 7\r\n', undefined],
  'half an empty line': ['HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r', undefined],
  'a status with a sign': [head('HTTP/1.1 +20 OK', 'Content-Length: 7'), '{"a":1}'],
  'spaces before the status': [head('HTTP/1.1   200   OK', 'Content-Length: 7'), '{"a":1}'],
  'HTTP/0.9': [head('HTTP/0.9 200 OK', 'Content-Length: 7'), '{"a":1}'],
  'HTTP/1.0 with chunks, which are none there': [head('HTTP/1.0 200 OK', 'Transfer-Encoding: chunked', 'Content-Length: 7'), '{"a":1}'],
  'two encodings': [head(OK, 'Transfer-Encoding: gzip', 'Transfer-Encoding: chunked'), '0\r\n\r\n'],
  'a header without a name': [head(OK, ': x', 'Content-Length: 7'), '{"a":1}'],
  'a header with a tab in its name': [head(OK, 'a\tb: x', 'Content-Length: 7'), '{"a":1}'],
  'a header with a control character': [head(OK, 'a: \x01', 'Content-Length: 7'), '{"a":1}'],
  'a first header that is folded': [head(OK, ' a: b', 'Content-Length: 7'), '{"a":1}'],
  'a length with spaces and a plus': [head(OK, 'Content-Length:  +7 '), '{"a":1}'],
  'a length with spaces': [head(OK, 'Content-Length:  7 '), '{"a":1}'],
  'chunks and a length that is none': [head(OK, 'Transfer-Encoding: chunked', 'Content-Length: x'), '7\r\n{"a":1}\r\n0\r\n\r\n'],
  'a chunk length of 17 digits': [head(OK, 'Transfer-Encoding: chunked'), '00000000000000007\r\n{"a":1}\r\n0\r\n\r\n'],
  'a chunk length with a space before its extension': [head(OK, 'Transfer-Encoding: chunked'), '7 ;x\r\n{"a":1}\r\n0\r\n\r\n'],
  'a carriage return in a chunk line': [head(OK, 'Transfer-Encoding: chunked'), '7;\rx\r\n{"a":1}\r\n0\r\n\r\n'],
  'a long extension': [head(OK, 'Transfer-Encoding: chunked'), `7;${'x'.repeat(4000)}\r\n{"a":1}\r\n0\r\n\r\n`],
  'a too long extension': [head(OK, 'Transfer-Encoding: chunked'), `7;${'x'.repeat(5000)}\r\n{"a":1}\r\n0\r\n\r\n`],
  'many extensions': [head(OK, 'Transfer-Encoding: chunked'), `1;${'x'.repeat(3000)}\r\n1\r\n`.repeat(7), '0\r\n\r\n'],
  'a trailer that is none': [head(OK, 'Transfer-Encoding: chunked'), '7\r\n{"a":1}\r\n0\r\nnonsense\r\n\r\n'],
  'half a trailer': [head(OK, 'Transfer-Encoding: chunked'), '7\r\n{"a":1}\r\n0\r\nX-T: 1\r\n', undefined],
  'no trailer': [head(OK, 'Transfer-Encoding: chunked'), '7\r\n{"a":1}\r\n0\r\n', undefined],
  'half a chunk': [head(OK, 'Transfer-Encoding: chunked'), '7\r\n{"a"', undefined],
  'a folded header': [head(OK, 'X-A: b', '  c', 'Content-Length: 7'), '{"a":1}'],
  'bytes that are no ASCII': [head(OK, 'X-A: \xff\xfe', 'Content-Length: 7'), '{"a":1}'],
};

/** What it writes from the second request of a connection on, where that differs. */
const LATER_ANSWERS: { [name: string]: readonly (string | undefined)[] } = { 'one answer a connection': [undefined] };

/** A model server that gives the answer whose name is its path; returns its port, and how to end it. */
export async function oddModels(): Promise<{ readonly port: number; readonly close: () => void }> {
  const server = createServer((socket) => {
    let seen = '';
    let requests = 0;
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      seen += chunk.toString('latin1');
      const [, name] = /^POST \/(\S*)[^]*\r\n\r\n\{\}$/.exec(seen) ?? [];
      if (name === undefined) return;
      seen = '';
      const later = requests++ > 0 ? LATER_ANSWERS[decodeURIComponent(name)] : undefined;
      void write(socket, later ?? ANSWERS[decodeURIComponent(name)]);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, close: () => void server.close() };
}

async function write(socket: Socket, pieces: readonly (string | undefined)[]): Promise<void> {
  for (const piece of pieces) {
    if (piece === undefined) socket.end();
    else socket.write(Buffer.from(piece, 'latin1'));
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
