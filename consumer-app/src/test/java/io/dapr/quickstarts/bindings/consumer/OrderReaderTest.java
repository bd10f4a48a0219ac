package io.dapr.quickstarts.bindings.consumer;

import java.nio.charset.StandardCharsets;

import io.dapr.quickstarts.bindings.consumer.delivery.MalformedOrderException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class OrderReaderTest {

	private final OrderReader reader = new OrderReader();

	@ParameterizedTest
	@ValueSource(strings = { "{\"orderId\":7}", " { \"orderId\" : 7 } ", "{\"note\":{\"a\":[1,null]},\"orderId\":7}" })
	void readsAnOrder(String text) throws MalformedOrderException {
		assertThat(this.reader.read(bytes(text))).isEqualTo(new Order(7));
	}

	@Test
	void readsTheLargestNumber() throws MalformedOrderException {
		assertThat(this.reader.read(bytes("{\"orderId\":9223372036854775807}"))).isEqualTo(new Order(Long.MAX_VALUE));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			no JSON                                  | not JSON
			{"orderId":7                             | not JSON
			{"orderId":7} and more                   | not JSON
			{"orderId":7}{"orderId":8}               | not JSON
			{"orderId":7,"orderId":8}                | not JSON
			{"orderId":NaN}                          | not JSON
			null                                     | null, or a record without a value
			{"orderId":7,"note":{"a":1,"a":2}}       | not JSON
			{"orderId":07}                           | not JSON
			{"orderId":7,}                           | not JSON
			{"orderId":7 /* seven */}                | not JSON
			[{"orderId":7}]                          | not a JSON object
			"{}"                                     | not a JSON object
			""                                       | not a JSON object
			true                                     | not a JSON object
			[]                                       | not a JSON object
			7                                        | not a JSON object
			{}                                       | no orderId
			{"orderid":7}                            | no orderId
			{"orderId":null}                         | orderId is not a whole number from 1 to 9223372036854775807
			{"orderId":"7"}                          | orderId is not a whole number from 1 to 9223372036854775807
			{"orderId":7.0}                          | orderId is not a whole number from 1 to 9223372036854775807
			{"orderId":1.5}                          | orderId is not a whole number from 1 to 9223372036854775807
			{"orderId":1e2}                          | orderId is not a whole number from 1 to 9223372036854775807
			{"orderId":""}                           | orderId is not a whole number from 1 to 9223372036854775807
			{"orderId":[7]}                          | orderId is not a whole number from 1 to 9223372036854775807
			{"orderId":{}}                           | orderId is not a whole number from 1 to 9223372036854775807
			{"orderId":true}                         | orderId is not a whole number from 1 to 9223372036854775807
			{"orderId":0}                            | orderId is not a whole number from 1 to 9223372036854775807
			{"orderId":-1}                           | orderId is not a whole number from 1 to 9223372036854775807
			{"orderId":9223372036854775808}          | orderId is not a whole number from 1 to 9223372036854775807
			""")
	void rejectsWhatIsNoOrder(String text, String reason) {
		assertRejected(bytes(text), reason);
	}

	@Test
	void rejectsEmptyData() {
		assertRejected(new byte[0], "empty");
		assertRejected(bytes("  "), "not JSON");
	}

	@Test
	void rejectsWhatIsNotUtf8() {
		assertRejected("{\"orderId\":7,\"note\":\"ü\"}".getBytes(StandardCharsets.ISO_8859_1), "not UTF-8 text");
		assertRejected("{\"orderId\":7}".getBytes(StandardCharsets.UTF_16BE), "not JSON");
	}

	private void assertRejected(byte[] data, String reason) {
		assertThatExceptionOfType(MalformedOrderException.class).isThrownBy(() -> this.reader.read(data))
			.withMessage(reason);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
