package io.dapr.quickstarts.bindings.consumer;

import java.time.InstantSource;
import java.util.Locale;

import io.dapr.client.DaprClient;
import io.dapr.client.DaprClientBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

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
	 * Starts the consumer. Exits with 2 if {@code APP_PORT} or {@code APP_ADDRESS} is
	 * wrong.
	 * @param args Spring Boot's own options; none is needed
	 */
	public static void main(String[] args) {
		// The Dapr SDK formats addresses with the default locale: in Arabic, with digits
		// that no host name has.
		Locale.setDefault(Locale.ROOT);
		try {
			Settings.check(System.getenv());
		}
		catch (IllegalArgumentException ex) {
			System.err.println(ex.getMessage());
			System.exit(2);
		}
		var application = new SpringApplication(ConsumerApplication.class);
		// Spring's settings are read from APP_SERVER_PORT and the like: a SERVER_PORT
		// that was left over, or that Kubernetes sets for a Service named server, is
		// not meant. SPRING_APPLICATION_JSON would be read without the prefix.
		application.setEnvironmentPrefix("app");
		System.getProperties().putIfAbsent("spring.application.json", "{}");
		application.run(args);
		// A stop by SIGTERM or Ctrl-C is a clean end, which the JVM would report as 143.
		SpringApplication.getShutdownHandlers().add(() -> Runtime.getRuntime().halt(0));
	}

	@EventListener
	void onReady(ApplicationReadyEvent event) {
		var port = event.getApplicationContext().getEnvironment().getProperty("local.server.port");
		log.info("Consumer app listening on port {}!", port);
		// Loads what the first order needs while nobody waits for it; the sidecar may
		// not answer yet.
		Mono.defer(() -> event.getApplicationContext().getBean(DaprClient.class).getMetadata())
			.subscribeOn(Schedulers.boundedElastic())
			.onErrorComplete()
			.subscribe();
	}

	@Bean
	InstantSource clock() {
		return InstantSource.system();
	}

	/**
	 * Connects to the sidecar when it is needed, since it may start later than this app.
	 */
	@Bean
	@Lazy
	DaprClient daprClient() {
		return new DaprClientBuilder().build();
	}

}
