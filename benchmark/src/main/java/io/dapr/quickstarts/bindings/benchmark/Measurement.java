package io.dapr.quickstarts.bindings.benchmark;

/** Takes some of the benchmark's figures. */
interface Measurement {

	/**
	 * Takes the figures of one kind.
	 * @param testBed the broker and the means to start programs
	 * @param systems the programs to measure
	 * @param scale how much to measure
	 * @param results takes the figures
	 */
	void run(TestBed testBed, Systems systems, Scale scale, Results results);

}
