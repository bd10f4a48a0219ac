package io.dapr.quickstarts.bindings.consumer;

import io.dapr.client.DaprClient;
import io.dapr.client.DaprClientBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;

/**
 * The consumer: its Dapr sidecar reads the orders from Kafka and posts them to
 * {@link OrderController}.
 */
@SpringBootApplication
public class ConsumerApplication {

	private static final Logger log = LoggerFactory.getLogger(ConsumerApplication.class);

	/**
	 * Starts the consumer on the port that the environment variable {@code APP_PORT}
	 * names (1 to 65535, by default 3000). Exits with 2 if that is not a port.
	 * @param args Spring Boot's own options; none is needed
	 */
	public static void main(String[] args) {
		var port = System.getenv().getOrDefault("APP_PORT", "3000");
		if (!isPort(port)) {
			System.err.printf("APP_PORT is \"%s\"; expected a port from 1 to 65535%n", port);
			System.exit(2);
		}
		SpringApplication.run(ConsumerApplication.class, args);
		// A stop by SIGTERM or Ctrl-C is a clean end, which the JVM would report as 143.
		SpringApplication.getShutdownHandlers().add(() -> Runtime.getRuntime().halt(0));
	}

	private static boolean isPort(String text) {
		return text.matches("[0-9]{1,5}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= 65_535;
	}

	@EventListener
	void onReady(ApplicationReadyEvent event) {
		var port = event.getApplicationContext().getEnvironment().getProperty("local.server.port");
		log.info("Consumer app listening on port {}!", port);
	}

	/** Connects to the sidecar when the first dead letter is written, not before. */
	@Bean
	@Lazy
	DaprClient daprClient() {
		return new DaprClientBuilder().build();
	}

}
