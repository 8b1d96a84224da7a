import { join } from 'node:path';
import { defineCommand, text } from '../../command/define-command.ts';
import { RESTART_RULES } from '../../supervisor/keep-running.ts';
import { runnerEnvironment } from '../../supervisor/runner-environment.ts';
import { supervise } from '../../supervisor/supervise.ts';

export const runnerStart = defineCommand({
  summary: 'Start a runner on this machine for a server here or elsewhere',
  detail: 'On another machine set QUARTERDECK_RUNNER_TOKEN to the runner token of the server.',
  options: {
    server: text('<url>', 'the server; --url when unset'),
    name: text('<name>', "the runner's name on the board; this machine's name when unset"),
  },
  examples: ['quarterdeck runner start --server https://quarterdeck.example.com --name build-02'],
  run({ terminal, place }, { options }) {
    const env = {
      ...runnerEnvironment(terminal.env, { hasOwnToken: true }),
      QUARTERDECK_HOME: place.home,
      QUARTERDECK_SERVER_URL: (options.server ?? place.url).replace(/\/+$/, ''),
      ...(options.name !== undefined && { QUARTERDECK_RUNNER_NAME: options.name }),
    };
    const runner = { name: 'runner', file: join(terminal.programFolder, 'runner.mjs'), args: [], env };
    const explain = () =>
      'The runner does not accept its configuration. Its message above says what to change.';
    return supervise(terminal, { programs: [runner], rules: RESTART_RULES, explain });
  },
});
