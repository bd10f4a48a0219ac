package io.dapr.quickstarts.bindings;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * What the consumer's ledger says of the orders of one source, read by the sidecar's
 * state API. If it says that the first N orders came to N orders, the last of them N, and
 * none out of order, then each of them took effect once and in order.
 *
 * @param orders how many there were
 * @param last the number of the last one
 * @param outOfOrder how many did not have a higher number than the one before
 */
record Account(long orders, long last, long outOfOrder) {

	static final Account NONE = new Account(0, 0, 0);

	private static final JsonMapper JSON = new JsonMapper();

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	/** What N orders come to that took effect once and in order. */
	static Account of(long orders) {
		return new Account(orders, orders, 0);
	}

	/** Asks a sidecar; one that does not answer knows of none. */
	static Account read(int sidecar, String source) {
		var request = HttpRequest
			.newBuilder(URI.create("http://localhost:%d/v1.0/state/statestore/ledger-%s".formatted(sidecar, source)))
			.timeout(Duration.ofSeconds(5))
			.build();
		try {
			return JSON.readValue(HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body(), Account.class);
		}
		catch (IOException ex) {
			return NONE;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
