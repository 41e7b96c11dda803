/*
 * The programs of the services in this folder: JavaScript for Node alone, because they travel in a ConfigMap. Each has one function `answer`, from the
 * body of a request to that of the response.
 */

/** Serves `answer` by POST on any path, and readiness by GET. */
const SERVER = `
const http = require('http');
http.createServer((request, response) => {
  const reply = (status, body) => {
    response.writeHead(status, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(body));
  };
  if (request.method !== 'POST') return reply(200, { ready: true });
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    try {
      reply(200, answer(JSON.parse(Buffer.concat(chunks).toString('utf8'))));
    } catch (error) {
      reply(400, { error: error.message });
    }
  });
}).listen(Number(process.env.PORT || 8080));
process.on('SIGTERM', () => process.exit(0));
`;

/** A v2 answer as a v2 request: outputs become inputs, under other names where RENAME says so. */
export const V2_ADAPTER = `'use strict';
const rename = JSON.parse(process.env.RENAME || '{}');
const answer = (body) => {
  if (!Array.isArray(body.outputs)) throw new Error("the body has no list 'outputs'");
  return { inputs: body.outputs.map(({ name, shape, datatype, data }) => ({ name: rename[name] || name, shape, datatype, data })) };
};
${SERVER}`;

/** The answers of an Ensemble as one: of each prediction the value that most members gave; of equals the one that came first. */
export const VOTER = `'use strict';
const answer = (members) => {
  const ballots = Object.values(members).map((member) => member && member.predictions).filter(Array.isArray);
  if (ballots.length === 0) throw new Error("no member answered with a list 'predictions'");
  const predictions = ballots[0].map((_, i) => {
    const votes = new Map();
    for (const ballot of ballots) {
      const key = JSON.stringify(ballot[i]);
      votes.set(key, (votes.get(key) || 0) + 1);
    }
    return JSON.parse([...votes].reduce((best, vote) => (vote[1] > best[1] ? vote : best))[0]);
  });
  return { predictions };
};
${SERVER}`;
