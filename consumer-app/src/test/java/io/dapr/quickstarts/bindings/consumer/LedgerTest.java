package io.dapr.quickstarts.bindings.consumer;

import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LedgerTest {

	@Test
	void notesWhatIsOutOfOrder() {
		var ledger = LongStream.of(1, 2, 4, 3, 5, 5)
			.mapToObj(Order::new)
			.reduce(Ledger.EMPTY, Ledger::with, (first, second) -> second);
		assertThat(ledger).isEqualTo(new Ledger(6, 5, 2));
	}

}
