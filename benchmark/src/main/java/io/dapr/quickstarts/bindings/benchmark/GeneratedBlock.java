package io.dapr.quickstarts.bindings.benchmark;

/**
 * The part of a document that the benchmark writes; what stands before and after it is
 * written by hand and stays.
 */
final class GeneratedBlock {

	private static final String BEGIN = "<!-- figures: written by ./quickstart benchmark -->";

	private static final String END = "<!-- end of the figures -->";

	private GeneratedBlock() {
	}

	/**
	 * Puts new text into a document.
	 * @param document the document so far; one without the two marks is replaced as a
	 * whole
	 * @param text the new text
	 * @return the new document
	 */
	static String replace(String document, String text) {
		var block = BEGIN + "\n\n" + text.strip() + "\n\n" + END;
		var begin = document.indexOf(BEGIN);
		var end = document.indexOf(END);
		if (begin < 0 || end < begin) {
			return "# Benchmark\n\n" + block + "\n";
		}
		return document.substring(0, begin) + block + document.substring(end + END.length());
	}

}
