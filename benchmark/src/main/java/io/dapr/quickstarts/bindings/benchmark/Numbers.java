package io.dapr.quickstarts.bindings.benchmark;

import java.util.Locale;

/** Writes numbers with as many digits as the eye needs: three that count. */
final class Numbers {

	private Numbers() {
	}

	static String format(double value) {
		var size = Math.abs(value);
		var pattern = (size >= 100) ? "%,.0f" : (size >= 10) ? "%.1f" : (size >= 0.1) ? "%.2f" : "%.3f";
		return String.format(Locale.ROOT, pattern, value);
	}

}
