import { agentState } from '@quarterdeck/contract/agent-state';
import { print } from '../command/context.ts';
import { defineCommand } from '../command/define-command.ts';
import { checkMachine } from '../doctor/check-machine.ts';
import { checkTasks } from '../doctor/check-tasks.ts';
import { detectAgents } from '../doctor/detect-agents.ts';
import { readProven } from '../doctor/read-proven.ts';
import { canWork, detectedText } from '../output/agent-text.ts';

export const doctor = defineCommand({
  summary: 'Check this machine and its agents, and say what to do next',
  detail:
    'The exit code is 0 when at least one agent can work, else 1. What is wrong with tasks: quarterdeck diagnostics',
  examples: ['quarterdeck doctor', 'quarterdeck doctor --json'],
  async run(context) {
    const [machine, detected, tasks, proven] = await Promise.all([
      checkMachine(context),
      detectAgents(context),
      checkTasks(context),
      readProven(context),
    ]);
    const { agents } = detected;
    const checks = [...machine, ...detected.checks, ...tasks];
    const hasAgent = agents.some(canWork);
    const states = agents.map((agent) => ({
      ...agent,
      state: agentState(agent, proven.get(agent.profile) ?? null),
    }));
    print(context, { ok: hasAgent, checks, agents: states }, () => {
      const lines = checks.map(({ name, isGood, message }) => {
        const mark = isGood ? context.paint('green', '✓') : context.paint('red', '✕');
        return `${mark} ${name.padEnd(8)}  ${message}`;
      });
      const found = agents.length > 0 ? [detectedText(context, agents, proven)] : [];
      const verdict = hasAgent
        ? ''
        : '\nNo agent can work yet. Do what one of the lines above says, then run this again.';
      return [...lines, '', ...found].join('\n') + verdict;
    });
    return hasAgent ? 0 : 1;
  },
});
