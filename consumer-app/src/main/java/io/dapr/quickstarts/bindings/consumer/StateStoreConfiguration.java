package io.dapr.quickstarts.bindings.consumer;

import java.time.Duration;

import io.dapr.client.DaprClient;
import io.dapr.client.domain.ComponentMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/**
 * Where handled messages are remembered: in the sidecar's state store where it has one,
 * see components/statestore.yaml, else in memory.
 */
@Configuration(proxyBeanMethods = false)
class StateStoreConfiguration {

	/**
	 * Shorter than the sidecar's limit for a delivery, see components/resiliency.yaml.
	 */
	private static final Duration DEADLINE = Duration.ofSeconds(3);

	private static final Logger log = LoggerFactory.getLogger(StateStoreConfiguration.class);

	/** Asks the sidecar when the first order comes: it may start later than this app. */
	@Bean
	@Lazy
	StateStore stateStore(DaprClient dapr) {
		try {
			var component = dapr.getMetadata()
				.block(DEADLINE)
				.getComponents()
				.stream()
				.filter((candidate) -> candidate.getName().equals(DaprStateStore.NAME))
				.findFirst();
			log.info("Handled orders are remembered in {}",
					component.map(ComponentMetadata::getType)
						.map((type) -> "the state store " + DaprStateStore.NAME + " (" + type + ")")
						.orElse("memory, until this app ends: the sidecar has no component " + DaprStateStore.NAME));
			return component.isPresent() ? new DaprStateStore(dapr) : new MemoryStateStore();
		}
		catch (RuntimeException ex) {
			throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE,
					"The sidecar did not tell its components: " + ex.getMessage(), ex);
		}
	}

}
