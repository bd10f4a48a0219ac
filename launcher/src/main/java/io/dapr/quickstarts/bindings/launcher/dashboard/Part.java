package io.dapr.quickstarts.bindings.launcher.dashboard;

import java.util.OptionalLong;

import io.dapr.quickstarts.bindings.launcher.process.ManagedProcess;

/** A part of the run as the page shows and breaks it. Safe for several threads. */
final class Part {

	private final PartName name;

	private ManagedProcess process;

	private Runnable starter;

	private Runnable killer;

	private boolean hasRun;

	private boolean killed;

	private boolean ready;

	private boolean beingStarted;

	Part(PartName name) {
		this.name = name;
	}

	PartName name() {
		return this.name;
	}

	/** Says which program this part is. */
	synchronized void is(ManagedProcess process) {
		is(process, process::start, process::kill);
	}

	/**
	 * Says what this part is.
	 * @param process the process, null if it is none of the launcher's own
	 * @param start starts it again, which may take a while
	 * @param kill ends it at once, null if it can't be
	 */
	synchronized void is(ManagedProcess process, Runnable start, Runnable kill) {
		this.process = process;
		this.starter = start;
		this.killer = kill;
	}

	/** Takes a line that the part prints. */
	void read(String line) {
		// Nearly all lines are passed over without the lock.
		if (this.name.isReady(line)) {
			ready(true);
		}
	}

	synchronized void ready(boolean now) {
		this.ready = now && !this.killed;
	}

	synchronized PartState state() {
		if (this.starter == null) {
			return PartState.STARTING;
		}
		if (this.killed) {
			return PartState.DOWN;
		}
		if (this.process != null) {
			if (!this.process.isRunning()) {
				return this.hasRun ? PartState.DOWN : PartState.STARTING;
			}
			this.hasRun = true;
			if (this.process.isFrozen()) {
				return PartState.FROZEN;
			}
		}
		return (this.ready && !this.beingStarted) ? PartState.RUNNING : PartState.STARTING;
	}

	synchronized OptionalLong pid() {
		return (this.process != null) ? this.process.pid() : OptionalLong.empty();
	}

	synchronized boolean canBeKilled() {
		return this.killer != null;
	}

	void kill() {
		Runnable action;
		synchronized (this) {
			this.killed = true;
			this.ready = false;
			action = this.killer;
		}
		action.run();
	}

	void start() {
		Runnable action;
		synchronized (this) {
			this.killed = false;
			this.ready = false;
			this.beingStarted = true;
			action = this.starter;
		}
		try {
			action.run();
		}
		finally {
			synchronized (this) {
				this.beingStarted = false;
			}
		}
	}

	synchronized void freeze() {
		this.process.freeze();
	}

	synchronized void thaw() {
		this.process.thaw();
	}

}
