package io.dapr.quickstarts.bindings;

import java.util.concurrent.ForkJoinPool;
import java.util.function.Predicate;

import org.junit.platform.engine.ConfigurationParameters;
import org.junit.platform.engine.support.hierarchical.ParallelExecutionConfiguration;
import org.junit.platform.engine.support.hierarchical.ParallelExecutionConfigurationStrategy;

/**
 * How many test classes run at the same time: three for two cores. JUnit's own strategies
 * either do not look at the machine or know no most, while each class has its own apps,
 * sidecars and perhaps broker in memory.
 */
public class ClassesAtOnce implements ParallelExecutionConfigurationStrategy {

	private static final int MOST = 6;

	@Override
	public ParallelExecutionConfiguration createConfiguration(ConfigurationParameters parameters) {
		return new Pool(Math.min(MOST, Math.max(1, Runtime.getRuntime().availableProcessors() * 3 / 2)));
	}

	private record Pool(int size) implements ParallelExecutionConfiguration {

		@Override
		public int getParallelism() {
			return this.size;
		}

		@Override
		public int getMinimumRunnable() {
			return this.size;
		}

		@Override
		public int getMaxPoolSize() {
			return this.size;
		}

		@Override
		public int getCorePoolSize() {
			return this.size;
		}

		@Override
		public int getKeepAliveSeconds() {
			return 30;
		}

		/** A test that waits is not replaced by one more. */
		@Override
		public Predicate<? super ForkJoinPool> getSaturatePredicate() {
			return (pool) -> true;
		}

	}

}
