package io.dapr.quickstarts.bindings.launcher.orders;

/**
 * What became of the orders so far.
 *
 * @param sent handed to the sidecar by the producer, or to Kafka by a burst
 * @param accepted of these, confirmed to be in Kafka
 * @param received handled by the consumer, each counted once
 * @param redelivered delivered again after that
 * @param malformed records that the consumer has put to the dead letters
 * @param lost accepted, acknowledged by the consumer, and yet not received
 * @param outOfOrder received after a later order of the same run
 */
public record Counters(long sent, long accepted, long received, long redelivered, long malformed, long lost,
		long outOfOrder) {

	static final Counters NONE = new Counters(0, 0, 0, 0, 0, 0, 0);

	Counters plus(Counters other) {
		return new Counters(this.sent + other.sent, this.accepted + other.accepted, this.received + other.received,
				this.redelivered + other.redelivered, this.malformed + other.malformed, this.lost + other.lost,
				this.outOfOrder + other.outOfOrder);
	}

}
