package io.dapr.quickstarts.bindings.consumer.inbox;

import java.util.ArrayList;
import java.util.List;

import io.dapr.client.DaprClient;
import io.dapr.client.domain.State;
import io.dapr.client.domain.StateOptions.Concurrency;
import io.dapr.client.domain.TransactionalStateOperation;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.mockito.ArgumentMatchers.anyList;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

class DaprStateStoreTest {

	private final DaprClient dapr = mock();

	@Test
	void overwritesNothingThatWasChangedSinceItWasRead() {
		given(this.dapr.getState("statestore", "old", Integer.class))
			.willReturn(Mono.just(new State<>("old", 1, "etag")));
		given(this.dapr.getState("statestore", "new", Integer.class)).willReturn(Mono.just(new State<>("new")));
		var written = new ArrayList<TransactionalStateOperation<?>>();
		given(this.dapr.executeStateTransaction(eq("statestore"), anyList())).willAnswer((call) -> {
			written.addAll(call.<List<TransactionalStateOperation<?>>>getArgument(1));
			return Mono.empty();
		});
		var changes = new Changes(new DaprStateStore(this.dapr));
		changes.update("old", 0, (value) -> value + 1);
		changes.update("new", 0, (value) -> value + 1);
		changes.write();
		assertThat(written).extracting(TransactionalStateOperation::getRequest)
			.extracting(State::getKey, State::getValue, State::getEtag, (state) -> state.getOptions().getConcurrency())
			.containsExactly(tuple("old", 2, "etag", Concurrency.FIRST_WRITE),
					tuple("new", 1, null, Concurrency.FIRST_WRITE));
	}

}
