package io.dapr.quickstarts.bindings.benchmark;

import java.time.Duration;

/**
 * How much a run measures.
 *
 * @param rounds how often each figure is taken, 3 or more
 * @param warmUp how many orders the consumers get before the first round
 * @param drained how many orders wait for the consumer
 * @param sent how many orders the producer sends
 * @param watched for how long latencies are taken
 * @param quick whether only the form that counts is measured
 */
record Scale(int rounds, int warmUp, int drained, int sent, Duration watched, boolean quick) {

	static Scale full() {
		return new Scale(3, 40_000, 20_000, 15_000, Duration.ofSeconds(30), false);
	}

	static Scale quickly() {
		return new Scale(3, 4_000, 1_500, 1_000, Duration.ofSeconds(2), true);
	}

	/**
	 * How many orders wait in a round.
	 * @param round the round's number; 0 is the one that warms up
	 * @return the number of orders
	 */
	int drained(int round) {
		return (round == 0) ? this.warmUp : this.drained;
	}

}
