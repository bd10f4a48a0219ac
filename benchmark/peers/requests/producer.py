"""The producer with the library of the Dapr tutorial's: requests, without a session, so a connection for each order."""

import os

import requests


def main():
    url = f"http://127.0.0.1:{os.environ['DAPR_HTTP_PORT']}/v1.0/bindings/sample-topic"
    for order_id in range(1, int(os.environ["ORDERS"]) + 1):
        payload = {"data": {"orderId": order_id}, "operation": "create"}
        print(payload, flush=True)
        response = requests.post(url, json=payload, timeout=10)
        response.raise_for_status()
        print(f"Response for order {order_id}: OK", flush=True)


if __name__ == "__main__":
    main()
