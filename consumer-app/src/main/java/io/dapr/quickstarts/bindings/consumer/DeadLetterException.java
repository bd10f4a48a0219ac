package io.dapr.quickstarts.bindings.consumer;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** A dead letter could not be written; with 503 the sidecar delivers the record again. */
@ResponseStatus(HttpStatus.SERVICE_UNAVAILABLE)
class DeadLetterException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	DeadLetterException(Throwable cause) {
		super(cause);
	}

}
