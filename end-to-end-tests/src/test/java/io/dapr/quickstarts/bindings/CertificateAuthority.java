package io.dapr.quickstarts.bindings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import io.dapr.quickstarts.bindings.launcher.process.ChildEnvironment;
import io.dapr.quickstarts.bindings.launcher.process.ShortCommand;

import static org.assertj.core.api.Assertions.assertThat;

/** A certificate authority, made by the JDK's keytool. */
class CertificateAuthority {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final String PASSWORD = "changeit";

	private final Path store = TestKafka.temporaryFolder("ca-").resolve("keys.p12");

	CertificateAuthority() {
		keytool("-alias", "ca", "-dname", "CN=Test CA", "-ext", "bc:c");
	}

	/** Its own certificate. */
	String certificate() {
		return read("ca").certificate();
	}

	/**
	 * Signs a certificate for a program on this machine.
	 * @param name the common name
	 */
	Signed sign(String name) {
		return sign(name, "ip:127.0.0.1", "-validity", "2");
	}

	/** Signs a certificate for a server with a host name. */
	Signed signForHost(String host) {
		return sign(host, "dns:" + host, "-validity", "2");
	}

	/** Signs a certificate that was valid yesterday, and is no more. */
	Signed signExpired(String name) {
		return sign(name, "ip:127.0.0.1", "-startdate", "-2d", "-validity", "1");
	}

	/** One at a time: each rewrites the key store. */
	private synchronized Signed sign(String name, String address, String... validity) {
		var alias = UUID.randomUUID().toString();
		keytool(Stream
			.concat(Stream.of("-alias", alias, "-signer", "ca", "-dname", "CN=" + name, "-ext", "san=" + address),
					Stream.of(validity))
			.toArray(String[]::new));
		return read(alias);
	}

	private void keytool(String... options) {
		var command = Stream
			.concat(Stream.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
					"-J-XX:TieredStopAtLevel=1", "-genkeypair", "-keyalg", "EC", "-keystore", this.store.toString(),
					"-storetype", "PKCS12", "-storepass", PASSWORD), Stream.of(options))
			.toArray(String[]::new);
		assertThat(ShortCommand.run(LIMIT, ChildEnvironment.local(), command)).as("keytool has run")
			.hasValueSatisfying((result) -> assertThat(result.exitCode()).as(result.output()).isZero());
	}

	private Signed read(String alias) {
		try (var file = Files.newInputStream(this.store)) {
			var keys = KeyStore.getInstance("PKCS12");
			keys.load(file, PASSWORD.toCharArray());
			return new Signed(pem("CERTIFICATE", keys.getCertificate(alias).getEncoded()),
					pem("PRIVATE KEY", keys.getKey(alias, PASSWORD.toCharArray()).getEncoded()));
		}
		catch (IOException | GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String pem(String what, byte[] content) {
		var text = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(content);
		return String.join("\n", List.of("-----BEGIN " + what + "-----", text, "-----END " + what + "-----", ""));
	}

	/**
	 * A certificate and its key, both in PEM.
	 *
	 * @param certificate the certificate
	 * @param key the private key
	 */
	record Signed(String certificate, String key) {
	}

}
