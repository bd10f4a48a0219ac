package io.dapr.quickstarts.bindings.launcher.kafka;

/**
 * How far a partition reaches and how far a consumer group has read it.
 *
 * @param end the offset that the next record will get
 * @param next the offset at which the group reads on, which is the partition's first
 * where it has not read yet
 */
public record Offsets(long end, long next) {

	/** How many records the group has not committed yet. */
	public long lag() {
		return Math.max(0, this.end - this.next);
	}

}
