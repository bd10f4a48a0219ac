package io.dapr.quickstarts.bindings.launcher.process;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** The folders that the quickstart writes to. */
public final class UserFolders {

	private static final String NAME = "dapr-kafka-bindings-quickstart";

	private UserFolders() {
	}

	/**
	 * Finds the folder for what is kept from run to run. It is in the user's cache, or in
	 * the folder for temporary files if there is no home folder that can be written to.
	 * @param environment names the user's cache, in XDG_CACHE_HOME, if it is not in the
	 * home folder
	 * @param home the home folder
	 * @return an existing folder
	 */
	public static Path cache(Map<String, String> environment, Path home) {
		var chosen = environment.getOrDefault("XDG_CACHE_HOME", "");
		var folder = (chosen.isEmpty() ? home.resolve(".cache") : Path.of(chosen)).resolve(NAME);
		try {
			return checkOwn(Files.createDirectories(folder));
		}
		catch (IOException ex) {
			return shared(temporaryFiles());
		}
	}

	/**
	 * Finds a folder that the runs of this user alone share. Everybody may write beside
	 * it, so that something of its name may be another's.
	 */
	static Path shared(Path temporaryFiles) {
		var folder = temporaryFiles.resolve(NAME + "-" + System.getProperty("user.name"));
		try {
			if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
				Files.createDirectory(folder,
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
			}
			return checkOwn(folder);
		}
		catch (IOException ex) {
			return forOneRun(NAME + "-");
		}
	}

	/** Root could write to another user's folder, and that user could then read it. */
	private static Path checkOwn(Path folder) throws IOException {
		var probe = Files.createTempFile(folder, "probe", "");
		try {
			if (!Files.getOwner(probe).equals(Files.getOwner(folder))) {
				throw new AccessDeniedException(folder.toString());
			}
			return folder;
		}
		finally {
			Files.delete(probe);
		}
	}

	/**
	 * Creates a folder for one run.
	 * @param prefix what its name begins with
	 * @return the new folder, which only this user can read
	 * @throws InvalidSettingException if there can be none
	 */
	public static Path forOneRun(String prefix) {
		return forOneRun(temporaryFiles(), prefix);
	}

	/**
	 * Creates a folder for one run.
	 * @param parent the folder for temporary files
	 * @param prefix what its name begins with
	 * @return the new folder, which only this user can read
	 * @throws InvalidSettingException if there can be none
	 */
	public static Path forOneRun(Path parent, String prefix) {
		try {
			return Files.createTempDirectory(parent, prefix);
		}
		catch (IOException ex) {
			throw new InvalidSettingException(
					"No folder can be created in %s: %s; set TMPDIR to a folder with space for temporary files"
						.formatted(parent, reason(ex)));
		}
	}

	private static Path temporaryFiles() {
		return Path.of(System.getProperty("java.io.tmpdir"));
	}

	/**
	 * Says why a file could not be read or written, without its name.
	 * @param failure the failure
	 * @return the reason in a few words
	 */
	public static String reason(IOException failure) {
		if (failure instanceof NoSuchFileException) {
			return "it does not exist";
		}
		if (failure instanceof AccessDeniedException) {
			return "permission denied";
		}
		return (failure instanceof FileSystemException named && named.getReason() != null) ? named.getReason()
				: failure.toString();
	}

}
