package io.dapr.quickstarts.bindings.consumer;

import io.dapr.quickstarts.bindings.consumer.delivery.DeadLetters;
import io.dapr.quickstarts.bindings.consumer.delivery.Delivery;
import io.dapr.quickstarts.bindings.consumer.delivery.FailureLog;
import io.dapr.quickstarts.bindings.consumer.delivery.MalformedOrderException;
import io.dapr.quickstarts.bindings.consumer.delivery.MessageIdentity;
import io.dapr.quickstarts.bindings.consumer.inbox.Changes;
import io.dapr.quickstarts.bindings.consumer.inbox.Inbox;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import org.springframework.http.HttpHeaders;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * The endpoint that the sidecar posts each record to; the path is the name of the Dapr
 * component. After 200 the sidecar goes on to the next record, after an error it delivers
 * the same one again.
 *
 * @see <a href=
 * "https://docs.dapr.io/developing-applications/building-blocks/bindings/howto-triggers/">Input
 * bindings</a>
 */
@RestController
class OrderController {

	private static final Logger log = LoggerFactory.getLogger(OrderController.class);

	private final OrderReader reader;

	private final Inbox inbox;

	private final OrderHandler handler;

	private final DeadLetters deadLetters;

	private final FailureLog failures;

	private final Timer received;

	private final Counter repeated;

	private final Timer age;

	OrderController(OrderReader reader, Inbox inbox, OrderHandler handler, DeadLetters deadLetters, FailureLog failures,
			MeterRegistry metrics) {
		this.reader = reader;
		this.inbox = inbox;
		this.handler = handler;
		this.deadLetters = deadLetters;
		this.failures = failures;
		this.received = Timer.builder("orders.received")
			.description("Orders that were handled, and the time that each took")
			.register(metrics);
		this.repeated = Counter.builder("orders.repeated")
			.description("Deliveries that were skipped since their order had been handled")
			.register(metrics);
		this.age = Timer.builder("orders.age")
			.description("How old records are at the end of a delivery; in their partition none has waited longer")
			.register(metrics);
	}

	// No return value: a ResponseEntity costs CPU time, see
	// docs/decisions/0001-platform-threads-and-jetty.md.
	@PostMapping("/sample-topic")
	void receive(@RequestBody(required = false) byte[] body, @RequestHeader HttpHeaders headers,
			HttpServletResponse response) {
		var delivery = Delivery.of(body, headers);
		MDC.put("messageId", delivery.messageId());
		try {
			process(delivery);
		}
		// An Error too, such as a StackOverflowError in the handler.
		catch (Throwable failure) {
			this.failures.log(delivery, failure);
			// 503 if the state store or the dead-letter topic does not answer.
			response.setStatus((failure instanceof ErrorResponse answer) ? answer.getStatusCode().value() : 500);
		}
		finally {
			MDC.remove("messageId");
			delivery.age().ifPresent(this.age::record);
		}
	}

	private void process(Delivery delivery) {
		try {
			var order = this.reader.read(delivery.data());
			var message = MessageIdentity.of(delivery, order.orderId());
			var isNew = this.inbox.handleOnce(message.sequence(), message.number(),
					(changes) -> handle(order, message.source(), changes));
			if (!isNew) {
				this.repeated.increment();
				log.info("Order {} was delivered again; skipped", order.orderId());
			}
		}
		catch (MalformedOrderException malformed) {
			this.deadLetters.keep(delivery, malformed.reason());
		}
	}

	private void handle(Order order, String source, Changes changes) {
		// ./quickstart and the tests recognise an order by these lines.
		log.info("Hello from Kafka!");
		log.info("{ orderId: {} }", order.orderId());
		this.received.record(() -> this.handler.handle(order, source, changes));
	}

}
