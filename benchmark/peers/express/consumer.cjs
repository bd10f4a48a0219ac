// The consumer with the libraries of the Dapr tutorial's: Express and body-parser.
'use strict';

const bodyParser = require('body-parser');
const express = require('express');

const app = express();
app.use(bodyParser.json());

app.post('/sample-topic', (request, response) => {
  console.log('Hello from Kafka!');
  console.log(request.body);
  response.status(200).send();
});

app.listen(Number(process.env.APP_PORT), '127.0.0.1');
