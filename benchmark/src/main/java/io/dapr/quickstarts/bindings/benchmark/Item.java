package io.dapr.quickstarts.bindings.benchmark;

import java.util.List;

/** One of the measurements of the benchmark. */
interface Item {

	/**
	 * Measures.
	 * @param workbench the broker and the rest
	 * @param subjects the programs to measure
	 * @param scale how much to measure
	 * @return the rows
	 */
	List<Figure> measure(Workbench workbench, Subjects subjects, Scale scale);

}
