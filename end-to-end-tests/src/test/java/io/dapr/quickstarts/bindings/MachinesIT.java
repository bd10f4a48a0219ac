package io.dapr.quickstarts.bindings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static io.dapr.quickstarts.bindings.CheckoutCopy.RUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * The one command on machines that lack something. What is missing is hidden from the
 * command alone, in Linux namespaces of its own.
 */
@EnabledOnOs(OS.LINUX)
class MachinesIT {

	private static final boolean IS_ROOT = "root".equals(System.getProperty("user.name"));

	private static CheckoutCopy checkout;

	@BeforeAll
	static void copyTheCheckout() throws IOException {
		checkout = CheckoutCopy.create();
	}

	@AfterAll
	static void deleteTheCopy() throws IOException {
		checkout.delete();
	}

	/** Loopback is all that there is, and the machine does not know its own name. */
	@Test
	void withoutANetworkANameAndIpv6() {
		assumeThat(Commands.succeeds("ip", "-V")).as("the program ip is there").isTrue();
		checkout.assertArrived(unshare("-n -m -u", """
				ip link set lo up
				echo 1 >/proc/sys/net/ipv6/conf/all/disable_ipv6
				mount --bind /dev/null /etc/hosts
				echo no-such-name >/proc/sys/kernel/hostname
				""" + RUN));
	}

	/** As in a small image: neither kill nor ps, and a home folder that is read-only. */
	@Test
	void withFewProgramsAndFolders() throws IOException {
		var bin = Files.createDirectories(checkout.folder().resolve("bin"));
		for (var name : List.of("bash", "sh", "env", "dirname", "grep", "head", "sed", "sleep", "find", "cat", "tr",
				"tail", "mkdir", "mktemp", "rm")) {
			Files.createSymbolicLink(bin.resolve(name), Path.of(checkout.run("command -v " + name).lines().get(0)));
		}
		Files.createSymbolicLink(bin.resolve("java"), Path.of(System.getProperty("java.home"), "bin", "java"));
		// What runs share cannot be where it should be.
		var temporary = Files.createDirectories(checkout.folder().resolve("temporary"));
		Files.createFile(temporary.resolve("dapr-kafka-bindings-quickstart-" + System.getProperty("user.name")));

		checkout.assertArrived("HOME=/proc TMPDIR=$PWD/temporary PATH=$PWD/bin " + RUN);
	}

	@Test
	void anotherUsersFolders() {
		assumeThat(IS_ROOT).as("only root can be several users").isTrue();
		assertThat(checkout.run("""
				set -e
				cp $DAPRD daprd-for-all
				chmod 755 daprd-for-all ..
				chmod -R a+rX .
				mkdir -m 1777 shared
				install -d -m 700 shared/dapr-kafka-bindings-quickstart-nobody
				""").exitCode()).isZero();
		var nobody = "DAPRD=$PWD/daprd-for-all TMPDIR=$PWD/shared USER=nobody HOME=/nonexistent"
				+ " setpriv --reuid 65534 --regid 65534 --clear-groups ";
		assumeThat(checkout.run(nobody + System.getProperty("java.home") + "/bin/java -jar quickstart").lines())
			.as("another user reaches the JDK and the checkout")
			.contains("Error: Invalid or corrupt jarfile quickstart");
		checkout.assertArrived(nobody + RUN);
	}

	@Test
	void aDiskThatIsFull() {
		assertThat(checkout.explanation(onSmallDisk("head -c 30M /dev/zero >small/fill 2>/dev/null\n" + RUN), 1))
			.contains("No space left on device");
	}

	@Test
	void aDiskThatBecomesFull() {
		assertThat(checkout.explanation(onSmallDisk("""
				./quickstart --interval-ms 100 --no-page | {
				  sed '/Response for order 2: OK/q'
				  head -c 30M /dev/zero >small/fill 2>/dev/null
				  cat
				}
				exit ${PIPESTATUS[0]}"""), 1)).contains("no space is left in ");
	}

	private static String onSmallDisk(String commands) {
		return unshare("-m",
				"mkdir -p small\nmount -t tmpfs -o size=20m tmpfs small\nexport TMPDIR=$PWD/small\n" + commands);
	}

	@Test
	void aJreIsEnoughWhereNothingHasToBeBuilt() throws IOException {
		var jlink = Path.of(System.getProperty("java.home"), "bin", "jlink");
		var jre = checkout.folder().resolve("jre");
		// Some packages of a JDK leave out what jlink needs.
		assumeThat(
				checkout.run("%s --add-modules java.se,jdk.unsupported --output '%s'".formatted(jlink, jre)).exitCode())
			.isZero();
		checkout.assertArrived("JAVA_HOME=$PWD/jre " + RUN);

		var stamp = checkout.folder().resolve("launcher/target/classpath");
		var elsewhere = Files.move(stamp, checkout.folder().resolve("classpath"));
		try {
			assertThat(checkout.explanation("JAVA_HOME=$PWD/jre " + RUN, 2))
				.endsWith("/bin/javac was not found; install a JDK, 17 or newer, or set JAVA_HOME");
		}
		finally {
			Files.move(elsewhere, stamp);
		}
	}

	/**
	 * As with Colima, Podman or a rootless engine: none is where Testcontainers looks.
	 */
	@Test
	@Tag("docker")
	void theDockerEngineOfAContext() {
		assumeThat(IS_ROOT && Files.exists(Path.of("/var/run/docker.sock")))
			.as("only root can hide a local Docker engine")
			.isTrue();
		checkout.assertArrived(unshare("-m", """
				set -e
				engine=$(mktemp -d)
				touch $engine/docker.sock
				mount --bind $(readlink -f /var/run/docker.sock) $engine/docker.sock
				mount --bind /dev/null $(readlink -f /var/run/docker.sock)
				unset DOCKER_HOST
				export DOCKER_CONFIG=$PWD/docker
				docker context create elsewhere --docker host=unix://$engine/docker.sock
				docker context use elsewhere
				""" + RUN + " --kafka container"));
	}

	private static String unshare(String namespaces, String commands) {
		assumeThat(checkout.run(inNamespaces(namespaces, "mount -t tmpfs none .")).exitCode())
			.as("this machine lets its user make namespaces")
			.isZero();
		return inNamespaces(namespaces, commands);
	}

	private static String inNamespaces(String namespaces, String commands) {
		return "unshare %s%s bash <<'COMMANDS'\n%s\nCOMMANDS".formatted(IS_ROOT ? "" : "-r ", namespaces, commands);
	}

}
