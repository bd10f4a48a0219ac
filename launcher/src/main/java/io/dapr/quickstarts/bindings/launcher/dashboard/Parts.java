package io.dapr.quickstarts.bindings.launcher.dashboard;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** All parts of the run. */
final class Parts {

	private final Map<PartName, Part> parts = new EnumMap<>(PartName.class);

	Parts() {
		Arrays.stream(PartName.values()).forEach((name) -> this.parts.put(name, new Part(name)));
	}

	Part get(PartName name) {
		return this.parts.get(name);
	}

	boolean is(PartName name, PartState state) {
		return get(name).state() == state;
	}

	/** All of them, in the order in which an order travels. */
	List<Part> all() {
		return List.copyOf(this.parts.values());
	}

}
