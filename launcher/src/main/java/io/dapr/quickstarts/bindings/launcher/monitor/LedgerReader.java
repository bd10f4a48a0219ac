package io.dapr.quickstarts.bindings.launcher.monitor;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * Reads the ledger by the state API of the consumer's sidecar.
 *
 * @see <a href="https://docs.dapr.io/reference/api/state_api/#get-bulk-state">Get bulk
 * state</a>
 */
final class LedgerReader {

	private static final Duration LIMIT = Duration.ofSeconds(1);

	private final HttpClient http = HttpClient.newBuilder().connectTimeout(LIMIT).build();

	private final JsonMapper json = new JsonMapper();

	private final URI bulk;

	LedgerReader(URI sidecar) {
		this.bulk = sidecar.resolve("/v1.0/state/statestore/bulk");
	}

	/**
	 * Sums up what the ledger has.
	 * @param runs whose orders
	 * @return the sums, empty while the sidecar does not answer or has no state store
	 */
	Optional<Ledger> read(Collection<String> runs) {
		try {
			var keys = runs.stream().map((run) -> "ledger-" + run).toList();
			var request = HttpRequest.newBuilder(this.bulk)
				.timeout(LIMIT)
				.header("Content-Type", "application/json")
				.POST(HttpRequest.BodyPublishers.ofString(this.json.writeValueAsString(Map.of("keys", keys))))
				.build();
			var answer = this.http.send(request, HttpResponse.BodyHandlers.ofString());
			if (answer.statusCode() != 200) {
				return Optional.empty();
			}
			return Optional.of(StreamSupport.stream(this.json.readTree(answer.body()).spliterator(), false)
				.map((entry) -> ledger(entry.path("data")))
				.reduce(Ledger.EMPTY, Ledger::plus));
		}
		catch (IOException ex) {
			return Optional.empty();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return Optional.empty();
		}
	}

	private static Ledger ledger(JsonNode data) {
		return new Ledger(data.path("orders").asLong(), data.path("outOfOrder").asLong());
	}

}
