package io.dapr.quickstarts.bindings.consumer;

import java.io.IOException;

import jakarta.servlet.http.HttpServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
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

	private final OrderHandler handler;

	private final Inbox inbox;

	private final DeadLetters deadLetters;

	private final OrderMetrics metrics;

	OrderController(OrderReader orders, OrderHandler handler, Inbox inbox, DeadLetters deadLetters,
			OrderMetrics metrics) {
		this.orders = orders;
		this.handler = handler;
		this.inbox = inbox;
		this.deadLetters = deadLetters;
		this.metrics = metrics;
	}

	// With its status said, Spring looks for no body to convert.
	@PostMapping("/" + BINDING)
	@ResponseStatus(HttpStatus.OK)
	void receive(HttpServletRequest delivery) throws IOException {
		MDC.put("messageId", delivery.getHeader("message-id"));
		try {
			process(delivery.getInputStream().readAllBytes(), delivery);
		}
		finally {
			MDC.remove("messageId");
		}
	}

	private void process(byte[] data, HttpServletRequest delivery) {
		try {
			var order = this.orders.read(data);
			var message = MessageIdentity.of(delivery);
			if (!this.inbox.once(message,
					() -> this.metrics.time(() -> this.handler.handle(order, message.source())))) {
				this.metrics.countRepeated();
				log.info("Order {} was delivered again; skipped", order.orderId());
			}
		}
		catch (UnreadableOrderException unreadable) {
			this.deadLetters.keep(data, unreadable.getMessage(), delivery);
			this.metrics.countRejected(unreadable.getMessage());
		}
	}

}
