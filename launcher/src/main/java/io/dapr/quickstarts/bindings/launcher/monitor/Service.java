package io.dapr.quickstarts.bindings.launcher.monitor;

import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;

import io.dapr.quickstarts.bindings.launcher.process.ManagedProcess;

/**
 * A service of the run, which can be killed and started again. Safe for several threads.
 */
public final class Service {

	private final ServiceName name;

	private ManagedProcess process;

	private Runnable starter;

	private Runnable killer;

	private URI health;

	private boolean serves = true;

	private boolean replicated;

	private boolean killed;

	private boolean beingStarted;

	private boolean hasRun;

	private boolean hasAnswered;

	private boolean answers;

	Service(ServiceName name) {
		this.name = name;
	}

	public ServiceName name() {
		return this.name;
	}

	/**
	 * Attaches a process that serves nothing: it is running as soon as it is started.
	 * @param process the process
	 */
	public synchronized void attach(ManagedProcess process) {
		attach(process, process::start, process::kill);
		this.serves = false;
	}

	/**
	 * Attaches a process that is running while it answers HTTP.
	 * @param process the process
	 * @param health the address to ask; any answer but a server error is a good one
	 */
	public synchronized void attach(ManagedProcess process, URI health) {
		attach(process, process::start, process::kill);
		this.health = health;
	}

	/**
	 * Attaches a service that is running while others tell that it answers.
	 * @param process its process, null if it is none of the launcher's own
	 * @param start starts it again, which may take a while
	 * @param kill ends it at once, null if it is not ours to kill
	 */
	public synchronized void attach(ManagedProcess process, Runnable start, Runnable kill) {
		this.process = process;
		this.starter = start;
		this.killer = kill;
	}

	/**
	 * Attaches a service of several processes, of which a kill ends one: the others go on
	 * in its place.
	 * @param start starts what does not run, which may take a while
	 * @param kill ends one at once
	 */
	public synchronized void attachReplicated(Runnable start, Runnable kill) {
		attach(null, start, kill);
		this.replicated = true;
	}

	synchronized Optional<URI> health() {
		return Optional.ofNullable(this.health);
	}

	/** Notes whether the service has answered just now. */
	public synchronized void answers(boolean now) {
		this.answers = now && !isDown();
		this.hasAnswered = this.hasAnswered || this.answers;
	}

	/** What one can kill, and do without if it is replicated. */
	private boolean isDown() {
		return this.killed && !this.replicated;
	}

	/**
	 * How the service is.
	 * @return its state now
	 */
	public synchronized ServiceState state() {
		if (this.starter == null) {
			return ServiceState.STARTING;
		}
		if (isDown()) {
			return ServiceState.DOWN;
		}
		if (this.process != null) {
			if (!this.process.isRunning()) {
				return this.hasRun ? ServiceState.DOWN : ServiceState.STARTING;
			}
			this.hasRun = true;
			if (this.process.isFrozen()) {
				return ServiceState.FROZEN;
			}
		}
		if (this.beingStarted || this.serves && !this.hasAnswered) {
			return ServiceState.STARTING;
		}
		return (this.answers || !this.serves) ? ServiceState.RUNNING : ServiceState.NOT_RESPONDING;
	}

	/**
	 * Compares the state.
	 * @param state a state
	 * @return whether the service is in it now
	 */
	public boolean isIn(ServiceState state) {
		return state() == state;
	}

	/**
	 * The process id.
	 * @return the id, empty if the launcher has no process for the service
	 */
	public synchronized OptionalLong pid() {
		return (this.process != null) ? this.process.pid() : OptionalLong.empty();
	}

	/**
	 * Whether the launcher may kill it.
	 * @return false for a broker that somebody else runs
	 */
	public synchronized boolean canBeKilled() {
		return this.killer != null;
	}

	/**
	 * What a kill ends.
	 * @return its name in a sentence
	 */
	public synchronized String killTarget() {
		return this.replicated ? "the leader among the brokers of " + this.name.title() : this.name.title();
	}

	/**
	 * Whether it was killed and has not been started again.
	 * @return true also while others go on in its place
	 */
	public synchronized boolean isKilled() {
		return this.killed;
	}

	/**
	 * Ends it at once.
	 * @throws RuntimeException if it goes on; it is not taken for killed then
	 */
	public void kill() {
		Runnable action;
		synchronized (this) {
			this.killed = true;
			forgetAnswers();
			action = this.killer;
		}
		try {
			action.run();
		}
		catch (RuntimeException ex) {
			synchronized (this) {
				this.killed = false;
			}
			throw ex;
		}
	}

	/** Starts it again. */
	public void start() {
		Runnable action;
		synchronized (this) {
			this.killed = this.replicated;
			this.beingStarted = !this.replicated;
			forgetAnswers();
			action = this.starter;
		}
		try {
			action.run();
		}
		finally {
			synchronized (this) {
				this.killed = false;
				this.beingStarted = false;
			}
		}
	}

	private void forgetAnswers() {
		this.answers = this.answers && this.replicated;
		this.hasAnswered = this.hasAnswered && this.replicated;
	}

	/** Stops it in its tracks. */
	public synchronized void freeze() {
		this.process.freeze();
	}

	/** Lets it go on after {@link #freeze}. */
	public synchronized void thaw() {
		this.process.thaw();
	}

}
