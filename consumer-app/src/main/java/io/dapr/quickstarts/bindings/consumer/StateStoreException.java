package io.dapr.quickstarts.bindings.consumer;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** The state store failed; with 503 the sidecar delivers the record again. */
@ResponseStatus(HttpStatus.SERVICE_UNAVAILABLE)
class StateStoreException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	StateStoreException(Throwable cause) {
		super(cause);
	}

}
