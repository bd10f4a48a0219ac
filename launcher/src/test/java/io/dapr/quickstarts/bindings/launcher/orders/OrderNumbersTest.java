package io.dapr.quickstarts.bindings.launcher.orders;

import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OrderNumbersTest {

	@Test
	void namesRanges() {
		assertThat(numbers(2, 4, 5, 6, 9)).hasToString("2, 4-6, 9");
		assertThat(numbers(LongStream.range(0, 21).map((i) -> 2 * i).toArray()).toString()).endsWith("38, …");
		assertThat(OrderNumbers.upTo(0)).hasToString("");
	}

	@Test
	void aNumberIsNewOnce() {
		var numbers = OrderNumbers.upTo(3);
		assertThat(numbers.add(3)).isFalse();
		assertThat(numbers.add(5)).isTrue();
		assertThat(numbers.add(4)).isTrue();
		assertThat(numbers).hasToString("1-5");
		assertThat(numbers.last()).isEqualTo(5);
	}

	/** As any set does, whose elements are all kept one by one. */
	@Test
	void differsLikeAnySet() {
		var random = new Random(7);
		for (var round = 0; round < 2000; round++) {
			var one = new TreeSet<Long>();
			var other = new TreeSet<Long>();
			for (var i = 0; i < 12; i++) {
				one.add((long) random.nextInt(16));
				other.add((long) random.nextInt(16));
			}
			var rest = numbers(one).without(numbers(other));
			one.removeAll(other);
			assertThat(rest).hasToString(numbers(one).toString());
			assertThat(rest.size()).isEqualTo(one.size());
		}
	}

	private static OrderNumbers numbers(TreeSet<Long> set) {
		return numbers(set.stream().mapToLong(Long::longValue).toArray());
	}

	private static OrderNumbers numbers(long... values) {
		var numbers = new OrderNumbers();
		LongStream.of(values).forEach(numbers::add);
		return numbers;
	}

}
