package io.dapr.quickstarts.bindings.consumer;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import io.dapr.quickstarts.bindings.consumer.delivery.MalformedOrderException;
import io.dapr.quickstarts.bindings.consumer.delivery.MalformedOrderException.Reason;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/**
 * Reads an order strictly: nothing is converted or guessed. Unknown fields are accepted,
 * so that producers can add some.
 */
@Component
class OrderReader {

	private final JsonMapper json = JsonMapper.builder()
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
		.disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
		.build();

	/**
	 * Reads an order.
	 * @param data the record's value as it came
	 * @return the order
	 * @throws MalformedOrderException if it is not an order
	 */
	Order read(byte[] data) throws MalformedOrderException {
		if (data.length == 0) {
			throw new MalformedOrderException(Reason.EMPTY);
		}
		var tree = parse(decode(data));
		if (tree.isNull()) {
			throw new MalformedOrderException(Reason.NULL);
		}
		if (!tree.isObject()) {
			throw new MalformedOrderException(Reason.NOT_AN_OBJECT);
		}
		if (!tree.has("orderId")) {
			throw new MalformedOrderException(Reason.NO_ORDER_ID);
		}
		try {
			return this.json.treeToValue(tree, Order.class);
		}
		catch (JacksonException ex) {
			throw new MalformedOrderException(Reason.WRONG_ORDER_ID);
		}
	}

	/** A JSON parser given the bytes would also take UTF-16. */
	private static String decode(byte[] data) throws MalformedOrderException {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data)).toString();
		}
		catch (CharacterCodingException ex) {
			throw new MalformedOrderException(Reason.NOT_UTF8);
		}
	}

	private JsonNode parse(String text) throws MalformedOrderException {
		try {
			return this.json.readValue(text, JsonNode.class);
		}
		catch (JacksonException ex) {
			throw new MalformedOrderException(Reason.NOT_JSON);
		}
	}

}
