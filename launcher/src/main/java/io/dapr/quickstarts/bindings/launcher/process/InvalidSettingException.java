package io.dapr.quickstarts.bindings.launcher.process;

/**
 * Something that the user sets, in an option, a variable or a file, is wrong. The message
 * names it and says what was expected.
 */
public final class InvalidSettingException extends RuntimeException {

	private static final long serialVersionUID = 1;

	/**
	 * Explains what is wrong.
	 * @param message one line for the user
	 */
	public InvalidSettingException(String message) {
		super(message);
	}

}
