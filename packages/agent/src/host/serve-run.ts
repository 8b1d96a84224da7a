import { join } from 'node:path';
import { openAcceptedCommands } from './accepted-commands.ts';
import { openBoundedLog } from './bounded-log.ts';
import type { AgentDriver } from './drive-agent.ts';
import { driveAgent } from './drive-agent.ts';
import type { HostIdentity } from './identity.ts';
import { writeIdentity } from './identity.ts';
import { openJournal } from './journal.ts';
import type { LaunchedAgent } from './launch-agent.ts';
import { startLease } from './lease.ts';
import { costOf, createOutputAllowance, TOO_MUCH_OUTPUT } from './output-allowance.ts';
import { startRecorder } from './recorder.ts';
import { startRelay } from './relay.ts';
import type { RunnerSocket } from './runner-socket.ts';
import { serveRunner } from './runner-socket.ts';
import type { HostSpec } from './spec.ts';

const RELAY_PATIENCE_MS = 10 * 60_000;
const LAST_WORDS_MS = 2000;

/** A run that this host has claimed. */
export interface AgentRun {
  readonly spec: HostSpec;
  readonly identity: HostIdentity;
  /** Rejects when the agent could not be started. */
  readonly launched: Promise<LaunchedAgent>;
  readonly initializeMs: number;
}

/** Drives the agent of a run to its end, serving its runner. Resolves when all is written down. */
export async function serveRun({ spec, identity, launched, initializeMs }: AgentRun): Promise<void> {
  const { runDir } = spec;
  const journal = openJournal(runDir, Date.now);
  const accepted = openAcceptedCommands(runDir);
  const log = openBoundedLog(join(runDir, 'agent.log'));
  let driver: AgentDriver | null = null;
  let socket: RunnerSocket | null = null;
  const lease = startLease(spec.leaseMs, () => driver?.fail(leaseOver(spec)));
  const patienceMs = (): number => Math.min(RELAY_PATIENCE_MS, lease.remainingMs());
  const { serverUrl, workspacePath, order } = spec;
  const { token, taskId } = order;
  const relay = await startRelay({ serverUrl, token, taskId, workspacePath, patienceMs });
  const onDelta = (delta: Parameters<RunnerSocket['sendDelta']>[0]): void => socket?.sendDelta(delta);
  const recorder = startRecorder({ journal, log, sessionId: spec.order.sessionId, now: Date.now, onDelta });
  driver = driveAgent({ spec, launched, recorder, relay, now: Date.now, initializeMs });
  const { command, fail, done } = driver;
  const allowance = createOutputAllowance(() => performance.now());
  journal.onAppend(({ entry }, bytes) => {
    if (!allowance.spend(costOf(entry, bytes))) fail(TOO_MUCH_OUTPUT);
  });
  socket = await serveRunner(identity.socketPath, journal, {
    onBeat: lease.renew,
    onCommand: (commandId, order) => {
      if (accepted.accept(commandId, order)) command(commandId, order);
    },
  });
  // The SDK reports an agent's oddities on the console, without a limit; here they cannot fill the disk.
  console.error = (...parts: unknown[]) => recorder.log(parts.map(String).join(' '));
  process.on('SIGTERM', () => fail(TOLD_TO_STOP));
  process.on('SIGINT', () => fail(TOLD_TO_STOP));
  await writeIdentity(runDir, identity);
  process.on('uncaughtException', (error) => {
    process.stderr.write(`${error.stack ?? String(error)}\n`);
    fail({ hint: 'crashed', message: `The agent host failed: ${error.message}`, resetAt: null });
  });
  await done;
  lease.stop();
  relay.close();
  await socket.finish(LAST_WORDS_MS);
  log.close();
  accepted.close();
  journal.close();
}

const TOLD_TO_STOP = {
  hint: 'crashed',
  message: 'The machine told the agent host to stop, so the agent was stopped.',
  resetAt: null,
} as const;

function leaseOver({ leaseMs }: HostSpec) {
  const seconds = Math.round(leaseMs / 1000);
  return {
    hint: 'crashed',
    message: `The server was out of reach for ${seconds} s, so the agent was stopped before another could get its task.`,
    resetAt: null,
  } as const;
}
