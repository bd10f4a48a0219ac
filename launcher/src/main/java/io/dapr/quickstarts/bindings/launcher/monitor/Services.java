package io.dapr.quickstarts.bindings.launcher.monitor;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** All services of the run. */
public final class Services {

	private static final Duration LIMIT = Duration.ofSeconds(2);

	private final HttpClient http = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(LIMIT)
		.build();

	private final Map<ServiceName, Service> services = new EnumMap<>(ServiceName.class);

	/** Makes services that have to be attached. */
	public Services() {
		Arrays.stream(ServiceName.values()).forEach((name) -> this.services.put(name, new Service(name)));
	}

	public Service get(ServiceName name) {
		return this.services.get(name);
	}

	/**
	 * All services.
	 * @return in the order in which an order passes them
	 */
	public List<Service> all() {
		return List.copyOf(this.services.values());
	}

	/** Asks all that serve HTTP side by side whether they answer. */
	void probe() {
		var answers = all().stream()
			.flatMap((
					service) -> service.health().stream().map((health) -> answers(health).thenAccept(service::answers)))
			.toArray(CompletableFuture[]::new);
		CompletableFuture.allOf(answers).join();
	}

	private CompletableFuture<Boolean> answers(URI health) {
		return this.http
			.sendAsync(HttpRequest.newBuilder(health).timeout(LIMIT).build(), HttpResponse.BodyHandlers.discarding())
			.handle((response, failure) -> failure == null && response.statusCode() < 500);
	}

}
