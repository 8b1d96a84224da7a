import type { ProfileInput } from '@quarterdeck/contract/profile';

/**
 * opencode 2, from its documentation. It opens no port and carries its helpers over ACP, so there is no side channel. Its binary has the
 * name of the first one's and the two do not install side by side, so this one is asked for by a name of its own.
 */
export const opencode2Profile = {
  id: 'opencode2',
  name: 'opencode 2',
  initials: 'O2',
  description: 'The next opencode. Written from its documentation and not run here yet.',
  command: 'opencode2',
  args: ['acp'],
  passEnv: [
    'ANTHROPIC_API_KEY',
    'OPENAI_API_KEY',
    'OPENCODE_API_KEY',
    'OPENROUTER_API_KEY',
    'GEMINI_API_KEY',
  ],
  // Its names of what the first one calls bash and task.
  env: {
    OPENCODE_PERMISSION: JSON.stringify({
      shell: 'ask',
      edit: 'ask',
      webfetch: 'ask',
      external_directory: 'ask',
      subagent: 'ask',
    }),
  },
  link: ['.local/share/opencode/auth.json'],
  copy: ['.config/opencode', '.agents/skills'],
  requests: { toolNames: [{ field: 'title', form: '<server>_<tool>' }] },
  detect: {
    logins: [{ file: '.local/share/opencode/auth.json', pattern: '"type"' }],
    signInEnv: [
      'ANTHROPIC_API_KEY',
      'OPENAI_API_KEY',
      'OPENCODE_API_KEY',
      'OPENROUTER_API_KEY',
      'GEMINI_API_KEY',
    ],
    install:
      'Install @opencode/cli into a folder of its own and link its `opencode` onto the PATH as `opencode2`: the two versions share a name.',
    signIn: 'Run `opencode2 auth login`, or set the key of your provider, such as ANTHROPIC_API_KEY.',
    isUntried: true,
  },
} satisfies ProfileInput;
