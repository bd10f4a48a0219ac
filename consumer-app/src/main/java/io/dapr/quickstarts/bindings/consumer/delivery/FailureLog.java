package io.dapr.quickstarts.bindings.consumer.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;

/**
 * Logs what makes a delivery fail: the stack trace once for each record, or one line
 * where the reason is known, and then, while the sidecar delivers it again twice a
 * second, a line each 30 s.
 */
@Component
public class FailureLog {

	private static final Duration PAUSE = Duration.ofSeconds(30);

	private static final Logger log = LoggerFactory.getLogger(FailureLog.class);

	private final InstantSource clock;

	private final Counter failed;

	// By partition: each stands at one record until that is handled.
	private final ConcurrentMap<String, Attempts> attempts = new ConcurrentHashMap<>();

	FailureLog(InstantSource clock, MeterRegistry metrics) {
		this.clock = clock;
		this.failed = Counter.builder("orders.failed")
			.description("Deliveries that failed, after which the sidecar delivers the record again")
			.register(metrics);
	}

	public void log(Delivery delivery, Throwable failure) {
		this.failed.increment();
		this.attempts.compute(delivery.topic() + "/" + delivery.partition(),
				(partition, before) -> log(delivery, failure, before));
	}

	private Attempts log(Delivery delivery, Throwable failure, Attempts before) {
		var now = this.clock.instant();
		if (before == null || !before.record.equals(delivery.toString()) || delivery.offset() == null) {
			if (failure instanceof ErrorResponse known && known.getBody().getDetail() != null) {
				log.error("Could not handle {}; it will be delivered again: {}", delivery, known.getBody().getDetail());
			}
			else {
				log.error("Could not handle {}; it will be delivered again", delivery, failure);
			}
			return new Attempts(delivery.toString(), 1, now);
		}
		var count = before.count + 1;
		if (now.isBefore(before.logged.plus(PAUSE))) {
			return new Attempts(before.record, count, before.logged);
		}
		log.error("Could not handle {} in {} attempts: {}", delivery, count, failure.toString());
		return new Attempts(before.record, count, now);
	}

	private record Attempts(String record, long count, Instant logged) {
	}

}
