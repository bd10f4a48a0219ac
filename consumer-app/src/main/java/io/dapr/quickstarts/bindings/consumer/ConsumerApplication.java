package io.dapr.quickstarts.bindings.consumer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;

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
			check(System.getenv());
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

	/**
	 * Checks the settings that application.yaml takes from the environment.
	 * @param environment the environment variables
	 * @throws IllegalArgumentException if one is wrong; the message names it, its value
	 * and what was expected
	 */
	static void check(Map<String, String> environment) {
		var port = environment.get("APP_PORT");
		if (port != null && !isPort(port)) {
			throw new IllegalArgumentException("APP_PORT is \"%s\"; expected a port from 1 to 65535".formatted(port));
		}
		var address = environment.get("APP_ADDRESS");
		if (address != null && !isOfThisMachine(address)) {
			throw new IllegalArgumentException(
					"APP_ADDRESS is \"%s\"; expected an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all"
						.formatted(address));
		}
	}

	private static boolean isPort(String text) {
		return text.matches("[0-9]{1,5}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= 65_535;
	}

	private static boolean isOfThisMachine(String text) {
		try {
			var address = InetAddress.getByName(text);
			return !text.isBlank() && (address.isAnyLocalAddress() || address.isLoopbackAddress()
					|| NetworkInterface.getByInetAddress(address) != null);
		}
		catch (IOException ex) {
			return false;
		}
	}

	@EventListener
	void onReady(ApplicationReadyEvent event) {
		var port = event.getApplicationContext().getEnvironment().getProperty("local.server.port");
		log.info("Consumer app listening on port {}!", port);
		// Loads what the first order needs while nobody waits for it; the sidecar may
		// not answer yet.
		Mono.defer(() -> event.getApplicationContext().getBean(DaprClient.class).getMetadata())
			.subscribeOn(Schedulers.boundedElastic())
			.subscribe((metadata) -> {
			}, (failure) -> {
			});
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
