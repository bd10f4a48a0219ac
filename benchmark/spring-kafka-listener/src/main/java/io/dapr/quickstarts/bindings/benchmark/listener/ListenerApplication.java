package io.dapr.quickstarts.bindings.benchmark.listener;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.kafka.annotation.KafkaListener;

/**
 * The consumer as a Spring team would write it without Dapr: spring-kafka reads the same
 * topic.
 */
@SpringBootApplication
public class ListenerApplication {

	private static final Logger log = LoggerFactory.getLogger(ListenerApplication.class);

	/**
	 * Starts the application.
	 * @param args none
	 */
	public static void main(String[] args) {
		SpringApplication.run(ListenerApplication.class, args);
	}

	@KafkaListener(topics = "${topic}", groupId = "${topic}")
	void handle(Order order) {
		log.info("Hello from Kafka!");
		log.info("{ orderId: {} }", order.orderId());
	}

	record Order(long orderId) {
	}

}
