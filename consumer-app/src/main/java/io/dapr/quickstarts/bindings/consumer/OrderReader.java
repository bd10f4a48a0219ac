package io.dapr.quickstarts.bindings.consumer;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/**
 * Reads an order strictly: what is not plainly an order is not guessed at. Fields that it
 * does not know are accepted, so that producers can add some.
 */
@Component
class OrderReader {

	private final ObjectReader json = JsonMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.build()
		.readerFor(JsonNode.class);

	/**
	 * Reads an order.
	 * @param data the record's value as it came
	 * @return the order
	 * @throws UnreadableOrderException if no retry can make an order of it; its message
	 * says why
	 */
	Order read(byte[] data) throws UnreadableOrderException {
		if (data.length == 0) {
			throw new UnreadableOrderException("empty");
		}
		var order = parse(decode(data));
		if (order.isNull()) {
			// The sidecar hands both on as the text null.
			throw new UnreadableOrderException("null, or a record without a value");
		}
		if (!order.isObject()) {
			throw new UnreadableOrderException("not a JSON object");
		}
		var orderId = order.get("orderId");
		if (orderId == null) {
			throw new UnreadableOrderException("no orderId");
		}
		if (!orderId.isIntegralNumber() || !orderId.canConvertToLong() || orderId.longValue() < 1) {
			throw new UnreadableOrderException("orderId is not a whole number from 1 to " + Long.MAX_VALUE);
		}
		return new Order(orderId.longValue());
	}

	/**
	 * Decoded first, since a JSON parser would also take UTF-16 or let bad bytes pass.
	 */
	private static String decode(byte[] data) throws UnreadableOrderException {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data)).toString();
		}
		catch (CharacterCodingException ex) {
			throw new UnreadableOrderException("not UTF-8 text");
		}
	}

	private JsonNode parse(String text) throws UnreadableOrderException {
		try {
			return this.json.readValue(text);
		}
		catch (JsonProcessingException ex) {
			throw new UnreadableOrderException("not JSON");
		}
	}

}
