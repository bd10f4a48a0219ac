package io.dapr.quickstarts.bindings.benchmark;

/**
 * How much a run measures.
 *
 * @param rounds how often each figure is taken
 * @param warmUp how many orders a consumer gets before the first round
 * @param consumed how many orders a consumer gets in a round
 * @param produced how many orders a producer sends in a round
 * @param timed of how many orders the latency is taken in a round
 */
record Scale(int rounds, int warmUp, int consumed, int produced, int timed) {

	static final Scale FULL = new Scale(5, 40_000, 20_000, 15_000, 3_000);

	/**
	 * A quarter of what is consumed, see Scaling, is a multiple of ten, by which the bare
	 * server counts.
	 */
	static final Scale QUICK = new Scale(3, 4_000, 1_600, 1_000, 200);

}
