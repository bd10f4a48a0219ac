package io.dapr.quickstarts.bindings;

import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;

import io.dapr.quickstarts.bindings.launcher.Project;
import io.dapr.quickstarts.bindings.launcher.dapr.ComponentFiles;
import io.dapr.quickstarts.bindings.launcher.dapr.SidecarSettings;
import io.dapr.quickstarts.bindings.launcher.kafka.KafkaBroker;

/** Builds an {@link Installation} that differs from the usual one. */
class InstallationBuilder {

	final KafkaBroker kafka;

	String topic = "sample-" + UUID.randomUUID();

	int partitions = 1;

	String group = "group1";

	OptionalInt deliveryPort = OptionalInt.empty();

	SidecarSettings sidecars = SidecarSettings.STANDARD;

	Map<String, String> appEnvironment = Map.of();

	ComponentFiles components;

	InstallationBuilder(KafkaBroker kafka) {
		this.kafka = kafka;
		this.components = ComponentFiles.read(Project.current().components()).with("brokers", kafka.bootstrapServers());
	}

	/** The topic, which may have others who read it. */
	InstallationBuilder topic(String topic) {
		this.topic = topic;
		return this;
	}

	/** How many partitions the topic gets if it is not there yet. */
	InstallationBuilder partitions(int partitions) {
		this.partitions = partitions;
		return this;
	}

	/** The consumer group, among those of the topic. */
	InstallationBuilder group(String group) {
		this.group = group;
		return this;
	}

	/** Where the consumer's sidecar delivers to, in place of the consumer's own port. */
	InstallationBuilder deliveryPort(int port) {
		this.deliveryPort = OptionalInt.of(port);
		return this;
	}

	/** Further variables for both sidecars. */
	InstallationBuilder sidecarEnvironment(Map<String, String> environment) {
		this.sidecars = SidecarSettings.STANDARD.withEnvironment(environment);
		return this;
	}

	/** Further variables for both apps. */
	InstallationBuilder appEnvironment(Map<String, String> environment) {
		this.appEnvironment = environment;
		return this;
	}

	/** Other components, in which brokers is set already. */
	InstallationBuilder components(ComponentFiles components) {
		this.components = components;
		return this;
	}

	Installation build() {
		return new Installation(this);
	}

}
