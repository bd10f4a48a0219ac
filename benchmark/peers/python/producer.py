"""The producer as a Python program without libraries: one connection to the sidecar's HTTP API, which stays open."""

import http.client
import json
import os


def main():
    sidecar = http.client.HTTPConnection("127.0.0.1", int(os.environ["DAPR_HTTP_PORT"]), timeout=10)
    for order_id in range(1, int(os.environ["ORDERS"]) + 1):
        body = json.dumps({"data": {"orderId": order_id}, "operation": "create"})
        print(body, flush=True)
        sidecar.request("POST", "/v1.0/bindings/sample-topic", body, {"Content-Type": "application/json"})
        response = sidecar.getresponse()
        response.read()
        if response.status != 204:
            raise SystemExit(f"order {order_id} was not accepted: {response.status}")
        print(f"Response for order {order_id}: OK", flush=True)


if __name__ == "__main__":
    main()
