// The consumer as a Node program without libraries.
'use strict';

const http = require('node:http');

const server = http.createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    if (request.method === 'POST' && request.url === '/sample-topic') {
      const order = JSON.parse(Buffer.concat(chunks).toString('utf8'));
      console.log('Hello from Kafka!');
      console.log(`{ orderId: ${order.orderId} }`);
    }
    response.writeHead(200, { 'Content-Length': 0 });
    response.end();
  });
});

server.listen(Number(process.env.APP_PORT), '127.0.0.1');
