package io.dapr.quickstarts.bindings.consumer;

import java.io.IOException;
import java.io.InputStream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes what the sidecar delivers. The answer decides what becomes of the record: after
 * 200 the sidecar goes on to the next one, after anything else it delivers the same one
 * again.
 *
 * @see <a href=
 * "https://docs.dapr.io/developing-applications/building-blocks/bindings/howto-triggers/">Input
 * bindings</a>
 */
@RestController
class OrderController {

	/** The name of the Dapr component, which is the name of the endpoint too. */
	static final String BINDING = "sample-topic";

	private static final Logger log = LoggerFactory.getLogger(OrderController.class);

	private final OrderReader orders;

	private final HandledMessages handled;

	private final DeadLetters deadLetters;

	private final OrderMetrics metrics;

	OrderController(OrderReader orders, HandledMessages handled, DeadLetters deadLetters, OrderMetrics metrics) {
		this.orders = orders;
		this.handled = handled;
		this.deadLetters = deadLetters;
		this.metrics = metrics;
	}

	@PostMapping("/" + BINDING)
	void receive(InputStream body, @RequestHeader HttpHeaders metadata) throws IOException {
		var data = body.readAllBytes();
		try {
			var order = this.orders.read(data);
			if (!this.handled.once(metadata.getFirst("message-id"), () -> this.metrics.time(() -> handle(order)))) {
				this.metrics.countRepeated();
				log.info("Order {} was delivered again; skipped", order.orderId());
			}
		}
		catch (UnreadableOrderException unreadable) {
			this.deadLetters.keep(data, unreadable.getMessage(), metadata);
			this.metrics.countRejected(unreadable.getMessage());
		}
	}

	private void handle(Order order) {
		log.info("Hello from Kafka!");
		log.info("{ orderId: {} }", order.orderId());
	}

}
