/**
 * The limit: bare `node:http` and one prepared statement per shape, whose text goes out as it is. The path of
 * a request is the number of its shape. Environment: DATABASE_URL, PORT, POOL, STATEMENTS (`limit` or another name that
 * shapes have statements under), OF_METRICS (whether the shapes are those of the metrics).
 */
import { createServer } from 'node:http';
import pg from 'pg';
import { METRIC_SHAPES } from './metrics/shapes.mjs';
import { SHAPES } from './shapes.mjs';

const { DATABASE_URL, PORT, POOL, STATEMENTS, OF_METRICS } = process.env;
const shapes = OF_METRICS ? METRIC_SHAPES : SHAPES;
const pool = new pg.Pool({
  connectionString: DATABASE_URL,
  max: Number(POOL),
  options: '-c DateStyle=ISO,YMD -c TimeZone=UTC',
});

const server = createServer((request, response) => {
  if (request.method === 'GET') return void response.end('ready');
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (chunk) => {
    body += chunk;
  });
  request.on('end', () => {
    answer(Number(request.url.slice(1)), body).then(
      (json) => {
        const text = Buffer.from(`{"data":${json}}`);
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': text.length });
        response.end(text);
      },
      (error) => {
        response.writeHead(500).end(String(error));
      },
    );
  });
});

async function answer(number, body) {
  const { text, values } = shapes[number][STATEMENTS];
  const { variables } = JSON.parse(body);
  const { rows } = await pool.query({
    name: `shape-${number}`,
    text,
    values: values(variables),
    rowMode: 'array',
  });
  return rows[0][0];
}

server.listen(Number(PORT), '127.0.0.1');
process.once('SIGTERM', () => process.exit());
