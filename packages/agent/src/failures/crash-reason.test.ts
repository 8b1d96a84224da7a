import { expect, it } from 'vitest';
import { crashReason } from './crash-reason.ts';

const FRAMES = '    at run (/srv/agent/main.js:10:429)\n    at node:internal/main/run_main_module:36:49';

const tails: readonly (readonly [name: string, tail: string, reason: string | null])[] = [
  [
    'a Node program',
    `/srv/agent/main.js:10\n    throw new TypeError("no config");\n    ^\n\nTypeError: no config\n${FRAMES}\n\nNode.js v24.21.0\n`,
    'TypeError: no config',
  ],
  [
    'a Node error with a code and fields',
    `node:internal/modules/esm:1\n    throw e\n    ^\n\nError [ERR_MODULE_NOT_FOUND]: Cannot find package 'x' imported from /srv/a.js\n${FRAMES} {\n  code: 'ERR_MODULE_NOT_FOUND'\n}\n\nNode.js v24.21.0`,
    "Error [ERR_MODULE_NOT_FOUND]: Cannot find package 'x' imported from /srv/a.js",
  ],
  [
    'a rejected promise',
    `[UnhandledPromiseRejection: gone]\nError: fell over\n${FRAMES}\n\nNode.js v22.1.0\n\n`,
    'fell over',
  ],
  [
    'an error of a class of its own',
    `AgentFatalError: the model list is empty\n${FRAMES}\n\nNode.js v24.0.0`,
    'AgentFatalError: the model list is empty',
  ],
  [
    'Node without memory',
    '<--- Last few GCs --->\n[1:0x1] 3000 ms: Scavenge\n\nFATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory\n----- Native stack trace -----\n',
    'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
  ],
  [
    'Python',
    'Traceback (most recent call last):\n  File "/srv/a.py", line 3, in <module>\n    main()\n  File "/srv/a.py", line 2, in main\n    raise ValueError("no key")\nValueError: no key\n',
    'ValueError: no key',
  ],
  [
    'Python with one error after another and a closing line',
    'Traceback (most recent call last):\n  File "a.py", line 1\nKeyError: 1\n\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\n  File "a.py", line 3\nagent.errors.SetupFailed: no workspace\n\nsys:1: ResourceWarning: unclosed file\n',
    'agent.errors.SetupFailed: no workspace',
  ],
  [
    'Rust',
    "thread 'main' panicked at src/main.rs:4:5:\nno config found\nnote: run with `RUST_BACKTRACE=1` environment variable to display a backtrace\n",
    'no config found',
  ],
  [
    'an older Rust',
    "thread 'main' panicked at 'no config found', src/main.rs:4:5\nnote: run with `RUST_BACKTRACE=1`",
    'no config found',
  ],
  [
    'Go',
    'panic: no config found\n\ngoroutine 1 [running]:\nmain.main()\n\t/srv/main.go:4 +0x1d\nexit status 2\n',
    'panic: no config found',
  ],
  [
    'Go at a standstill',
    'fatal error: all goroutines are asleep - deadlock!\n\ngoroutine 1 [select]:\n',
    'fatal error: all goroutines are asleep - deadlock!',
  ],
  [
    'Java',
    'Exception in thread "main" java.lang.IllegalStateException: no config\n\tat a.Main.main(Main.java:3)\nCaused by: java.io.IOException\n\t... 3 more\n',
    'java.lang.IllegalStateException: no config',
  ],
  [
    '.NET',
    'Unhandled exception. System.InvalidOperationException: no config\n   at Program.Main()\n',
    'System.InvalidOperationException: no config',
  ],
  [
    'C++',
    "terminate called after throwing an instance of 'std::runtime_error'\n  what():  no config\nAborted\n",
    'what(): no config',
  ],
  ['a plain last line', 'starting\nno configuration found\n', 'no configuration found'],
  ['empty and closing lines', 'no configuration found\n\n}\n   \n', 'no configuration found'],
  ['colours', '\u001b[31mError: no key\u001b[0m\n', 'no key'],
  [
    "A19: an adapter's log of its phases",
    'could not read settings\n[session/create] id=1 phase=spawn ms=12\n[session/create] id=1 phase=ready ms=300\n',
    'could not read settings',
  ],
  ['A19: nothing but phases', '[session/create] id=1 phase=spawn ms=12\n', null],
  [
    'log lines of lower levels',
    'ERROR could not bind\n2026-11-28T10:00:00Z INFO shutting down\n[debug] bye\n',
    'ERROR could not bind',
  ],
  [
    'a warning of Node after the reason',
    'no login\n(node:12) ExperimentalWarning: SQLite\n(Use `node --trace-warnings ...` to show where)\n',
    'no login',
  ],
  ['nothing', '', null],
];

it.each(tails)('F13: the reason of a crash of %s is its error', (_, tail, reason) => {
  expect(crashReason(tail)).toBe(reason);
});
